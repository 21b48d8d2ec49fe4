internal import Domain
internal import LinkedData

/// The value of a base proof of ecdsa-sd-2023, which an issuer gives to the holder alone.
struct BaseProof {
  private static let header: [UInt8] = [0xD9, 0x5D, 0x00]

  /// The issuer's signature over the statements that may not be left out.
  var baseSignature: [UInt8]
  /// The key that was made for this credential, as a multicodec.
  var proofKey: [UInt8]
  var hmacKey: [UInt8]
  /// The signatures of the other statements, in their order.
  var signatures: [[UInt8]]
  /// What may not be left out.
  var pointers: [Identifier]

  init(
    baseSignature: [UInt8], proofKey: [UInt8], hmacKey: [UInt8], signatures: [[UInt8]],
    pointers: [Identifier]
  ) {
    self.baseSignature = baseSignature
    self.proofKey = proofKey
    self.hmacKey = hmacKey
    self.signatures = signatures
    self.pointers = pointers
  }

  /// Reads a proof value; `nil` for everything else.
  init?(_ value: Identifier) {
    guard value.utf8.first == UInt8(ascii: "u"), let bytes = Multibase.bytes(value.text),
      bytes.starts(with: Self.header), case .array(let parts)? = CBOR(bytes[3...]),
      parts.count == 5, case .bytes(let base) = parts[0], base.count == 64,
      case .bytes(let key) = parts[1], case .bytes(let hmac) = parts[2], hmac.count == 32,
      case .array(let list) = parts[3], case .array(let names) = parts[4]
    else { return nil }
    var (signatures, pointers): ([[UInt8]], [Identifier]) = ([], [])
    for item in list {
      guard case .bytes(let signature) = item, signature.count == 64 else { return nil }
      signatures.append(signature)
    }
    for name in names {
      guard case .text(let text) = name else { return nil }
      pointers.append(Identifier(text))
    }
    self.init(
      baseSignature: base, proofKey: key, hmacKey: hmac, signatures: signatures, pointers: pointers)
  }

  /// The proof value.
  var text: String {
    let value = CBOR.array([
      .bytes(baseSignature), .bytes(proofKey), .bytes(hmacKey),
      .array(signatures.map { .bytes($0) }), .array(pointers.map { .text($0.text) }),
    ])
    return Multibase.base64(Self.header + value.encoded)
  }
}
