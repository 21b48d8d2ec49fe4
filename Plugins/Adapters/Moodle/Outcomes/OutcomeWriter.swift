internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes one outcomes file for each framework, or the files that were read.
struct OutcomeWriter: GradebookWriter, ~Copyable {
  private let output: AdapterOutput
  private let host: HostLink
  private let guardsFormulas: Bool
  private var source = SourceLayer()
  private var tables = TargetTables()
  private var names = MemberNames()
  private var long = 0
  private var losses = LossTally()
  private var scales = ScaleComparison(count: 0, keepsFlags: false)
  /// Short names that are given, as import and reading take each once.
  private var shortNames: Set<[UInt8]> = []

  init(output: AdapterOutput, request: AdapterRequest, host: HostLink) {
    self.output = output
    self.host = host
    guardsFormulas = request.guardsFormulas
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    if source.take(batch) { return }
    tables.take(batch, layoutKey: "outcomes")
  }

  mutating func finish() throws(AdapterError) {
    scales = ScaleComparison(count: tables.scales.count, keepsFlags: false)
    shortNames = Set(tables.targets.map(\.id))
    var members: [[UInt8]: SourceMember] = [:]
    for member in source.members where member.format == "moodle-outcomes" {
      guard let layout = tables.layouts[member.name].flatMap(OutcomeLayout.init(text:)) else {
        continue
      }
      members[Array(layout.framework.utf8)] = member
      names.take(member.name)
    }
    var byFramework: [[Int]] = Array(repeating: [], count: tables.frameworks.count + 1)
    for (number, target) in tables.targets.enumerated() where !target.id.isEmpty {
      byFramework[min(Int(target.framework), tables.frameworks.count)].append(number)
    }
    var hasMembers = false
    for (number, targets) in byFramework.enumerated() {
      let id = number < tables.frameworks.count ? tables.frameworks[number].id : []
      let member = members[id]
      guard !targets.isEmpty || member != nil else { continue }
      hasMembers = true
      try write(targets, id, member)
    }
    if !hasMembers { try write([], [], nil) }
    try report()
  }

  private mutating func write(
    _ targets: [Int], _ id: [UInt8], _ member: SourceMember?
  ) throws(AdapterError) {
    let plan = member.flatMap { tables.layouts[$0.name].flatMap(OutcomeLayout.init(text:)) }
    var outcomes = plan ?? OutcomeLayout()
    if plan == nil { outcomes.headers += tables.targetKeys }
    var layout = CSVLayout.standard
    layout.dialect.delimiter = UInt8(ascii: ";")
    layout.lineEnd = .lf
    layout.otherQuoting = .always
    if let member { layout = member.layout }
    let name =
      member?.name
      ?? names.make(String(decoding: id, as: UTF8.self), extension: ".csv", otherwise: "outcomes")
      .name
    var writer = try LineWriter(output: output, member: name, layout: layout, source: member)
    var line = GridLine(
      layout: layout, style: .moodle(quotesBlanks: outcomes.quotesBlanks),
      guardsFormulas: guardsFormulas || outcomes.isGuarded)
    line.start(isHeader: true)
    for header in outcomes.headers { line.guardedCell(header) }
    try unsafe writer.line(line.bytes)
    var position = 0
    for number in targets {
      let target = tables.targets[number]
      guard let values = values(of: target, outcomes) else { continue }
      compare(target, with: values, position, framework: baseName(name))
      position += 1
      values.render(outcomes, into: &line)
      if line.count > OutcomeMemberReader.lineLimit { long += 1 }
      try unsafe writer.line(line.bytes)
    }
    try writer.finish()
  }

  /// The cells of a target; `nil` when it cannot be an outcome.
  private mutating func values(
    of target: TargetTables.Target, _ layout: OutcomeLayout
  ) -> OutcomeValues? {
    let levels = ScaleComparison.levels(of: target.scale, in: tables)
    let fault: String? =
      target.isDeleted
      ? "deleted targets are not written"
      : target.type == "group"
        ? "a group of targets is no outcome"
        : levels.isEmpty ? "an outcome needs a scale with levels" : nil
    if let fault {
      losses.lose(CBL_KIND_TARGET, example: target.id, fault)
      return nil
    }
    let scale = tables.scales[Int(target.scale)]
    var values = OutcomeValues()
    values.cells[.name] = TargetTables.name(of: target)
    values.cells[.shortname] = shortName(of: target)
    values.cells[.description] = target.statement
    values.cells[.scaleName] =
      scale.title.isEmpty ? String(decoding: scale.id, as: UTF8.self) : scale.title
    values.cells[.scaleItems] = ScaleText.join(levels.map(\.label))
    values.cells[.scaleDescription] = scale.description ?? ""
    for (header, role) in zip(layout.headers, layout.roles) where role == nil {
      values.others[header] = tables.attribute("target", target.id, header)
    }
    return values
  }

  /// The code, or the identifier when the code is another target's code or identifier too.
  private mutating func shortName(of target: TargetTables.Target) -> String {
    let code = Array(target.code.utf8)
    let isFree = !code.isEmpty && (code == target.id || shortNames.insert(code).inserted)
    return isFree ? target.code : String(decoding: target.id, as: UTF8.self)
  }

  /// Counts what reading will not give back of a target.
  private mutating func compare(
    _ target: TargetTables.Target, with values: OutcomeValues, _ position: Int, framework: String
  ) {
    let kind = CBL_KIND_TARGET
    func cell(_ role: OutcomeLayout.Role) -> String { values.cells[role] ?? "" }
    let id =
      tables.frameworks.indices.contains(Int(target.framework))
      ? tables.frameworks[Int(target.framework)].id : []
    let fields: [(String, String, String, String)] = [
      (
        "id", String(decoding: target.id, as: UTF8.self), cell(.shortname),
        "outcomes are known by their short name, which is the code when there is one"
      ),
      (
        "framework", String(decoding: id, as: UTF8.self), framework,
        "a framework is a file, and this one is not named like it"
      ),
      (
        "code", target.code, cell(.shortname),
        "two targets have this code, or it is another's identifier, so identifiers are written"
      ),
      ("title", target.title, cell(.name), "an outcome has one name"),
      ("displayName", target.displayName, "", "an outcome has one name"),
      ("statement", target.statement, cell(.description), "the file has no descriptions"),
      ("type", target.type, "outcome", "all rows are outcomes"),
      ("position", target.position, String(position), "outcomes stand in their order"),
    ]
    for (field, value, found, reason) in fields {
      losses.compare(kind, field, value, with: found, reason)
    }
    let read = OutcomeScale(values).scale
    let isKept = scales.use(Int(target.scale), of: tables, as: read, hasFlags: false, &losses)
    if !isKept {
      losses.reduce(kind, "scale", "scales have no identifiers in the file; they stand there whole")
    }
  }

  private mutating func report() throws(AdapterError) {
    losses.lose(
      CBL_KIND_ATTRIBUTE, tables.lostAttributes, "only attributes of Moodle are written")
    scales.reportUnused(tables, &losses)
    try losses.report(to: host)
    if long > 0 {
      try host.report(
        RecordProblem(
          .warning, "moodle.line_long",
          "\(long) lines are longer than 8,192 bytes, which import cuts; shorten the texts"))
    }
  }
}
