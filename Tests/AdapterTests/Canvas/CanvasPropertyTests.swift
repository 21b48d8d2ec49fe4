import Foundation
import Testing

/// A small generator, so that a failing case can be made again from its seed.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
}

@Suite("Canvas, any bytes")
struct CanvasPropertyTests {
  static let samples: [(format: String, text: String)] = [
    (
      "canvas-gradebook",
      """
      Student,ID,SIS User ID,SIS Login ID,Section,Notes,Lab (15),Essay (16),Current Score,Final Grade
      ,,,,,,,Manual Posting,,
          Points Possible,,,,,,10.00,24.50,(read only),(read only)
      "Blend, Bill",1,007,bill,S1,"a ""b"" c",9.50,EX,95.31,A-
      Farner,4,0123,todd,S1 and S2,,-1.25,N/A,,
      "Student, Test",99,,,S1,,"1,234.50",-,75%,

      """
    ),
    (
      "canvas-mastery",
      "Student name,Student ID,A > B result,A > B mastery points\nAnn,1,3.5,3\n\"Lee, Bo\",2,,3\n"
    ),
    (
      "canvas-outcomes",
      """
      vendor_guid,object_type,title,description,parent_guids,calculation_method,ratings,,,
      a,group,Top,,,,,,,
      b,outcome,"One, two",<p>x</p>,a,n_mastery,3,Yes,1,No

      """
    ),
    (
      "canvas-sis",
      """
      user_id,login_id,password,first_name,last_name,email,status,extra
      01,ann,,Ann,Lee,a@example.org,active,x
      2,bo,,Bo,"O""N",,deleted,

      """
    ),
  ]

  @Test("whatever can be read comes back byte for byte", arguments: samples.indices, 0..<8)
  func bytes(sample: Int, seed: Int) throws {
    let (format, text) = Self.samples[sample]
    let host = try MemoryHost(family: "Canvas")
    var dice = Dice(state: UInt64(seed * 100 + sample))
    let alphabet = Array(",;\"\n\r\t ()-=+.0123456789aEX%/".utf8)
    for round in 0..<60 {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &dice) {
        let place = Int.random(in: 0..<bytes.count, using: &dice)
        switch Int.random(in: 0..<4, using: &dice) {
        case 0: bytes[place] = dice.pick(alphabet)
        case 1: bytes.insert(dice.pick(alphabet), at: place)
        case 2: bytes.remove(at: place)
        default:
          let end = min(bytes.count, place + Int.random(in: 1...20, using: &dice))
          bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
      }
      let member = MemoryMember("file.csv", bytes)
      let request = MemoryRequest(wantsSourceLayer: true)
      let reading = try host.read([member], as: format, request)
      guard reading.status == 0 else { continue }
      let written = try host.write(reading.rows, as: format)
      let isSame = written.members == [member]
      #expect(
        isSame,
        """
        seed \(seed), round \(round): \(member.text.debugDescription)
        gave \(written.members.first?.text.debugDescription ?? "nothing")
        """)
    }
  }

  @Test("what was written reads and writes alike", arguments: 0..<20)
  func records(seed: Int) throws {
    let host = try MemoryHost(family: "Canvas")
    var dice = Dice(state: UInt64(seed))
    let names = ["Ann", "Bo \"B\"", "Lee, Ann", "=SUM(A1)", "@x", "-2", "Zoë", "a;b", "x\ny", "李"]
    let scores = ["0", "1", "7.5", "10.25", "100", "3.125", "-1", "12345.678", "1e2", "99.90"]
    var rows: [MemoryRow] = []
    let classes = Int.random(in: 1...3, using: &dice)
    for number in 0..<classes {
      rows.append(
        MemoryRow("class", ["id": "c\(number)", "title": "\(dice.pick(names)) \(number)"]))
    }
    for person in 0..<6 {
      rows.append(
        MemoryRow(
          "person", ["id": "p\(person)", "name": dice.pick(names), "username": "u\(person)"])
      )
      rows.append(
        MemoryRow(
          "enrollment",
          ["person": "p\(person)", "class": "c\(person % classes)", "role": "student"]))
    }
    for item in 0..<5 {
      rows.append(
        MemoryRow(
          "lineItem",
          [
            "id": "i\(item)", "title": dice.pick(names), "class": "c\(item % classes)",
            "maximum": dice.pick(scores),
          ]))
      for person in 0..<6 where person % classes == item % classes && Bool.random(using: &dice) {
        var result = MemoryRow("result", ["lineItem": "i\(item)", "person": "p\(person)"])
        let isExempt = Int.random(in: 0..<4, using: &dice) == 0
        result[isExempt ? "state" : "score"] = isExempt ? "exempt" : dice.pick(scores)
        rows.append(result)
      }
    }
    let request = MemoryRequest(guardsFormulas: true)
    let first = try host.write(rows, as: "canvas-gradebook", request)
    let reading = try host.read(first.members, as: "canvas-gradebook")
    #expect(reading.codes(from: 1) == [])
    let found = Set(reading.rows("result").map { Self.key($0) })
    #expect(found == Set(rows.filter { $0.kind == "result" }.map { Self.key($0) }))
    let again = try host.rewrite(first.members, as: "canvas-gradebook", request).members
    for (left, right) in zip(first.members, again) { #expect(left.text == right.text) }
    #expect(first.members.map(\.name) == again.map(\.name))
  }

  private static func key(_ row: MemoryRow) -> String {
    let score = row["score"].flatMap { Double($0) }.map { String($0) } ?? "-"
    let state = row["state"] == "exempt" ? "exempt" : "graded"
    return "\(row["lineItem"] ?? "") \(row["person"] ?? "") \(score) \(state)"
  }

  @Test("stops when the host asks to", arguments: samples.indices)
  func stops(sample: Int) throws {
    let (format, text) = Self.samples[sample]
    let host = try MemoryHost(family: "Canvas")
    for calls in 0..<12 {
      var request = MemoryRequest(wantsSourceLayer: true)
      request.stopsAfter = calls
      let reading = try host.read([MemoryMember("a.csv", text)], as: format, request)
      #expect(reading.status == 0 || reading.status == 1)
    }
  }
}
