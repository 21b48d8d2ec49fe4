internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads competency framework files: one framework for each file.
enum CompetencyReader {
  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var shared = SharedCompetencies()
    var row = DatasetRow()
    row.id = Text("moodle:competencies")
    row.format = Text("moodle-competencies")
    row.system_name = Text("Moodle")
    row.intent = Text("snapshot")
    try sink.put(row)
    for member in 0..<input.memberCount {
      var reader = CompetencyMemberReader(member: member, request: request)
      try reader.survey(input, request, &sink, &shared)
      try reader.read(input, request, &sink, &shared)
    }
  }
}

/// What several competency files of one input have in common.
struct SharedCompetencies {
  var scales = ScaleSink()
  var frameworks: Set<String> = []
  /// Identifiers of targets.
  var targets: Set<String> = []
}

/// Reads one competency framework file into records.
struct CompetencyMemberReader {
  let member: Int
  let isStrict: Bool
  let keepsLines: Bool
  private(set) var layout = CompetencyLayout()
  private(set) var name = ""
  /// ID number of each row's parent, by the row's own ID number.
  private var parents: [[UInt8]: String] = [:]
  /// Identifier of the target of each ID number.
  private var targetIDs: [[UInt8]: String] = [:]
  private var frameworks = 0
  private var seen: Set<[UInt8]> = []
  var childCounts: [[UInt8]: Int] = [:]

  init(member: Int, request: AdapterRequest) {
    self.member = member
    isStrict = request.isStrict
    keepsLines = request.wantsSourceLayer
  }

  /// The identifier of the target with an ID number: the number itself when it is no target's.
  func targetID(_ number: String) -> String { targetIDs[Array(number.utf8)] ?? number }

  /// The number of columns that a row must have: the last ones may be missing in old files.
  private var leastColumns: Int { CompetencyColumn.related.rawValue + 1 }

