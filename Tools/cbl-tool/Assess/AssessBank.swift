import Assessment
import Domain

/// Calibrated items as `cbl-tool assess score` reads them.
enum AssessBank {
  /// The items of a table of answers, in its order.
  static func items(_ path: String, for table: ResponseTable) throws -> [CalibratedItem] {
    let bank = try items(path)
    let places = Dictionary(bank.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let known = table.items.compactMap { places[$0] }
    if known.isEmpty, bank.count == table.items.count { return bank }
    guard known.count == table.items.count else {
      let lost = table.items.filter { places[$0] == nil }.prefix(6).joined(separator: ", ")
      throw ToolFailure(65, "\(path): the bank has no item \(lost)")
    }
    return known.map { bank[$0] }
  }

  /// The items of a bank.
  ///
  /// Rows of four numbers whose last two rise are *a*, *b*, *c*, *d*; other rows of numbers are a
  /// slope and intercepts, unless they are said to be *a*, *b*, *c*.
  static func items(_ path: String, areDifficulties: Bool = false) throws -> [CalibratedItem] {
    let plain = path.split(separator: "#").first.map(String.init)?.lowercased() ?? path
    if path.contains("#") || [".json", ".yaml", ".yml"].contains(where: plain.hasSuffix) {
      let document = try AssessDocument(path)
      if let list = document.optional("items") {
        return try document.list(list).enumerated().map {
          try item($1, $0, document, areDifficulties)
        }
      }
      if let slopes = document.optional("a"), let intercepts = document.optional("d") {
        return zip(try document.numbers(slopes), try document.numbers(intercepts)).enumerated()
          .map { place, pair in
            CalibratedItem("\(place + 1)", .logistic, slope: pair.0, intercepts: [pair.1])
          }
      }
    }
    let table = try AssessTable(path, columns: ["item"])
    return try table.rows.map { row in
      let name = try row.text("item")
      if table.columns.contains("intercept1") {
        guard let family = CalibratedItem.Family(rawValue: row.optional("family") ?? "logistic")
        else { throw row.failure("family", "logistic, graded or partial_credit is wanted") }
        let intercepts = try (1...100).map { "intercept\($0)" }
          .prefix { row.optional($0) != nil }.map { try row.number($0) }
        guard !intercepts.isEmpty else { throw row.failure("intercept1", "a number is wanted") }
        return CalibratedItem(
          name, family, slope: try row.number("slope"), intercepts: intercepts)
      }
      return CalibratedItem(
        name, slope: try row.optionalNumber("a") ?? 1, difficulty: try row.number("b"),
        guessing: try row.optionalNumber("c") ?? 0, upper: try row.optionalNumber("d") ?? 1)
    }
  }

  private static func item(
    _ node: DocumentNode, _ place: Int, _ document: AssessDocument, _ areDifficulties: Bool
  ) throws -> CalibratedItem {
    // Rows of slope and intercepts, as published cases have them.
    if node.value.elements != nil {
      let numbers = try document.numbers(node)
      guard numbers.count >= 2 else { throw document.failure(node, "slope and intercepts") }
      if areDifficulties || (numbers.count == 4 && numbers[2] < numbers[3]) {
        guard numbers.count <= 4 else {
          throw document.failure(node, "an item has 2 to 4 numbers: a, b, c, d")
        }
        return CalibratedItem(
          "\(place + 1)", slope: numbers[0], difficulty: numbers[1],
          guessing: numbers.count > 2 ? numbers[2] : 0, upper: numbers.count > 3 ? numbers[3] : 1)
      }
      return CalibratedItem(
        "\(place + 1)", numbers.count == 2 ? .logistic : .graded, slope: numbers[0],
        intercepts: Array(numbers[1...]))
    }
    let name = try document.optional("item", in: node).map(document.text) ?? "\(place + 1)"
    guard let intercepts = document.optional("intercepts", in: node) else {
      return CalibratedItem(
        name, slope: try document.optional("a", in: node).map(document.number) ?? 1,
        difficulty: try document.number(document.need("b", in: node)),
        guessing: try document.optional("c", in: node).map(document.number) ?? 0,
        upper: try document.optional("d", in: node).map(document.number) ?? 1)
    }
    let word = try document.optional("family", in: node).map(document.text) ?? "logistic"
    guard let family = CalibratedItem.Family(rawValue: word) else {
      throw document.failure(node, "family '\(word)': logistic, graded or partial_credit is wanted")
    }
    let numbers = try document.numbers(intercepts)
    guard !numbers.isEmpty, family != .logistic || numbers.count == 1 else {
      throw document.failure(intercepts, "a logistic item has one intercept, others have more")
    }
    return CalibratedItem(
      name, family, slope: try document.number(document.need("slope", in: node)),
      intercepts: numbers,
      guessing: try document.optional("guessing", in: node).map(document.number) ?? 0,
      upper: try document.optional("upper", in: node).map(document.number) ?? 1)
  }
}
