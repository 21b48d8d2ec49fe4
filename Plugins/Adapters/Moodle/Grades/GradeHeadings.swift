/// Tells from headings and cells what the columns of a grade export are.
struct GradeHeadings {
  private let survey: GradeSurvey
  private let headers: [String]
  /// Words in parentheses that stand behind several headings, or behind a heading that has others.
  /// With how their columns show grades, told from what stands below all of them.
  private var repeatedWords: [String: GradeDisplay] = [:]
  private(set) var columns: [GradeColumn] = []
  /// Kind of activity of each column.
  private(set) var types: [String] = []
  /// The language of the headings, when they agree.
  private(set) var language = ""
  /// Headings without their displays; blank for columns that are no items.
  private var bases: [String] = []

  /// A heading without its display.
  struct Parts {
    var base: String
    var word: String
  }

  init(_ survey: GradeSurvey) {
    self.survey = survey
    headers = survey.headers
    findRepeatedWords()
    findRoles()
    findItems()
  }

  // MARK: Roles

  private mutating func findRepeatedWords() {
    var words: [String: Int] = [:]
    var bases: [String: Int] = [:]
    let all = headers.compactMap(Self.parts)
    for parts in all {
      words[parts.word, default: 0] += 1
      bases[parts.base, default: 0] += 1
    }
    // A word that stands once is a display when its heading stands with a repeated word too.
    for (word, count) in words where count > 1 { repeatedWords[word] = display(ofCells: word) }
    for parts in all where bases[parts.base, default: 0] > 1 {
      let isDisplayed = all.contains { other in
        other.base == parts.base && words[other.word, default: 0] > 1
      }
      if isDisplayed { repeatedWords[parts.word] = display(ofCells: parts.word) }
    }
  }

  private mutating func findRoles() {
    var languages: Set<String>?
    var seen: Set<GradeRole> = []
    let known = headers.map { header in
      Self.parts(header).flatMap { isDisplay($0.word) ? $0 : nil } == nil
        ? GradeWords.role(of: header) : nil
    }
    let lastField = lastUserField(known.map { $0?.role })
    for (index, header) in headers.enumerated() {
      var column = GradeColumn(.item, header: header)
      if let (role, language) = known[index], seen.insert(role).inserted {
        column.role = role
        languages = languages.map { $0.intersection(language) } ?? language
      } else if index <= lastField {
        column.role = userField(index, &seen)
      } else if isTime(index), seen.insert(.downloaded).inserted {
        column.role = .downloaded
      }
      if column.role == .custom { column.key = header }
      if let key = column.role.attributeKey { column.key = key }
      columns.append(column)
      types.append("")
    }
    if languages?.count == 1, let only = languages?.first { language = only }
  }

  private func isTime(_ index: Int) -> Bool {
    index == headers.count - 1 && index > 0 && survey.columns[index].isTime
  }

  /// The last of the columns on the learner, which stand before all others.
  private func lastUserField(_ known: [GradeRole?]) -> Int {
    // Profile fields of the site stand between the known ones and the first grade.
    let beforeGrades = (firstDisplay ?? 0) - 1
    if let email = known.firstIndex(of: .email) {
      return max(email, lastKnown(known), beforeGrades)
    }
    let last = max(lastKnown(known), beforeGrades)
    let email = survey.columns.indices.first { index in
      index > last && survey.columns[index].emails > 0
        && survey.columns[index].emails == survey.columns[index].filled
        && Self.parts(headers[index]) == nil
    }
    if let email { return email }
    if last >= 0 { return last }
    // Nothing is known: learners' names come first, grades are numbers.
    let first = survey.columns.indices.first { index in
      survey.columns[index].isGrades || GradeWords.total(headers[index]) != nil
        || Self.parts(headers[index]).map { isDisplay($0.word) } ?? false
    }
    return (first ?? min(2, headers.count)) - 1
  }

  /// The first column whose heading says how it shows grades.
  private var firstDisplay: Int? {
    headers.firstIndex { header in Self.parts(header).map { isDisplay($0.word) } ?? false }
  }

  private func lastKnown(_ known: [GradeRole?]) -> Int {
    known.lastIndex { $0?.isUserField ?? false } ?? -1
  }

  /// The role of a column on the learner whose heading is not known.
  private func userField(_ index: Int, _ seen: inout Set<GradeRole>) -> GradeRole {
    let column = survey.columns[index]
    if column.emails > 0, column.emails == column.filled, seen.insert(.email).inserted {
      return .email
    }
    // Moodle writes given and family name first.
    if index == 0, column.words + column.letters > 0, seen.insert(.firstName).inserted {
      return .firstName
    }
    if index == 1, column.words + column.letters > 0, seen.insert(.lastName).inserted {
      return .lastName
    }
    return .custom
  }

  // MARK: Items

  static func parts(_ header: String) -> Parts? {
    var text = header
    while text.utf8.last == 0x20 { text.removeLast() }
    guard text.utf8.last == UInt8(ascii: ")"), let open = text.range(ofLast: " (") else {
      return nil
    }
    let base = String(text[..<open.lowerBound])
    let word = String(text[open.upperBound...].dropLast())
    return base.isEmpty || word.isEmpty ? nil : Parts(base: base, word: word)
  }

  private func isDisplay(_ word: String) -> Bool {
    GradeWords.display(of: word) != nil || repeatedWords[word] != nil
  }

