/// The options that persons chose in items with a key.
public struct ChoiceTable: Sendable {
  /// The names of the items.
  public let items: [String]
  /// The names of the persons.
  public let persons: [String]
  /// The names of all options, in order.
  public let options: [String]
  /// For each item the place of the right option in ``options``.
  public let key: [Int]

  /// The place of the chosen option, item after item; 255 for no answer.
  let cells: [UInt8]

  /// Creates a table from rows of chosen options.
  ///
  /// - Parameters:
  ///   - items: The names of the items.
  ///   - persons: The names of the persons; without them they are `1`, `2` and so on.
  ///   - rows: For each person the option chosen in each item, or `nil` where there is no answer.
  ///   - key: For each item the right option.
  /// - Throws: ``AssessmentError`` when lengths differ or there are more than 100 options.
  public init(
    items: [String], persons: [String]? = nil, rows: [[String?]], key: [String]
  ) throws(AssessmentError) {
    guard !rows.isEmpty, !items.isEmpty else {
      throw AssessmentError(.empty, "There are no answers; give at least one person and item.")
    }
    guard key.count == items.count else {
      throw AssessmentError(
        .shape, "The key has \(key.count) options for \(items.count) items; give one for each.")
    }
    var names = Set(key)
    for (index, row) in rows.enumerated() {
      guard row.count == items.count else {
        throw AssessmentError(
          .shape, "Row \(index + 1) has \(row.count) answers for \(items.count) items.")
      }
      for option in row { if let option { names.insert(option) } }
    }
    guard names.count <= ResponseTable.mostCategories else {
      throw AssessmentError(
        .limitExceeded, "There are \(names.count) different options; at most 100 are possible.")
    }
    let options = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let places = Dictionary(uniqueKeysWithValues: zip(options, options.indices))
    var cells = [UInt8](repeating: .max, count: rows.count * items.count)
    for (person, row) in rows.enumerated() {
      for (item, option) in row.enumerated() {
        guard let option, let place = places[option] else { continue }
        cells[item * rows.count + person] = UInt8(place)
      }
    }
    self.items = items
    self.persons = persons ?? rows.indices.map { "\($0 + 1)" }
    self.options = options
    self.key = key.map { places[$0] ?? 0 }
    self.cells = cells
  }

  /// Creates a table from places of options, item after item; 255 for no answer.
  package init(items: [String], persons: [String], options: [String], key: [Int], cells: [UInt8]) {
    self.items = items
    self.persons = persons
    self.options = options
    self.key = key
    self.cells = cells
  }

  /// The answers as scores of 0 and 1; no answer stays missing.
  ///
  /// - Throws: ``AssessmentError`` when there are no answers.
  public func scored() throws(AssessmentError) -> ResponseTable {
    var scores = cells
    let rows = persons.count
    for item in items.indices {
      let right = UInt8(key[item])
      for place in item * rows..<(item + 1) * rows where cells[place] != .max {
        scores[place] = cells[place] == right ? 1 : 0
      }
    }
    return try ResponseTable(items: items, persons: persons, cells: scores)
  }
}
