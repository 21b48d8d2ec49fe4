internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads a package: the manifest first, then the files in the order of their kinds.
struct PackageReader {
  private let input: AdapterInput
  private let request: AdapterRequest
  private let package: Package
  private var manifest = Manifest()
  private var version: Version

  init(_ input: AdapterInput, _ request: AdapterRequest) throws(AdapterError) {
    self.input = input
    self.request = request
    package = try Package(input)
    version = Version(rawValue: request.format) ?? .v12
  }

  /// Reads the whole package.
  mutating func read(into sink: inout RecordSink) throws(AdapterError) {
    try checkMembers(sink.host)
    if let file = package.manifest {
      try readManifest(file, &sink)
    } else {
      try guessVersion(sink.host)
    }
    try putDataset(&sink)
    let dates = try DateOrder.decide(request, package, input)
    let context = ReadContext(version: version, request: request, dates: dates)
    for table in files() {
      guard let file = package.file(table.name) else { continue }
      guard request.wantsSourceLayer || wants(table, sink) else { continue }
      try read(table, file, context, &sink)
    }
  }

  /// The tables of the version, and those of other versions for files that it lacks.
  private func files() -> [FileTable] {
    var tables = version.files
    for table in Version.files12 where !tables.contains(where: { $0.name == table.name }) {
      let place = tables.firstIndex { $0.kind.rawValue > table.kind.rawValue } ?? tables.count
      tables.insert(table, at: place)
    }
    return tables
  }

  private func wants(_ table: FileTable, _ sink: borrowing RecordSink) -> Bool {
    sink.wants(table.kind) || (table.kind == CBL_KIND_SCALE && sink.wants(CBL_KIND_SCALE_LEVEL))
  }

  private func checkMembers(_ host: HostLink) throws(AdapterError) {
    if let file = package.repeated {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "package.file_repeated", "\(file.name).csv is there twice; keep one",
          member: file.memberName))
    }
    for name in package.others {
      try host.report(
        RecordProblem(
          .note, "package.file_unknown", "the file is not one of the format's and was passed over",
          member: name))
    }
    let all = package.files + (package.manifest.map { [$0] } ?? [])
    if let file = all.first(where: { $0.memberName.contains("/") }) {
      try host.report(
        RecordProblem(
          .warning, "package.not_at_root", "the files should be at the root of the package",
          member: file.memberName))
    }
  }

  /// Finds the version of a package without a manifest.
  private mutating func guessVersion(_ host: HostLink) throws(AdapterError) {
    let hasSeven = Package.filesOf10.allSatisfy { package.file($0) != nil }
    let guess = try package.guessedVersion(input)
    if hasSeven, guess == .v10 || guess == nil {
      version = .v10
      return
    }
    let message = "there is no manifest.csv; add one that names the version and the files"
    guard let guess, !request.isStrict else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "package.missing_manifest", message, member: "manifest.csv"))
    }
    version = guess
    try host.report(
      RecordProblem(
        .warning, "package.missing_manifest",
        "\(message); the headings are those of \(guess.number)", member: "manifest.csv"))
  }

  private mutating func readManifest(
    _ file: Package.File, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var check = ManifestCheck(member: file.memberName, isStrict: request.isStrict)
    manifest.member = file.memberName
    var member = try CSVMember(
      input, member: file.member, request: request, delimiter: request.fixedDelimiter)
    var recorder = SourceRecorder(
      member: file.memberName, format: version.identifier, position: file.member)
    var hasHeader = false
    while try member.next(&sink) {
      for record in 0..<member.count {
        recorder.header(member.rawRecord(record), end: member.lineEnd(of: record))
        if member.isBlank(record) { continue }
        let cells = member.strings(of: record)
        if hasHeader {
          manifest.add(cells, line: member.line(of: record))
        } else {
          hasHeader = true
          check.check(header: cells, line: member.line(of: record))
        }
      }
    }
    if !hasHeader { check.check(header: [], line: 1) }
    if !check.isFatal {
      check.check(&manifest)
      takeVersion(&check)
      check.check(manifest, against: package)
    }
    for problem in check.problems { try sink.host.report(problem) }
    if check.isFatal { throw AdapterError(.badData) }
    if request.wantsSourceLayer { try recorder.finish(layout: member.layout, sink: &sink) }
  }

  private mutating func takeVersion(_ check: inout ManifestCheck) {
    if let stated = manifest.version {
      if stated != version { check.note(otherVersion: stated, than: version) }
      version = stated
    }
  }

  private func putDataset(_ sink: inout RecordSink) throws(AdapterError) {
    var row = DatasetRow()
    row.id = Text("oneroster")
    row.format = sink.copy(version.identifier)
    row.version = sink.copy(version.number)
    row.intent = Text(manifest.modes.values.contains(.delta) ? "delta" : "snapshot")
    if let name = manifest.value("source.systemName"), name != "absent" {
      row.system_name = sink.copy(name)
    }
    if let code = manifest.value("source.systemCode"), code != "absent" {
      row.system_code = sink.copy(code)
    }
    if manifest.isMixed {
      for name in Version.allNames {
        guard let mode = manifest.modes[name], mode != .absent else { continue }
        var attribute = AttributeRow()
        attribute.owner_kind = Text("dataset")
        attribute.owner = row.id
        attribute.vocabulary = Text("oneroster")
        attribute.key = sink.copy("file." + name)
        attribute.value = sink.copy(mode.rawValue)
        try sink.put(attribute)
      }
    }
    try sink.put(row)
  }

  private func read(
    _ table: FileTable, _ file: Package.File, _ context: ReadContext, _ sink: inout RecordSink
  ) throws(AdapterError) {
    switch table.kind {
    case CBL_KIND_ORGANIZATION: try read(OrganizationRow.self, table, file, context, &sink)
    case CBL_KIND_ACADEMIC_SESSION: try read(AcademicSessionRow.self, table, file, context, &sink)
    case CBL_KIND_COURSE: try read(CourseRow.self, table, file, context, &sink)
    case CBL_KIND_CLASS: try read(ClassRow.self, table, file, context, &sink)
    case CBL_KIND_PERSON: try read(PersonRow.self, table, file, context, &sink)
    case CBL_KIND_DEMOGRAPHICS: try read(DemographicsRow.self, table, file, context, &sink)
    case CBL_KIND_PROFILE: try read(ProfileRow.self, table, file, context, &sink)
    case CBL_KIND_ROLE: try read(RoleRow.self, table, file, context, &sink)
    case CBL_KIND_ENROLLMENT: try read(EnrollmentRow.self, table, file, context, &sink)
    case CBL_KIND_RESOURCE: try read(ResourceRow.self, table, file, context, &sink)
    case CBL_KIND_RESOURCE_USE: try read(ResourceUseRow.self, table, file, context, &sink)
    case CBL_KIND_CATEGORY: try read(CategoryRow.self, table, file, context, &sink)
    case CBL_KIND_SCALE: try read(ScaleRow.self, table, file, context, &sink)
    case CBL_KIND_LINE_ITEM: try read(LineItemRow.self, table, file, context, &sink)
    case CBL_KIND_SCALE_USE: try read(ScaleUseRow.self, table, file, context, &sink)
    case CBL_KIND_ALIGNMENT: try read(AlignmentRow.self, table, file, context, &sink)
    case CBL_KIND_RESULT: try read(ResultRow.self, table, file, context, &sink)
    default: try read(TargetResultRow.self, table, file, context, &sink)
    }
  }

  private func read<Row: RecordRow>(
    _ type: Row.Type, _ table: FileTable, _ file: Package.File, _ context: ReadContext,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    var reader = TableReader<Row>(table, file, mode: manifest.modes[table.name], context)
    try reader.read(input, into: &sink)
    if table.kind == CBL_KIND_SCALE, sink.wants(CBL_KIND_SCALE_LEVEL) {
      let levels = ScaleLevelReader(file: file, leftOut: reader.leftOut, plan: reader.plan)
      try levels.read(input, request, into: &sink)
    }
  }
}

