import Assessment
import Domain

/// Answers and ratings as the commands of `assess` read them: wide or long tables, or the input of
/// a published case.
enum AssessAnswers {
  static let personNames = ["person", "learner", "student", "id", "unit", "work", "name"]
  static let weightNames = ["weight", "freq", "frequency"]
  static let scoreNames = ["score", "correct", "answer", "rating", "level"]
  static let itemNames = ["item", "question", "criterion"]

  /// The document of a path that names JSON or YAML with an object in it.
  private static func document(_ path: String) throws -> AssessDocument? {
    let plain = path.split(separator: "#").first.map(String.init)?.lowercased() ?? path
    guard path.contains("#") || [".json", ".yaml", ".yml"].contains(where: plain.hasSuffix) else {
      return nil
    }
    let document = try AssessDocument(path)
    return document.root.value.members == nil ? nil : document
  }

  /// The rows of numbers of a path that names a list of lists.
  static func matrix(_ path: String) throws -> [[Double?]]? {
    let plain = path.split(separator: "#").first.map(String.init)?.lowercased() ?? path
    guard path.contains("#") || [".json", ".yaml", ".yml"].contains(where: plain.hasSuffix) else {
      return nil
    }
    let document = try AssessDocument(path)
    let rows = document.root["units_by_raters"] ?? document.root
    guard let first = rows.items.first, first.value.elements != nil else { return nil }
    return try document.list(rows).map { row in
      try document.list(row).map { $0.value == .null ? nil : try document.number($0) }
    }
  }

  /// Whole scores of persons on items.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - ignored: Columns that are no items.
  static func responses(_ path: String, without ignored: [String] = []) throws -> ResponseTable {
    if let document = try document(path), let patterns = document.optional("patterns") {
      let texts = try document.list(patterns).map(document.text)
      let frequencies = try document.optional("freq").map { node in
        try document.list(node).map(document.whole)
      }
      return try AssessText.reading(path) { () throws(AssessmentError) in
        try ResponseTable(patterns: texts, frequencies: frequencies)
      }
    }
    let table = try AssessTable(path, columns: [])
    if let pattern = ["pattern", "patterns"].first(where: table.columns.contains) {
      let texts = try table.rows.map { try $0.text(pattern) }
      let weight = weightNames.first(where: table.columns.contains)
      let counts = try weight.map { weight in try table.rows.map { try $0.whole(weight) } }
      return try AssessText.reading(path) { () throws(AssessmentError) in
        try ResponseTable(patterns: texts, frequencies: counts)
      }
    }
    if let long = LongColumns(table) { return try responses(table, long, path) }
    let wide = WideColumns(table, without: ignored)
    var rows: [[Int?]] = []
    rows.reserveCapacity(table.rows.count)
    for row in table.rows {
      var scores: [Int?] = []
      for item in wide.values { scores.append(try score(row, item)) }
      rows.append(scores)
    }
    let weights = try wide.weight.map { weight in try table.rows.map { try $0.number(weight) } }
    return try AssessText.reading(path) { () throws(AssessmentError) in
      try ResponseTable(
        items: wide.values, persons: wide.names(table), rows: rows, weights: weights)
    }
  }

  private static func responses(
    _ table: AssessTable, _ long: LongColumns, _ path: String
  ) throws -> ResponseTable {
    var intake = ResponseIntake()
    for row in table.rows {
      intake.append(
        person: try row.text(long.person), item: try row.text(long.item),
        score: try score(row, long.score))
    }
    return try AssessText.reading(path) { () throws(AssessmentError) in try intake.table() }
  }

  /// Chosen options of persons, with the key.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - key: The right options with commas, in the order of items; `nil` takes the row of the
  ///     person `key`, or the member of a case.
  static func choices(_ path: String, key: String?) throws -> ChoiceTable {
    if let document = try document(path), let answers = document.optional("answers") {
      let rows = try document.list(answers).map { node in
        try document.text(node).map { character -> String? in String(character) }
      }
      let keys = try document.list(document.need("key")).map(document.text)
      let items =
        try document.optional("items").map { try document.list($0).map(document.text) }
        ?? keys.indices.map { "\($0 + 1)" }
      return try AssessText.reading(path) { () throws(AssessmentError) in
        try ChoiceTable(items: items, rows: rows, key: keys)
      }
    }
    let table = try AssessTable(path, columns: [])
    let wide = WideColumns(table, without: [])
    let isKey: (AssessTable.Row) -> Bool = { row in
      wide.person.flatMap { row.optional($0) }?.lowercased() == "key"
    }
    var keys = key.map { $0.split(separator: ",").map(String.init) }
    if keys == nil, let row = table.rows.first(where: isKey) {
      keys = try wide.values.map { try row.text($0) }
    }
    guard let keys else {
      throw ToolFailure.usage("give --key, or a row whose person is 'key'")
    }
    let rows = table.rows.filter { !isKey($0) }
    let cells = rows.map { row in wide.values.map { known(row, $0) } }
    let names = wide.person.map { column in rows.map { $0.optional(column) ?? "" } }
    return try AssessText.reading(path) { () throws(AssessmentError) in
      try ChoiceTable(items: wide.values, persons: names, rows: cells, key: keys)
    }
  }

