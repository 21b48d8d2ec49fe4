import CAdapterABI
import Testing

@Suite("cbl: packages that are not whole")
struct CBLFaultTests {
  private static func manifest(_ name: String, rows: Int, version: Int = 1) -> MemoryMember {
    MemoryMember(
      "manifest.json",
      "{\"format\":\"cbl\",\"version\":\(version),\"files\":[{\"name\":\"\(name)\","
        + "\"kind\":\"person\",\"rows\":\(rows),\"fields\":[]}]}")
  }

  static let people = MemoryMember("person.csv", "id,name\np,P\nq,Q\n")

  static let refused: [(members: [MemoryMember], code: String)] = [
    ([manifest("person.csv", rows: 3), people], "cbl.row_count"),
    ([manifest("person.csv", rows: 2)], "cbl.missing_file"),
    (
      [manifest("person.csv", rows: 2), people, MemoryMember("class.csv", "")], "cbl.unlisted_file"
    ),
    ([manifest("person.csv", rows: 2, version: 2), people], "cbl.version"),
    ([MemoryMember("manifest.json", "{\"format\":"), people], "cbl.manifest_malformed"),
    ([MemoryMember("manifest.json", "{\"format\":\"x\"}"), people], "cbl.manifest_malformed"),
    ([manifest("person.csv", rows: 0), MemoryMember("person.csv", "")], "csv.no_header"),
    (
      [manifest("person.csv", rows: 1), MemoryMember("person.csv", "id,id\n1,2\n")],
      "csv.duplicate_header"
    ),
  ]

  @Test("are refused", arguments: refused)
  func refusing(members: [MemoryMember], code: String) throws {
    let reading = try MemoryHost(family: "CBL").read(members, as: "cbl")
    #expect(reading.status == 2)
    #expect(reading.codes(from: 4) == [code])
  }

  @Test("without a manifest are refused only when strict")
  func noManifest() throws {
    let host = try MemoryHost(family: "CBL")
    #expect(try host.read([Self.people], as: "cbl").rows.count == 2)
    let strict = try host.read([Self.people], as: "cbl", MemoryRequest(isStrict: true))
    #expect(strict.status == 2)
  }

  @Test("lose only the rows that are wrong")
  func rows() throws {
    let text = "id,name,grades,mood\np,P,,x\nq,Q\nr,R,[1,\n"
    let members = [MemoryMember("person.csv", text), MemoryMember("robot.csv", "id\n1\n")]
    let reading = try MemoryHost(family: "CBL").read(members, as: "cbl")
    #expect(reading.rows.map(\.fields) == [["id": "p", "name": "P"]])
    #expect(
      Set(reading.codes()) == [
        "cbl.no_manifest", "cbl.unknown_kind", "cbl.unknown_field", "csv.row_width", "cbl.list",
      ])
  }

  static let lines: [(text: String, code: String, severity: Int32)] = [
    (#"{"record":"person","id":"p"}"#, "cbl.row_count", 1),
    (#"{"record":"person","id":"p"}"# + "\n" + #"{"end":true,"rows":2}"#, "cbl.row_count", 4),
    (#"{"record":"robot"}"# + "\n" + #"{"end":true,"rows":1}"#, "cbl.unknown_kind", 3),
    (#"{"id":"p","record":"person"}"# + "\n" + #"{"end":true,"rows":1}"#, "cbl.unknown_kind", 3),
    (#"{"record":"person","id":"p"# + "\n" + #"{"end":true,"rows":1}"#, "cbl.truncated", 3),
    (#"{"record":"person","id":{}}"# + "\n" + #"{"end":true,"rows":1}"#, "cbl.malformed", 3),
    (#"{"record":"person","mood":"x"}"# + "\n" + #"{"end":true,"rows":1}"#, "cbl.unknown_field", 1),
  ]

  @Test("of lines are reported", arguments: lines)
  func reported(text: String, code: String, severity: Int32) throws {
    let member = MemoryMember("r.ndjson", text)
    let reading = try MemoryHost(family: "CBL").read([member], as: "cbl-ndjson")
    #expect(reading.problems.map(\.code) == [code])
    #expect(reading.problems.map(\.severity) == [severity])
  }

  @Test("are known by their manifest or first line")
  func probing() throws {
    let host = try MemoryHost(family: "CBL")
    #expect(try host.probe([Self.people, Self.manifest("person.csv", rows: 2)], as: "cbl") == 100)
    #expect(try host.probe([Self.people], as: "cbl") == 0)
    let line = MemoryMember("x", #"{"format":"cbl","version":1}"# + "\n")
    #expect(try host.probe([line], as: "cbl-ndjson") == 100)
    #expect(try host.probe([MemoryMember("x", #"{"record":"person"}"#)], as: "cbl-ndjson") == 90)
    #expect(try host.probe([MemoryMember("x", #"{"record":"robot"}"#)], as: "cbl-ndjson") == 0)
  }

  @Test("say in their tables that nothing is lost")
  func capabilities() throws {
    let host = try MemoryHost(family: "CBL")
    for identifier in ["cbl", "cbl-ndjson"] {
      let (_, info) = try host.format(identifier)
      #expect(Int(info.capability_count) == MemoryKinds.all.count)
      for (index, kind) in MemoryKinds.all.enumerated() {
        let capability = unsafe info.capabilities[index]
        #expect(capability.kind == kind.number)
        #expect(capability.writes == 1 << UInt64(kind.fields.count) - 1)
        #expect(capability.reads == capability.writes)
      }
    }
  }
}
