internal import Domain

// Characters that deceive: those that turn the direction, those that nobody sees, letters of
// other scripts.
extension Linter {
  /// Looks through codes and statements.
  mutating func checkCharacters() {
    var counts: [LintCheck: Int] = [:]
    var texts = 0
    for (item, object) in catalog.items.enumerated() {
      let fields: [(name: String, text: String?)] = [
        ("humanCodingScheme", object.code), ("fullStatement", object.fullStatement),
        ("abbreviatedStatement", object.abbreviatedStatement),
        ("alternativeLabel", object.alternativeLabel),
      ]
      for (field, text) in fields {
        guard let text else { continue }
        texts += 1
        // Nearly all text is plain, and plain text has none of these.
        guard text.utf8.contains(where: { $0 >= 0x80 || $0 < 0x20 || $0 == 0x7F }) else { continue }
        for fault in DeceptiveText.faults(text, isCode: field == "humanCodingScheme") {
          counts[fault.check, default: 0] += 1
          report(
            fault.severity, fault.check, item: item, field: field, value: text,
            "\(name(item)): \(field) \(fault.message)")
        }
      }
    }
    for check in [LintCheck.bidiCharacter, .hiddenCharacter, .mixedScripts] {
      count(check, subjects: texts, affected: counts[check] ?? 0)
    }
  }
}

/// Text that is not what it seems.
enum DeceptiveText {
  struct Fault {
    var check: LintCheck
    var severity: Severity
    var message: String
  }

  /// At most one fault of each check.
  static func faults(_ text: String, isCode: Bool) -> [Fault] {
    var faults: [Fault] = []
    if let scalar = text.unicodeScalars.first(where: { turnsText($0, isCode: isCode) }) {
      faults.append(
        Fault(
          check: .bidiCharacter, severity: .error,
          message: "has \(named(scalar)), which turns the direction of text; remove it."))
    } else if openIsolates(text) != 0 {
      faults.append(
        Fault(
          check: .bidiCharacter, severity: .warning,
          message:
            "begins a stretch of another direction and does not end it; close it with U+2069."
        ))
    }
    if let scalar = text.unicodeScalars.first(where: { isHidden($0, isCode: isCode) }) {
      faults.append(
        Fault(
          check: .hiddenCharacter, severity: .warning,
          message: "has \(named(scalar)), which nobody sees; remove it."))
    }
    let isMixed =
      isCode ? ScriptMix.isMixed(text) : ScriptMix.isMixed(text, among: [.latin, .cyrillic])
    if isMixed {
      faults.append(
        Fault(
          check: .mixedScripts, severity: .warning,
          message: "mixes letters of scripts that look alike in one word; write it with one."))
    }
    return faults
  }

  /// Overrides and embeddings anywhere; isolates and marks in codes, where no text needs them.
  private static func turnsText(_ scalar: Unicode.Scalar, isCode: Bool) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E: true
    case 0x200E, 0x200F, 0x061C, 0x2066...0x2069: isCode
    default: false
    }
  }

  private static func openIsolates(_ text: String) -> Int {
    var depth = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x2066...0x2068: depth += 1
      case 0x2069: depth -= 1
      default: continue
      }
      if depth < 0 { return depth }
    }
    return depth
  }

  /// Statements may have joiners and soft hyphens, which their scripts need.
  private static func isHidden(_ scalar: Unicode.Scalar, isCode: Bool) -> Bool {
    if turnsText(scalar, isCode: true) { return false }
    if isCode { return CodeName.isHidden(scalar) }
    switch scalar.value {
    case 0x200B, 0x2060, 0xFEFF, 0xE0000...0xE007F: return true
    default:
      return scalar.properties.generalCategory == .control && !scalar.properties.isWhitespace
    }
  }

  /// The number of a character, as `U+202E`.
  private static func named(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
