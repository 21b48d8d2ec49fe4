internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes a package of one version.
///
/// Files that grow with the results are written as their rows come. The others are held back until
/// the end, because what the target needs and the source lacks may still add rows to them.
struct PackageWriter: GradebookWriter, ~Copyable {
  let output: AdapterOutput
  let host: HostLink
  let version: Version
  /// Whether passwords are written although the file is a new one.
  let writesPasswords: Bool
  /// Whether identifiers are made to follow the format's rule.
  let encodesIdentifiers: Bool
  let modeOption: String?
  var source = SourceLayer()
  /// Whether the source layer belongs to this version.
  var hasSource = false
  var isStarted = false
  /// Whether a package of changes is written.
  var isDelta = false
  var attributes = AttributeStore()
  var files: [String: FileWriter] = [:]
  private var lastFile: FileWriter?
  /// The file whose member is open.
  var openFile: FileWriter?
  let keeper = TextKeeper()
  var dataset = PackageFacts()
  var roster = RosterFacts()
  var scales: [(row: ScaleRow, levels: ScaleLevels)] = []
  var people: [PersonRow] = []
  /// The school that was made up, until it is written.
  var pendingOrganization: OrganizationRow?
  var invented = Inventions()
  var losses = LossCounts()

  init(_ output: AdapterOutput, _ request: AdapterRequest, _ host: HostLink) {
    self.output = output
    self.host = host
    version = Version(rawValue: request.format) ?? .v12
    modeOption = request.option("mode")
    encodesIdentifiers = request.option("identifiers") == "encode"
    writesPasswords = request.option("passwords") == "true"
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    if source.take(batch) { return }
    switch batch.kind {
    case CBL_KIND_ATTRIBUTE: attributes.take(batch)
    case CBL_KIND_DATASET: takeDataset(batch)
    default:
      try start()
      try putRecords(batch)
    }
  }

  /// Settles what the whole package is, once the data set is known.
  mutating func start() throws(AdapterError) {
    guard !isStarted else { return }
    isStarted = true
    let members = source.members
    hasSource = members.contains { $0.format == version.identifier }
    switch modeOption {
    case "bulk": isDelta = false
    case "delta": isDelta = true
    default: isDelta = dataset.intent == "delta"
    }
    var byName: [String: SourceMember] = [:]
    for member in members where member.format == version.identifier {
      let last = member.name.split(separator: "/").last.map(String.init) ?? member.name
      byName[last.lowercased()] = member
    }
    let style = LineRenderer.Style(
      blanksLifecycle: !isDelta, extendsWords: version == .v12,
      encodesIdentifiers: encodesIdentifiers, countsIdentifiers: true)
    for table in version.files {
      files[table.name] = FileWriter(
        table, source: byName[table.fileName.lowercased()], version: version, style: style)
    }
    dataset.manifest = byName["manifest.csv"]
  }

  private mutating func takeDataset(_ batch: RecordBatch) {
    for row in batch.rows(as: DatasetRow.self) {
      for (field, text, own) in [
        ("id", row.id, "oneroster"), ("format", row.format, version.identifier),
        ("version", row.version, version.number),
      ] where !text.isEmpty && text.string != own {
        losses.add(
          CBL_KIND_DATASET, Column.field(field, of: CBL_KIND_DATASET), row.id, reduced: true,
          reason: "a package names its own format")
      }
      if !row.intent.isEmpty { dataset.intent = row.intent.string }
      if !row.system_name.isEmpty { dataset.systemName = row.system_name.string }
      if !row.system_code.isEmpty { dataset.systemCode = row.system_code.string }
      if !row.created.isEmpty { dataset.created = row.created.string }
      for entry in attributes.remove(CBL_KIND_DATASET, row.id) {
        dataset.modes[String(decoding: entry.key, as: UTF8.self)] =
          String(decoding: entry.value, as: UTF8.self)
      }
    }
  }

  /// Writes a row to a file, with its attributes.
  mutating func write<Row: RecordRow>(
    _ row: Row, to name: String, id: Text, status: Text, levels: [UInt8] = []
  ) throws(AdapterError) {
    guard let file = file(name) else { return }
    if status.equals("tobedeleted"), !isDelta, file.source == nil {
      losses.add(
        Row.kind, nil, id, reason: "a bulk package has no deleted records; write mode=delta")
      return
    }
    if file.lines == 0, let keys = attributes.keys[Row.kind.rawValue] { file.addColumns(keys) }
    try file.put(row, attributes: attributes.remove(Row.kind, id), levels: levels)
  }

  /// A file by its name; quick when it is the one that was asked for last.
  private mutating func file(_ name: String) -> FileWriter? {
    if let last = lastFile, last.table.name == name { return last }
    lastFile = files[name]
    return lastFile
  }

