import AdapterHost
import Catalogs
import Domain
import Grading
import Interop

/// The targets that are graded, from a catalog or from what the evidence comes with.
struct TargetList {
  private(set) var listed: [GradedTarget] = []
  /// Whether the list is whole: then what it does not have is not graded.
  private let isWhole: Bool
  /// The targets that a code alone names, by code.
  private var codes: [CompetencyID: CompetencyID] = [:]

  /// Takes the targets that come with evidence: those that nothing is part of.
  init(_ targets: [EvidenceInput.Target]) {
    isWhole = false
    take(targets)
  }

  /// Reads a file: a document of targets, a catalog, or any format that has targets.
  ///
  /// - Throws: ``ToolFailure`` when there are no targets in it.
  init(path: String, adapters: AdapterCatalog) throws {
    isWhole = true
    if let list = try Self.document(path) {
      listed = try list.reading { value throws(GradingError) in
        try GradedTarget.targets(of: value)
      }
    } else {
      take(try Self.targets(in: path, adapters))
    }
    guard !listed.isEmpty else {
      throw ToolFailure(65, "\(path): there are no targets in it; name another catalog")
    }
  }

  private static func isDocument(_ head: [UInt8], _ name: String) -> Bool {
    String(decoding: head, as: UTF8.self).contains(name)
  }

  /// A document of targets, or `nil` when the file is something else.
  private static func document(_ path: String) throws -> SourceDocument? {
    let isYAML = [".yaml", ".yml"].contains { path.lowercased().hasSuffix($0) }
    guard isYAML || path.lowercased().hasSuffix(".json") else { return nil }
    let head = try Container.open(path).head(of: 0, count: 4_096)
    guard isYAML || isDocument(head, "\"targets\"") else { return nil }
    return try SourceDocument(path: path)
  }

  private static func targets(
    in path: String, _ adapters: AdapterCatalog
  ) throws -> [EvidenceInput.Target] {
    if path.lowercased().hasSuffix(".json") {
      return targets(of: try CatalogFile.read(path).catalog)
    }
    let conversion = Conversion(catalog: adapters, options: ConversionOptions(to: ""))
    do {
      return try conversion.evidence(
        of: [path], EvidenceReading(scale: "", top: nil), into: NoEvidence()
      ).targets
    } catch {
      // What no adapter knows may be a catalog; else the first answer is the better one.
      guard let catalog = try? CatalogFile.read(path).catalog else { throw error }
      return targets(of: catalog)
    }
  }

  /// The items of a catalog.
  private static func targets(of catalog: Catalog) -> [EvidenceInput.Target] {
    let parents = catalog.parents
    let known = Dictionary(
      catalog.items.map { (CatalogKey($0.identifier), $0) }
    ) { first, _ in first }
    return catalog.items.map { item in
      let above = (parents[CatalogKey(item.identifier)] ?? []).compactMap { known[$0] }
      return EvidenceInput.Target(
        id: ID(item.identifier), code: item.code.map { Identifier($0) },
        parents: above.map { ID($0.identifier) })
    }
  }

  private mutating func take(_ targets: [EvidenceInput.Target]) {
    let byID = Dictionary(targets.map { ($0.id, $0) }) { first, _ in first }
    let inner = Set(targets.flatMap(\.parents))
    var shared: Set<CompetencyID> = []
    for target in targets {
      if let code = target.code.map({ CompetencyID($0) }), byID[code] == nil {
        if codes.updateValue(target.id, forKey: code) != nil { shared.insert(code) }
      }
      guard !inner.contains(target.id) else { continue }
      listed.append(GradedTarget(target.id, groups: Self.groups(above: target, byID)))
    }
    for code in shared { codes[code] = nil }
  }

  /// What a target is part of, nearest first, by code where there is one.
  private static func groups(
    above target: EvidenceInput.Target, _ byID: [CompetencyID: EvidenceInput.Target]
  ) -> [Identifier] {
    var groups: [Identifier] = []
    var next = target.parents
    var seen: Set<CompetencyID> = [target.id]
    while let id = next.first {
      next.removeFirst()
      guard seen.insert(id).inserted else { continue }
      groups.append(byID[id]?.code ?? id.identifier)
      next += byID[id]?.parents ?? []
    }
    return groups
  }

  /// Names targets that are named by their codes by their identifiers.
  func resolve(_ columns: inout EvidenceColumns) { columns.renameTargets(codes) }

  /// The targets to grade.
  ///
  /// Without a whole list these are the listed ones, those of the evidence and those that the
  /// policy names, in the order of their identifiers.
  mutating func graded(
    with columns: EvidenceColumns, named: [CompetencyID], _ problems: ProblemCollector
  ) -> [GradedTarget] {
    var known = Set(listed.map(\.id))
    if isWhole {
      let strangers = columns.targetsNamed.filter { !known.contains($0.target) }
      let count = strangers.reduce(0) { $0 + $1.rows }
      if count > 0 {
        problems.report(
          Problem(
            .warning, "grading.unknown_target",
            "Evidence for targets that the catalog does not have is not graded: "
              + "\(count) pieces. Correct the targets or add them to the catalog."))
      }
      return listed
    }
    for (target, rows) in columns.targetsNamed where rows > 0 && known.insert(target).inserted {
      listed.append(GradedTarget(target))
    }
    for target in named where known.insert(target).inserted { listed.append(GradedTarget(target)) }
    return listed.sorted { $0.id < $1.id }
  }
}
