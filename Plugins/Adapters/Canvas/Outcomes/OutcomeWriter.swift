internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes outcomes and groups; parents come first, as Canvas wants them.
struct OutcomeWriter: GradebookWriter, ~Copyable {
  private struct Level {
    var position: Double
    var points: [UInt8]
    var label: [UInt8]
  }

  private let output: AdapterOutput
  private let host: HostLink
  private let guardsFormulas: Bool
  private var source = SourceLayer()
  private var plans: [String: (rows: Int, headers: [String])] = [:]
  private var others: [[UInt8]: [(key: String, value: [UInt8])]] = [:]
  private var levels: [[UInt8]: [Level]] = [:]
  private var entries: [OutcomeEntry] = []
  private var places: [[UInt8]: Int] = [:]
  private var scales: [[UInt8]] = []
  /// Targets with a calculation method that Canvas does not have.
  private var otherMethods = 0
  private var tally = LossTally()

  init(output: AdapterOutput, request: AdapterRequest, host: HostLink) {
    self.output = output
    self.host = host
    guardsFormulas = request.guardsFormulas
  }

  mutating func put(_ batch: RecordBatch) throws(AdapterError) {
    if source.take(batch) { return }
    switch batch.kind {
    case CBL_KIND_ATTRIBUTE: takeAttributes(batch)
    case CBL_KIND_SCALE_LEVEL:
      for row in batch.rows(as: ScaleLevelRow.self) {
        levels[row.scale.array, default: []].append(
          Level(
            position: Double(row.position.string) ?? 0, points: row.value.array,
            label: row.label.array))
      }
    case CBL_KIND_TARGET:
      for row in batch.rows(as: TargetRow.self) { take(row) }
    case CBL_KIND_ASSOCIATION:
      for row in batch.rows(as: AssociationRow.self) {
        guard row.type.equals("isChildOf"), let place = places[row.from_target.array] else {
          tally.lose(
            CBL_KIND_ASSOCIATION, 1, "only the parents of outcomes and groups are written")
          continue
        }
        compare(row, entries[place].parents.count)
        entries[place].parents.append(row.to_target.array)
      }
    default: return
    }
  }

  /// Counts what a list of parents does not say of a link.
  private mutating func compare(_ row: AssociationRow, _ sequence: Int) {
    let kind = CBL_KIND_ASSOCIATION
    let id = "canvas:parent:\(row.from_target.string):\(row.to_target.string)"
    if unsafe !row.id.isEmpty && !row.id.rawBytes.elementsEqual(id.utf8) {
      tally.reduce(kind, "id", "a link to a parent has no identifier of its own")
    }
    if !row.sequence.isEmpty, Int(row.sequence.string) != sequence {
      tally.reduce(kind, "sequence", "the order of the parents is their place")
    }
  }

  private mutating func takeAttributes(_ batch: RecordBatch) {
    for row in batch.rows(as: AttributeRow.self) where row.vocabulary.equals("canvas") {
      if row.owner_kind.equals("sourceMember"), row.key.equals("outcomes") {
        let parts = row.value.string.split(
          separator: "\u{1F}", omittingEmptySubsequences: false
        ).map(String.init)
        plans[row.owner.string] = (Int(parts.first ?? "") ?? 0, Array(parts.dropFirst()))
      } else if row.owner_kind.equals("target") {
        others[row.owner.array, default: []].append((row.key.string, row.value.array))
      }
    }
  }

  private mutating func take(_ row: TargetRow) {
    var entry = OutcomeEntry(row)
    entry.others = others[row.id.array] ?? []
    places[row.id.array] = entries.count
    if !OutcomeMethod.isKnown(row.method) { otherMethods += 1 }
    entries.append(entry)
    scales.append(row.scale.array)
  }

  mutating func finish() throws(AdapterError) {
    for place in entries.indices {
      let own = levels[scales[place]] ?? []
      // Highest first; the sort is stable.
      entries[place].ratings = own.sorted { $0.position > $1.position }.map {
        ($0.points, $0.label)
      }
    }
    let members = source.members.filter { plans[$0.name] != nil }
    countScales()
    if members.isEmpty {
      tally.reduce(
        CBL_KIND_TARGET, "method", otherMethods,
        "Canvas has no such calculation method, so it may refuse the row")
      adaptToCanvas()
      try write(orderedPlaces()[...], name: "outcomes.csv", headers: freshHeaders(), nil)
    } else {
      var next = 0
      for (index, member) in members.enumerated() {
        guard let plan = plans[member.name] else { continue }
        let isLast = index == members.count - 1
        let end = isLast ? entries.count : min(entries.count, next + plan.rows)
        try write(
          Array(next..<end)[...], name: member.name, headers: plan.headers, member)
        next = end
      }
    }
    try tally.report(to: host)
  }

  /// Counts the scales that a reader will know by other names than their own.
  private mutating func countScales() {
    for place in entries.indices where !scales[place].isEmpty {
      let own = Array("canvas:scale:".utf8) + (entries[place].cells[.guid] ?? [])
      guard entries[place].ratings.isEmpty || own != scales[place] else { continue }
      tally.reduce(CBL_KIND_TARGET, "scale", "a scale is written as the ratings of the outcome")
    }
  }

