import AdapterHost
import Foundation
import Interop
import Testing

/// Files as Moodle sites in several languages export them, and as spreadsheets save them again.
@Suite("Moodle variants")
struct MoodleVariantTests {
  /// The words of a language: user fields, activities, displays, the total and the last column.
  struct Language: Sendable {
    var name: String
    var fields: [String]
    var assignment: String
    var quiz: String
    var real: String
    var percentage: String
    var letter: String
    var feedback: String
    var total: String
    var time: String
    /// Whether headings in it are known word by word.
    var isKnown = true
  }

  static let english = Language(
    name: "English",
    fields: [
      "First name", "Last name", "ID number", "Institution", "Department", "Email address",
    ], assignment: "Assignment:", quiz: "Quiz:", real: "Real", percentage: "Percentage",
    letter: "Letter", feedback: "Feedback", total: "Course total",
    time: "Last downloaded from this course")

  static let languages = [
    english,
    Language(
      name: "English 3",
      fields: ["First name", "Surname", "ID number", "Institution", "Department", "Email address"],
      assignment: "Assignment: ", quiz: "Quiz: ", real: "Real", percentage: "Percentage",
      letter: "Letter", feedback: "Feedback", total: "Course total",
      time: "Last downloaded from this course"),
    Language(
      name: "German",
      fields: ["Vorname", "Nachname", "ID-Nummer", "Institution", "Abteilung", "E-Mail-Adresse"],
      assignment: "Aufgabe:", quiz: "Test:", real: "Punkte", percentage: "Prozentsatz",
      letter: "Note", feedback: "Feedback", total: "Kurs gesamt",
      time: "Zuletzt aus diesem Kurs geladen"),
    Language(
      name: "French",
      fields: [
        "Prénom", "Nom de famille", "Numéro d’identification", "Institution", "Département",
        "Adresse de courriel",
      ], assignment: "Devoir\u{A0}: ", quiz: "Test\u{A0}: ", real: "Brut",
      percentage: "Pourcentage", letter: "Lettre", feedback: "Feedback", total: "Total du cours",
      time: "Dernier téléchargement depuis ce cours"),
    Language(
      name: "Spanish",
      fields: [
        "Nombre", "Apellido(s)", "Número de ID", "Institución", "Departamento",
        "Dirección de correo",
      ], assignment: "Tarea:", quiz: "Cuestionario:", real: "Real", percentage: "Porcentaje",
      letter: "Letra", feedback: "Retroalimentación", total: "Total del curso",
      time: "Última descarga realizada en este curso"),
    Language(
      name: "Swedish",
      fields: [
        "Förnamn", "Efternamn", "ID-nummer", "Institution", "Avdelning", "E-postadress",
      ], assignment: "Inlämningsuppgift: ", quiz: "Test: ", real: "Reell",
      percentage: "Procenttal", letter: "Bokstav", feedback: "Återkoppling",
      total: "Samlat resultat på kurs", time: "Senast nedladdad från kursen"),
    Language(
      name: "Dutch",
      fields: ["Voornaam", "Achternaam", "ID-nummer", "Instelling", "Afdeling", "E-mailadres"],
      assignment: "Opdracht: ", quiz: "Test: ", real: "Echt", percentage: "Percentage",
      letter: "Letter", feedback: "Feedback", total: "Cursustotaal",
      time: "Laatst gedownload van deze cursus"),
    Language(
      name: "Italian",
      fields: [
        "Nome", "Cognome", "Codice identificativo", "Istituzione", "Dipartimento",
        "Indirizzo email",
      ], assignment: "Compito: ", quiz: "Quiz: ", real: "Punteggio", percentage: "Percentuale",
      letter: "Lettera", feedback: "Commento", total: "Totale corso",
      time: "Ultimo download da questo corso"),
    Language(
      name: "Russian",
      fields: [
        "Имя", "Фамилия", "Индивидуальный номер", "Организация", "Отдел",
        "Адрес электронной почты",
      ], assignment: "Задание:", quiz: "Тест:", real: "Значение", percentage: "Проценты",
      letter: "Буква", feedback: "Отзыв", total: "Итоговая оценка за курс",
      time: "Последняя загрузка", isKnown: false),
  ]

