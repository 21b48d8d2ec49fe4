#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

extension HostFile {
  /// Replaces a file at once: whoever reads it finds the old bytes or the new ones.
  ///
  /// A link is followed, so that what it leads to is replaced and not the link.
  ///
  /// - Parameter mode: The permissions of the new file: its owner's only, unless given.
  package static func replace(
    _ path: String, _ bytes: [UInt8], mode: UInt32 = 0o600
  ) throws(AdapterHostError) {
    let target = resolved(path) ?? path
    let folder = folder(of: target)
    try makeFolders(folder)
    let random = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    let new = "\(folder)/.\(name(of: target)).cbl-\(getpid())-\(random).part"
    let descriptor = unsafe open(
      new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
      mode_t(mode))
    guard descriptor >= 0 else { throw failure("cannot be created", new) }
    do throws(AdapterHostError) {
      defer { close(descriptor) }
      try write(bytes, to: descriptor, path: new)
      guard fsync(descriptor) == 0 else { throw failure("cannot be written", new) }
      guard unsafe rename(new, target) == 0 else { throw failure("cannot be replaced", target) }
    } catch {
      unsafe _ = unlink(new)
      throw error
    }
    synchronize(folder: folder)
  }

  private static func write(
    _ bytes: [UInt8], to descriptor: Int32, path: String
  ) throws(AdapterHostError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("cannot be written", path) }
      done += count
    }
  }

  /// Makes a folder and those above it, for its owner only.
  package static func makeFolders(_ path: String) throws(AdapterHostError) {
    if status(path) != nil { return }
    let above = folder(of: path)
    if above != path { try makeFolders(above) }
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw failure("cannot be created", path)
    }
  }

  private static func synchronize(folder: String) {
    let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Does something while no other process does the like, waiting at most some seconds.
  ///
  /// - Parameter path: The file that is locked; it is made and stays.
  static func locked<Value>(
    _ path: String, seconds: Int = 10, _ body: () throws(AdapterHostError) -> Value
  ) throws(AdapterHostError) -> Value {
    try makeFolders(folder(of: path))
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure("cannot be created", path) }
    defer { close(descriptor) }
    var rounds = seconds * 100
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw failure("cannot be locked", path) }
      guard rounds > 0 else {
        throw AdapterHostError(
          .busy, "another process has held the lock for \(seconds) s; try again", adapter: path)
      }
      rounds -= 1
      usleep(10_000)
    }
    return try body()
  }
}

/// The system's `write`, which a method of that name would hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}
