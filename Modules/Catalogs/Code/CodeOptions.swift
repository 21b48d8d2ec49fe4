internal import Domain

/// How code is generated from a catalog.
///
/// Options stand in a text file of lines `name: value`; `#` begins a comment and lists stand in
/// brackets with commas.
public struct CodeOptions: Hashable, Sendable {
  /// The name of the generated type; by default from the name of the file.
  public var typeName: String?
  /// What names leave out at the beginning of codes; `nil` finds it.
  public var prefix: String?
  /// What stands before names that would begin with a digit.
  public var digitLetter = "s"
  /// Whether the code is `public`.
  public var isPublic = true
  /// Whether each item also has its code as a raw identifier.
  public var addsRawIdentifiers = false
  /// The types of items that get a name; all where empty.
  public var itemTypes: [String] = []
  /// The school levels of items that get a name; all where empty.
  public var educationLevels: [String] = []
  /// The identifier or code of the item whose descendants get a name; all where `nil`.
  public var subtree: String?
  /// For how many editions the name of an item that is gone is deprecated before it is unavailable.
  public var retiredEditions = 2

  /// Where each option of a file stands, by its name.
  var places: [String: Place] = [:]

  /// Creates options with their defaults.
  public init() {}

  /// Reads a file of options.
  ///
  /// - Throws: ``CatalogsError`` with the line for a name or value that is not known.
  public init(parsing text: String, file: String? = nil) throws(CatalogsError) {
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let content = line.prefix { $0 != "#" }.trimmingBlanks()
      guard !content.isEmpty else { continue }
      let place = Place(file: file, line: number + 1)
      guard let colon = content.firstIndex(of: ":") else {
        throw CatalogsError(
          .option, "\"\(content)\" is no option; expected name: value.", at: place)
      }
      let name = content[..<colon].trimmingBlanks()
      let value = content[content.index(after: colon)...].trimmingBlanks()
      try set(name, CodeOptions.unquoted(value), place)
      places[name] = place
    }
  }

  private mutating func set(
    _ name: String, _ value: String, _ place: Place
  ) throws(CatalogsError) {
    switch name {
    case "typeName":
      guard CodeOptions.isTypeName(value) else {
        throw CatalogsError(
          .option, "\"\(value)\" is no name of a type; use letters, digits and underscores.",
          at: place)
      }
      typeName = value
    case "prefix": prefix = value
    case "digitLetter":
      guard CodeOptions.isTypeName(value) else {
        throw CatalogsError(.option, "\"\(value)\" cannot begin a name.", at: place)
      }
      digitLetter = value
    case "access":
      guard ["public", "internal"].contains(value) else {
        throw CatalogsError(.option, "\"\(value)\" is neither public nor internal.", at: place)
      }
      isPublic = value == "public"
    case "rawIdentifiers":
      guard ["true", "false"].contains(value) else {
        throw CatalogsError(.option, "\"\(value)\" is neither true nor false.", at: place)
      }
      addsRawIdentifiers = value == "true"
    case "itemTypes": itemTypes = CodeOptions.list(value)
    case "educationLevels": educationLevels = CodeOptions.list(value)
    case "subtree": subtree = value
    case "retiredEditions":
      guard let count = Int(value), count >= 0 else {
        throw CatalogsError(.option, "\"\(value)\" is no number of editions.", at: place)
      }
      retiredEditions = count
    default:
      throw CatalogsError(
        .option,
        "There is no option \"\(name)\"; known are typeName, prefix, digitLetter, access, "
          + "rawIdentifiers, itemTypes, educationLevels, subtree and retiredEditions.", at: place)
    }
  }

  /// Whether a text can stand as a name in code, in plain letters.
  static func isTypeName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x5F
    } && CodeName.escaped(text) == text && CodeName.unreserved(text) == text
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count > 1, let quote = text.first, quote == "\"" || quote == "'", text.last == quote
    else { return text }
    return String(text.dropFirst().dropLast())
  }

  private static func list(_ text: String) -> [String] {
    let inner = text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text[...]
    return inner.split(separator: ",").map { unquoted($0.trimmingBlanks()) }.filter { !$0.isEmpty }
  }
}