  /// How a file is written.
  struct Style: Sendable {
    var name = "csv"
    var delimiter = ","
    var end = "\n"
    var hasComma = false
    var hasTime = true
    var quotesAll = false
    var hasFinalEnd = true
    var encoding = Encoding.utf8

    enum Encoding: Sendable { case utf8, marked, little, big }
  }

  static let styles = [
    Style(), Style(name: "tabs", delimiter: "\t"), Style(name: "colons", delimiter: ":"),
    Style(name: "semicolons", delimiter: ";"),
    Style(name: "Excel", delimiter: ";", end: "\r\n", hasComma: true, quotesAll: true),
    Style(name: "lone CR", end: "\r"), Style(name: "no time", hasTime: false),
    Style(name: "no last end", hasFinalEnd: false), Style(name: "mark", encoding: .marked),
    Style(name: "UTF-16LE", delimiter: "\t", end: "\r\n", encoding: .little),
    Style(name: "UTF-16BE", delimiter: "\t", encoding: .big),
  ]

  static func rows(_ words: Language, _ style: Style) -> [[String]] {
    func number(_ text: String) -> String {
      style.hasComma ? text.replacing(".", with: ",") : text
    }
    let items: [(title: String, values: [[String]])] = [
      (
        words.assignment + "Essay one",
        [
          [number("56.00"), number("56.00 %"), "D", "Good, \"really\""], ["-", "-", "-", ""],
          [number("75.50"), number("75.50 %"), "B-", "Line: one; two"],
        ]
      ),
      (
        words.quiz + "Maps",
        [
          [number("7.25"), number("72.50 %"), "C", ""],
          [number("0.00"), number("0.00 %"), "F", ""],
          ["-", "-", "-", ""],
        ]
      ),
    ]
    let displays = [words.real, words.percentage, words.letter, words.feedback]
    var rows = [words.fields]
    rows += [
      ["Anne", "Åblé", "007", "HQ", "Rock \"on\"!", "anne@example.com"],
      ["Bo", "Bunce", "s-2", "", "", "bo@example.com"],
      ["Cö", "D'Angelo; Jr.", "10000000000000123", "HQ", "", "c.d@example.com"],
    ]
    for item in items {
      rows[0] += displays.map { "\(item.title) (\($0))" }
      for row in 1...3 { rows[row] += item.values[row - 1] }
    }
    rows[0].append("\(words.total) (\(words.real))")
    for (row, total) in ["63.25", "0.00", "75.50"].enumerated() {
      rows[row + 1].append(number(total))
    }
    guard style.hasTime else { return rows }
    rows[0].append(words.time)
    for row in 1...3 { rows[row].append("1700000000") }
    return rows
  }

  static func bytes(_ words: Language, _ style: Style) -> [UInt8] {
    let lines = rows(words, style).map { row in
      row.map { cell in
        // Moodle quotes cells with blanks too.
        let needs =
          style.quotesAll || cell.contains(style.delimiter)
          || cell.contains { "\" \t".contains($0) }
        return needs ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }.joined(separator: style.delimiter)
    }
    let text = lines.joined(separator: style.end) + (style.hasFinalEnd ? style.end : "")
    switch style.encoding {
    case .utf8: return Array(text.utf8)
    case .marked: return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case .little, .big:
      return ([0xFEFF] + Array(text.utf16)).flatMap { unit in
        let bytes = [UInt8(unit & 255), UInt8(unit >> 8)]
        return style.encoding == .little ? bytes : bytes.reversed()
      }
    }
  }

