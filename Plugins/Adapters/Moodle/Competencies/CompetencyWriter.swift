internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes one competency file for each framework, or the files that were read.
struct CompetencyWriter: GradebookWriter, ~Copyable {
  private let output: AdapterOutput
  private let host: HostLink
  private let guardsFormulas: Bool
  private var source = SourceLayer()
  private var tables = TargetTables()
  private var names = MemberNames()
  /// ID number of each target, by its identifier.
  private var numbers: [[UInt8]: String] = [:]
  private var parents: [[UInt8]: [UInt8]] = [:]
  private var related: [[UInt8]: [[UInt8]]] = [:]
  private var deleted = 0
  private var frameworkless = 0
  private var links = 0
  private var codes = 0
  private var labels = 0
  private var isScaleUsed: [Bool] = []

  init(output: AdapterOutput, request: AdapterRequest, host: HostLink) {
    self.output = output
    self.host = host
    guardsFormulas = request.guardsFormulas
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    if source.take(batch) { return }
    tables.take(batch, layoutKey: "competencies")
  }

  mutating func finish() throws(AdapterError) {
    isScaleUsed = Array(repeating: false, count: tables.scales.count)
    giveNumbers()
    link()
    var members: [[UInt8]: SourceMember] = [:]
    for member in source.members where member.format == "moodle-competencies" {
      guard let layout = layout(of: member) else { continue }
      members[Array(layout.framework.utf8)] = member
      names.take(member.name)
    }
    let count = tables.frameworks.count
    var byFramework: [[Int]] = Array(repeating: [], count: count + 1)
    for (number, target) in tables.targets.enumerated() where !target.id.isEmpty {
      if target.isDeleted {
        deleted += 1
      } else {
        byFramework[min(Int(target.framework), count)].append(number)
      }
    }
    var hasMembers = false
    for (number, targets) in byFramework.enumerated() {
      let framework =
        number < count && tables.frameworks[number].exists
        ? tables.frameworks[number] : nil
      let member = members[framework?.id ?? []]
      guard framework != nil || !targets.isEmpty || member != nil else { continue }
      if framework == nil { frameworkless += targets.count }
      hasMembers = true
      try write(framework, targets, member)
    }
    if !hasMembers { try write(nil, [], nil) }
    try report()
  }

  private func layout(of member: SourceMember) -> CompetencyLayout? {
    tables.layouts[member.name].flatMap(CompetencyLayout.init(text:))
  }

  /// Gives targets their ID numbers: the code, or the identifier when the code is taken.
  private mutating func giveNumbers() {
    var taken: Set<[UInt8]> = []
    for target in tables.targets where !target.id.isEmpty && !target.isDeleted {
      let prefix = Self.scope(target.framework)
      let isFree = !target.code.isEmpty && taken.insert(prefix + Array(target.code.utf8)).inserted
      if !isFree {
        if !target.code.isEmpty { codes += 1 }
        taken.insert(prefix + target.id)
      }
      numbers[target.id] =
        isFree ? target.code : String(decoding: target.id, as: UTF8.self)
    }
  }

  private static func scope(_ framework: UInt32) -> [UInt8] {
    Array(String(framework).utf8) + [0x1F]
  }

  /// Sorts the associations by the target that they start from.
  private mutating func link() {
    let frameworks = Set(tables.frameworks.map(\.id))
    for association in tables.associations {
      guard numbers[association.from] != nil else {
        links += 1
        continue
      }
      switch association.type {
      case "isChildOf" where parents[association.from] == nil:
        if !frameworks.contains(association.to) { parents[association.from] = association.to }
      case "isRelatedTo": related[association.from, default: []].append(association.to)
      default: links += 1
      }
    }
  }

  private func idNumber(_ id: [UInt8]) -> String {
    numbers[id] ?? String(decoding: id, as: UTF8.self)
  }

  private mutating func write(
    _ framework: TargetTables.Framework?, _ targets: [Int], _ member: SourceMember?
  ) throws(AdapterError) {
    var plan = CompetencyLayout()
    if let member, let known = layout(of: member) { plan = known }
    var layout = CSVLayout.standard
    layout.lineEnd = .lf
    if let member { layout = member.layout }
    let name =
      member?.name
      ?? names.make(
        framework.map { String(decoding: $0.id, as: UTF8.self) } ?? "", extension: ".csv",
        otherwise: "competencies"
      ).name
    var writer = try LineWriter(output: output, member: name, layout: layout, source: member)
    var line = GridLine(
      layout: layout, quotesBlanks: plan.quotesBlanks,
      guardsFormulas: guardsFormulas || plan.isGuarded)
    line.start(isHeader: true)
    for header in plan.headers { line.cell(header) }
    try unsafe writer.line(line.bytes)
    let place = max(0, min(plan.frameworkRow, targets.count))
    for index in 0...targets.count {
      if let framework, index == place {
        values(of: framework).render(columns: plan.headers.count, into: &line)
        try unsafe writer.line(line.bytes)
      }
      guard index < targets.count else { continue }
      values(of: tables.targets[targets[index]]).render(columns: plan.headers.count, into: &line)
      try unsafe writer.line(line.bytes)
    }
    try writer.finish()
  }

