import Interop
import Testing

/// What is written does not depend on the order in which results come.
@Suite("Order and grouping")
struct GroupingTests {
  /// A school year as lines of our own format.
  private static func district(classes: Int, people: Int, items: Int) -> String {
    var lines = [
      #"{"format":"cbl","version":1}"#,
      #"{"record":"organization","id":"o1","name":"School","type":"school"}"#,
      #"{"record":"academicSession","id":"t1","title":"Term","type":"term","startDate":"2024-08-01","endDate":"2025-01-01","schoolYear":"2025"}"#,
      #"{"record":"course","id":"k1","title":"Maths","organization":"o1"}"#,
    ]
    for group in 0..<classes {
      lines.append(
        #"{"record":"class","id":"c\#(group)","title":"Maths \#(group)","course":"k1","organization":"o1","academicSessions":"t1","type":"scheduled"}"#
      )
    }
    for person in 0..<people {
      lines.append(
        #"{"record":"person","id":"s\#(person)","givenName":"Ada \#(person)","familyName":"Lovelace","role":"student","organizations":"o1"}"#
      )
    }
    for group in 0..<classes {
      for person in 0..<people {
        lines.append(
          #"{"record":"enrollment","id":"e\#(group)-\#(person)","class":"c\#(group)","person":"s\#(person)","role":"student","organization":"o1"}"#
        )
      }
    }
    lines.append(#"{"record":"category","id":"g1","title":"Tests"}"#)
    var results: [String] = []
    for group in 0..<classes {
      for item in 0..<items {
        let id = "\(group + 1)0\(item)"
        lines.append(
          #"{"record":"lineItem","id":"\#(id)","title":"Quiz \#(item)","class":"c\#(group)","category":"g1","academicSession":"t1","organization":"o1","maximum":"10","assignDate":"2024-09-01","dueDate":"2024-09-02"}"#
        )
        for person in 0..<people {
          results.append(
            #"{"record":"result","id":"r\#(id)-\#(person)","lineItem":"\#(id)","person":"s\#(person)","state":"graded","score":"\#((item * 7 + person * 3) % 11).5","scoreDate":"2024-09-02"}"#
          )
        }
      }
    }
    lines += results
    lines.append(#"{"end":true,"rows":\#(lines.count - 1)}"#)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func gradebooks(
    classes: Int, people: Int, items: Int, seeds: [UInt64]
  ) throws -> [[String: [UInt8]]] {
    let folder = try PairFolder()
    try folder.put(district(classes: classes, people: people, items: items), "in.ndjson")
    try Pairs.convert([folder["in.ndjson"]], to: "oneroster-1.2", at: folder["roster/"])
    let results = try Pairs.members(of: folder["roster"])["results.csv"] ?? []
    var lines = String(decoding: results, as: UTF8.self).split(whereSeparator: \.isNewline)
    #expect(lines.count == classes * people * items + 1)
    let header = lines.removeFirst()
    return try seeds.map { seed in
      if seed > 0 {
        var random = PairRandom(seed)
        lines.shuffle(using: &random)
      }
      try folder.put(([header] + lines).joined(separator: "\r\n") + "\r\n", "roster/results.csv")
      let report = try Pairs.convert(
        [folder["roster"]], to: "canvas-gradebook", at: folder["out\(seed)/"])
      #expect(report.isBalanced)
      return try Pairs.members(of: folder["out\(seed)"])
    }
  }

  @Test("gradebooks are the same in whatever order results come")
  func order() throws {
    let outputs = try Self.gradebooks(classes: 3, people: 5, items: 4, seeds: [0, 1, 2, 3, 4, 5])
    #expect(outputs[0].keys.sorted() == ["c0.csv", "c1.csv", "c2.csv"])
    for output in outputs { #expect(output == outputs[0]) }
    let first = String(decoding: outputs[0]["c1.csv"] ?? [], as: UTF8.self)
    let lines = first.split(separator: "\n")
    #expect(lines.first?.hasSuffix("Quiz 0 (200),Quiz 1 (201),Quiz 2 (202),Quiz 3 (203)") == true)
    #expect(lines.count == 7)
  }

  @Test("and when they are more than are kept in memory")
  func spooled() throws {
    let outputs = try Self.gradebooks(classes: 4, people: 100, items: 150, seeds: [0, 9])
    #expect(outputs[0].count == 4)
    #expect(outputs[0] == outputs[1])
  }
}