  /// Ratings of units by raters.
  static func ratings(_ path: String) throws -> RatingTable {
    if let rows = try matrix(path) {
      return try AssessText.reading(path) { () throws(AssessmentError) in
        try RatingTable(rows: rows)
      }
    }
    let table = try AssessTable(path, columns: [])
    if table.columns.contains("rater"),
      let score = scoreNames.first(where: table.columns.contains)
    {
      return try longRatings(table, score, path)
    }
    let wide = WideColumns(table, without: [])
    var rows: [[Double?]] = []
    for row in table.rows {
      rows.append(try wide.values.map { try known(row, $0) == nil ? nil : row.number($0) })
    }
    return try AssessText.reading(path) { () throws(AssessmentError) in
      try RatingTable(units: wide.names(table), raters: wide.values, rows: rows)
    }
  }

  private static func longRatings(
    _ table: AssessTable, _ score: String, _ path: String
  ) throws -> RatingTable {
    guard let unit = personNames.first(where: table.columns.contains) else {
      throw ToolFailure(65, "\(path):1: no column names the work; wanted unit, rater and \(score)")
    }
    let item = itemNames.first(where: table.columns.contains)
    var units: [String: Int] = [:]
    var raters: [String: Int] = [:]
    var (unitList, raterList) = ([String](), [String]())
    var entries: [(unit: Int, rater: Int, value: Double)] = []
    for row in table.rows {
      var name = try row.text(unit)
      if let item { name += " / " + (try row.text(item)) }
      let rater = try row.text("rater")
      if units[name] == nil {
        units[name] = unitList.count
        unitList.append(name)
      }
      if raters[rater] == nil {
        raters[rater] = raterList.count
        raterList.append(rater)
      }
      guard known(row, score) != nil else { continue }
      entries.append((units[name] ?? 0, raters[rater] ?? 0, try row.number(score)))
    }
    guard unitList.count * raterList.count <= 1 << 28 else {
      throw ToolFailure(
        65, "\(path): \(unitList.count) pieces of work by \(raterList.count) raters are too many")
    }
    var rows = [[Double?]](
      repeating: [Double?](repeating: nil, count: raterList.count), count: unitList.count)
    for entry in entries { rows[entry.unit][entry.rater] = entry.value }
    return try AssessText.reading(path) { () throws(AssessmentError) in
      try RatingTable(units: unitList, raters: raterList, rows: rows)
    }
  }

  /// A cell, or `nil` when it is empty or says that it is missing.
  static func known(_ row: AssessTable.Row, _ column: String) -> String? {
    guard let text = row.optional(column) else { return nil }
    switch text {
    case "NA", "na", ".", "-": return nil
    default: return text
    }
  }

  /// A whole score, or `nil` when it is missing.
  static func score(_ row: AssessTable.Row, _ column: String) throws -> Int? {
    guard let text = known(row, column) else { return nil }
    if let whole = Int(text) { return whole }
    guard let whole = Int(exactly: try row.number(column)) else {
      throw row.failure(column, "'\(text)' is no whole score; write 0, 1, 2 and so on")
    }
    return whole
  }
}

/// The columns of a long table.
struct LongColumns {
  let person: String
  let item: String
  let score: String

  init?(_ table: AssessTable) {
    guard let person = AssessAnswers.personNames.first(where: table.columns.contains),
      let item = AssessAnswers.itemNames.first(where: table.columns.contains),
      let score = AssessAnswers.scoreNames.first(where: table.columns.contains)
    else { return nil }
    (self.person, self.item, self.score) = (person, item, score)
  }
}

/// The columns of a wide table.
struct WideColumns {
  let person: String?
  let weight: String?
  let values: [String]

  init(_ table: AssessTable, without ignored: [String]) {
    let person = AssessAnswers.personNames.first(where: table.columns.contains)
    let weight = AssessAnswers.weightNames.first(where: table.columns.contains)
    self.person = person
    self.weight = weight
    values = table.columns.filter { $0 != person && $0 != weight && !ignored.contains($0) }
  }

  /// The names of the rows.
  func names(_ table: AssessTable) -> [String]? {
    person.map { person in table.rows.map { $0.optional(person) ?? "" } }
  }
}
