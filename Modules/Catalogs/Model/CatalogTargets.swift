public import Domain

/// Catalogs as the targets that rules and reports work with.
///
/// Each document is a framework and each item a competency with the identifier of its catalog;
/// UUIDs are found whatever their case and dashes. Catalogs state no scales, so there are none.
public struct CatalogTargets: TargetCatalog {
  /// The frameworks, in the order of the catalogs.
  public let frameworks: [Framework]
  private let known: [CatalogKey: Competency]
  private let above: [CatalogKey: [CompetencyID]]
  private let listed: [CatalogKey: [CompetencyID]]

  /// Indexes catalogs.
  ///
  /// - Parameters:
  ///   - catalogs: The catalogs; of two items with one identifier the first counts.
  ///   - kind: Whether an item is about knowledge or about conduct; by default those whose type
  ///     is `Habit` are habits.
  /// - Complexity: O(*n* log *n*).
  public init(
    _ catalogs: [Catalog], kind: (CatalogItem) -> Competency.Kind = CatalogTargets.kind(of:)
  ) {
    var known: [CatalogKey: Competency] = [:]
    var above: [CatalogKey: [CompetencyID]] = [:]
    var listed: [CatalogKey: [CompetencyID]] = [:]
    for catalog in catalogs {
      let framework = FrameworkID(catalog.identifier)
      let parents = catalog.parents
      var ids: [CatalogKey: CompetencyID] = [:]
      for item in catalog.items { ids[CatalogKey(item.identifier)] = ID(item.identifier) }
      for (index, _) in catalog.outline {
        let item = catalog.items[index]
        let key = CatalogKey(item.identifier)
        guard known[key] == nil else { continue }
        known[key] = CatalogTargets.competency(item, framework, kind(item))
        above[key] = (parents[key] ?? []).compactMap { ids[$0] }
        listed[CatalogKey(catalog.identifier), default: []].append(ID(item.identifier))
      }
    }
    frameworks = catalogs.map { CatalogTargets.framework($0) }
    self.known = known
    self.above = above
    self.listed = listed
  }

  /// The kind by the publisher's word for the item: `Habit`, in any case, is a habit.
  public static func kind(of item: CatalogItem) -> Competency.Kind {
    item.typeName?.lowercased() == "habit" ? .habit : .academic
  }

  private static func framework(_ catalog: Catalog) -> Framework {
    let document = catalog.document
    return Framework(
      id: ID(catalog.identifier), externalIdentifiers: names(document),
      title: document.title ?? catalog.identifier.text,
      publisher: document.publisher ?? document.creator, edition: document.edition,
      language: document.language, adoption: document.adoptionStatus,
      validFrom: document.validFrom, validThrough: document.validThrough)
  }

  private static func competency(
    _ item: CatalogItem, _ framework: FrameworkID, _ kind: Competency.Kind
  ) -> Competency {
    Competency(
      id: ID(item.identifier), externalIdentifiers: names(item), framework: framework,
      code: item.code, statement: item.statement, kind: kind,
      educationLevels: item.educationLevels)
  }

  private static func names(_ part: some CatalogObject) -> [ExternalIdentifier] {
    part.uri.map { [ExternalIdentifier(system: "case", type: "uri", value: Identifier($0))] } ?? []
  }

  /// Finds competencies, `nil` for those that no catalog has.
  public func competencies(_ ids: [CompetencyID]) -> [Competency?] {
    ids.map { known[CatalogKey($0.identifier)] }
  }

  /// Lists the competencies of a framework in the order of the publisher.
  public func competencies(of framework: FrameworkID) -> [CompetencyID] {
    listed[CatalogKey(framework.identifier)] ?? []
  }

  /// Finds what competencies stand under, without the document.
  public func parents(of ids: [CompetencyID]) -> [[CompetencyID]] {
    ids.map { above[CatalogKey($0.identifier)] ?? [] }
  }

  /// Catalogs state no scales: `nil` for each.
  public func scales(_ ids: [ScaleID]) -> [ProficiencyScale?] {
    [ProficiencyScale?](repeating: nil, count: ids.count)
  }
}
