import AdapterHost
import Interop
import Records
import Testing

/// Data under pseudonyms says of nobody who it is.
@Suite("Pseudonyms through every format")
struct PseudonymTests {
  /// A keyless stand-in: what counts here is where pseudonyms are put.
  private struct Standin: Pseudonymizer {
    func pseudonym(of identifier: [UInt8], label: String) -> [UInt8] {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in Array(label.utf8) + identifier { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      return Array("p\(hash)".utf8)
    }
  }

  private static let secrets = [
    "Zebulon", "Quixote", "zq@secret.example", "2001-02-03", "was ill on Tuesday", "SECRET-77",
    "zquix", "555-0199", "Zeb", "hunter2", "Secretville", "SIS-4711", "xe/xem",
  ]

  private static func data(_ title: String) -> String {
    let rows = [
      #""record":"attribute","ownerKind":"person","owner":"SECRET-77","vocabulary":"oneroster","key":"metadata.nick","value":"Zeb""#,
      #""record":"organization","id":"o1","name":"School","type":"school""#,
      #""record":"academicSession","id":"t1","title":"Term","type":"term","startDate":"2024-08-01","endDate":"2025-01-01","schoolYear":"2025""#,
      #""record":"course","id":"k1","title":"Maths","organization":"o1""#,
      #""record":"class","id":"c1","title":"Maths 1","course":"k1","organization":"o1","academicSessions":"t1","type":"scheduled""#,
      #""record":"person","id":"SECRET-77","givenName":"Zebulon","familyName":"Quixote","name":"Zebulon Quixote","sortName":"Quixote, Zebulon","username":"zquix","identifier":"SIS-4711","identifiers":"nick:Zeb","email":"zq@secret.example","sms":"555-0199","phone":"555-0199","role":"student","organizations":"o1","password":"hunter2","preferredGivenName":"Zeb","pronouns":"xe/xem""#,
      #""record":"person","id":"SECRET-77-guardian","givenName":"Zebulon","familyName":"Quixote","role":"guardian","agents":"SECRET-77""#,
      #""record":"demographics","id":"SECRET-77","person":"SECRET-77","birthDate":"2001-02-03","cityOfBirth":"Secretville""#,
      #""record":"profile","id":"SECRET-77-p","person":"SECRET-77","username":"zquix""#,
      #""record":"role","id":"SECRET-77-r","person":"SECRET-77","type":"primary","role":"student","organization":"o1""#,
      #""record":"enrollment","id":"SECRET-77-e","class":"c1","person":"SECRET-77","role":"student","organization":"o1""#,
      #""record":"resource","id":"b1","vendorResource":"v1""#,
      #""record":"resourceUse","id":"SECRET-77-b","ownerKind":"person","owner":"SECRET-77","resource":"b1""#,
      #""record":"category","id":"g1","title":"Tests""#,
      #""record":"scale","id":"s1","title":"Levels","course":"k1","class":"c1","organization":"o1""#,
      #""record":"target","id":"u1","title":"Fractions","statement":"Adds fractions""#,
      #""record":"lineItem","id":"101","title":"Quiz","class":"c1","category":"g1","academicSession":"t1","organization":"o1","maximum":"10","description":"for Zebulon""#,
      #""record":"scaleUse","id":"SECRET-77-s","ownerKind":"result","owner":"SECRET-77-1","scale":"s1""#,
      #""record":"alignment","id":"a1","ownerKind":"line_item","owner":"101","target":"u1""#,
      #""record":"result","id":"SECRET-77-1","lineItem":"101","person":"SECRET-77","class":"c1","state":"graded","score":"9.5","scoreDate":"2024-09-09","comment":"was ill on Tuesday","rater":"SECRET-77-guardian""#,
      #""record":"targetResult","id":"SECRET-77-2","result":"SECRET-77-1","target":"u1","person":"SECRET-77","class":"c1","score":"3""#,
      #""record":"aggregateGrade","id":"SECRET-77-3","person":"SECRET-77","class":"c1","title":"Final Score","type":"final","score":"95""#,
      #""record":"event","id":"v1","person":"SECRET-77","type":"xapi","json":"{\"name\":\"Zebulon\"}""#,
    ]
    return rows.map { "{\($0)}\n" }.joined()
      .replacing("\"Quiz\"", with: "\"\(title)\"") + "{\"end\":true,\"rows\":\(rows.count)}\n"
  }

  private static func converted(_ title: String, to format: String) throws -> [String: [UInt8]] {
    let folder = try PairFolder()
    try folder.put("{\"format\":\"cbl\",\"version\":1}\n" + data(title), "in.ndjson")
    let handle = try Pairs.catalog.format(named: format)
    let ending = handle.format.givesSeveralMembers ? "/" : ""
    try Pairs.convert([folder["in.ndjson"]], to: format, at: folder["out\(ending)"]) {
      $0.pseudonymizer = Standin()
    }
    return try Pairs.members(of: folder["out"])
  }

  @Test("leave nothing that names a person", arguments: PairTests.formats)
  func hides(format: String) throws {
    let members = try Self.converted("Quiz", to: format)
    #expect(!members.isEmpty)
    for (name, bytes) in members {
      let text = name + "\n" + String(decoding: bytes, as: UTF8.self)
      for secret in Self.secrets { #expect(!text.contains(secret), "\(secret) in \(name)") }
    }
  }

  @Test("are the same for a person in every file, and keep records together")
  func isStable() throws {
    let first = try Self.rows(Self.converted("Quiz", to: "cbl-ndjson"))
    let second = try Self.rows(Self.converted("Other quiz", to: "cbl-ndjson"))
    let person = try #require(first[.person].first?[0])
    #expect(second[.person].first?[0] == person)
    #expect(first[.person].count == 2)
    #expect(person != first[.person].last?[0])
    let result = RecordSchema.of(.result)
    #expect(first[.result].first?[result.field("person")?.index ?? 0] == person)
    let targetResult = RecordSchema.of(.targetResult)
    #expect(
      first[.targetResult].first?[targetResult.field("result")?.index ?? 0]
        == first[.result].first?[0])
    let agents = RecordSchema.of(.person).field("agents")?.index ?? 0
    #expect(first[.person].last?[agents] == person)
  }

  private static func rows(_ members: [String: [UInt8]]) throws -> PairRecords {
    try PairRecords.read(members, as: Pairs.catalog.format(named: "cbl-ndjson")).records
  }
}
