import Records

/// Makes small data sets that hang together; the same seed gives the same data set.
struct PairGenerator {
  private var random: PairRandom
  private var records = PairRecords()
  private var ids: [RecordKind: [[UInt8]]] = [:]
  /// Of ten optional fields, how many have a value.
  private let density: Int
  private let hasOddTexts: Bool
  private let hasOddIDs: Bool

  private static let odd = [
    "say \"hi\"", "a,b;c\td", "line\nbreak", "日本語 é", "e\u{301}", "=SUM(A1)", "+1", "-x", "@cmd",
    "007", "1e5", " lead", "trail ", "'quoted'", "EX", "N/A", "-", "true", "1,234", "%", "\\\"",
    "{A:1},{B:2}", "x:y", "\u{1F600}", "Points Possible", "(42)", "Title (42)", "a > b",
    String(repeating: "long ", count: 60) + "end", "0", "null", "[1]",
  ]
  private static let plain = [
    "Ada", "Lovelace", "Fractions", "Essay", "Reading", "Proof", "Lab", "Work", "Unit", "Maps",
  ]
  private static let numbers = [
    "0", "1", "2", "3", "4", "3.5", "10", "85", "92.25", "100", "0.5", "7.125", "-1", "1e2", "4.0",
  ]
  private static let dates = [
    "2024-09-01", "2025-01-31", "2025-06-30T14:05:00Z", "2024-02-29", "2025-03-04T05:06:07.890Z",
  ]
  private static let tokens: [String: [String]] = [
    "organization.type": ["school", "district", "department"],
    "academicSession.type": ["term", "gradingPeriod", "schoolYear", "semester"],
    "class.type": ["scheduled", "homeroom"],
    "person.role": ["student", "student", "student", "teacher"],
    "role.role": ["student", "teacher"], "role.type": ["primary", "secondary"],
    "enrollment.role": ["student", "student", "student", "teacher"],
    "demographics.sex": ["male", "female", "other", "unspecified"],
    "lineItem.type": ["assignment", "quiz", "manual"],
    "lineItem.scoreKind": ["points", "percent", "letter", "passFail", "level"],
    "result.state": [
      "graded", "graded", "graded", "partiallyGraded", "submitted", "notSubmitted", "exempt",
      "notAssigned", "noGrade",
    ],
    "result.scoreKind": ["points", "percent", "letter", "passFail"],
    "targetResult.state": ["graded", "exempt"], "targetResult.source": ["unknown", "case"],
    "alignment.source": ["unknown", "case"], "alignment.ownerKind": ["line_item"],
    "aggregateGrade.type": ["current", "final", "unpostedFinal", "override", "total"],
    "aggregateGrade.scoreKind": ["points", "percent", "letter"],
    "association.type": ["isChildOf"], "target.type": ["outcome", "group", "competency"],
    "target.method": ["highest", "latest", "decayingAverage", "average", "nMastery"],
    "scale.type": ["percent", "level"], "scaleUse.ownerKind": ["line_item"],
    "status": ["active", "active", "active", "active", "active", "tobedeleted"],
  ]

  /// Data sets with an even seed have plain texts only every other time.
  init(seed: UInt64) {
    random = PairRandom(seed)
    density = random.pick([0, 2, 5, 10])
    hasOddTexts = !random.one(in: 3)
    hasOddIDs = random.one(in: 2)
  }

  /// Makes the data set.
  mutating func make() -> PairRecords {
    let people = 1 + random.below(4)
    let counts: [(String, Int)] = [
      ("organization", random.below(3)), ("academicSession", random.below(3)),
      ("course", random.below(3)), ("class", random.below(3)), ("person", people),
      ("demographics", random.below(2)), ("role", random.below(3)),
      ("enrollment", random.below(5)), ("category", random.below(3)), ("scale", random.below(2)),
      ("scaleLevel", random.below(5)), ("target", random.below(4)),
      ("association", random.below(3)), ("lineItem", random.below(5)),
      ("scaleUse", random.below(2)), ("alignment", random.below(4)), ("result", random.below(8)),
      ("targetResult", random.below(4)), ("aggregateGrade", random.below(4)),
    ]
    for (name, count) in counts {
      guard let kind = RecordKind(name: name) else { continue }
      for index in 0..<count { add(kind, index) }
    }
    for _ in 0..<random.below(3) { addAttribute() }
    return records
  }

  private static let needed: [String: Set<String>] = [
    "organization": ["name", "type"],
    "academicSession": ["title", "type", "startDate", "endDate", "schoolYear"],
    "course": ["title"], "class": ["title"], "person": ["givenName", "familyName", "role"],
    "demographics": ["person"], "role": ["person", "role", "organization"],
    "enrollment": ["class", "person", "role"], "category": ["title"], "scale": ["title"],
    "scaleLevel": ["scale", "label", "value"], "target": ["title"],
    "association": ["type", "fromTarget", "toTarget"], "lineItem": ["title", "class"],
    "scaleUse": ["ownerKind", "owner", "scale"], "alignment": ["ownerKind", "owner", "target"],
    "result": ["lineItem", "person", "state"], "targetResult": ["person", "target", "score"],
    "aggregateGrade": ["person", "class", "title", "type", "score"],
  ]

