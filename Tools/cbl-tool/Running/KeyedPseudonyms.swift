import Interop

#if Crypto
  import Crypto
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Pseudonyms made with HMAC-SHA-256.
///
/// A pseudonym is 26 characters of lower-case base32 (RFC 4648, without padding): the first 130 of
/// the 256 bits, computed over the label, a zero byte and the identifier.
enum KeyedPseudonyms {
  /// The characters of a pseudonym.
  static let length = 26

  /// Pseudonyms with the key that a file holds.
  ///
  /// - Throws: ``ToolFailure`` when the file may be read by everybody or the key is too short.
  static func reading(_ path: String) throws -> any Pseudonymizer {
    let key = try KeyFile.read(path)
    #if Crypto
      return HashedPseudonyms(key: SymmetricKey(data: key))
    #else
      _ = key
      throw ToolFailure.usage(
        "this build cannot make pseudonyms; build it with: swift build --traits CommandLine,Crypto")
    #endif
  }

  /// Bits as lower-case base32.
  static func base32<Bytes: Sequence<UInt8>>(_ bytes: Bytes) -> [UInt8] {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = (bits << 8 | UInt32(byte)) & 0xFFFF
      count += 8
      while count >= 5, text.count < length {
        count -= 5
        text.append(alphabet[Int(bits >> UInt32(count)) & 31])
      }
      if text.count == length { break }
    }
    return text
  }
}

#if Crypto
  /// HMAC-SHA-256 with one key.
  private struct HashedPseudonyms: Pseudonymizer {
    let key: SymmetricKey

    func pseudonym(of identifier: [UInt8], label: String) -> [UInt8] {
      let code = HMAC<SHA256>.authenticationCode(
        for: Array(label.utf8) + [0] + identifier, using: key)
      return KeyedPseudonyms.base32(code)
    }
  }
#endif

/// The file with the key.
private enum KeyFile {
  static func read(_ path: String) throws -> [UInt8] {
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
    guard status.st_mode & 0o006 == 0 else {
      throw ToolFailure(
        77, "\(path): everybody may read or write the key file; run: chmod 600 \(path)")
    }
    guard status.st_size >= 16 else {
      throw ToolFailure(
        65,
        "\(path): the key has \(status.st_size) bytes and needs at least 16; make one with: "
          + "head -c 32 /dev/urandom > \(path)")
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