/// Reads the levels of scales in a second reading of their file, so that all scales come first.
struct ScaleLevelReader {
  let file: Package.File
  /// Rows without a record.
  let leftOut: Set<Int>
  let plan: ColumnPlan

  func read(
    _ input: AdapterInput, _ request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    guard let idColumn = plan.columns.firstIndex(where: { $0?.type == .id }),
      let column = plan.columns.firstIndex(where: { $0?.type == .levels })
    else { return }
    var member = try CSVMember(
      input, member: file.member, request: request, delimiter: request.fixedDelimiter)
    // The first record that is not blank has the headings.
    var ordinal = -1
    while try member.next(&sink) {
      for record in 0..<member.count {
        if ordinal < 0, member.isBlank(record) { continue }
        defer { ordinal += 1 }
        guard ordinal >= 0, !leftOut.contains(ordinal),
          let levels = ScaleLevels(member.text(column, of: record))
        else { continue }
        let scale = member.text(idColumn, of: record)
        try put(levels, of: scale, member.origin(of: record), &sink)
      }
    }
  }

  private func put(
    _ levels: ScaleLevels, of scale: Text, _ origin: cbl_origin, _ sink: inout RecordSink
  ) throws(AdapterError) {
    var seen: [[UInt8]: Int] = [:]
    for level in levels.levels {
      seen[level.label, default: 0] += 1
      let count = seen[level.label] ?? 1
      var id = scale.array + [UInt8(ascii: ":")] + level.label
      if count > 1 { id += Array("#\(count)".utf8) }
      var row = ScaleLevelRow()
      row.origin = origin
      row.id = sink.copy(id)
      row.scale = scale
      row.label = sink.copy(level.label)
      row.position = sink.copy(String(level.position))
      row.value = copy(level.value, &sink)
      row.low = copy(level.low, &sink)
      row.high = copy(level.high, &sink)
      row.description = copy(level.description, &sink)
      try sink.put(row)
    }
  }

  private func copy(_ bytes: [UInt8]?, _ sink: inout RecordSink) -> Text {
    guard let bytes else { return .absent }
    return sink.copy(bytes)
  }
}

extension Manifest {
  /// Takes a row.
  fileprivate mutating func add(_ cells: [String], line: UInt64) {
    entries.append(
      Entry(property: cells[0], value: cells.count > 1 ? cells[1] : "", line: line))
  }
}
