internal import AdapterHost
internal import CAdapterABI
internal import Records
internal import Scanning

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// One call, or one session, with a host that trusts nothing and notes every fault.
///
/// All that the adapter gets lies in ``memory``.
@safe
final class TrialCall {
  let members: [SampleMember]
  let format: LoadedFormat
  let setup: TrialSetup
  let memory: LentMemory

  /// What the function answered.
  var status: Int32 = 0
  var rows: [TrialRow] = []
  var rowCount = 0
  var problems: [TrialProblem] = []
  var losses: [TrialLoss] = []
  var outputs: [SampleMember] = []
  private(set) var faults: [TrialFault] = []
  /// Callbacks that can stop.
  private(set) var callbacks = 0
  private(set) var callbacksAfterStop = 0
  private(set) var openedMembers = 0
  /// The longest work between two callbacks, in milliseconds of CPU time.
  private(set) var longestWork = 0.0
  /// Milliseconds from the stop to the end of the call.
  private(set) var stopTime: Double?
  var isWritingMember = false

  private var opened: Int?
  private var offset = 0
  private var stopped: Double?
  private var workBegun = 0.0
  private var lastKind = 0
  private var thread: pthread_t?
  private var lineCounts: [UInt64?]

  init(_ members: [SampleMember], format: LoadedFormat, setup: TrialSetup) {
    self.members = members
    self.format = format
    self.setup = setup
    memory = LentMemory(isTakenAway: setup.takesAway)
    lineCounts = Array(repeating: nil, count: members.count)
  }

  /// Notes a fault; each only once.
  func fault(_ aspect: TrialAspect, _ text: String) {
    let fault = TrialFault(aspect: aspect, text: text)
    if faults.count < 64, !faults.contains(fault) { faults.append(fault) }
  }

  /// The faults that have to do with something.
  func faults(_ aspects: TrialAspect...) -> [String] {
    faults.filter { aspects.contains($0.aspect) }.map(\.text)
  }

  /// Runs a function of the adapter and notes how it ended.
  func run(_ body: () -> Int32) {
    thread = pthread_self()
    workBegun = System.workMilliseconds
    status = body()
    longestWork = max(longestWork, System.workMilliseconds - workBegun)
    if let stopped { stopTime = System.milliseconds - stopped }
    thread = nil
    if setup.takesAway, isReading { memory.end() }
    judge()
  }

  /// A reading or probe is one call; a session keeps its memory until it is closed.
  private var isReading: Bool { !members.isEmpty }

  /// Begins a callback that may stop, and answers its status.
  func enter() -> Int32 {
    guard let thread, pthread_equal(thread, pthread_self()) != 0 else {
      fault(.thread, "a callback came on another thread, or when no call was running")
      return 5
    }
    longestWork = max(longestWork, System.workMilliseconds - workBegun)
    callbacks += 1
    if stopped != nil {
      callbacksAfterStop += 1
      return setup.stopStatus
    }
    if let limit = setup.stopsAfter, callbacks > limit {
      stopped = System.milliseconds
      return setup.stopStatus
    }
    return 0
  }

  /// Ends a callback: the adapter is at work again.
  func leave() { workBegun = System.workMilliseconds }

  /// Whether the host asked to stop.
  var isStopped: Bool { stopped != nil }
}

// Reading the input.
extension TrialCall {
  func open(_ index: Int) -> Int32 {
    let status = enter()
    defer { leave() }
    guard status == 0 else { return status }
    guard members.indices.contains(index) else {
      fault(.batch, "opened member \(index) of \(members.count)")
      return 5
    }
    openedMembers += 1
    opened = index
    offset = 0
    return 0
  }

  func read(_ buffer: UnsafeMutableRawPointer?, _ capacity: Int) -> (status: Int32, count: Int) {
    let status = enter()
    defer { leave() }
    setup.hook?()
    guard status == 0 else { return (status, 0) }
    guard let opened else {
      fault(.batch, "read before any member was opened")
      return (5, 0)
    }
    guard let buffer = unsafe buffer else {
      if capacity > 0 { fault(.batch, "read into no buffer") }
      return (capacity > 0 ? 5 : 0, 0)
    }
    let bytes = members[opened].bytes
    let count = max(0, min(capacity, bytes.count - offset))
    unsafe bytes.withUnsafeBytes { source in
      if count > 0, let start = source.baseAddress {
        unsafe buffer.copyMemory(from: start + offset, byteCount: count)
      }
    }
    offset += count
    return (0, count)
  }

  func head(
    _ index: Int, _ buffer: UnsafeMutableRawPointer?, _ capacity: Int
  ) -> (status: Int32, count: Int) {
    guard members.indices.contains(index) else { return (5, 0) }
    let bytes = members[index].bytes
    let count = min(min(capacity, 65_536), bytes.count)
    guard count > 0 else { return (0, 0) }
    guard let buffer = unsafe buffer else { return (5, 0) }
    unsafe bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { unsafe buffer.copyMemory(from: start, byteCount: count) }
    }
    return (0, count)
  }

  /// The lines that a member has; one more for what stands after the last line end.
  func lines(of index: Int) -> UInt64 {
    if let known = lineCounts[index] { return known }
    let count = unsafe members[index].bytes.withUnsafeBytes { bytes in
      // A line ends with LF, CR LF or CR.
      unsafe 1 + Self.count(of: 0x0A, in: bytes) { _ in true }
        + Self.count(of: 0x0D, in: bytes) { next in next != 0x0A }
    }
    lineCounts[index] = count
    return count
  }

  /// How often a byte comes before one that is wanted.
  private static func count(
    of byte: Int32, in bytes: UnsafeRawBufferPointer, before isWanted: (UInt8?) -> Bool
  ) -> UInt64 {
    guard let start = bytes.baseAddress else { return 0 }
    var count: UInt64 = 0
    var offset = 0
    while let found = unsafe memchr(start + offset, byte, bytes.count - offset) {
      offset = unsafe UnsafeRawPointer(found) - start + 1
      if unsafe isWanted(offset < bytes.count ? bytes[offset] : nil) { count += 1 }
    }
    return count
  }

  /// The order of kinds, for formats that promise one.
  func note(_ kind: RecordKind) {
    guard format.isOrdered, !kind.isSourceLayer, kind != .attribute else { return }
    if kind.number < lastKind { fault(.order, "\(kind) records come after later kinds") }
    lastKind = max(lastKind, kind.number)
  }
}
