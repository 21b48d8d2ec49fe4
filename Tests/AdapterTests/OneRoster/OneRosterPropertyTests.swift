import CAdapterABI
import Testing

@Suite("OneRoster properties")
struct OneRosterPropertyTests {
  private let host: MemoryHost

  init() throws { host = try MemoryHost(family: "OneRoster") }

  /// A generator with a fixed seed.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(sides))
    }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[roll(values.count)] }
  }

  private static let pieces: [String] = [
    ",", "\"", "\n", "\r\n", "\r", " ", "é", "e\u{301}", "\u{202E}", "x", "{", "}", ":", "\0", "",
    "\"\"", "2025-02-30", "TRUE", "=1+1", "active", "\t", ";", "\u{FEFF}", "1e5", "ext:a",
  ]

  @Test("any file that is read comes back byte for byte", arguments: 1...10)
  func damaged(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
    var read = 0
    for _ in 0..<15 {
      var members = OneRosterFixture.package(OneRosterFixture.district)
      for _ in 0...dice.roll(3) {
        let place = dice.roll(members.count)
        var bytes = members[place].bytes
        let at = dice.roll(bytes.count + 1)
        let length = min(dice.roll(4), bytes.count - at)
        bytes.replaceSubrange(at..<(at + length), with: Array(dice.pick(Self.pieces).utf8))
        members[place].bytes = bytes
      }
      guard members.allSatisfy({ String(validating: $0.bytes, as: UTF8.self) != nil }) else {
        continue
      }
      let request = MemoryRequest(wantsSourceLayer: true)
      let reading = try host.read(members, as: "oneroster-1.2", request)
      guard reading.status == 0 else {
        #expect(reading.problems.contains { $0.severity == 4 })
        continue
      }
      read += 1
      let writing = try host.write(reading.rows, as: "oneroster-1.2")
      #expect(writing.status == 0)
      for member in members {
        let back = writing.members.first { $0.name == member.name }
        if back != member { Issue.record("seed \(seed), \(member.name): \(member.text)") }
      }
    }
    #expect(read > 0)
  }

  @Test("every row is a record or a report", arguments: 1...20)
  func accounting(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 0xD134_2543_DE82_EF95)
    for _ in 0..<20 {
      var text = OneRosterFixture.results("").first { $0.name == "results.csv" }?.text ?? ""
      text = String(text.prefix { $0 != "\n" }) + "\n"
      let rows = dice.roll(12)
      for row in 0..<rows {
        var cells = [
          "x\(row)", "", "", "i", "u", "submitted", "\(dice.roll(9))", "2025-01-01", "", "", "", "",
          "", "", "",
        ]
        cells[dice.roll(15)] = dice.pick([
          "", "a", "nan", "1", "false", "2025-01-02", "\"q\"", "q\"",
        ])
        if dice.roll(9) == 0 { cells.removeLast() }
        if dice.roll(9) == 0 { cells.append("more") }
        text += cells.joined(separator: ",") + "\n"
      }
      let members = OneRosterFixture.package(["results": text])
      for isStrict in [false, true] {
        let reading = try host.read(
          members, as: "oneroster-1.2", MemoryRequest(isStrict: isStrict))
        guard reading.status == 0 else { continue }
        let left = reading.problems.filter { $0.severity == 2 || $0.severity == 3 }
        #expect(reading.rows("result").count + left.count == rows, "\(text)")
        #expect(Set(left.map(\.line)).count == left.count)
      }
    }
  }

  @Test("what a writer gets comes back, or is counted as lost", arguments: 1...30)
  func survival(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 0xA24B_AED4_963E_E407)
    let words = [
      "a", "A b", "ä,ö", "\"q\"", "007", "x\u{1F}y", "1,2", "{t:v}", "t:v", " lead", "trail ",
      "l\nb",
      "", "ext:z", "=1", "a@b", "2024", "2024-05", "2024-05-06T07:08:09Z", "c:d\u{1F}e}",
    ]
    let base = try host.read(
      OneRosterFixture.package(OneRosterFixture.district), as: "oneroster-1.2"
    ).rows.filter { $0.kind != "dataset" }
    for version in ["1.2", "1.1", "1.0"] {
      var rows = base
      for _ in 0..<6 {
        let place = dice.roll(rows.count)
        guard let kind = MemoryKinds.named(rows[place].kind) else { continue }
        let field = dice.pick(kind.fields)
        guard field.name != "id", field.reference == 0, field.name != "ownerKind",
          field.name != "position", field.name != "result", field.name != "owner"
        else { continue }
        switch field.type {
        case 5: rows[place][field.name] = dice.pick(["1", "-2.50", "1e3", ""])
        case 6: rows[place][field.name] = dice.pick(["2024", "2024-05", "2024-05-06T07:08:09Z"])
        case 7: rows[place][field.name] = dice.pick(["true", "false", ""])
        case 9, 4, 8: rows[place][field.name] = dice.pick(words)
        default: break
        }
      }
      try check(rows, "oneroster-" + version, "seed \(seed)")
    }
  }

  /// Writes records and reads them again; whatever differs must have been told.
  private func check(_ rows: [MemoryRow], _ format: String, _ note: String) throws {
    let writing = try host.write(rows, as: format)
    #expect(writing.status == 0)
    let reading = try host.read(writing.members, as: format)
    #expect(reading.status == 0, "\(reading.problems)")
    #expect(reading.problems.allSatisfy { $0.severity < 2 }, "\(note) \(reading.problems)")
    let capabilities = try host.format(format).info
    for row in rows {
      guard let kind = MemoryKinds.named(row.kind),
        let capability = capability(kind.number, capabilities),
        capability.writes | capability.reduces != 0
      else { continue }
      if writing.losses.contains(where: { $0.kind == row.kind && $0.field == nil }) { continue }
      let back = reading.rows(row.kind).first { $0["id"] == row["id"] }
      guard let back else {
        if writing.losses.contains(where: { $0.kind == row.kind && $0.field == "id" }) { continue }
        Issue.record("\(note): \(format) lost \(row)")
        continue
      }
      for (index, field) in kind.fields.enumerated() {
        let bit: UInt64 = 1 << UInt64(index)
        guard (capability.writes | capability.reduces) & bit != 0, let value = row[field.name],
          !value.isEmpty, back[field.name] != value
        else { continue }
        let isTold = writing.losses.contains { $0.kind == row.kind && $0.field == field.name }
        #expect(
          isTold,
          "\(note): \(format) \(row.kind).\(field.name) \(value) -> \(back[field.name] ?? "")")
      }
    }
  }

  private func capability(_ kind: UInt32, _ format: cbl_format) -> cbl_capability? {
    for index in 0..<Int(format.capability_count) {
      guard let capability = unsafe format.capabilities?[index] else { continue }
      if capability.kind == kind { return capability }
    }
    return nil
  }
}
