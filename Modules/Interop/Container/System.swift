#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// System calls with interruptions and short results handled.
enum System {
  /// The status of an open file, or `nil` with `errno` set.
  static func status(of descriptor: Int32) -> stat? {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? status : nil
  }

  /// The status of the file at a path, or `nil` with `errno` set.
  static func status(at path: String, followLinks: Bool) -> stat? {
    var status = stat()
    let result = unsafe followLinks ? stat(path, &status) : lstat(path, &status)
    return result == 0 ? status : nil
  }

  /// Opens a file, or gives -1 with `errno` set.
  static func open(
    _ path: String, _ flags: Int32, mode: mode_t = 0, in folder: Int32 = AT_FDCWD
  ) -> Int32 {
    while true {
      let descriptor = unsafe openat(folder, path, flags | O_CLOEXEC, mode)
      if descriptor >= 0 || errno != EINTR { return descriptor }
    }
  }

  /// Reads until `buffer` is full or the file ends.
  ///
  /// - Parameter offset: Where to read, or `nil` to go on where the last read ended.
  static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int? = nil,
    place: String
  ) throws(InteropError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count =
        if let offset {
          unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
        } else {
          unsafe Self.readOnce(descriptor, rest)
        }
      if count == 0 { break }
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        throw .reading(place, errno)
      }
    }
    return filled
  }

  private static func readOnce(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int
  {
    #if canImport(Glibc)
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      unsafe Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      unsafe Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// Writes all of `bytes`.
  ///
  /// - Parameter offset: Where to write, or `nil` to go on where the last write ended.
  static func write(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int? = nil, place: String
  ) throws(InteropError) {
    var written = 0
    while written < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
      let count =
        if let offset {
          unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + written))
        } else {
          unsafe Self.writeOnce(descriptor, rest)
        }
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        // The other end of a shared pipe or terminal may have made it non-blocking.
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&poller, 1, -1)
      } else if errno != EINTR {
        throw .writing(place, errno)
      }
    }
  }

  /// Waits until the bytes of a file or the entries of a folder are on the disk.
  static func synchronize(_ descriptor: Int32, place: String) throws(InteropError) {
    while fsync(descriptor) != 0 {
      // Some file systems know no fsync of folders or special files.
      if errno == EINVAL || errno == EROFS || errno == ENOTSUP { return }
      if errno != EINTR { throw .writing(place, errno) }
    }
  }

  /// Waits until the entries of the folder at `path` are on the disk.
  static func synchronizeFolder(_ path: String) throws(InteropError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY)
    // A folder may be writable but not readable; then the rename stands without the wait.
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    try synchronize(descriptor, place: path)
  }

  /// The text of an error number.
  static func text(_ number: Int32) -> String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: text)
  }

  /// The folder of a path, and the last part of it.
  static func split(_ path: String) -> (folder: String, name: String) {
    var bytes = Array(path.utf8)[...]
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else {
      return (".", String(decoding: bytes, as: UTF8.self))
    }
    let name = String(decoding: bytes[(slash + 1)...], as: UTF8.self)
    return (slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self), name)
  }
}

extension InteropError {
  /// The error of an input that cannot be opened.
  static func opening(_ place: String, _ number: Int32) -> InteropError {
    let reason = System.text(number)
    switch number {
    case ENOENT, ENOTDIR:
      return InteropError(.noInput, "there is no such file or folder; check the path", place: place)
    case EACCES, EPERM:
      return InteropError(
        .notAllowed, "reading is not permitted; ask the owner for read access", place: place)
    case EIO: return .reading(place, number)
    default:
      return InteropError(
        .unreadable, "the input cannot be opened (\(reason)); check the path", place: place)
    }
  }

  /// The error of an input that cannot be read any further.
  static func reading(_ place: String, _ number: Int32) -> InteropError {
    if number == EISDIR {
      return InteropError(
        .isDirectory, "this is a folder where a file is wanted; name a file in it", place: place)
    }
    return InteropError(
      .inputOutput,
      "reading failed (\(System.text(number))); check the disk or copy the file and try again",
      place: place)
  }

  /// The error of an output that cannot be written any further.
  static func writing(_ place: String, _ number: Int32) -> InteropError {
    switch number {
    case EPIPE:
      return InteropError(.closedPipe, "the reader of the output went away", place: place)
    case ENOSPC, EDQUOT:
      return InteropError(
        .inputOutput,
        "the disk is full (\(System.text(number))); make room or write elsewhere", place: place)
    case EFBIG:
      return InteropError(
        .inputOutput,
        "the output is larger than the limit on file sizes; raise it (ulimit -f) or write a zip",
        place: place)
    default:
      return InteropError(
        .inputOutput, "writing failed (\(System.text(number))); check the disk and try again",
        place: place)
    }
  }

  /// The error of an output that cannot be created.
  static func creating(_ place: String, _ number: Int32) -> InteropError {
    switch number {
    case ENOENT, ENOTDIR:
      return InteropError(
        .cannotCreate, "the folder of the output does not exist; create it first", place: place)
    case EACCES, EPERM, EROFS:
      return InteropError(
        .cannotCreate, "writing is not permitted here; choose another folder", place: place)
    case ENOSPC, EDQUOT, EIO:
      return .writing(place, number)
    default:
      return InteropError(
        .cannotCreate, "the output cannot be created (\(System.text(number))); choose another path",
        place: place)
    }
  }
}

extension System {
  /// The number of the last error.
  static var lastError: Int32 { errno }

  /// Closes a descriptor whose contents do not matter any more.
  static func close(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }
}