  /// The records that matter, without what names the language.
  private static func facts(_ bytes: [UInt8]) throws -> [String] {
    let reading = try MemoryHost(family: "Moodle").read(
      [MemoryMember("maths.csv", bytes)], as: "moodle-grades")
    #expect(reading.codes(from: 2) == [])
    func texts(_ kind: String, _ fields: [String]) -> [String] {
      reading.rows(kind).map { row in
        kind + fields.map { " " + (row[$0] ?? "nil") }.joined()
      }
    }
    return texts("person", ["givenName", "familyName", "email"])
      + texts("lineItem", ["scoreKind"])
      + texts("result", ["state", "score", "textScore", "comment"])
      + texts("aggregateGrade", ["score", "scoreKind"])
  }

  @Test("of one export give the same records", arguments: languages.indices)
  func same(index: Int) throws {
    let words = Self.languages[index]
    let expected = try Self.facts(Self.bytes(Self.english, Style()))
    #expect(expected.count == 3 + 2 + 6 + 3)
    for style in Self.styles {
      let bytes = Self.bytes(words, style)
      let found = try Self.facts(bytes)
      // The decimal mark does not change numbers, but the percentages beside them.
      #expect(found == expected, "\(words.name), \(style.name)")
      guard words.isKnown else { continue }
      let reading = try MemoryHost(family: "Moodle").read(
        [MemoryMember("maths.csv", bytes)], as: "moodle-grades")
      #expect(reading.rows("lineItem").map { $0["type"] } == ["assignment", "quiz"])
      #expect(reading.rows("lineItem").map { $0["title"] } == ["Essay one", "Maps"])
      #expect(reading.rows("person").map { $0["id"] } == ["007", "s-2", "10000000000000123"])
    }
  }

  @Test("are recognised, come back byte for byte, and convert in balance", arguments: files.indices)
  func converts(index: Int) throws {
    let file = Self.files[index]
    try Self.check(file.name, Array(file.text.utf8), file.format, rejected: file.rejected)
  }

  @Test("of each language and layout come back byte for byte", arguments: languages.indices)
  func circle(index: Int) throws {
    for style in Self.styles {
      let bytes = Self.bytes(Self.languages[index], style)
      try Self.check("maths.csv", bytes, "moodle-grades", rejected: 0)
    }
  }

  private static func check(
    _ name: String, _ bytes: [UInt8], _ format: String, rejected: Int
  ) throws {
    let folder = try PairFolder()
    try folder.put(bytes, "in/\(name)")
    let input = folder["in/\(name)"]
    let found = try Pairs.catalog.recognize(Container.open(input)).handle.format.identifier
    #expect(found == format, "\(name)")
    let report = try Pairs.convert([input], to: format, at: folder["same/"])
    #expect(report.isBalanced && report.certificate.isLossless, "\(report.certificate.counted)")
    #expect(report.rejectedRows == rejected, "\(name): \(report.problems.map(\.code))")
    #expect(try Pairs.members(of: folder["same/"]) == [name: bytes])
    for target in ["oneroster-1.2", "canvas-gradebook", "cbl", "evidence"] {
      let output = folder[target == "evidence" ? "e.csv" : "\(target)/"]
      let report = try Pairs.convert([input], to: target, at: output)
      #expect(report.isBalanced, "\(name) to \(target): \(report.rows)")
    }
    try Pairs.convert([folder["cbl/"]], to: format, at: folder["back/"])
    #expect(try Pairs.members(of: folder["back/"]) == [name: bytes])
  }

  /// A file and what is to be made of it.
  struct File: Sendable {
    var name: String
    var format: String
    var text: String
    var rejected = 0
  }

  private static func grades(_ headings: String, _ rows: String..., rejected: Int = 0) -> File {
    var text = "First name,Last name,ID number,Email address,\(headings)\n"
    for (place, row) in rows.enumerated() { text += "A,B,0\(place),a\(place)@x.org,\(row)\n" }
    return File(name: "g.csv", format: "moodle-grades", text: text, rejected: rejected)
  }

