import AdapterHost
import Domain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file with the private key of a vendor: 64 hexadecimal digits in one line.
enum SigningKeyFile {
  /// Reads the key.
  ///
  /// - Throws: ``ToolFailure`` when others may read or write the file, or it holds no key.
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason = unsafe String(cString: strerror(errno))
      throw ToolFailure(
        66, "\(path): the key file cannot be opened: \(reason); make one with --new-key")
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ToolFailure(66, "\(path): the key file is not a regular file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ToolFailure(
        77, "\(path): others may read or write the key file; run: chmod 600 \(path)")
    }
    var buffer = [UInt8](repeating: 0, count: 66)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe pread(descriptor, bytes.baseAddress, bytes.count, 0)
    }
    var text = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    if text.last == "\n" { text.removeLast() }
    guard let key = SHA256.Digest(text)?.bytes else {
      throw ToolFailure(
        65, "\(path): a key file holds 64 hexadecimal digits in one line; make one with --new-key")
    }
    return key
  }

  /// Writes a new key into a new file that its owner alone may read.
  static func create(_ path: String) throws -> [UInt8] {
    let key = try Ed25519.newKey()
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = unsafe String(cString: strerror(errno))
      throw ToolFailure(73, "\(path): the key file cannot be created: \(reason)")
    }
    defer { close(descriptor) }
    let text = Array((ManifestSignature.hexadecimal(key) + "\n").utf8)
    let count = unsafe text.withUnsafeBytes { bytes in
      unsafe write(descriptor, bytes.baseAddress, bytes.count)
    }
    guard count == text.count, fsync(descriptor) == 0 else {
      unsafe _ = unlink(path)
      throw ToolFailure(74, "\(path): the key file cannot be written")
    }
    return key
  }
}
