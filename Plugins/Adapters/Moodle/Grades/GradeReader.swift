internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads grade exports: one class for each file.
enum GradeReader {
  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var shared = SharedGrades()
    shared.isSeveral = input.memberCount > 1
    var files: [GradeFile] = []
    for member in 0..<input.memberCount {
      files.append(try GradeFile(input, member: member, request, &sink, &shared))
    }
    try putDataset(files, shared, &sink)
    for file in files {
      var reader = GradeMemberReader(file: file, request: request)
      try reader.read(input, request, &sink, &shared)
    }
  }

  private static func putDataset(
    _ files: [GradeFile], _ shared: SharedGrades, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var row = DatasetRow()
    row.id = Text("moodle:grades")
    row.format = Text("moodle-grades")
    row.system_name = Text("Moodle")
    row.intent = Text("snapshot")
    if let language = files.first?.sheet.language, !language.isEmpty {
      row.locale = sink.copy(language)
    }
    if let instant = UnixTime.instant(shared.downloaded) { row.created = sink.copy(instant) }
    try sink.put(row)
  }
}

/// Reads one grade export for the second time, into records.
struct GradeMemberReader: ~Copyable {
  let file: GradeFile
  let isStrict: Bool
  let keepsLines: Bool
  var number = ByteBuffer()
  /// The cells of the row at hand, as they stand in the file.
  var cells: [Text] = []
  /// Rows by learner, to find a learner's second one.
  var seen: Set<[UInt8]> = []
  var identities = GradeIdentities()
  var knownByEmail = 0
  var knownByName = 0

  init(file: GradeFile, request: AdapterRequest) {
    self.file = file
    isStrict = request.isStrict
    keepsLines = request.wantsSourceLayer
  }

  /// Texts of the plan as they go into rows; made anew for each chunk.
  struct ChunkTexts {
    var classID = Text.absent
    var keys: [Text] = []
    var titles: [Text] = []
    var positions: [Text] = []
    var items: [Text] = []
  }

  /// A learner's row, while its records are made.
  struct Learner {
    var id: Text
    var origin: cbl_origin
    /// Place among the people.
    var place: Int
    var isSuspended: Bool
  }

  private func texts(_ sink: inout RecordSink) -> ChunkTexts {
    var texts = ChunkTexts()
    texts.classID = sink.copy(file.plan.classID)
    for (index, column) in file.plan.columns.enumerated() {
      texts.keys.append(sink.copy(column.key))
      texts.titles.append(sink.copy(column.title.trimmedBlanks))
      texts.positions.append(sink.copy(String(index)))
    }
    for item in file.sheet.items { texts.items.append(sink.copy(item.key)) }
    return texts
  }

  /// Puts the records of the member.
  mutating func read(
    _ input: AdapterInput, _ request: AdapterRequest, _ sink: inout RecordSink,
    _ shared: inout SharedGrades
  ) throws(AdapterError) {
    var member = try CSVMember(input, member: file.member, request: request)
    var recorder = SourceRecorder(
      member: member.name, format: "moodle-grades", position: file.member)
    var line = GridLine(
      layout: member.layout, style: .moodle(quotesBlanks: file.plan.quotesBlanks),
      guardsFormulas: true)
    var hasHeader = false
    try putFrame(&sink, &shared)
    while try member.next(&sink) {
      if !hasHeader {
        line = GridLine(
          layout: member.layout, style: .moodle(quotesBlanks: file.plan.quotesBlanks),
          guardsFormulas: true)
      }
      let texts = texts(&sink)
      for row in 0..<member.count {
        let isData = try put(row, of: member, hasHeader, texts, &line, &sink, &shared)
        if isData { hasHeader = true }
        guard keepsLines else { continue }
        let usual = member.layout.lineEnd
        if isData {
          try unsafe recorder.line(
            raw: member.rawRecord(row), predicted: line.bytes, end: member.lineEnd(of: row),
            usual: usual, sink: &sink)
        } else {
          try recorder.unrecorded(
            raw: member.rawRecord(row), end: member.lineEnd(of: row), usual: usual, sink: &sink)
        }
      }
    }
    if keepsLines { try recorder.finish(layout: member.layout, sink: &sink) }
    try note(sink)
  }

  /// Puts the records of one row and renders the line that the writer will make of them.
  ///
  /// - Returns: Whether the row has records, or is the headings.
  private mutating func put(
    _ row: Int, of member: borrowing CSVMember, _ hasHeader: Bool, _ texts: ChunkTexts,
    _ line: inout GridLine, _ sink: inout RecordSink, _ shared: inout SharedGrades
  ) throws(AdapterError) -> Bool {
    let columns = file.plan.columns
    guard hasHeader else {
      guard !member.isBlank(row), !member.isOnlyDelimiters(row) else { return false }
      line.start(isHeader: true)
      for column in columns { line.guardedCell(column.header) }
      return true
    }
    guard try member.check(row, columns: columns.count, kind: CBL_KIND_PERSON, sink: sink) else {
      return false
    }
    cells.removeAll(keepingCapacity: true)
    for column in columns.indices { cells.append(member.cell(column, of: row)) }
    defer { cells.removeAll(keepingCapacity: true) }
    guard let learner = try putLearner(row, of: member, texts, &sink, &shared) else {
      return false
    }
    var values: [GradeValues] = []
    for (place, item) in file.sheet.items.enumerated() {
      values.append(try put(item, texts.items[place], row, of: member, learner, texts, &sink))
    }
    var totals: [GradeValues] = []
    for total in file.sheet.totals {
      totals.append(try put(total, row, of: member, learner, texts, &sink))
    }
    if keepsLines { render(learner, values, totals, shared, into: &line) }
    return true
  }

  private func render(
    _ learner: Learner, _ values: [GradeValues], _ totals: [GradeValues],
    _ shared: SharedGrades, into line: inout GridLine
  ) {
    var bytes: [UInt8] = []
    line.start()
    for (index, column) in file.plan.columns.enumerated() {
      bytes.removeAll(keepingCapacity: true)
      switch column.role {
      case .item:
        let place = file.sheet.itemOfColumn[index]
        let isText = values[place].append(column, file.sheet.items[place].displays, to: &bytes)
        withText(bytes) { isText ? line.guardedCell($0) : line.cell($0) }
      case .total:
        let place = file.sheet.totalOfColumn[index]
        let isText = totals[place].appendTotal(
          column, file.sheet.totals[place].item.displays, to: &bytes)
        withText(bytes) { isText ? line.guardedCell($0) : line.cell($0) }
      case .suspended: line.guardedCell(learner.isSuspended ? column.filler : "")
      case .downloaded:
        line.guardedCell(file.plan.downloaded.isEmpty ? shared.downloaded : file.plan.downloaded)
      default: shared.people.append(column, of: learner.place, to: &line)
      }
    }
  }

  /// Tells once how learners were known who have no ID number.
  private func note(_ sink: borrowing RecordSink) throws(AdapterError) {
    if knownByEmail > 0 {
      try sink.host.report(
        RecordProblem(
          .note, "moodle.known_by_email",
          "\(knownByEmail) learners have no ID number; their e-mail address identifies them",
          member: file.name))
    }
    if knownByName > 0 {
      try sink.host.report(
        RecordProblem(
          .note, "moodle.known_by_name",
          "\(knownByName) learners have neither ID number nor e-mail address; their name "
            + "identifies them: export ID numbers to tell equal names apart", member: file.name))
    }
  }
}
