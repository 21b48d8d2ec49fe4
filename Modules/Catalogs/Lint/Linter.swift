internal import Domain

/// Gathers findings about one catalog.
struct Linter {
  /// An association with its ends as numbers of items.
  struct Link {
    var type: AssociationType
    /// The place in the catalog's associations.
    var place: Int
    var origin: CatalogKey?
    var destination: CatalogKey?
    /// The item it starts from, `nil` where that is none of this catalog.
    var from: Int?
    /// The item it goes to, `nil` where that is none of this catalog.
    var to: Int?

    var isPrerequisite: Bool { PrerequisiteGraphBuilder.demand(of: type) != nil }
  }

  let catalog: Catalog
  let file: String?
  let keys: [CatalogKey]
  /// The first item with each identifier.
  let numbers: [CatalogKey: Int]
  let links: [Link]
  /// The items that each item stands under, numbers of items only.
  let parents: [[Int]]
  /// Whether something stands under an item.
  let isParent: [Bool]
  private var findings: [LintReport.Finding] = []
  private var results: [LintCheck: LintReport.Result] = [:]

  init(_ catalog: Catalog, file: String?) {
    self.catalog = catalog
    self.file = file
    let keys = catalog.items.map { CatalogKey($0.identifier) }
    var numbers: [CatalogKey: Int] = [:]
    for (number, key) in keys.enumerated() where numbers[key] == nil && !key.description.isEmpty {
      numbers[key] = number
    }
    var links: [Link] = []
    var parents = [[Int]](repeating: [], count: keys.count)
    var isParent = [Bool](repeating: false, count: keys.count)
    for (place, association) in catalog.associations.enumerated() {
      let origin = association.origin.map { CatalogKey($0.identifier) }
      let destination = association.destination.map { CatalogKey($0.identifier) }
      let link = Link(
        type: association.type, place: place, origin: origin, destination: destination,
        from: origin.flatMap { numbers[$0] }, to: destination.flatMap { numbers[$0] })
      links.append(link)
      guard link.type == .isChildOf, let child = link.from, let parent = link.to, child != parent
      else { continue }
      if !parents[child].contains(parent) { parents[child].append(parent) }
      isParent[parent] = true
    }
    (self.keys, self.numbers, self.links) = (keys, numbers, links)
    (self.parents, self.isParent) = (parents, isParent)
  }

  /// What was found, by check.
  var report: LintReport {
    let order = Dictionary(
      uniqueKeysWithValues: LintCheck.allCases.enumerated().map { ($0.element, $0.offset) })
    let sorted = findings.enumerated().sorted {
      (order[$0.element.check] ?? 0, $0.offset) < (order[$1.element.check] ?? 0, $1.offset)
    }
    return LintReport(
      findings: sorted.map(\.element),
      results: LintCheck.allCases.map {
        results[$0] ?? LintReport.Result(check: $0, subjects: 0, affected: 0)
      }, itemCount: catalog.items.count)
  }

  /// Counts what a check looked at.
  mutating func count(_ check: LintCheck, subjects: Int, affected: Int) {
    var result = results[check] ?? LintReport.Result(check: check, subjects: 0, affected: 0)
    result.subjects += subjects
    result.affected += affected
    results[check] = result
  }

  /// Adds a finding about an item.
  mutating func report(
    _ severity: Severity, _ check: LintCheck, item: Int, field: String? = nil, value: String? = nil,
    _ message: String
  ) {
    let object = catalog.items[item]
    add(severity, check, object, .items, item, field, value, message)
  }

  /// Adds a finding about a link.
  mutating func report(
    _ severity: Severity, _ check: LintCheck, link: Link, field: String? = nil, _ message: String
  ) {
    let object = catalog.associations[link.place]
    add(severity, check, object, .associations, link.place, field, nil, message)
  }

  /// Adds a finding about the catalog.
  mutating func report(_ severity: Severity, _ check: LintCheck, _ message: String) {
    let line = catalog.document.members.line
    findings.append(
      LintReport.Finding(
        check: check,
        problem: Problem(
          severity, check.code, message,
          at: Place(file: file, line: line > 0 ? Int(line) : nil, pointer: "/CFDocument")),
        identifier: ""))
  }

  private mutating func add(
    _ severity: Severity, _ check: LintCheck, _ object: some CatalogObject, _ list: CASEList,
    _ place: Int, _ field: String?, _ value: String?, _ message: String
  ) {
    var pointer = catalog.layout.pointer(to: place, of: list)
    if let field { pointer += "/\(field)" }
    let members = object.members
    findings.append(
      LintReport.Finding(
        check: check,
        problem: Problem(
          severity, check.code, message,
          at: Place(
            file: file, line: members.line > 0 ? Int(members.line) : nil,
            column: members.column > 0 ? Int(members.column) : nil, pointer: pointer),
          value: value), identifier: object.identifier))
  }

  /// How messages call an item: by its code, otherwise by its identifier.
  func name(_ item: Int) -> String {
    catalog.items[item].code.map { CodeName.cleaned($0) } ?? catalog.items[item].identifier.text
  }

  /// How messages call an association.
  func name(_ link: Link) -> String {
    let identifier = catalog.associations[link.place].identifier
    return identifier.isEmpty ? "A link" : "The link \(identifier)"
  }

  /// The items that nothing stands under: the targets of a catalog.
  var targets: [Int] { catalog.items.indices.filter { !isParent[$0] } }
}

extension CASELayout {
  /// Where the element of a list stands in its file.
  func pointer(to element: Int, of list: CASEList) -> String {
    let slot = slots[list]
    var path = slot?.path ?? []
    if path.isEmpty {
      path = list.isDefinition ? ["CFDefinitions", list.rawValue] : [list.rawValue]
    }
    // Elements that are no objects are not counted among those that were read.
    var place = element
    for stray in (slot?.strays ?? [:]).keys.sorted() where stray <= place { place += 1 }
    return "/" + path.joined(separator: "/") + "/\(place)"
  }
}