  /// Learns the tree and the framework from a first reading.
  mutating func survey(
    _ input: AdapterInput, _ request: AdapterRequest, _ sink: inout RecordSink,
    _ shared: inout SharedCompetencies
  ) throws(AdapterError) {
    var file = try CSVMember(input, member: member, request: request)
    name = file.name
    var quoting = QuotingSurvey()
    var hasHeader = false
    var rows = 0
    layout.frameworkRow = -1
    while try file.next(&sink) {
      for row in 0..<file.count where !file.isBlank(row) && !file.isOnlyDelimiters(row) {
        guard hasHeader else {
          hasHeader = true
          layout.headers = file.strings(of: row)
          continue
        }
        quoting.see(row, of: file)
        let values = Self.values(row, of: file)
        if values[.isFramework] == "1" {
          frameworks += 1
          if frameworks == 1 { layout.framework = values[.idNumber] }
        } else if parents[Array(values[.idNumber].utf8)] == nil {
          parents[Array(values[.idNumber].utf8)] = values[.parent]
        }
        rows += 1
      }
    }
    layout.quotesBlanks = quoting.quotesBlanks
    layout.isGuarded = quoting.isGuarded
    guard hasHeader, layout.headers.count >= leastColumns else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "moodle.framework_columns",
          "a competency framework has 14 columns, and this file has \(layout.headers.count)",
          member: name, line: 1))
    }
    try checkFramework(sink, &shared)
    for key in parents.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let id = String(decoding: key, as: UTF8.self)
      let base = shared.targets.contains(id) ? "\(layout.framework)/\(id)" : id
      targetIDs[key] = GradeHeadings.free(base, in: &shared.targets)
    }
  }

  private mutating func checkFramework(
    _ sink: borrowing RecordSink, _ shared: inout SharedCompetencies
  ) throws(AdapterError) {
    guard frameworks > 0, !layout.framework.isEmpty else {
      let problem = RecordProblem(
        isStrict ? .fatal : .warning, "moodle.no_framework",
        "no row with an ID number has 1 in the column Is framework, so import refuses the file; "
          + "its competencies are read without a framework", member: name, line: 1)
      if isStrict { throw AdapterError(badData: problem) }
      layout.framework = ""
      return try sink.host.report(problem)
    }
    guard shared.frameworks.insert(layout.framework).inserted else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "moodle.framework_twice",
          "another file has a framework with this ID number; convert them one by one",
          member: name, line: 1, value: layout.framework))
    }
  }

  /// The cells of a row; missing ones are blank.
  static func values(_ row: Int, of file: borrowing CSVMember) -> CompetencyValues {
    var values = CompetencyValues()
    for column in CompetencyColumn.allCases where column.rawValue < file.fieldCount(row) {
      values[column] = FormulaGuard.withoutApostrophe(file.cell(column.rawValue, of: row)).string
    }
    return values
  }

  /// Puts the records of the file.
  mutating func read(
    _ input: AdapterInput, _ request: AdapterRequest, _ sink: inout RecordSink,
    _ shared: inout SharedCompetencies
  ) throws(AdapterError) {
    var file = try CSVMember(input, member: member, request: request)
    var recorder = SourceRecorder(
      member: file.name, format: "moodle-competencies", position: member)
    var rows = -1
    while try file.next(&sink) {
      var line = GridLine(
        layout: file.layout, style: .moodle(quotesBlanks: layout.quotesBlanks),
        guardsFormulas: true)
      for row in 0..<file.count {
        var isData = false
        if rows >= 0 {
          isData = try put(row, of: file, place: rows, &line, &sink, &shared)
          if isData { rows += 1 }
        } else if !file.isBlank(row), !file.isOnlyDelimiters(row) {
          rows = 0
          isData = true
          line.start(isHeader: true)
          for header in layout.headers { line.guardedCell(header) }
        }
        guard keepsLines else { continue }
        let usual = file.layout.lineEnd
        if isData {
          try unsafe recorder.line(
            raw: file.rawRecord(row), predicted: line.bytes, end: file.lineEnd(of: row),
            usual: usual, sink: &sink)
        } else {
          try recorder.unrecorded(
            raw: file.rawRecord(row), end: file.lineEnd(of: row), usual: usual, sink: &sink)
        }
      }
    }
    guard keepsLines else { return }
    try putLayout(&sink)
    try recorder.finish(layout: file.layout, sink: &sink)
  }

  private func putLayout(_ sink: inout RecordSink) throws(AdapterError) {
    var row = AttributeRow()
    row.origin = cbl_origin(line: 1, member: UInt32(member), flags: 0)
    row.owner_kind = Text("sourceMember")
    row.owner = sink.copy(name)
    row.vocabulary = Text("moodle")
    row.key = Text("competencies")
    row.value = sink.copy(layout.text)
    try sink.put(row)
  }

  /// Puts the records of one row and renders its line.
  ///
  /// - Returns: Whether the row has a record.
  private mutating func put(
    _ row: Int, of file: borrowing CSVMember, place: Int, _ line: inout GridLine,
    _ sink: inout RecordSink, _ shared: inout SharedCompetencies
  ) throws(AdapterError) -> Bool {
    let width = file.fieldCount(row)
    let isShort = width >= leastColumns && width < layout.headers.count
    guard
      try file.check(
        row, columns: layout.headers.count, kind: CBL_KIND_TARGET, sink: sink,
        acceptsShort: isShort && !isStrict)
    else { return false }
    let values = Self.values(row, of: file)
    guard try isSound(values, row, of: file, sink) else { return false }
    let predicted: CompetencyValues
    if values[.isFramework] == "1" {
      layout.frameworkRow = place
      predicted = try putFramework(values, file.origin(of: row), &sink, &shared.scales)
    } else {
      try checkTree(values, row, of: file, sink)
      predicted = try putTarget(values, file.origin(of: row), &sink, &shared.scales)
    }
    predicted.render(columns: layout.headers.count, into: &line)
    return true
  }

  /// Whether a row can have a record; reports why not.
  private mutating func isSound(
    _ values: CompetencyValues, _ row: Int, of file: borrowing CSVMember,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) -> Bool {
    let id = values[.idNumber]
    let isFramework = values[.isFramework] == "1"
    var fault: (code: String, message: String)?
    if id.isEmpty {
      fault = ("moodle.competency_id", "the row has no ID number; give it one")
    } else if isFramework, id != layout.framework || !seen.insert([0]).inserted {
      fault = (
        "moodle.framework_twice", "the file has a framework already; put this one in its own file"
      )
    } else if !isFramework, !seen.insert([1] + Array(id.utf8)).inserted {
      fault = (
        "moodle.competency_twice", "the ID number stands above already; give each row its own"
      )
    } else if isStrict, let tree = treeFault(values) {
      fault = tree
    } else if isStrict, id.unicodeScalars.count > 100 || values[.shortName].isEmpty {
      fault = (
        "moodle.competency_name",
        "an ID number has up to 100 characters, and a short name must not be blank"
      )
    }
    guard let fault else { return true }
    try sink.host.report(
      RecordProblem(
        .rejected, fault.code, fault.message, member: name, line: file.line(of: row),
        raw: file.rawRecord(row).string, kind: isFramework ? CBL_KIND_FRAMEWORK : CBL_KIND_TARGET))
    return false
  }

  private func checkTree(
    _ values: CompetencyValues, _ row: Int, of file: borrowing CSVMember,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    if let fault = treeFault(values) {
      try sink.host.report(
        RecordProblem(
          .warning, fault.code, fault.message, member: name, line: file.line(of: row), column: 1,
          value: values[.parent]))
    }
    let unknown = CompetencyList.split(values[.related]).count { targetIDs[Array($0.utf8)] == nil }
    guard unknown > 0 else { return }
    try sink.host.report(
      RecordProblem(
        .warning, "moodle.related_unknown",
        "\(unknown) cross references name no competency of the file; import passes over them",
        member: name, line: file.line(of: row), column: 11, value: values[.related]))
  }

  /// What is wrong with the place of a row in the tree.
  private func treeFault(_ values: CompetencyValues) -> (code: String, message: String)? {
    guard values[.isFramework] != "1" else { return nil }
    var parent = values[.parent]
    var steps = 0
    while !parent.isEmpty {
      guard let next = parents[Array(parent.utf8)] else {
        return (
          "moodle.parent_unknown",
          "the parent, or one above it, is no competency of the file, so import leaves the row out"
        )
      }
      parent = next
      steps += 1
      guard steps <= 256 else {
        return (
          "moodle.parent_cycle",
          "the parents lead in a circle, so import leaves the row out; correct the parent"
        )
      }
    }
    return nil
  }
}