  static let files: [File] = [
    grades("Quiz:A (Real),Course total (Real)", "\"1,234\",5", rejected: 1),
    grades("Quiz:A (Real),Quiz:A (Real),Quiz:A (Real)", "1,2,-", "-,-,3"),
    grades("Quiz:A (Real),Assignment:A (Real),A (Real)", "1,2,3"),
    grades("Quiz:A (Real),Category total (Real),Category total (Real)", "1,-,2", "-,3,-"),
    grades("Quiz:A (Real),Homework total (Real),Course total (Real)", "-,-,-", "-,-,-"),
    grades("Quiz:A (Real),Course total (Real),Course total (Feedback)", "1,1,fine", "-,-,"),
    grades("House,Year level,Quiz:A (Real)", "Red,7,1", ",8,-", "=1+1,9,2"),
    grades("Suspended,Quiz:A (Real)", ",1", "Yes,2"),
    grades("Quiz:A (Percentage)", "75.00%", "-", "80.00\u{A0}%"),
    grades("Quiz:A (Real)", "75.00 (75.00 %)", "-"),
    grades("Workshop:Peer (submission) (Real),SCORM package:Intro: one (Real)", "1,2"),
    grades("Quiz:A (Real)", "1", ",,,,", "nan", rejected: 1),
    grades("Essay - Thinking (Real),Participation (Real)", "Competent,5", "Not yet,-"),
    File(
      name: "old.csv", format: "moodle-grades",
      text: "First name,Surname,\"Assignment: Essay\", \"Feedback: Essay\",\"Course total\"\n"
        + "A,\"B, C\",1,\"fine\",3\n"),
    File(
      name: "x.xml", format: "moodle-grades-xml",
      text: "<results batch=\"xml_export_1700000000\">\n\t<result>\n\t\t<state>new</state>\n\t\t"
        + "<assignment>a1</assignment>\n\t\t<student>007</student>\n\t\t<score>80.0</score>\n\t\t"
        + "<feedback>a &lt; b</feedback>\n\t</result>\n</results>"),
    File(
      name: "y.xml", format: "moodle-grades-xml",
      text: "<?xml version=\"1.0\"?>\r\n<results>\r\n  <result>\r\n    <assignment>a</assignment>"
        + "\r\n    <student>s</student>\r\n    <score>1,5</score>\r\n  </result>\r\n</results>\r\n",
      rejected: 1),
    File(
      name: "o.csv", format: "moodle-outcomes",
      text: "outcome_name;outcome_shortname;outcome_description;scale_name;scale_items;"
        + "scale_description\nTakes part;part;;Part;\"Little, Some, Full\";\n"
        + "Reads;r;<p>é</p>;Part;Little,Some,Full;\n"),
    File(name: "k.csv", format: "moodle-competencies", text: competencies(",")),
    File(name: "l.csv", format: "moodle-competencies", text: competencies(";")),
  ]

  private static func competencies(_ delimiter: String) -> String {
    let scale = [
      "\"Not yet,Competent\"",
      "\"[{\"\"scaleid\"\":\"\"2\"\"},{\"\"id\"\":2,\"\"scaledefault\"\":1,\"\"proficient\"\":1}]\"",
    ]
    let headings = (1...14).map { "H\($0)" }
    let rows = [
      headings,
      ["", "F", "Frame", "<p>d</p>", "1"] + scale + ["", "", "", "", "", "1", "\"level,skill\""],
      ["", "C1", "One", "\"two\nlines\"", "1", "", "", "core_competency\\competency_rule_all"]
        + ["2", "null", "", "12", "", ""],
      ["C1", "\"C,2\"", "Two", "", "4", "", "", "", "0", "", "C1", "13", "", ""],
      ["\"C,2\"", "C3", "Three", "", "1", "", "", "", "", "", "\"C%2C2,C1\"", "14", "", ""],
    ]
    return rows.map { $0.joined(separator: delimiter) + "\n" }.joined()
  }
}
