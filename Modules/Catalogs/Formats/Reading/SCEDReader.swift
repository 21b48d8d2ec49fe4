internal import Domain

/// Reads courses by their SCED codes: two digits for the subject area, three for the course, and in
/// the long form a level, credit or grade span, and a sequence.
enum SCEDReader {
  private static let codeNames = ["scedcode", "scedcoursecode", "coursecode", "code"]
  private static let known: Set<String> = Set(codeNames).union([
    "coursetitle", "scedcoursetitle", "title", "coursedescription", "scedcoursedescription",
    "description", "subjectarea", "coursesubjectarea", "scedcoursesubjectarea",
    "scedsubjectarea",
  ])

  static func isRecognized(_ table: CatalogTable) -> Bool {
    table.has("scedcode", "scedcoursecode", "coursecode")
      && table.has("coursetitle", "scedcoursetitle", "title")
  }

  /// Reads a table.
  static func read(_ table: CatalogTable) throws(CatalogsError) -> CatalogReading {
    var builder = CatalogBuilder(.sced, file: table.file)
    builder.isCertain = isRecognized(table)
    builder.report(table.findings + table.widthFindings)
    builder.document.frameworkType = "CourseCodes"
    var areas: Set<String> = []
    for row in table.rows { read(row, table, &builder, &areas) }
    return try builder.finish()
  }

  private static func read(
    _ row: CatalogTable.Row, _ table: CatalogTable, _ builder: inout CatalogBuilder,
    _ areas: inout Set<String>
  ) {
    let place = table.place(row)
    let stated = table.text(row, "scedcode", "scedcoursecode", "coursecode", "code") ?? ""
    let code = SCEDCode(stated.trimmingBlanks())
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(code?.text ?? stated.trimmingBlanks())
    item.code = code?.text ?? (stated.isEmpty ? nil : stated)
    item.itemType = "Course"
    item.abbreviatedStatement = table.text(row, "coursetitle", "scedcoursetitle", "title")
    item.fullStatement =
      table.text(row, "coursedescription", "scedcoursedescription", "description")
      ?? item.abbreviatedStatement
    var cells = table.rest(row, without: known)
    cells += (code?.parts ?? []).map { (heading: $0.name, text: $0.value) }
    if let code, code.text != stated { cells.append(("code as written", stated)) }
    builder.keep(cells, in: &item, at: place)
    builder.add(item, at: place)
    guard let code else {
      builder.report(
        .warning, "sced_code",
        "\"\(stated)\" is no SCED code: five digits, or twelve characters with level, credit or "
          + "grade span, and sequence. Correct it.", at: place)
      return
    }
    if code.wasPadded {
      builder.report(
        .note, "sced_code",
        "\"\(stated)\" has lost a leading zero and is read as \(code.text); keep codes as text.",
        at: place)
    }
    addArea(of: code, row, table, &builder, &areas)
    builder.link(.isChildOf, from: code.text, to: code.area, at: place, isOrdered: true)
  }

  private static func addArea(
    of code: SCEDCode, _ row: CatalogTable.Row, _ table: CatalogTable,
    _ builder: inout CatalogBuilder, _ areas: inout Set<String>
  ) {
    guard areas.insert(code.area).inserted else { return }
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(code.area)
    item.code = code.area
    item.itemType = "Subject Area"
    let stated = table.text(
      row, "subjectarea", "coursesubjectarea", "scedcoursesubjectarea", "scedsubjectarea")
    // Files write the number before the name: "02 - Mathematics".
    let name = stated?.drop { $0.isNumber || $0.isWhitespace || $0 == "-" || $0 == ":" }
    item.fullStatement =
      name.flatMap { $0.isEmpty ? nil : String($0) } ?? "Subject area \(code.area)"
    builder.add(item, at: table.place(row))
  }
}

/// A course code of the School Courses for the Exchange of Data.
struct SCEDCode: Hashable {
  /// The code, with its leading zero.
  let text: String
  /// The two digits of the subject area.
  let area: String
  /// The parts of the long form, by name.
  let parts: [Part]
  /// Whether a leading zero was missing.
  let wasPadded: Bool

  /// A part of the long form.
  struct Part: Hashable {
    var name: String
    var value: String
  }

  /// Reads a code of 4 (without its zero), 5 or 12 characters; `nil` for others.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    let isDigits = { (range: Range<Int>) in bytes[range].allSatisfy { (48...57).contains($0) } }
    wasPadded = bytes.count == 4 || bytes.count == 11
    guard [4, 5, 11, 12].contains(bytes.count), text.allSatisfy(\.isASCII) else { return nil }
    let whole = wasPadded ? "0" + text : text
    guard isDigits(0..<(wasPadded ? 4 : 5)) else { return nil }
    self.text = whole
    area = String(whole.prefix(2))
    guard whole.utf8.count == 12 else {
      parts = []
      return
    }
    let level = whole.dropFirst(5).prefix(1)
    let middle = whole.dropFirst(6).prefix(4)
    guard level.allSatisfy(\.isLetter) else { return nil }
    let isCredit = middle.contains(".")
    parts = [
      Part(name: "level", value: String(level)),
      Part(name: isCredit ? "credit" : "grade span", value: String(middle)),
      Part(
        name: "sequence", value: whole.suffix(2).map(String.init).joined(separator: " of ")),
    ]
  }
}
