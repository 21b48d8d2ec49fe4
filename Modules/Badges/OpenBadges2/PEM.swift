/// Public keys of RSA as PEM (RFC 7468 and 5280), which Open Badges 2.0 uses.
enum PEM {
  /// Reads a key.
  static func publicKey(_ text: String) -> PublicKey? {
    let lines = text.utf8.split { $0 == 0x0A || $0 == 0x0D }.map { String(Substring($0)) }
    guard let first = lines.firstIndex(of: "-----BEGIN PUBLIC KEY-----"),
      let last = lines.firstIndex(of: "-----END PUBLIC KEY-----"), first < last
    else { return nil }
    let base64 = lines[(first + 1)..<last].joined().utf8.filter {
      $0 != UInt8(ascii: "=") && $0 != 0x20
    }
    let urlSafe = base64.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: byte
      }
    }
    guard let der = Base64URL.bytes(urlSafe) else { return nil }
    return rsaKey(der[...])
  }

  /// SubjectPublicKeyInfo of rsaEncryption.
  private static func rsaKey(_ der: ArraySlice<UInt8>) -> PublicKey? {
    var rest = der
    guard var info = value(&rest, tag: 0x30), rest.isEmpty,
      let algorithm = value(&info, tag: 0x30),
      algorithm.starts(with: [
        0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01,
      ]),
      var bits = value(&info, tag: 0x03), info.isEmpty, bits.popFirst() == 0,
      var key = value(&bits, tag: 0x30), bits.isEmpty,
      let modulus = value(&key, tag: 0x02), let exponent = value(&key, tag: 0x02), key.isEmpty
    else { return nil }
    return .rsa(
      modulus: Array(modulus.drop { $0 == 0 }), exponent: Array(exponent.drop { $0 == 0 }))
  }

  /// The contents of the next value, which has to have a tag.
  private static func value(_ rest: inout ArraySlice<UInt8>, tag: UInt8) -> ArraySlice<UInt8>? {
    guard rest.popFirst() == tag, let head = rest.popFirst() else { return nil }
    var count = Int(head)
    if head >= 0x80 {
      let size = Int(head & 0x7F)
      guard (1...3).contains(size), rest.count >= size else { return nil }
      count = rest.prefix(size).reduce(0) { $0 << 8 | Int($1) }
      rest.removeFirst(size)
    }
    guard rest.count >= count else { return nil }
    defer { rest.removeFirst(count) }
    return rest.prefix(count)
  }
}
