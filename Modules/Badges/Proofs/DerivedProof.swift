internal import Domain
internal import LinkedData

/// The value of a derived proof of ecdsa-sd-2023.
struct DerivedProof {
  /// The issuer's signature over the statements that may not be left out.
  let baseSignature: [UInt8]
  /// The key that was made for this credential; it signs the other statements one by one.
  let proofKey: PublicKey
  let proofKeyBytes: [UInt8]
  let signatures: [[UInt8]]
  /// The labels of blank nodes by the numbers of their canonical names.
  let labels: [Int: [UInt8]]
  let mandatory: Set<Int>

  /// Reads a proof value; `nil` for a base proof and everything else.
  init?(_ value: Identifier) {
    guard value.utf8.first == UInt8(ascii: "u"), let bytes = Multibase.bytes(value.text),
      bytes.starts(with: [0xD9, 0x5D, 0x01]), case .array(let parts)? = CBOR(bytes[3...]),
      parts.count == 5, case .bytes(let base) = parts[0], base.count == 64,
      case .bytes(let keyBytes) = parts[1], let key = PublicKey(multicodec: keyBytes),
      case .p256 = key, case .array(let list) = parts[2], case .map(let map) = parts[3],
      case .array(let indexes) = parts[4]
    else { return nil }
    baseSignature = base
    proofKey = key
    proofKeyBytes = keyBytes
    var signatures: [[UInt8]] = []
    for item in list {
      guard case .bytes(let signature) = item, signature.count == 64 else { return nil }
      signatures.append(signature)
    }
    var labels: [Int: [UInt8]] = [:]
    for entry in map {
      guard case .number(let number) = entry.key, case .bytes(let label) = entry.value,
        label.count == 32, let number = Int(exactly: number),
        labels.updateValue(label, forKey: number) == nil
      else { return nil }
    }
    var mandatory: Set<Int> = []
    for index in indexes {
      guard case .number(let number) = index, let number = Int(exactly: number),
        mandatory.insert(number).inserted
      else { return nil }
    }
    self.signatures = signatures
    self.labels = labels
    self.mandatory = mandatory
  }

  /// The proof value that a holder makes of a base proof.
  static func text(
    of base: BaseProof, signatures: [[UInt8]], labels: [Int: [UInt8]], mandatory: [Int]
  ) -> String {
    let map = labels.sorted { $0.key < $1.key }.map {
      CBOR.Entry(key: .number(UInt64($0.key)), value: .bytes($0.value))
    }
    let value = CBOR.array([
      .bytes(base.baseSignature), .bytes(base.proofKey),
      .array(signatures.map { .bytes($0) }), .map(map),
      .array(mandatory.map { .number(UInt64($0)) }),
    ])
    return Multibase.base64([0xD9, 0x5D, 0x01] + value.encoded)
  }

  /// The statements of a credential as the proof groups them.
  struct Statements {
    /// What the issuer signed.
    var signed: [UInt8]
    /// The statements that were disclosed, in the order of their signatures.
    var disclosed: [[UInt8]]
    var trace: ProofTrace
    /// What decides about validity and could have been left out.
    var unsettled: String?
  }

  /// Groups the statements of a document; `nil` where their number does not fit.
  func statements(
    _ input: inout ProofInput, _ proof: JSONObject, earlier: Set<Identifier>
  ) throws(LinkedDataError) -> Statements? {
    let dataset = try input.dataset(earlier: earlier, isLarge: false)
    let names = labels.mapValues { "u" + Base64URL.text($0) }
    guard names.count == dataset.labels.count,
      names.keys.allSatisfy({ $0 >= 0 && $0 < dataset.labels.count })
    else { return nil }
    var renamed: [[UInt8]] = []
    for quad in try NQuadsReader.read(dataset.bytes) {
      renamed.append(NQuadsWriter.bytes([quad.renamingCanonical(names)]))
    }
    renamed.sort { $0.lexicographicallyPrecedes($1) }
    guard mandatory.allSatisfy({ $0 < renamed.count }),
      renamed.count - mandatory.count == signatures.count
    else { return nil }
    let kept = renamed.indices.filter { mandatory.contains($0) }.map { renamed[$0] }
    let disclosed = renamed.indices.filter { !mandatory.contains($0) }.map { renamed[$0] }
    var trace = try input.trace(of: proof, suite: .ecdsaSD, isLarge: false, earlier: earlier)
    trace.document = Array(kept.joined())
    trace.documentHash = SHA256.hash(trace.document).bytes
    return Statements(
      signed: trace.optionsHash + proofKeyBytes + trace.documentHash, disclosed: disclosed,
      trace: trace, unsettled: Self.unsettled(kept, disclosed))
  }

  private static let deciding: [(property: String, name: String)] = [
    ("https://www.w3.org/2018/credentials#validUntil", "validUntil"),
    ("https://www.w3.org/2018/credentials#validFrom", "validFrom"),
    ("https://www.w3.org/2018/credentials#expirationDate", "expirationDate"),
    ("https://www.w3.org/2018/credentials#credentialStatus", "credentialStatus"),
  ]

  /// Names what is disclosed without having to be: then another such statement could be missing.
  private static func unsettled(_ kept: [[UInt8]], _ disclosed: [[UInt8]]) -> String? {
    func mentions(_ lines: [[UInt8]], _ property: String) -> Bool {
      lines.contains { String(decoding: $0, as: UTF8.self).contains("<\(property)>") }
    }
    if kept.isEmpty { return "every statement may be left out" }
    return deciding.first { mentions(disclosed, $0.property) }.map { "\($0.name) may be left out" }
  }
}

extension Quad {
  /// The statement with other labels for canonical names.
  fileprivate func renamingCanonical(_ names: [Int: String]) -> Quad {
    renaming { label in
      guard label.text.hasPrefix("c14n"), let number = Int(label.text.dropFirst(4)),
        let name = names[number]
      else { return label }
      return Identifier(name)
    }
  }
}