  /// How the columns with a word in parentheses show grades when only their cells tell.
  private func display(ofCells word: String) -> GradeDisplay {
    let columns = headers.indices.filter { Self.parts(headers[$0])?.word == word }
      .map { survey.columns[$0] }
    func sum(_ count: (GradeColumnSurvey) -> Int) -> Int { columns.reduce(0) { $0 + count($1) } }
    let numbers = sum(\.numbers)
    let words = sum(\.words)
    if sum(\.percents) > 0, numbers == 0 { return .percentage }
    if numbers > words { return .real }
    if sum(\.letters) > 0, words == 0 { return .letter }
    return words > 0 ? .feedback : .real
  }

  private mutating func findItems() {
    /// Displays that the items so far have, by title; the newest of a title is the last.
    var groups: [[UInt8]: [(key: String, displays: GradeDisplays)]] = [:]
    var keys: Set<String> = []
    bases = Array(repeating: "", count: columns.count)
    for index in columns.indices where columns[index].role == .item {
      let (base, display) = split(index)
      bases[index] = base
      columns[index].display = display
      if let total = GradeWords.total(base, language: language) {
        guard display != .feedback else {
          // A total has no comment; what teachers wrote there is kept beside the learner.
          columns[index].role = .custom
          columns[index].key = headers[index]
          continue
        }
        columns[index].role = .total
        columns[index].title = base
        columns[index].key = Self.key(of: total, base)
        continue
      }
      describe(index, base)
      let set = GradeDisplays(display)
      let title = Array(base.utf8)
      if let last = groups[title]?.indices.last, let group = groups[title]?[last],
        group.displays.isDisjoint(with: set)
      {
        columns[index].key = group.key
        groups[title]?[last].displays.insert(set)
      } else {
        let key = Self.free("\(GradeSheet.itemPrefix)\(base)", in: &keys)
        columns[index].key = key
        groups[title, default: []].append((key, set))
      }
    }
  }

  /// The heading without its display, and the display.
  private func split(_ index: Int) -> (base: String, display: GradeDisplay) {
    let header = headers[index]
    if let parts = Self.parts(header) {
      if let display = GradeWords.display(of: parts.word) { return (parts.base, display) }
      if let display = repeatedWords[parts.word] { return (parts.base, display) }
    }
    if let feedback = oldFeedback(index) { return (feedback, .feedback) }
    let column = survey.columns[index]
    if column.percents > 0, column.numbers == 0, column.words == 0 { return (header, .percentage) }
    return (header, .plain)
  }

  /// The heading of the item that an old feedback column, `Feedback: Name`, is on.
  private func oldFeedback(_ index: Int) -> String? {
    guard let (word, rest) = Self.split(atColon: headers[index].trimmedBlanks) else { return nil }
    let isKnown = GradeWords.display(of: word) == .feedback
    let column = survey.columns[index]
    let isText = column.numbers + column.percents == 0
    let named = bases[..<index].last { base in
      guard !base.isEmpty else { return false }
      return Self.split(atColon: base)?.rest == rest || base == rest
    }
    if let named, isKnown || (isText && bases[index - 1] == named) { return named }
    return isKnown ? rest : nil
  }

  private mutating func describe(_ index: Int, _ base: String) {
    columns[index].title = base
    guard let (type, title) = Self.activity(base) else { return }
    types[index] = type
    columns[index].title = title
  }

  /// The kind of activity and the title of a heading such as `Quiz: Maps`; `nil` when it has none.
  static func activity(_ base: String) -> (type: String, title: String)? {
    guard let (word, rest) = split(atColon: base), let type = GradeWords.type(of: word) else {
      return nil
    }
    return (type, rest)
  }

  /// What stands before and behind the first colon; languages differ in the blanks around it.
  private static func split(atColon text: String) -> (word: String, rest: String)? {
    guard let colon = text.range(ofFirst: ":") else { return nil }
    let word = String(text[..<colon.lowerBound]).trimmedSpaces
    var rest = text[colon.upperBound...]
    while let first = rest.unicodeScalars.first, String.spaces.contains(first) {
      rest.unicodeScalars.removeFirst()
    }
    return word.isEmpty || rest.isEmpty ? nil : (word, String(rest))
  }

  private static func key(of total: GradeTotal, _ base: String) -> String {
    switch total {
    case .course: ""
    case .category(let name): "moodle:category:\(name.isEmpty ? base.trimmedBlanks : name)"
    }
  }

  /// An identifier that is not taken: the text, or the text with `#2` and so on.
  static func free(_ text: String, in taken: inout Set<String>) -> String {
    var candidate = text
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(text)#\(number)"
      number += 1
    }
    return candidate
  }
}

extension String {
  /// Blanks of all widths, and tabs.
  fileprivate static let spaces: Set<Unicode.Scalar> = [" ", "\t", "\u{A0}", "\u{202F}"]

  /// The text without blanks of any width at its ends.
  fileprivate var trimmedSpaces: String {
    var scalars = unicodeScalars[...]
    while let first = scalars.first, Self.spaces.contains(first) { scalars.removeFirst() }
    while let last = scalars.last, Self.spaces.contains(last) { scalars.removeLast() }
    return String(scalars)
  }

  /// Where a text first stands.
  fileprivate func range(ofFirst needle: String) -> Range<String.Index>? {
    ranges(of: needle).first
  }

  /// Where a text last stands.
  fileprivate func range(ofLast needle: String) -> Range<String.Index>? {
    ranges(of: needle).last
  }
}
