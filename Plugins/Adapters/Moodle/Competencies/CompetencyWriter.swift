internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes one competency file for each framework, or the files that were read.
struct CompetencyWriter: GradebookWriter, ~Copyable {
  private let output: AdapterOutput
  private let host: HostLink
  private let guardsFormulas: Bool
  private var source = SourceLayer()
  var tables = TargetTables()
  private var names = MemberNames()
  /// ID number of each target, by its identifier.
  var numbers: [[UInt8]: String] = [:]
  /// How many frameworks have a target with an ID number.
  var uses: [String: Int] = [:]
  var parents: [[UInt8]: Int] = [:]
  var related: [[UInt8]: [Int]] = [:]
  private var frameworkless = 0
  var losses = LossTally()
  private var scales = ScaleComparison(count: 0, keepsFlags: true)

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
    scales = ScaleComparison(count: tables.scales.count, keepsFlags: true)
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
        losses.lose(CBL_KIND_TARGET, example: target.id, "deleted targets are not written")
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

  /// Gives targets their ID numbers: the code, or the identifier when the code is another
  /// target's code or identifier too.
  private mutating func giveNumbers() {
    let ids = Set(tables.targets.map(\.id))
    var taken: Set<[UInt8]> = []
    for target in tables.targets where !target.id.isEmpty && !target.isDeleted {
      let code = Array(target.code.utf8)
      let isFree =
        !code.isEmpty && (code == target.id || !ids.contains(code))
        && taken.insert(Self.scope(target.framework) + code).inserted
      let number = isFree ? target.code : String(decoding: target.id, as: UTF8.self)
      numbers[target.id] = number
      uses[number, default: 0] += 1
    }
  }

  private static func scope(_ framework: UInt32) -> [UInt8] {
    Array(String(framework).utf8) + [0x1F]
  }

  /// Sorts the associations by the target that they start from.
  private mutating func link() {
    let frameworks = Set(tables.frameworks.map(\.id))
    for (place, association) in tables.associations.enumerated() {
      var reason = "only parents and relations between targets of the file have a place"
      if numbers[association.from] != nil {
        switch association.type {
        case "isChildOf" where frameworks.contains(association.to):
          reason = "targets without a parent stand directly below their framework"
        case "isChildOf" where parents[association.from] == nil:
          parents[association.from] = place
          continue
        case "isRelatedTo":
          related[association.from, default: []].append(place)
          continue
        default: break
        }
      }
      losses.lose(CBL_KIND_ASSOCIATION, reason)
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
      layout: layout, style: .moodle(quotesBlanks: plan.quotesBlanks),
      guardsFormulas: guardsFormulas || plan.isGuarded)
    line.start(isHeader: true)
    for header in plan.headers { line.guardedCell(header) }
    try unsafe writer.line(line.bytes)
    let place = max(0, min(plan.frameworkRow, targets.count))
    var childCounts: [String: Int] = [:]
    for index in 0...targets.count {
      if let framework, index == place {
        values(of: framework).render(columns: plan.headers.count, into: &line)
        try unsafe writer.line(line.bytes)
      }
      guard index < targets.count else { continue }
      let target = tables.targets[targets[index]]
      let values = values(of: target)
      let position = childCounts[values[.parent], default: 0]
      childCounts[values[.parent]] = position + 1
      compare(target, with: values, position)
      values.render(columns: plan.headers.count, into: &line)
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
    let isScaleKept = setScale(framework.scale, &values)
    values[.exportedID] = tables.attribute("framework", framework.id, "exportedId") ?? ""
    values[.isFramework] = "1"
    values[.taxonomy] = framework.taxonomy.joined(separator: ",")
    compare(framework, with: values, isScaleKept)
    return values
  }

  private mutating func values(of target: TargetTables.Target) -> CompetencyValues {
    var values = CompetencyValues()
    values[.idNumber] = idNumber(target.id)
    if let parent = parents[target.id] {
      values[.parent] = idNumber(tables.associations[parent].to)
    }
    values[.shortName] = target.title.isEmpty ? shortName(of: target) : target.title
    values[.description] = target.statement
    values[.descriptionFormat] = CompetencyWords.code(format: target.format)
    if !setScale(target.scale, &values) {
      losses.reduce(
        CBL_KIND_TARGET, "scale", "scales have no identifiers in the file; they stand there whole")
    }
    values[.ruleType] = target.ruleType
    values[.ruleOutcome] = CompetencyWords.code(outcome: target.ruleOutcome)
    values[.ruleConfig] = target.ruleConfig
    values[.related] = CompetencyList.join(
      related[target.id]?.map { idNumber(tables.associations[$0].to) } ?? [])
    values[.exportedID] = target.number
    return values
  }

  /// A name for a target without a title; none for rows from Moodle, which have it blank.
  private func shortName(of target: TargetTables.Target) -> String {
    if !source.isEmpty { return "" }
    if !target.displayName.isEmpty { return target.displayName }
    return target.code.isEmpty ? idNumber(target.id) : target.code
  }

  /// Writes a scale.
  ///
  /// - Returns: Whether reading gives it the identifier that it has.
  private mutating func setScale(_ number: UInt32, _ values: inout CompetencyValues) -> Bool {
    guard tables.scales.indices.contains(Int(number)) else { return true }
    let levels = ScaleComparison.levels(of: number, in: tables)
    values[.scaleValues] = ScaleText.join(levels.map(\.label))
    values[.scaleConfiguration] = configuration(of: number, levels)
    guard let read = CompetencyScale(values) else { return false }
    return scales.use(
      Int(number), of: tables, as: read.scale, hasFlags: read.hasFlags, &losses)
  }

  private func configuration(of number: UInt32, _ levels: [TargetTables.Level]) -> String {
    let scale = tables.scales[Int(number)]
    if let raw = tables.attribute("scale", scale.id, "scaleConfiguration") { return raw }
    let known = tables.attribute("scale", scale.id, "scaleid")
    // A file that says nothing of a scale's flags is kept apart by a blank number.
    if known == "" { return "" }
    var configuration = ScaleConfiguration()
    configuration.scaleID = known ?? String(number + 1)
    for (place, level) in levels.enumerated() {
      if level.isDefault { configuration.defaults.insert(place + 1) }
      if level.isMastery { configuration.proficient.insert(place + 1) }
    }
    return configuration.text
  }

  private mutating func report() throws(AdapterError) {
    losses.lose(
      CBL_KIND_ATTRIBUTE, tables.lostAttributes, "only attributes of Moodle are written")
    scales.reportUnused(tables, &losses)
    try losses.report(to: host)
    if frameworkless > 0, source.isEmpty {
      try host.report(
        RecordProblem(
          .warning, "moodle.no_framework",
          "\(frameworkless) targets have no framework, and import refuses a file without one"))
    }
  }
}
