internal import Domain

/// The spelling of codes as Swift names, one code at a time.
///
/// Case and separators stay, so that codes that differ give names that differ: of 11,387 real codes
/// all but 14 do.
enum CodeName {
  /// Names longer than this are cut.
  static let longest = 72
  /// Where they are cut at most.
  static let cut = 64

  /// The code without what is not seen: format and control characters, variation selectors, blanks
  /// at the ends; composed (form C).
  static func cleaned(_ code: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in code.unicodeScalars where !isHidden(scalar) { kept.append(scalar) }
    return CanonicalComposition.composing(String(kept).trimmingBlanks())
  }

  /// Whether a character is not seen: Cf, Cc but for white space, and variation selectors.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .format: true
    case .control: !scalar.properties.isWhitespace
    default: scalar.properties.isVariationSelector
    }
  }

  /// The name that a cleaned code spells; blank when it spells none.
  static func spelled(_ code: String, digitLetter: String = "s") -> String {
    var name = ""
    var needsBreak = false
    func add(_ text: String, isWord: Bool) {
      if (needsBreak || isWord), !name.isEmpty { name += "_" }
      name += text
      needsBreak = isWord
    }
    for scalar in plainNumbers(code).unicodeScalars {
      if let word = words[scalar] {
        add(word, isWord: true)
      } else if apostrophes.contains(scalar) {
        continue
      } else if isKept(scalar), !(isMark(scalar) && (name.isEmpty || needsBreak)) {
        add(String(scalar), isWord: false)
      } else {
        needsBreak = true
      }
    }
    guard let first = name.unicodeScalars.first else { return "" }
    return startsBadly(first) ? digitLetter + name : name
  }

  /// A name of a length that people can read, with a mark of the code where it was cut.
  static func shortened(_ name: String, code: String) -> String {
    guard name.unicodeScalars.count > longest else { return name }
    var head = String(String.UnicodeScalarView(name.unicodeScalars.prefix(cut + 1)))
    if let place = head.lastIndex(of: "_"), place != head.startIndex {
      head = String(head[..<place])
    } else {
      head = String(String.UnicodeScalarView(name.unicodeScalars.prefix(cut)))
    }
    return "\(head)_\(SHA256.hash(code).description.prefix(6))"
  }

  /// A name from the first five words of a statement that say something.
  static func spelled(fromStatement statement: String, digitLetter: String = "s") -> String {
    let text = cleaned(PlainText.stripped(statement))
    let found = text.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
      .map { spelled($0.lowercased(), digitLetter: "") }
      .filter { !$0.isEmpty && !fillers.contains($0) }.prefix(5)
    var name = ""
    for word in found {
      name += name.isEmpty ? word : word.prefix(1).uppercased() + word.dropFirst()
    }
    guard let first = name.unicodeScalars.first else { return "" }
    return startsBadly(first) ? digitLetter + name : name
  }

  /// A name that does not clash with what every generated type has.
  static func unreserved(_ name: String) -> String {
    members.contains(name) ? name + "_" : name
  }

  /// The name as it is written in a declaration.
  static func escaped(_ name: String) -> String {
    keywords.contains(name) ? "`\(name)`" : name
  }

  /// Whether a text is made of what names are made of.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !startsBadly(first) else { return false }
    return text.unicodeScalars.allSatisfy { $0 == "_" || isKept($0) }
  }

  // MARK: Characters

  private static func plainNumbers(_ code: String) -> String {
    guard code.unicodeScalars.contains(where: { NumberForms.plain($0) != nil }) else { return code }
    return code.unicodeScalars.map { NumberForms.plain($0) ?? String($0) }.joined()
  }

  private static func startsBadly(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .decimalNumber || isMark(scalar)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }

  private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}", "\u{2018}", "\u{2BC}"]

  private static let words: [Unicode.Scalar: String] = [
    "+": "plus", "*": "star", "\u{2605}": "star", "#": "num", "&": "and", "%": "pct", "@": "at",
    "\u{A7}": "sec", "=": "eq", "<": "lt", ">": "gt", "~": "tilde", "^": "caret", "|": "bar",
    "!": "bang", "?": "q", "$": "dollar", "\u{B0}": "deg",
  ]

  /// Words that say little about a statement.
  private static let fillers: Set<String> = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "of", "on", "or",
    "that", "the", "their", "to", "with",
  ]

  /// What the generated type, optionals and metatypes have already.
  private static let members: Set<String> = [
    "Protocol", "Self", "Type", "allCases", "code", "debugDescription", "description", "hashValue",
    "id", "index", "init", "none", "rawValue", "self", "some",
  ]

  /// Words that Swift reserves everywhere.
  private static let keywords: Set<String> = [
    "Any", "as", "associatedtype", "break", "case", "catch", "class", "continue", "default",
    "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate",
    "for", "func", "guard", "if", "import", "in", "inout", "internal", "is", "let", "nil",
    "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return",
    "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try",
    "typealias", "var", "where", "while",
  ]
}
