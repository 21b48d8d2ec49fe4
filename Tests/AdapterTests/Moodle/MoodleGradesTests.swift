import Testing

@Suite("Moodle grades")
struct MoodleGradesTests {
  static let modern = """
    "First name","Last name","ID number","Email address","Assignment: Essay (Real)",\
    "Assignment: Essay (Percentage)","Assignment: Essay (Letter)","Assignment: Essay (Feedback)",\
    "Category total (Real)","Course total (Real)","Last downloaded from this course"
    Anne,Able,S1,anne@example.org,80.00,"80.00 %",B-,"Well done",80.00,80.00,1700000000
    Bob,Bunce,S2,bob@example.org,-,-,-,,-,-,1700000000
    Cy,Cole,S3,cy@example.org,"Not yet",-,-,,-,"12.50 %",1700000000

    """

  private func read(
    _ text: String, _ request: MemoryRequest = MemoryRequest(), name: String = "Biology.csv"
  ) throws -> MemoryReading {
    try MemoryHost(family: "Moodle").read(
      [MemoryMember(name, text)], as: "moodle-grades", request)
  }

  private func rewrite(_ bytes: [UInt8], name: String = "Biology.csv") throws -> [UInt8] {
    let writing = try MemoryHost(family: "Moodle").rewrite(
      [MemoryMember(name, bytes)], as: "moodle-grades")
    #expect(writing.status == 0)
    #expect(writing.members.map(\.name) == [name])
    return writing.members.first?.bytes ?? []
  }

  @Test("of one item shown in several ways are one result")
  func displays() throws {
    let reading = try read(Self.modern)
    #expect(reading.status == 0)
    #expect(reading.codes(from: 1) == ["moodle.score_words"])
    let items = reading.rows("lineItem")
    #expect(items.count == 1)
    #expect(items[0]["id"] == "moodle:item:Assignment: Essay")
    #expect(items[0]["title"] == "Essay")
    #expect(items[0]["type"] == "assignment")
    #expect(items[0]["scoreKind"] == "points")
    let results = reading.rows("result")
    #expect(results.count == 3)
    #expect(results[0]["score"] == "80.00")
    #expect(results[0]["textScore"] == "B-")
    #expect(results[0]["comment"] == "Well done")
    #expect(results[0]["state"] == "graded")
    #expect(results[1]["state"] == "noGrade")
    #expect(results[1]["score"] == nil)
    #expect(results[2]["textScore"] == "Not yet")
    let percentage = reading.rows("attribute").first { $0["key"] == "percentage" }
    #expect(percentage?["value"] == "80.00 %")
    #expect(percentage?["owner"] == results[0]["id"])
    let totals = reading.rows("aggregateGrade")
    #expect(totals.map { $0["title"] } == ["Category total", "Course total", "Course total"])
    #expect(totals.map { $0["scoreKind"] } == ["points", "points", "percent"])
    #expect(totals.map { $0["score"] } == ["80.00", "80.00", "12.50"])
    #expect(totals[0]["category"] == "moodle:category:Category total")
    #expect(totals[1]["category"] == nil)
    #expect(reading.rows("dataset")[0]["created"] == "2023-11-14T22:13:20Z")
    #expect(reading.rows("dataset")[0]["locale"] == "en")
    #expect(reading.rows("class").map { $0["id"] } == ["Biology"])
    #expect(reading.rows("enrollment").count == 3)
    #expect(reading.rows("person").map { $0["id"] } == ["S1", "S2", "S3"])
  }

  @Test("come back byte for byte")
  func rewrites() throws {
    #expect(try rewrite(Array(Self.modern.utf8)) == Array(Self.modern.utf8))
    let reading = try read(Self.modern, MemoryRequest(wantsSourceLayer: true))
    // Only the cell that mixes percent into points is kept as written.
    #expect(reading.rows("sourceLine").count <= 1)
  }

