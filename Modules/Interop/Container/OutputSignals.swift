internal import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What signals do to outputs that are not complete.
///
/// Call ``prepare()`` once at the start of a tool. A library never calls it: signals belong to the
/// process.
public enum OutputSignals {
  /// A registered path.
  struct Slot {
    let index: Int
  }

  private static let slotCount = 32
  private static let slotBytes = 4_096

  // The paths as C strings, one in each slot. The memory is never freed, and a slot is written only
  // while its bit in `claimed` is set and its bit in `complete` is not, so the handler, which looks
  // only at slots with a bit in `complete`, always finds a whole string.
  private static let paths = SignalPaths(count: slotCount, bytes: slotBytes)
  private static let claimed = Atomic<UInt32>(0)
  private static let complete = Atomic<UInt32>(0)

  /// Makes signals harmless for outputs.
  ///
  /// `SIGPIPE` and `SIGXFSZ` are ignored, so that a closed pipe and a file over the size limit come
  /// back as errors. `SIGTERM`, `SIGINT` and `SIGHUP` remove the temporary files of all outputs at
  /// once and then end the process as they always do; one that was ignored stays ignored. They are
  /// unblocked, because some ways to start a process leave them blocked, and nobody could end it.
  /// Temporary folders, which have hidden names, stay for the next run to remove.
  public static func prepare() {
    // The handler may not be the first to touch these: their set-up takes locks.
    _ = paths
    _ = complete.load(ordering: .relaxed)
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    for number in [SIGTERM, SIGINT, SIGHUP] {
      var action = sigaction()
      guard unsafe sigaction(number, nil, &action) == 0 else { continue }
      #if canImport(Darwin)
        let current = unsafe action.__sigaction_u.__sa_handler
      #else
        let current = unsafe action.__sigaction_handler.sa_handler
      #endif
      let isIgnored =
        unsafe unsafeBitCast(current, to: Int.self)
        == unsafeBitCast(
          SIG_IGN, to: Int.self)
      if isIgnored { continue }
      signal(number, handler)
      var set = sigset_t()
      unsafe sigemptyset(&set)
      unsafe sigaddset(&set, number)
      unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }
  }

  // Calls nothing but atomic loads, unlink, signal and raise, all of which a handler may call.
  private static let handler: @convention(c) (Int32) -> Void = { number in
    OutputSignals.removeAll()
    signal(number, SIG_DFL)
    raise(number)
  }

  /// Removes every registered file; called from the handler.
  private static func removeAll() {
    var bits = complete.load(ordering: .acquiring)
    while bits != 0 {
      unsafe _ = unlink(paths[bits.trailingZeroBitCount])
      bits &= bits &- 1
    }
  }

  /// Has a file removed when a signal ends the process.
  ///
  /// - Returns: The slot to give back, or `nil` when all are taken; then the next run cleans up.
  static func register(_ path: String) -> Slot? {
    guard path.utf8.count < slotBytes else { return nil }
    while true {
      let taken = claimed.load(ordering: .relaxed)
      guard taken != .max else { return nil }
      let index = (~taken).trailingZeroBitCount
      let bit = UInt32(1) << UInt32(index)
      let (isMine, _) = claimed.compareExchange(
        expected: taken, desired: taken | bit, ordering: .acquiringAndReleasing)
      guard isMine else { continue }
      paths.set(index, path)
      complete.bitwiseOr(bit, ordering: .releasing)
      return Slot(index: index)
    }
  }

  /// Forgets a file that is complete or gone.
  static func unregister(_ slot: Slot?) {
    guard let slot else { return }
    let bit = UInt32(1) << UInt32(slot.index)
    complete.bitwiseAnd(~bit, ordering: .acquiringAndReleasing)
    claimed.bitwiseAnd(~bit, ordering: .releasing)
  }
}

/// Memory for paths that a signal handler may read at any time; it is never freed.
// Unchecked: the pointer never changes, and the bits of `OutputSignals` say who may write where.
@safe
private struct SignalPaths: @unchecked Sendable {
  private let memory: UnsafeMutablePointer<CChar>
  private let bytes: Int

  init(count: Int, bytes: Int) {
    unsafe memory = .allocate(capacity: count * bytes)
    unsafe memory.initialize(repeating: 0, count: count * bytes)
    self.bytes = bytes
  }

  @unsafe
  subscript(index: Int) -> UnsafePointer<CChar> {
    unsafe UnsafePointer(memory + index * bytes)
  }

  func set(_ index: Int, _ path: String) {
    let start = unsafe memory + index * bytes
    var offset = 0
    for byte in path.utf8.prefix(bytes - 1) {
      unsafe start[offset] = CChar(bitPattern: byte)
      offset += 1
    }
    unsafe start[offset] = 0
  }
}