  private mutating func values(of framework: TargetTables.Framework) -> CompetencyValues {
    var values = CompetencyValues()
    values[.idNumber] = String(decoding: framework.id, as: UTF8.self)
    values[.shortName] = framework.title
    values[.description] = framework.description
    values[.descriptionFormat] = CompetencyWords.code(format: framework.format)
    setScale(framework.scale, &values)
    values[.exportedID] = tables.attribute("framework", framework.id, "exportedId") ?? ""
    values[.isFramework] = "1"
    values[.taxonomy] = framework.taxonomy.joined(separator: ",")
    return values
  }

  private mutating func values(of target: TargetTables.Target) -> CompetencyValues {
    var values = CompetencyValues()
    values[.idNumber] = idNumber(target.id)
    if let parent = parents[target.id] { values[.parent] = idNumber(parent) }
    values[.shortName] = target.title.isEmpty ? shortName(of: target) : target.title
    values[.description] = target.statement
    values[.descriptionFormat] = CompetencyWords.code(format: target.format)
    setScale(target.scale, &values)
    values[.ruleType] = target.ruleType
    values[.ruleOutcome] = CompetencyWords.code(outcome: target.ruleOutcome)
    values[.ruleConfig] = target.ruleConfig
    values[.related] = CompetencyList.join(related[target.id]?.map { idNumber($0) } ?? [])
    values[.exportedID] = target.number
    return values
  }

  /// A name for a target without a title; none for rows from Moodle, which have it blank.
  private func shortName(of target: TargetTables.Target) -> String {
    if !source.isEmpty { return "" }
    if !target.displayName.isEmpty { return target.displayName }
    return target.code.isEmpty ? idNumber(target.id) : target.code
  }

  private mutating func setScale(_ number: UInt32, _ values: inout CompetencyValues) {
    guard tables.scales.indices.contains(Int(number)) else { return }
    let scale = tables.scales[Int(number)]
    let levels = tables.levels(of: number)
    if !isScaleUsed[Int(number)] {
      isScaleUsed[Int(number)] = true
      labels += levels.count { !ScaleText.isKept($0.label) }
    }
    values[.scaleValues] = ScaleText.join(levels.map(\.label))
    if let raw = tables.attribute("scale", scale.id, "scaleConfiguration") {
      values[.scaleConfiguration] = raw
      return
    }
    var configuration = ScaleConfiguration()
    let known = tables.attribute("scale", scale.id, "scaleid")
    // A file that says nothing of a scale's flags is kept apart by a blank number.
    if known == "" { return }
    configuration.scaleID = known ?? String(number + 1)
    for (place, level) in levels.enumerated() {
      if level.isDefault { configuration.defaults.insert(place + 1) }
      if level.isMastery { configuration.proficient.insert(place + 1) }
    }
    values[.scaleConfiguration] = configuration.text
  }

  private func report() throws(AdapterError) {
    let whole: [(cbl_kind, Int, String)] = [
      (CBL_KIND_ATTRIBUTE, tables.lostAttributes, "only attributes of Moodle are written"),
      (
        CBL_KIND_SCALE, isScaleUsed.count { !$0 },
        "only scales that a framework or competency uses are written"
      ),
      (CBL_KIND_TARGET, deleted, "deleted targets are not written"),
      (
        CBL_KIND_ASSOCIATION, links,
        "only the first parent and relations between targets of the file have a place"
      ),
    ]
    for (kind, count, reason) in whole where count > 0 {
      try host.lose(kind, field: nil, count: count, reason: reason)
    }
    if labels > 0 {
      try host.lose(
        CBL_KIND_SCALE_LEVEL, field: 4, reduced: true, count: labels,
        reason: "levels stand with commas between them, so a comma becomes a semicolon")
    }
    if codes > 0 {
      try host.lose(
        CBL_KIND_TARGET, field: 4, reduced: true, count: codes,
        reason: "two targets of a framework have the same code, so identifiers are written")
    }
    if frameworkless > 0, source.isEmpty {
      try host.report(
        RecordProblem(
          .warning, "moodle.no_framework",
          "\(frameworkless) targets have no framework, and import refuses a file without one"))
    }
  }
}
