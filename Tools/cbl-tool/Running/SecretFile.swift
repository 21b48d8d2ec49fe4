#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files with keys.
enum SecretFile {
  /// Reads a file of at most 65,536 bytes that others may not read.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - forbidden: The permissions that it may not give; those of group and others when nothing is
  ///     said.
  /// - Throws: ``ToolFailure`` when it may be read by others or is no file.
  static func read(_ path: String, keeping forbidden: UInt32 = 0o077) throws -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason = unsafe String(cString: strerror(errno))
      throw ToolFailure(66, "\(path): the key file cannot be opened: \(reason)")
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ToolFailure(66, "\(path): the key file is not a regular file")
    }
    guard UInt32(status.st_mode) & forbidden == 0 else {
      let who = forbidden == 0o006 ? "everybody" : "others"
      throw ToolFailure(
        77, "\(path): \(who) may read or write the key file; run: chmod 600 \(path)")
    }
    guard status.st_size <= 1 << 16 else {
      throw ToolFailure(65, "\(path): the key is longer than 65,536 bytes; is this the key file?")
    }
    return try bytes(of: descriptor, count: Int(status.st_size), path: path)
  }

  private static func bytes(
    of descriptor: Int32, count: Int, path: String
  ) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe systemRead(descriptor, buffer.baseAddress.map { unsafe $0 + done }, count - done)
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw ToolFailure(74, "\(path): the key file cannot be read") }
      done += got
    }
    return bytes
  }
}

/// The system's `read`, which a method of that name would hide.
private func systemRead(
  _ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
  unsafe read(descriptor, bytes, count)
}