  /// Writes a row to a file whose member is open from its first row on.
  mutating func stream<Row: RecordRow>(
    _ row: Row, to name: String, id: Text, status: Text
  ) throws(AdapterError) {
    try write(row, to: name, id: id, status: status)
    guard let file = file(name), file !== openFile, file.lines > 0 else { return }
    try openFile?.end()
    openFile = file
    try file.begin(output)
  }

  mutating func finish() throws(AdapterError) {
    try start()
    try finishPeople()
    try finishScales()
    if !hasSource { try inventRecords() }
    try openFile?.end()
    let streamed = Self.streamed
    for table in version.files {
      guard let file = files[table.name] else { continue }
      let isDone = streamed.contains(table.name) && file.lines > 0
      // All files of 1.0 are required, with rows or without.
      let isRequired = version == .v10 && !hasSource
      if !isDone, file.lines > 0 || file.source != nil || isRequired {
        try file.begin(output)
        try file.end()
      }
      try file.reportLosses(host)
    }
    if version != .v10, dataset.manifest != nil || !hasSource { try writeManifest() }
    try reportAttributes()
    try losses.report(host)
    try invented.report(host)
  }

  /// Files that are written as their rows come.
  static let streamed: Set<String> = [
    "enrollments", "lineItems", "results", "resultLearningObjectiveIds",
    "lineItemLearningObjectiveIds", "demographics",
  ]

  private func reportAttributes() throws(AdapterError) {
    let lost = files.values.reduce(0) { $0 + $1.lostAttributes }
    if lost > 0 {
      try host.lose(
        CBL_KIND_ATTRIBUTE, field: nil, count: lost,
        reason: "the file that the attribute belongs to has no column for it")
    }
    if attributes.left > 0 {
      try host.lose(
        CBL_KIND_ATTRIBUTE, field: nil, count: attributes.left,
        reason: "the record that the attribute belongs to is not in the package")
    }
    let flattened = files.values.reduce(0) { $0 + $1.flattenedAttributes }
    if flattened > 0 {
      try host.lose(
        CBL_KIND_ATTRIBUTE, field: Column.field("value", of: CBL_KIND_ATTRIBUTE), reduced: true,
        count: flattened, reason: Reduction.lineBreak.reason)
    }
    let renamed = files.values.reduce(0) { $0 + $1.renamedAttributes }
    if renamed > 0 {
      try host.lose(
        CBL_KIND_ATTRIBUTE, field: Column.field("key", of: CBL_KIND_ATTRIBUTE), reduced: true,
        count: renamed, reason: "extension columns begin with metadata.")
    }
    if attributes.foreign > 0 {
      try host.lose(
        CBL_KIND_ATTRIBUTE, field: nil, count: attributes.foreign,
        reason: "attributes of other formats have no place in the package",
        example: attributes.foreignExample)
    }
  }
}

/// What a package says of itself.
struct PackageFacts {
  var intent = "snapshot"
  var systemName = ""
  var systemCode = ""
  var created = ""
  /// Modes of single files, by the manifest's property.
  var modes: [String: String] = [:]
  /// The manifest of the source.
  var manifest: SourceMember?
}

/// Values that were made up, to be told once each.
struct Inventions {
  private var counts: [(file: String, column: String, value: String, count: Int)] = []

  mutating func add(_ file: String, _ column: String, _ value: String) {
    if let place = counts.firstIndex(where: { $0.file == file && $0.column == column }) {
      counts[place].count += 1
    } else {
      counts.append((file, column, value, 1))
    }
  }

  func report(_ host: HostLink) throws(AdapterError) {
    for count in counts {
      try host.report(
        RecordProblem(
          .note, "oneroster.invented_value",
          "\(count.file).csv needs \(count.column), which the source lacks; made up in "
            + "\(count.count) rows, such as \(count.value)",
          member: count.file + ".csv"))
    }
  }
}

/// Losses, to be told once each.
struct LossCounts {
  private var counts: [Loss] = []

  private struct Loss {
    var kind: cbl_kind
    var field: Int?
    var reduced: Bool
    var reason: String
    var example: String
    var count: Int
  }

  mutating func add(
    _ kind: cbl_kind, _ field: Int?, _ id: Text, reduced: Bool = false, reason: String
  ) {
    let place = counts.firstIndex { loss in
      loss.kind == kind && loss.field == field && loss.reason == reason
    }
    if let place {
      counts[place].count += 1
    } else {
      counts.append(
        Loss(
          kind: kind, field: field, reduced: reduced, reason: reason, example: id.string,
          count: 1))
    }
  }

  func report(_ host: HostLink) throws(AdapterError) {
    for loss in counts {
      try host.lose(
        loss.kind, field: loss.field, reduced: loss.reduced, count: loss.count,
        reason: loss.reason, example: loss.example)
    }
  }
}
