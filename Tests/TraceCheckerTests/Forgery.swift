import Domain

/// Changes one thing in a trace.
enum Forgery {
  /// Changes one digit, rule or identifier anywhere, as somebody would who edits the file.
  static func any(of trace: DocumentValue, _ random: inout SeededGenerator) -> DocumentValue? {
    var bytes = Array(trace.canonicalText.utf8)
    let places = bytes.indices.filter { isDigit(bytes[$0]) }
    if Int.random(in: 0..<3, using: &random) > 0 {
      guard let place = places.randomElement(using: &random) else { return nil }
      bytes[place] = 48 + (bytes[place] - 48 + UInt8.random(in: 1...9, using: &random)) % 10
      // A leading zero or another unreadable number is refused too, but proves nothing here.
      return try? DocumentReader.read(bytes)
    }
    let text = trace.canonicalText
    let words = [
      ("\"latest\"", "\"highest\""), ("\"mean\"", "\"latest\""),
      ("\"occurred\":\"2", "\"occurred\":\"1"),
      ("\"quiz\"", "\"essay\""), ("\"id\":\"e1\"", "\"id\":\"e9x\""), ("mastered", "not_yet"),
    ]
    guard let (old, new) = words.filter({ text.contains($0.0) }).randomElement(using: &random)
    else { return nil }
    guard let range = text.firstRange(of: old) else { return nil }
    return try? DocumentReader.read(text.replacingCharacters(in: range, with: new))
  }

  /// Changes one derived value and seals the trace again.
  static func derived(of trace: DocumentValue, _ random: inout SeededGenerator) -> DocumentValue? {
    let names: [Identifier] = [
      "policyHash", "evidenceHash", "leftOut", "observations", "steps", "result", "gates",
    ]
    guard let name = names.randomElement(using: &random) else { return nil }
    var isDone = false
    let changed = change(trace, below: name, isBelow: false, &isDone, &random)
    guard isDone, changed != trace else { return nil }
    let unsealed = DocumentValue.object((changed.members ?? []).filter { $0.name != "seal" })
    return .object(
      (unsealed.members ?? [])
        + [DocumentValue.Member("seal", DocumentValue(unsealed.digest.description))])
  }

  private static func change(
    _ value: DocumentValue, below name: Identifier, isBelow: Bool, _ isDone: inout Bool,
    _ random: inout SeededGenerator
  ) -> DocumentValue {
    guard !isDone else { return value }
    switch value {
    case .object(let members):
      return .object(
        members.map { member in
          // The policy is the premise; changing it changes what is derived.
          guard member.name != "policy" else { return member }
          return DocumentValue.Member(
            member.name,
            change(
              member.value, below: name, isBelow: isBelow || member.name == name, &isDone, &random))
        })
    case .array(let elements):
      return .array(elements.map { change($0, below: name, isBelow: isBelow, &isDone, &random) })
    case .bool(let flag) where isBelow:
      isDone = true
      return .bool(!flag)
    case .string(let text) where isBelow && Bool.random(using: &random):
      var bytes = Array(text.utf8)
      guard let place = bytes.indices.randomElement(using: &random) else { return value }
      bytes[place] = bytes[place] == 49 ? 50 : 49
      isDone = true
      return Identifier(validating: bytes).map { .string($0) } ?? value
    default: return value
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
