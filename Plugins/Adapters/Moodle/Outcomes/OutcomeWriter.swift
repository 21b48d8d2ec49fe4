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
  private var groups = 0
  private var deleted = 0
  private var scaleless = 0
  private var labels = 0
  private var long = 0
  private var isScaleUsed: [Bool] = []

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
    isScaleUsed = Array(repeating: false, count: tables.scales.count)
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
      layout: layout, quotesBlanks: outcomes.quotesBlanks,
      guardsFormulas: guardsFormulas || outcomes.isGuarded)
    line.start(isHeader: true)
    for header in outcomes.headers { line.cell(header) }
    try unsafe writer.line(line.bytes)
    for number in targets {
      guard let values = values(of: tables.targets[number], outcomes) else { continue }
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
    guard !target.isDeleted, target.type != "group" else {
      if target.isDeleted { deleted += 1 } else { groups += 1 }
      return nil
    }
    let levels = tables.levels(of: target.scale)
    guard !levels.isEmpty else {
      scaleless += 1
      return nil
    }
    let scale = tables.scales[Int(target.scale)]
    if !isScaleUsed[Int(target.scale)] {
      isScaleUsed[Int(target.scale)] = true
      labels += levels.count { !ScaleText.isKept($0.label) }
    }
    var values = OutcomeValues()
    values.cells[.name] = TargetTables.name(of: target)
    values.cells[.shortname] =
      target.code.isEmpty ? String(decoding: target.id, as: UTF8.self) : target.code
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

  private func report() throws(AdapterError) {
    let unused = isScaleUsed.count { !$0 }
    let levels = isScaleUsed.indices.filter { !isScaleUsed[$0] }
      .reduce(0) { $0 + tables.levels(of: UInt32($1)).count }
    let whole: [(cbl_kind, Int, String)] = [
      (CBL_KIND_ATTRIBUTE, tables.lostAttributes, "only attributes of Moodle are written"),
      (CBL_KIND_SCALE, unused, "only scales that an outcome uses are written"),
      (CBL_KIND_SCALE_LEVEL, levels, "only scales that an outcome uses are written"),
      (CBL_KIND_TARGET, groups, "a group of targets is no outcome"),
      (CBL_KIND_TARGET, deleted, "deleted targets are not written"),
      (CBL_KIND_TARGET, scaleless, "an outcome needs a scale with levels"),
    ]
    for (kind, count, reason) in whole where count > 0 {
      try host.lose(kind, field: nil, count: count, reason: reason)
    }
    if labels > 0 {
      try host.lose(
        CBL_KIND_SCALE_LEVEL, field: 4, reduced: true, count: labels,
        reason: "levels stand with commas between them, so a comma becomes a semicolon")
    }
    if long > 0 {
      try host.report(
        RecordProblem(
          .warning, "moodle.line_long",
          "\(long) lines are longer than 8,192 bytes, which import cuts; shorten the texts"))
    }
  }
}
