internal import AdapterKit
internal import CAdapterABI

/// The words that a column may hold.
struct Vocabulary: Sendable {
  /// The words as the format has them.
  var words: [StaticString]
  /// Whether words that begin `ext:` are allowed too.
  var isExtensible: Bool

  /// No words.
  static let none = Vocabulary([], isExtensible: false)

  private init(_ words: [StaticString], isExtensible: Bool = true) {
    self.words = words
    self.isExtensible = isExtensible
  }

  /// The vocabulary of a name in the tables.
  static func named(_ name: String) -> Vocabulary {
    switch name {
    case "session": Vocabulary(["gradingPeriod", "semester", "schoolYear", "term"])
    case "org": Vocabulary(["department", "school", "district", "local", "state", "national"])
    case "class": Vocabulary(["homeroom", "scheduled"])
    case "role":
      Vocabulary([
        "aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor",
        "relative", "siteAdministrator", "student", "systemAdministrator", "teacher",
      ])
    case "userRole":
      Vocabulary(
        [
          "administrator", "aide", "guardian", "parent", "proctor", "relative", "student",
          "teacher",
        ], isExtensible: false)
    case "roleType", "importance": Vocabulary(["primary", "secondary"], isExtensible: false)
    case "enrollment": Vocabulary(["administrator", "proctor", "student", "teacher"])
    case "enrollmentRole":
      Vocabulary(
        [
          "administrator", "aide", "guardian", "parent", "proctor", "relative", "student",
          "teacher",
        ], isExtensible: false)
    case "sex": Vocabulary(["male", "female", "unspecified", "other"])
    case "binarySex": Vocabulary(["male", "female"], isExtensible: false)
    case "status": Vocabulary(["active", "tobedeleted"], isExtensible: false)
    case "source": Vocabulary(["case", "unknown"])
    default: preconditionFailure("there is no vocabulary \(name)")
    }
  }

  /// Whether a word is one of the vocabulary.
  func contains(_ word: Text) -> Bool {
    for known in words where word.equals(known) { return true }
    return isExtensible && word.hasPrefix("ext:")
  }

  /// The word that differs from a text only in the case of its letters.
  func ignoringCase(_ text: Text) -> Text? {
    words.lazy.map { Text($0) }.first { $0.equalsIgnoringCase(text) }
  }
}