  static let headings: [(line: String, language: String?)] = [
    (
      "Vorname,Nachname,ID-Nummer,E-Mail-Adresse,Aufgabe: Aufsatz (Punkte),"
        + "Aufgabe: Aufsatz (Prozentsatz),Kurs gesamt (Punkte),Zuletzt aus diesem Kurs heruntergeladen",
      "de"
    ),
    (
      "Prénom,Nom,Numéro d'identification,Adresse de courriel,Devoir: Aufsatz (Brut),"
        + "Devoir: Aufsatz (Pourcentage),Total du cours (Brut),Dernier téléchargement depuis ce cours",
      "fr"
    ),
    (
      "Nombre,Apellido(s),Número de ID,Dirección de correo,Tarea: Aufsatz (Real),"
        + "Tarea: Aufsatz (Porcentaje),Total del curso (Real),Última descarga de este curso", "es"
    ),
    (
      "Förnamn,Efternamn,ID-nummer,E-postadress,Uppgift: Aufsatz (Verklig),"
        + "Uppgift: Aufsatz (Procent),Samlat resultat på kurs (Verklig),Senast hämtad från denna kurs",
      "sv"
    ),
    (
      "Etunimi,Sukunimi,Tunnus,Osoite,Tehtävä: Aufsatz (Arvo),"
        + "Tehtävä: Aufsatz (Prosentti),Kurssi (Arvo),Ladattu", nil
    ),
  ]

  @Test("are read in several languages, and by what stands below", arguments: headings)
  func languages(line: String, language: String?) throws {
    let text = line + "\nAnna,Ek,7,anna@example.org,8.50,85.00 %,8.50,1700000000\n"
    let reading = try read(text)
    #expect(reading.status == 0)
    let person = reading.rows("person").first
    #expect(person?["givenName"] == "Anna")
    #expect(person?["familyName"] == "Ek")
    #expect(person?["email"] == "anna@example.org")
    let item = reading.rows("lineItem").first
    #expect(reading.rows("lineItem").count == (language == nil ? 2 : 1))
    #expect(item?["title"]?.hasSuffix("Aufsatz") == true)
    if language != nil { #expect(item?["type"] == "assignment") }
    #expect(reading.rows("result").first?["score"] == "8.50")
    #expect(reading.rows("dataset").first?["locale"] == language)
    #expect(reading.rows("dataset").first?["created"] == "2023-11-14T22:13:20Z")
    #expect(try rewrite(Array(text.utf8)) == Array(text.utf8))
  }

  static let noNumbers = [
    "nan", "inf", "0x10", "1e400", "1,5", "٣", " 5", "+5", "1,234", "5.", "½",
  ]

  @Test("that are no numbers are left out and reported", arguments: noNumbers)
  func garbage(cell: String) throws {
    let text = """
      First name,Last name,ID number,Quiz: A (Real)
      A,B,1,85.50
      C,D,2,"\(cell)"

      """
    let reading = try read(text)
    #expect(reading.status == 0)
    #expect(reading.rows("result").count == 1)
    #expect(reading.problems.filter { $0.severity == 3 }.count == 1)
    #expect(reading.problems.last?.value == cell)
    #expect(try rewrite(Array(text.utf8)) == Array(text.utf8))
  }

  static let variants: [(delimiter: String, end: String, encoding: String)] = [
    (",", "\n", "utf8"), (";", "\r\n", "utf8"), ("\t", "\n", "mark"), (":", "\r\n", "utf8"),
    ("\t", "\r\n", "utf16"), (",", "\n", "latin1"), (",", "\r", "utf8"),
  ]

  @Test("are the same in every dialect", arguments: variants)
  func dialects(delimiter: String, end: String, encoding: String) throws {
    let rows = [
      ["First name", "Last name", "ID number", "Quiz (Real)", "Quiz (Percentage)"],
      ["Zoë", "Größe", "007", "66.667", "66.67 %"], ["Ann", "Lee", "008", "-", "-"],
    ]
    let plain = rows.map { $0.joined(separator: delimiter) + end }.joined()
    var bytes = Array(plain.utf8)
    var request = MemoryRequest()
    switch encoding {
    case "mark": bytes = [0xEF, 0xBB, 0xBF] + bytes
    case "utf16":
      bytes = [0xFF, 0xFE] + plain.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case "latin1":
      bytes = plain.unicodeScalars.map { UInt8($0.value) }
      request.options = ["encoding": "latin1"]
    default: break
    }
    let host = try MemoryHost(family: "Moodle")
    let reading = try host.read([MemoryMember("Q.csv", bytes)], as: "moodle-grades", request)
    let usual = try host.read(
      [MemoryMember("Q.csv", rows.map { $0.joined(separator: ",") + "\n" }.joined())],
      as: "moodle-grades")
    #expect(reading.status == 0)
    #expect(reading.rows == usual.rows)
    #expect(reading.rows("result").first?["score"] == "66.667")
    let writing = try host.rewrite([MemoryMember("Q.csv", bytes)], as: "moodle-grades", request)
    #expect(writing.members == [MemoryMember("Q.csv", bytes)])
  }

  @Test("of one total shown in several ways are one total, and categories of one name are two")
  func totals() throws {
    let text = """
      First name,Last name,ID number,Category total (Real),Category total (Letter),\
      Category total (Real),Course total (Real),Course total (Percentage),Course total (Letter)
      A,B,1,4.00,C,6.00,10.00,50.00 %,D
      C,D,2,-,-,6.00,-,-,-

      """
    let reading = try read(text)
    let totals = reading.rows("aggregateGrade")
    #expect(totals.map { $0["score"] } == ["4.00", "6.00", "10.00", "6.00"])
    #expect(totals.map { $0["textScore"] } == ["C", nil, "D", nil])
    #expect(Set(totals.map { $0["scoreKind"] }) == ["points"])
    #expect(
      reading.rows("category").map { $0["id"] } == [
        "moodle:category:Category total", "moodle:category:Category total#2",
      ])
    #expect(totals.map { $0["category"]?.last } == ["l", "2", nil, "2"])
    #expect(reading.rows("attribute").first { $0["key"] == "percentage" }?["value"] == "50.00 %")
    #expect(try rewrite(Array(text.utf8)) == Array(text.utf8))
  }
}