  private mutating func add(_ kind: RecordKind, _ index: Int) {
    let schema = RecordSchema.of(kind)
    let needed = Self.needed[schema.name] ?? []
    var row: PairRecords.Row = [:]
    for field in schema.fields {
      let isNeeded = needed.contains(field.name)
      if field.index == 0 {
        let id = identifier(kind, index)
        row[0] = id
        continue
      }
      let wants = isNeeded || random.below(10) < density
      guard wants, let value = value(of: field, in: schema) else {
        // What it must refer to does not exist.
        if isNeeded, field.type == .reference || field.name == "owner" { return }
        continue
      }
      row[field.index] = value
    }
    guard repair(&row, schema) else { return }
    ids[kind, default: []].append(row[0] ?? [])
    records[kind].append(row)
  }

  /// Makes fields agree with each other.
  ///
  /// - Returns: `false` when the record would contradict another.
  private mutating func repair(_ row: inout PairRecords.Row, _ schema: RecordSchema) -> Bool {
    func place(_ name: String) -> Int { schema.field(name)?.index ?? 0 }
    switch schema.name {
    case "association":
      let targets = ids[.target] ?? []
      guard let child = targets.firstIndex(of: row[place("fromTarget")] ?? []),
        let parent = targets.firstIndex(of: row[place("toTarget")] ?? [])
      else { return false }
      return parent < child
    case "demographics":
      return !records[schema.kind].contains { $0[place("person")] == row[place("person")] }
    case "academicSession":
      row[place("startDate")] = Array("2024-08-01".utf8)
      row[place("endDate")] = Array("2025-07-01".utf8)
    case "result":
      let items = RecordSchema.of(.lineItem)
      let item = records[.lineItem].first { $0[0] == row[place("lineItem")] }
      let classPlace = items.field("class")?.index ?? 0
      if row[place("class")] != nil { row[place("class")] = item?[classPlace] }
      return !records[schema.kind].contains {
        $0[place("person")] == row[place("person")]
          && $0[place("lineItem")] == row[place("lineItem")]
      }
    case "enrollment":
      return !records[schema.kind].contains {
        $0[place("person")] == row[place("person")] && $0[place("class")] == row[place("class")]
      }
    case "scaleLevel":
      return !records[schema.kind].contains {
        $0[place("scale")] == row[place("scale")] && $0[place("label")] == row[place("label")]
      }
    default: break
    }
    return true
  }

  private mutating func addAttribute() {
    guard let owner = ids[.person].map({ random.pick($0) }) else { return }
    let schema = RecordSchema.of(.attribute)
    var row: PairRecords.Row = [:]
    let values = [
      ("ownerKind", "person"), ("vocabulary", random.pick(["oneroster", "canvas", "other"])),
      ("key", random.pick(["metadata.house", "Notes", "x y"])), ("value", text()),
    ]
    for (name, value) in values { row[schema.field(name)?.index ?? 0] = Array(value.utf8) }
    row[schema.field("owner")?.index ?? 0] = owner
    let isKnown = records[.attribute].contains { known in
      ["owner", "vocabulary", "key"].allSatisfy { name in
        let place = schema.field(name)?.index ?? 0
        return known[place] == row[place]
      }
    }
    if !isKnown { records[.attribute].append(row) }
  }

  private mutating func identifier(_ kind: RecordKind, _ index: Int) -> [UInt8] {
    var id = "\(kind.name)-\(index)"
    if hasOddIDs {
      let forms = [
        "00\(index)", "1000000000000012\(index)", "é\(index)", "\(index)e5", "a b \(index)",
        "#\(index)", id, "urn:uuid:0c3d0b9e-0000-4000-8000-00000000000\(index)",
      ]
      id = random.pick(forms)
      if ids[kind]?.contains(Array(id.utf8)) == true { id = "\(kind.name)-\(index)" }
    }
    return Array(id.utf8)
  }

  private mutating func value(of field: RecordField, in schema: RecordSchema) -> [UInt8]? {
    if field.name == "schoolYear" { return Array("2025".utf8) }
    if field.name == "position" { return Array(String(random.below(20)).utf8) }
    if field.name == "owner" {
      return ids[.lineItem].map { random.pick($0) }
    }
    switch field.type {
    case .identifier: return nil
    case .reference:
      guard let kind = field.reference, let known = ids[kind] else { return nil }
      return random.pick(known)
    case .referenceList:
      guard let kind = field.reference, let known = ids[kind] else { return nil }
      return random.pick(known)
    case .number: return Array(random.pick(Self.numbers).utf8)
    case .date:
      return Array(random.pick(Self.dates).utf8)
    case .boolean: return Array((random.one(in: 2) ? "true" : "false").utf8)
    case .list:
      return Array(random.pick(["09", "K\u{1F}01", "Maths"]).utf8)
    case .token, .text:
      let words = Self.tokens["\(schema.name).\(field.name)"] ?? Self.tokens[field.name]
      return Array((words.map { random.pick($0) } ?? text()).utf8)
    }
  }

  private mutating func text() -> String {
    if hasOddTexts, random.one(in: 3) { return random.pick(Self.odd) }
    return random.pick(Self.plain) + " " + String(random.below(1_000))
  }
}
