#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The right to write one output, held through a locked file beside it.
final class OutputLock {
  /// How the names of all temporaries of this target begin.
  let prefix: String
  private let folder: String
  private let target: String
  private let path: String
  private let slot: OutputSignals.Slot?
  private var descriptor: Int32
  /// Whether the file system knows locks; without them only the process number tells who lives.
  private let isLocked: Bool

  init(folder: String, name: String, path target: String) throws(InteropError) {
    self.folder = folder
    self.target = target
    prefix = ".\(Self.shortened(name)).cbl-"
    path = "\(folder)/\(prefix)lock"
    (descriptor, isLocked) = try Self.acquire(path, target: target)
    slot = OutputSignals.register(path)
  }

  deinit {
    release()
  }

  /// Gives the lock back and removes its file.
  func release() {
    guard descriptor >= 0 else { return }
    // Removed while it is held: whoever opened it in between sees that it has no name any more.
    unsafe unlink(path)
    OutputSignals.unregister(slot)
    System.close(descriptor)
    descriptor = -1
  }

  private static func acquire(
    _ path: String, target: String
  ) throws(InteropError) -> (descriptor: Int32, isLocked: Bool) {
    while true {
      let descriptor = System.open(path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o600)
      guard descriptor >= 0 else { throw .creating(target, errno) }
      if System.lock(descriptor) != 0 {
        let number = errno
        if number == EWOULDBLOCK {
          System.close(descriptor)
          throw InteropError(
            .busy, "another run is writing this output; wait for it and try again",
            place: target)
        }
        return (descriptor, false)
      }
      if let mine = System.status(of: descriptor),
        let named = System.status(at: path, followLinks: false),
        FileIdentity(mine).isSameFile(as: FileIdentity(named))
      {
        return (descriptor, true)
      }
      // Its holder removed it between our two calls; take the next one.
      System.close(descriptor)
    }
  }

  /// Removes what killed runs left beside the target.
  func removeLeftovers() throws(InteropError) {
    let listing = System.open(folder, O_RDONLY | O_DIRECTORY)
    // A folder that may be written but not read keeps its leftovers.
    guard listing >= 0 else { return }
    defer { System.close(listing) }
    for bytes in try System.names(in: listing, place: folder)
    where bytes.starts(with: prefix.utf8) {
      let name = String(decoding: bytes, as: UTF8.self)
      guard name.hasSuffix(".part") || name.hasSuffix(".old"), isDead(name) else { continue }
      let leftover = "\(folder)/\(name)"
      if name.hasSuffix(".old"), System.status(at: target, followLinks: false) == nil,
        unsafe rename(leftover, target) == 0
      {
        continue
      }
      System.removeTree(leftover)
    }
  }

  private func isDead(_ name: String) -> Bool {
    if isLocked { return true }
    let digits = name.dropFirst(prefix.count).prefix { $0 != "-" }
    guard let process = pid_t(digits) else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }

  /// A name that leaves room for what is put around it; long ones keep a mark of their own.
  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > 180 else { return name }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var length = 0
    let start = name.unicodeScalars.prefix { scalar in
      length += String(scalar).utf8.count
      return length <= 150
    }
    return String(start) + "-" + String(hash, radix: 16)
  }
}

extension System {
  /// Takes the lock of an open file without waiting; 0, or -1 with `errno` set.
  static func lock(_ descriptor: Int32) -> Int32 {
    while true {
      let result = flock(descriptor, LOCK_EX | LOCK_NB)
      if result == 0 || errno != EINTR { return result }
    }
  }
}