@Suite("Moodle grade samples", .enabled(if: Samples.areThere))
struct MoodleGradeSampleTests {
  static let names = ["grade_import.csv", "load_data_csvtext.csv", "load_data_oktext.csv"]

  @Test("come back byte for byte", arguments: names)
  func rewrite(name: String) throws {
    let host = try MemoryHost(family: "Moodle")
    let member = try Samples.member("moodle-grades-csv/\(name)")
    let writing = try host.rewrite([member], as: "moodle-grades")
    #expect(writing.members == [member])
    #expect(writing.losses == [])
    #expect(try host.probe([member], as: "moodle-grades") >= 50)
  }

  @Test("are read with their findings")
  func findings() throws {
    let host = try MemoryHost(family: "Moodle")
    func read(_ name: String) throws -> MemoryReading {
      try host.read([try Samples.member("moodle-grades-csv/\(name)")], as: "moodle-grades")
    }
    let plain = try read("grade_import.csv")
    #expect(plain.rows("result").map { $0["score"] } == ["400"])
    #expect(plain.rows("lineItem").map { $0["title"] } == ["Manual item 1"])
    #expect(plain.rows("person").map { $0["id"] } == ["student1@example.com"])
    #expect(plain.codes() == ["moodle.known_by_email"])
    let old = try read("load_data_csvtext.csv")
    #expect(old.codes(from: 1) == ["moodle.time_unknown"])
    #expect(old.rows("lineItem").map { $0["title"] } == ["Assignment for grape group"])
    #expect(old.rows("result").map { $0["comment"] } == ["We welcome feedback", ""])
    #expect(old.rows("aggregateGrade").map { $0["score"] } == ["56.00", "75.00"])
    let attributes = old.rows("attribute")
    #expect(attributes.contains { $0["key"] == "downloaded" && $0["value"] == "{exportdate}" })
    #expect(attributes.filter { $0["key"] == "institution" }.count == 2)
    let two = try read("load_data_oktext.csv")
    #expect(two.rows("lineItem").count == 2)
    #expect(two.rows("result").count == 3)
    #expect(two.codes(from: 1) == [])
  }
}
