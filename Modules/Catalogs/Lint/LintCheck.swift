public import Domain

/// A question that the linter asks of a catalog.
///
/// More checks may be added; the weights of all always add up to 100.
public enum LintCheck: String, Hashable, Sendable, CaseIterable {
  /// Do the ends of structural links and prerequisites exist?
  case danglingEnd = "dangling_end"
  /// Is nothing its own prerequisite or its own parent?
  case cycle
  /// Does every item stand under another one or the document?
  case orphan
  /// Is each link stated once?
  case repeatedLink = "repeated_link"
  /// Does each item have an identifier of its own?
  case duplicateIdentifier = "duplicate_identifier"
  /// Does each code name one item?
  case duplicateCode = "duplicate_code"
  /// Do codes of different items look different?
  case lookAlikeCode = "lookalike_code"
  /// Is text free of characters that turn its direction?
  case bidiCharacter = "bidi_character"
  /// Is text free of characters that nobody sees?
  case hiddenCharacter = "hidden_character"
  /// Is each word written in one script?
  case mixedScripts = "mixed_scripts"
  /// Do prerequisites come in the order of the school levels?
  case gradeOrder = "grade_order"
  /// Does each item say something?
  case noStatement = "no_statement"
  /// Does each target say what can be observed?
  case notMeasurable = "not_measurable"
  /// Does each target describe its levels?
  case noLevels = "no_levels"
  /// Is there a link where a statement names another code?
  case unlinkedCode = "unlinked_code"

  /// How many points of the score are lost when all subjects of the check fail.
  public var weight: Int {
    switch self {
    case .danglingEnd, .cycle: 15
    case .orphan, .duplicateIdentifier: 10
    case .duplicateCode, .bidiCharacter: 8
    case .gradeOrder, .noStatement: 6
    case .lookAlikeCode, .hiddenCharacter, .mixedScripts, .notMeasurable: 4
    case .repeatedLink, .noLevels, .unlinkedCode: 2
    }
  }

  /// The code of its findings, `lint.` and its name.
  public var code: Problem.Code { Problem.Code("lint.\(rawValue)") }

  /// What it asks for, as one sentence.
  public var summary: String {
    switch self {
    case .danglingEnd: "The ends of structural links and prerequisites are in the file."
    case .cycle: "Nothing is its own prerequisite or its own parent."
    case .orphan: "Every item stands under another one or the document."
    case .repeatedLink: "Each link is stated once."
    case .duplicateIdentifier: "Each item has an identifier of its own."
    case .duplicateCode: "Each code names one item."
    case .lookAlikeCode: "Codes of different items look different."
    case .bidiCharacter: "Text has no characters that turn its direction."
    case .hiddenCharacter: "Text has no characters that nobody sees."
    case .mixedScripts: "Each word is written in one script."
    case .gradeOrder: "Prerequisites come in the order of the school levels."
    case .noStatement: "Each item says something."
    case .notMeasurable: "Each target says what can be observed."
    case .noLevels: "Each target describes its levels."
    case .unlinkedCode: "Where a statement names another code, there is a link."
    }
  }
}
