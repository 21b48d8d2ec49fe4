import Testing

@Suite("OneRoster samples", .enabled(if: Samples.areThere))
struct OneRosterSampleTests {
  static let positive: [(folder: String, format: String)] = [
    ("oneroster-1.1-csv/grand-bend", "oneroster-1.1"),
    ("oneroster-1.1-csv/moodle-full", "oneroster-1.1"),
    ("oneroster-1.1-csv/snapwiz", "oneroster-1.1"),
    ("oneroster-1.2-csv/longsight-bulk", "oneroster-1.2"),
    ("oneroster-1.2-csv/moodle-gotham", "oneroster-1.2"),
    ("oneroster-1.2-csv/negative/bulk-lifecycle-status-failure", "oneroster-1.2"),
    ("oneroster-1.2-csv/negative/duplicate-sourcedid-failure", "oneroster-1.2"),
    ("oneroster-1.2-csv/negative/missing-target-record-failure", "oneroster-1.2"),
  ]

  static let counts: [(folder: String, format: String, counts: [String: Int])] = [
    (
      "oneroster-1.1-csv/grand-bend", "oneroster-1.1",
      [
        "organization": 2, "academicSession": 3, "course": 2, "class": 2, "person": 10,
        "demographics": 8, "enrollment": 24, "dataset": 1,
      ]
    ),
    (
      "oneroster-1.1-csv/moodle-full", "oneroster-1.1",
      ["organization": 1, "academicSession": 5, "class": 2, "person": 6, "enrollment": 6]
    ),
    (
      "oneroster-1.1-csv/snapwiz", "oneroster-1.1",
      [
        "organization": 2, "academicSession": 4, "course": 4, "class": 3, "person": 11,
        "demographics": 14, "enrollment": 19,
      ]
    ),
    (
      "oneroster-1.2-csv/longsight-bulk", "oneroster-1.2",
      [
        "person": 2, "role": 2, "result": 1, "targetResult": 1, "alignment": 1, "scaleUse": 2,
        "scale": 1, "scaleLevel": 2, "resourceUse": 3, "resource": 1, "category": 1,
        "lineItem": 1, "profile": 1, "demographics": 1,
      ]
    ),
    (
      "oneroster-1.2-csv/moodle-gotham", "oneroster-1.2",
      ["person": 1, "role": 1, "profile": 1, "course": 1, "class": 1]
    ),
  ]

  @Test("are read whole", arguments: counts)
  func reads(folder: String, format: String, counts: [String: Int]) throws {
    let host = try MemoryHost(family: "OneRoster")
    let reading = try host.read(Samples.members(folder), as: format)
    #expect(reading.status == 0)
    #expect(reading.problems.filter { $0.severity >= 2 } == [])
    for (kind, count) in counts { #expect(reading.rows(kind).count == count, "\(kind)") }
  }

  static let negative: [(folder: String, code: String, member: String, line: UInt64)] = [
    ("bulk-lifecycle-status-failure", "row.field_forbidden_in_bulk", "users.csv", 2),
    ("csv-quote-failure", "csv.unescaped_quote", "users.csv", 2),
    ("invalid-manifest-header", "manifest.invalid_header", "manifest.csv", 1),
    ("manifest-marks-present-file-absent", "manifest.file_unexpected", "manifest.csv", 24),
    ("missing-manifest", "package.missing_manifest", "manifest.csv", 0),
  ]

  @Test("give the expected code, file and row", arguments: negative)
  func refuses(folder: String, code: String, member: String, line: UInt64) throws {
    let host = try MemoryHost(family: "OneRoster")
    let members = try Samples.members("oneroster-1.2-csv/negative/" + folder)
    for isStrict in [false, true] {
      let reading = try host.read(
        members, as: "oneroster-1.2", MemoryRequest(isStrict: isStrict))
      #expect(reading.codes() == [code])
      #expect(reading.problems.first?.member == member)
      #expect(reading.problems.first?.line == line)
      if isStrict { #expect(reading.rows("person").isEmpty) }
    }
  }

  @Test("are told apart by version, and from other rosters")
  func probes() throws {
    let host = try MemoryHost(family: "OneRoster")
    for (folder, format) in Self.positive {
      let members = try Samples.members(folder)
      let verdicts = try host.formats.map { ($0, try host.probe(members, as: $0)) }
      let best = verdicts.max { $0.1 < $1.1 }
      #expect(best?.0 == format)
      #expect((best?.1 ?? 0) >= 80)
    }
    let other = try Samples.members("microsoft-sds/v2.1")
    #expect(try host.probe(other, as: "oneroster-1.2") == 0)
    #expect(try host.probe(other, as: "oneroster-1.1") == 0)
    #expect(try host.probe(other, as: "oneroster-1.0") == 0)
  }
}

extension OneRosterSampleTests {
  @Test("come back byte for byte", arguments: positive)
  func rewrites(folder: String, format: String) throws {
    let host = try MemoryHost(family: "OneRoster")
    let members = try Samples.members(folder).filter { $0.name.hasSuffix(".csv") }
    let writing = try host.rewrite(members, as: format)
    #expect(writing.status == 0)
    #expect(writing.losses == [])
    #expect(writing.members.map(\.name).sorted() == members.map(\.name).sorted())
    for member in members { #expect(writing.members.contains(member), "\(member.name)") }
  }
}
