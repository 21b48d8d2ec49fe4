internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads outcomes files: one framework for each file.
enum OutcomeReader {
  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var frameworks: Set<String> = []
    var targets: Set<[UInt8]> = []
    var scales = ScaleSink()
    try putDataset(&sink)
    for member in 0..<input.memberCount {
      var reader = OutcomeMemberReader(member: member, request: request)
      reader.layout.framework = GradeHeadings.free(
        baseName(try input.name(of: member)), in: &frameworks)
      try reader.read(input, request, &sink, &scales, &targets)
    }
  }

  private static func putDataset(_ sink: inout RecordSink) throws(AdapterError) {
    var row = DatasetRow()
    row.id = Text("moodle:outcomes")
    row.format = Text("moodle-outcomes")
    row.system_name = Text("Moodle")
    row.intent = Text("append")
    try sink.put(row)
  }
}

/// Reads one outcomes file into records.
struct OutcomeMemberReader {
  /// The most bytes of a line that import takes.
  static let lineLimit = 8_192

  let member: Int
  let isStrict: Bool
  let keepsLines: Bool
  var layout = OutcomeLayout()
  private var roles: [OutcomeLayout.Role?] = []
  private var position = 0

  init(member: Int, request: AdapterRequest) {
    self.member = member
    isStrict = request.isStrict
    keepsLines = request.wantsSourceLayer
  }

  mutating func read(
    _ input: AdapterInput, _ request: AdapterRequest, _ sink: inout RecordSink,
    _ scales: inout ScaleSink, _ targets: inout Set<[UInt8]>
  ) throws(AdapterError) {
    try survey(input, request, &sink)
    var file = try CSVMember(
      input, member: member, request: request, delimiter: UInt8(ascii: ";"))
    var recorder = SourceRecorder(member: file.name, format: "moodle-outcomes", position: member)
    var hasHeader = false
    while try file.next(&sink) {
      var line = GridLine(
        layout: file.layout, style: .moodle(quotesBlanks: layout.quotesBlanks),
        guardsFormulas: true)
      for row in 0..<file.count {
        var isData = false
        if hasHeader {
          isData = try put(row, of: file, &line, &sink, &scales, &targets)
        } else if !file.isBlank(row) {
          hasHeader = true
          isData = true
          line.start(isHeader: true)
          for header in layout.headers { line.guardedCell(header) }
          try putFrame(file.name, &sink)
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
    if keepsLines { try recorder.finish(layout: file.layout, sink: &sink) }
  }

  /// Learns headings and quoting from a first reading.
  private mutating func survey(
    _ input: AdapterInput, _ request: AdapterRequest, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var file = try CSVMember(
      input, member: member, request: request, delimiter: UInt8(ascii: ";"))
    var quoting = QuotingSurvey()
    var headers: [String] = []
    while try file.next(&sink) {
      for row in 0..<file.count where !file.isBlank(row) {
        if headers.isEmpty {
          headers = file.strings(of: row)
        } else {
          quoting.see(row, of: file)
        }
      }
    }
    layout.headers = headers
    layout.quotesBlanks = quoting.quotesBlanks
    layout.isGuarded = quoting.isGuarded
    roles = layout.roles
    let missing = OutcomeLayout.required.filter { !roles.contains($0) }
    guard missing.isEmpty else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "moodle.outcomes_header",
          "the headings lack \(missing.map(\.rawValue).joined(separator: ", ")); outcomes files "
            + "have these columns, with semicolons between them", member: file.name, line: 1))
    }
  }

  private func putFrame(_ name: String, _ sink: inout RecordSink) throws(AdapterError) {
    let origin = cbl_origin(line: 1, member: UInt32(member), flags: 0)
    let id = sink.copy(layout.framework)
    if keepsLines {
      var row = AttributeRow()
      row.origin = origin
      row.owner_kind = Text("sourceMember")
      row.owner = sink.copy(name)
      row.vocabulary = Text("moodle")
      row.key = Text("outcomes")
      row.value = sink.copy(layout.text)
      try sink.put(row)
    }
    var row = FrameworkRow()
    row.origin = origin
    row.id = id
    row.title = id
    try sink.put(row)
  }

  /// Puts the records of one outcome and renders its line.
  ///
  /// - Returns: Whether the row has a record.
  private mutating func put(
    _ row: Int, of file: borrowing CSVMember, _ line: inout GridLine, _ sink: inout RecordSink,
    _ scales: inout ScaleSink, _ targets: inout Set<[UInt8]>
  ) throws(AdapterError) -> Bool {
    guard
      try file.check(row, columns: layout.headers.count, kind: CBL_KIND_TARGET, sink: sink)
    else { return false }
    var values = OutcomeValues()
    for (column, role) in roles.enumerated() {
      let cell = FormulaGuard.withoutApostrophe(file.cell(column, of: row)).string
      if let role {
        values.cells[role] = cell
      } else {
        values.others[layout.headers[column]] = cell
      }
    }
    let blank = OutcomeLayout.required.filter { (values.cells[$0] ?? "").isEmpty }
    guard blank.isEmpty else {
      return try reject(
        row, of: file, "moodle.outcome_incomplete",
        "the outcome has no \(blank.map(\.rawValue).joined(separator: ", ")); import needs it",
        sink)
    }
    let shortname = values.cells[.shortname] ?? ""
    guard targets.insert(Array(shortname.utf8)).inserted else {
      return try reject(
        row, of: file, "moodle.outcome_twice",
        "the short name stands above already, and import passes over the second outcome; give it "
          + "a short name of its own", sink)
    }
    if file.rawRecord(row).count > Self.lineLimit {
      let message = "the line is longer than 8,192 bytes, which import cuts; shorten the texts"
      guard !isStrict else { return try reject(row, of: file, "moodle.line_long", message, sink) }
      try sink.host.report(
        RecordProblem(
          .warning, "moodle.line_long", message, member: file.name, line: file.line(of: row)))
    }
    try putRecords(&values, shortname, file.origin(of: row), &sink, &scales)
    values.render(layout, into: &line)
    return true
  }

  private mutating func putRecords(
    _ values: inout OutcomeValues, _ shortname: String, _ origin: cbl_origin,
    _ sink: inout RecordSink, _ scales: inout ScaleSink
  ) throws(AdapterError) {
    let read = OutcomeScale(values)
    let scaleID = try scales.put(read.scale, hasFlags: false, origin: origin, &sink)
    values.cells[.scaleItems] = ScaleText.join(read.scale.levels.map(\.label))
    var target = TargetRow()
    target.origin = origin
    target.id = sink.copy(shortname)
    for (key, value) in values.others.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
      var attribute = AttributeRow()
      attribute.origin = origin
      attribute.owner_kind = Text("target")
      attribute.owner = target.id
      attribute.vocabulary = Text("moodle")
      attribute.key = sink.copy(key)
      attribute.value = sink.copy(value)
      try sink.put(attribute)
    }
    target.framework = sink.copy(layout.framework)
    target.code = target.id
    target.title = sink.copy(values.cells[.name] ?? "")
    if let description = values.cells[.description] { target.statement = sink.copy(description) }
    target.type = Text("outcome")
    target.scale = sink.copy(scaleID)
    target.position = sink.copy(String(position))
    position += 1
    try sink.put(target)
  }

  private func reject(
    _ row: Int, of file: borrowing CSVMember, _ code: String, _ message: String,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) -> Bool {
    try sink.host.report(
      RecordProblem(
        .rejected, code, message, member: file.name, line: file.line(of: row),
        raw: file.rawRecord(row).string, kind: CBL_KIND_TARGET))
    return false
  }
}