  /// Makes groups of what has children, and takes out what Canvas does not take.
  private mutating func adaptToCanvas() {
    var hasChildren: Set<[UInt8]> = []
    for entry in entries { hasChildren.formUnion(entry.parents) }
    renameTargets()
    for place in entries.indices {
      let type = String(decoding: entries[place].cells[.type] ?? [], as: UTF8.self)
      let isParent = hasChildren.contains(entries[place].cells[.guid] ?? [])
      if type != "group", type != "outcome" || isParent {
        if !type.isEmpty {
          tally.reduce(CBL_KIND_TARGET, "type", "Canvas knows groups and outcomes only")
        }
        entries[place].cells[.type] = Array((isParent ? "group" : "outcome").utf8)
      }
      if entries[place].cells[.type] == Array("group".utf8) {
        for column in [OutcomeColumn.method, .methodValue, .mastery]
        where entries[place].clear(column) {
          tally.reduce(
            CBL_KIND_TARGET, OutcomeEntry.field(of: column),
            "a group has neither a calculation method nor points")
        }
        if !entries[place].ratings.isEmpty {
          tally.reduce(CBL_KIND_TARGET, "scale", "a group has no ratings")
          entries[place].ratings = []
        }
      }
      writeNumbers(of: place)
      if entries[place].cells[.title]?.isEmpty != false {
        entries[place].cells[.title] = entries[place].cells[.description] ?? []
      }
    }
  }

  /// Gives targets identifiers without blanks, each its own.
  private mutating func renameTargets() {
    guard entries.contains(where: { $0.cells[.guid]?.contains(0x20) == true }) else { return }
    var taken = Set(entries.map { $0.cells[.guid] ?? [] })
    var names: [[UInt8]: [UInt8]] = [:]
    for place in entries.indices {
      guard let guid = entries[place].cells[.guid], guid.contains(0x20) else { continue }
      var name = Self.withoutBlanks(guid)
      while !taken.insert(name).inserted { name.append(UInt8(ascii: "_")) }
      names[guid] = name
      entries[place].cells[.guid] = name
      tally.reduce(CBL_KIND_TARGET, "id", Self.blankReason)
      if !entries[place].parents.isEmpty {
        tally.reduce(
          CBL_KIND_ASSOCIATION, "fromTarget", entries[place].parents.count, Self.blankReason)
      }
    }
    for place in entries.indices {
      entries[place].parents = entries[place].parents.map { parent in
        guard parent.contains(0x20) else { return parent }
        tally.reduce(CBL_KIND_ASSOCIATION, "toTarget", Self.blankReason)
        return names[parent] ?? Self.withoutBlanks(parent)
      }
    }
  }

  private static let blankReason = "a vendor_guid has no blanks; they became underscores"

  /// Writes numbers as Canvas takes them, and leaves others out.
  private mutating func writeNumbers(of place: Int) {
    for column in [OutcomeColumn.mastery, .methodValue] {
      guard let number = entries[place].cells[column], !number.isEmpty else { continue }
      var plain: [UInt8] = []
      let isPlain = withText(number) { bytes in
        DecimalText.append(
          bytes, mark: UInt8(ascii: "."), to: &plain)
      }
      if !isPlain || column == .methodValue && plain.contains(UInt8(ascii: ".")) {
        plain = []
        tally.reduce(
          CBL_KIND_TARGET, OutcomeEntry.field(of: column),
          column == .mastery
            ? "the number has no plain decimal form"
            : "calculation_int is a whole number")
      }
      entries[place].cells[column] = plain
    }
  }

  private static func withoutBlanks(_ guid: [UInt8]) -> [UInt8] {
    guid.map { $0 == 0x20 ? UInt8(ascii: "_") : $0 }
  }

  /// The places of the entries, parents before children.
  private func orderedPlaces() -> [Int] {
    var places: [[UInt8]: Int] = [:]
    for (place, entry) in entries.enumerated() { places[entry.cells[.guid] ?? []] = place }
    var order: [Int] = []
    var state = [UInt8](repeating: 0, count: entries.count)
    for start in entries.indices {
      var stack = [start]
      while let place = stack.last {
        if state[place] == 0 {
          state[place] = 1
          let waiting = entries[place].parents.compactMap { places[$0] }.filter { state[$0] == 0 }
          stack += waiting.reversed()
          if !waiting.isEmpty { continue }
        }
        if state[place] == 1 {
          state[place] = 2
          order.append(place)
        }
        stack.removeLast()
      }
    }
    return order
  }

  private func freshHeaders() -> [String] {
    var headers = OutcomeColumn.usual.map(\.rawValue)
    if entries.contains(where: { $0.cells[.canvasID]?.isEmpty == false }) {
      headers.insert(OutcomeColumn.canvasID.rawValue, at: 0)
    }
    for entry in entries {
      for other in entry.others where !headers.contains(other.key) { headers.append(other.key) }
    }
    headers.append(OutcomeColumn.ratings.rawValue)
    let most = entries.map(\.ratings.count).max() ?? 0
    for _ in stride(from: 1, to: most * 2, by: 1) { headers.append("") }
    return headers
  }

  private func write(
    _ places: ArraySlice<Int>, name: String, headers: [String], _ member: SourceMember?
  ) throws(AdapterError) {
    var layout = CSVLayout.standard
    layout.lineEnd = .lf
    if let member { layout = member.layout }
    var writer = try LineWriter(output: output, member: name, layout: layout, source: member)
    var line = GridLine(
      layout: layout, style: .canvas, guardsFormulas: guardsFormulas && member == nil)
    line.start()
    for header in headers { line.cell(header) }
    try unsafe writer.line(line.bytes)
    for place in places {
      entries[place].render(below: headers, into: &line)
      try unsafe writer.line(line.bytes)
    }
    try writer.finish()
  }
}
