public import Domain

/// The Swift names of the items of a catalog.
///
/// A name depends on its own code and, where codes spell the same name, on its own identifier:
/// never on the order of the file. An item that is added changes names only inside of its own group
/// of equals.
public struct CatalogNames: Hashable, Sendable {
  /// What a name is made from.
  public struct Subject: Hashable, Sendable {
    /// The identifier of the item.
    public var identifier: Identifier
    /// The code, `nil` where there is none.
    public var code: String?
    /// The statement, for items without a code that spells something.
    public var statement: String
    /// Where the item stands, for findings.
    public var place: Place

    /// Creates a subject.
    public init(
      identifier: Identifier, code: String?, statement: String, place: Place = Place()
    ) {
      self.identifier = identifier
      self.code = code
      self.statement = statement
      self.place = place
    }

    /// What the name of an item of a catalog is made from.
    public init(_ item: CatalogItem, file: String? = nil) {
      let members = item.members
      self.init(
        identifier: item.identifier, code: item.code,
        statement: item.abbreviatedStatement ?? item.statement,
        place: Place(
          file: file, line: members.line > 0 ? Int(members.line) : nil,
          column: members.column > 0 ? Int(members.column) : nil))
    }
  }

  /// Names that one spelling would stand for.
  public struct Group: Hashable, Sendable {
    /// The spelling.
    public var spelling: String
    /// The names that are used instead, in order.
    public var names: [String]
  }

  /// The name of each item, in the order of the subjects, without backticks.
  public let names: [String]
  /// The spellings that several items share, in order.
  public let groups: [Group]
  /// What all codes begin with and names leave out.
  public let prefix: String
  /// What is odd about the codes: characters that are not seen, scripts that are mixed.
  public let findings: [Problem]

  /// Names items.
  ///
  /// - Parameters:
  ///   - subjects: The items; identifiers differ.
  ///   - prefix: What to leave out at the beginning of codes; `nil` leaves out what at least 95 % of
  ///     ten or more codes begin with, as whole words of letters.
  ///   - digitLetter: What stands before names that would begin with a digit.
  /// - Complexity: O(*n* log *n*).
  public init(_ subjects: [Subject], prefix: String? = nil, digitLetter: String = "s") {
    let codes = subjects.map { CodeName.cleaned($0.code ?? "") }
    let common = prefix ?? CatalogNames.commonPrefix(codes.filter { !$0.isEmpty })
    var spellings: [String] = []
    for (subject, code) in zip(subjects, codes) {
      let own = code.hasPrefix(common) ? String(code.dropFirst(common.count)) : code
      spellings.append(CatalogNames.spelling(own, subject, digitLetter))
    }
    self.prefix = common
    (names, groups) = CatalogNames.distinct(spellings, subjects.map(\.identifier))
    findings = zip(subjects, codes).flatMap { CatalogNames.findings($0, cleaned: $1) }
  }

  private static func spelling(
    _ code: String, _ subject: Subject, _ digitLetter: String
  ) -> String {
    var name = CodeName.spelled(code, digitLetter: digitLetter)
    if name.isEmpty {
      name = CodeName.spelled(fromStatement: subject.statement, digitLetter: digitLetter)
    }
    if name.isEmpty {
      let head = CodeName.spelled(subject.identifier.text, digitLetter: "")
      name = "item_\(head.prefix(8))"
    }
    return CodeName.unreserved(CodeName.shortened(name, code: subject.code ?? subject.statement))
  }

  private static func distinct(
    _ spellings: [String], _ identifiers: [Identifier]
  ) -> ([String], [Group]) {
    var members: [String: [Int]] = [:]
    for (index, spelling) in spellings.enumerated() { members[spelling, default: []].append(index) }
    var names = spellings
    var groups: [Group] = []
    for (spelling, indices) in members.sorted(by: { $0.key < $1.key }) where indices.count > 1 {
      let hashes = indices.map { SHA256.hash(identifiers[$0].text).description }
      var length = 4
      while length < 64 {
        let marks = hashes.map { $0.prefix(length) }
        let isFree = marks.allSatisfy { members["\(spelling)__\($0)"] == nil }
        if isFree, Set(marks).count == marks.count { break }
        length += 2
      }
      for (index, hash) in zip(indices, hashes) {
        names[index] = "\(spelling)__\(hash.prefix(length))"
      }
      groups.append(Group(spelling: spelling, names: indices.map { names[$0] }.sorted()))
    }
    return (names, groups)
  }

  /// The words of letters, with the separators after them, that nearly all codes begin with.
  static func commonPrefix(_ codes: [String]) -> String {
    guard codes.count >= 10 else { return "" }
    var prefix = ""
    while true {
      var counts: [String: Int] = [:]
      for code in codes where code.hasPrefix(prefix) {
        let rest = code.dropFirst(prefix.count)
        let word = rest.prefix { $0.isLetter }
        let separators = rest[word.endIndex...].prefix { !$0.isLetter && !$0.isNumber }
        guard word.count > 1, !separators.isEmpty, separators.endIndex < code.endIndex else {
          continue
        }
        counts[String(word + separators), default: 0] += 1
      }
      let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
      guard let best, best.value * 100 >= codes.count * 95 else { return prefix }
      prefix += best.key
    }
  }

  private static func findings(_ subject: Subject, cleaned: String) -> [Problem] {
    guard let code = subject.code else { return [] }
    var findings: [Problem] = []
    if code.unicodeScalars.contains(where: CodeName.isHidden) {
      findings.append(
        Problem(
          .warning, "names.hidden_character",
          "The code of \(subject.identifier) has characters that are not seen; names leave them out. "
            + "Remove them.", at: subject.place, value: code))
    }
    if ScriptMix.isMixed(cleaned) {
      findings.append(
        Problem(
          .warning, "names.mixed_scripts",
          "The code of \(subject.identifier) mixes letters of scripts that look alike; write it with "
            + "one.", at: subject.place, value: code))
    }
    return findings
  }
}

/// Letters of several scripts in one text.
enum ScriptMix {
  /// Scripts with letters that look alike.
  enum Script: Hashable, CaseIterable {
    case latin, greek, cyrillic

    init?(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: self = .latin
      case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
      case 0x400...0x52F: self = .cyrillic
      default: return nil
      }
    }
  }

  /// Whether a word has letters of two scripts.
  ///
  /// - Parameter scripts: The scripts to look at: formulas have Greek letters beside Latin ones.
  static func isMixed(
    _ text: String, among scripts: Set<Script> = Set(Script.allCases)
  ) -> Bool {
    let words = text.unicodeScalars.split { !$0.properties.isAlphabetic }
    return words.contains { word in
      Set(word.compactMap { Script($0) }).intersection(scripts).count > 1
    }
  }
}
