import Domain
import TestSupport

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

  /// Puts something else anywhere, in the policy too, and makes the hashes right again.
  static func hostile(of trace: DocumentValue, _ random: inout SeededGenerator) -> DocumentValue {
    var changed = trace
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      var place = Int.random(in: 0..<count(of: changed), using: &random)
      changed = replacing(in: changed, &place, &random)
    }
    guard case .object(var members) = changed, let policy = changed["policy"] else {
      return changed
    }
    members.removeAll { $0.name == "seal" || $0.name == "policyHash" }
    members.append(DocumentValue.Member("policyHash", DocumentValue(policy.digest.description)))
    let seal = DocumentValue.object(members).digest
    return .object(members + [DocumentValue.Member("seal", DocumentValue(seal.description))])
  }

  private static func count(of value: DocumentValue) -> Int {
    switch value {
    case .object(let members): 1 + members.reduce(0) { $0 + count(of: $1.value) }
    case .array(let elements): 1 + elements.reduce(0) { $0 + count(of: $1) }
    default: 1
    }
  }

  private static func replacing(
    in value: DocumentValue, _ place: inout Int, _ random: inout SeededGenerator
  ) -> DocumentValue {
    place -= 1
    if place == -1 { return stranger(value, &random) }
    switch value {
    case .object(let members):
      return .object(
        members.map {
          DocumentValue.Member(
            $0.name, place < 0 ? $0.value : replacing(in: $0.value, &place, &random))
        })
    case .array(let elements):
      return .array(elements.map { place < 0 ? $0 : replacing(in: $0, &place, &random) })
    default: return value
    }
  }

  /// What nobody expects there.
  private static func stranger(
    _ value: DocumentValue, _ random: inout SeededGenerator
  ) -> DocumentValue {
    let texts = [
      "", "0", "-1", "1/3", "1/0", "-99999999999999999999999999999999999999", "9007199254740993",
      "170141183460469231731687303715884105727", "9223372036854775807",
      "0.00000000000000000000000000000000000001", "a",
      "quiz", "2025-02-30", "0001-01-01", "9999-12-31T23:59:59-18:00", "exponential_decay",
      "power_law", "promotion", "counter", "weighted_mean", "times_at_cut", "pooled", "all",
    ]
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return []
    case 3: return .object([])
    case 4: return [value, value]
    case 5: return -1
    case 6: return 9_007_199_254_740_992
    default: return DocumentValue(texts.randomElement(using: &random) ?? "")
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
