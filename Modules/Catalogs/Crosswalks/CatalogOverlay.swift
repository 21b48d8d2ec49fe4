public import Domain

/// A catalog with the changes that others make to its links: a district's to a state's, a school's
/// to a district's.
///
/// An overlay is a catalog of its own. Its items and links are added; links with these types change
/// a link of the catalogs below, which has the same ends:
///
/// - `ext:overlay.hide` takes it out,
/// - `ext:overlay.weaken` makes it good to know instead of needed,
/// - `ext:overlay.reverse` turns it around.
///
/// They mean a `precedes` link; others are named behind a dot, as in
/// `ext:overlay.hide.isRelatedTo`. The catalogs below are not touched: each link of the outcome is
/// stated by the document that asks for it.
public struct CatalogOverlay: Sendable {
  /// What an overlay does to a link.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// It states a new link.
    case add
    /// It makes a link good to know instead of needed.
    case weaken
    /// It takes a link out.
    case hide
    /// It turns a link around.
    case reverse
  }

  /// A change that was made.
  public struct Change: Hashable, Sendable {
    /// What was done.
    public var action: Action
    /// The link of the overlay that asks for it.
    public var link: StatedLink
    /// The link that was changed, `nil` for added ones.
    public var changed: StatedLink?
  }

  /// The catalog and its overlays after the changes, in the order in which they were given.
  public private(set) var catalogs: [Catalog]
  /// The changes that were made.
  public private(set) var changes: [Change] = []
  /// What contradicts: changes to links that are not there or were changed already, links that
  /// stand against others, circles that come of it. Each has the place in the overlay.
  public private(set) var conflicts: [Problem] = []

  private struct Key: Hashable {
    var type: AssociationType
    var origin: CatalogKey
    var destination: CatalogKey
  }

  /// Where a link stands: the catalog and the association.
  private struct Spot {
    var catalog: Int
    var place: Int
    var link: StatedLink
  }

  private var spots: [Key: [Spot]] = [:]
  private var items: Set<CatalogKey> = []
  /// The overlay's link that last changed a link, by what that link was.
  private var doneBy: [Key: StatedLink] = [:]
  private var gone: [Set<Int>] = []

  /// Lays overlays over a catalog.
  ///
  /// - Parameters:
  ///   - base: The catalog.
  ///   - overlays: The overlays; later ones change what earlier ones left.
  ///   - files: The names of the overlays' files, for places.
  /// - Complexity: O(items + links).
  public init(base: Catalog, overlays: [Catalog], files: [String] = []) {
    catalogs = [base]
    gone = [[]]
    add(base, number: 0)
    let hadCycle = !PrerequisiteGraph([base]).cycles.isEmpty
    for (number, overlay) in overlays.enumerated() {
      lay(overlay, file: number < files.count ? files[number] : nil)
    }
    for number in catalogs.indices where !gone[number].isEmpty {
      catalogs[number].associations = catalogs[number].associations.enumerated()
        .filter { !gone[number].contains($0.offset) }.map(\.element)
    }
    guard !hadCycle else { return }
    let graph = PrerequisiteGraph(catalogs)
    for cycle in graph.cycles {
      let way = (cycle + cycle.prefix(1)).map { graph.items[$0].text }.joined(separator: " → ")
      conflicts.append(
        Problem(
          .error, "overlay.cycle",
          "With the overlays there is a cycle of prerequisites: \(way); hide one of its links.",
          at: Place(file: files.last)))
    }
  }

  private mutating func add(_ catalog: Catalog, number: Int) {
    for item in catalog.items { items.insert(CatalogKey(item.identifier)) }
    let source = CatalogSource(catalog)
    for (place, association) in catalog.associations.enumerated() {
      guard let link = StatedLink(association, in: source) else { continue }
      spots[Self.key(link), default: []].append(Spot(catalog: number, place: place, link: link))
    }
  }

  private static func key(_ link: StatedLink, as type: AssociationType? = nil) -> Key {
    Key(
      type: type ?? link.type, origin: CatalogKey(link.origin),
      destination: CatalogKey(link.destination))
  }

  private mutating func lay(_ overlay: Catalog, file: String?) {
    let number = catalogs.count
    var rest = overlay
    rest.associations = []
    catalogs.append(rest)
    gone.append([])
    for item in overlay.items { items.insert(CatalogKey(item.identifier)) }
    let source = CatalogSource(overlay)
    for (place, association) in overlay.associations.enumerated() {
      guard let link = StatedLink(association, in: source) else { continue }
      let at = Place(
        file: file, line: association.members.line > 0 ? Int(association.members.line) : nil,
        pointer: overlay.layout.pointer(to: place, of: .associations))
      if let (action, type) = CatalogOverlay.action(of: link.type) {
        change(action, type, link, association, in: number, at)
      } else {
        state(link, association, in: number, at)
      }
    }
  }

  /// What a type asks for; `nil` for ordinary links.
  static func action(of type: AssociationType) -> (Action, AssociationType)? {
    guard type.name.hasPrefix("ext:overlay.") else { return nil }
    let words = type.name.dropFirst("ext:overlay.".count).split(separator: ".", maxSplits: 1)
    guard let first = words.first, let action = Action(rawValue: String(first)), action != .add
    else { return nil }
    let meant = words.count > 1 ? AssociationType(reading: String(words[1])) : .precedes
    if action == .weaken, meant != .precedes { return nil }
    return (action, meant)
  }

  /// Adds an ordinary link of an overlay.
  private mutating func state(
    _ link: StatedLink, _ association: CatalogAssociation, in number: Int, _ at: Place
  ) {
    let key = Self.key(link)
    let document = CatalogKey(catalogs[number].identifier)
    if link.type.name.hasPrefix("ext:overlay.") {
      report(
        .error, "unknown_action",
        "\(link.type) asks for nothing that overlays can do; use hide, weaken or reverse.", at)
      return
    }
    for end in [key.origin, key.destination] where !items.contains(end) && end != document {
      guard link.type == .precedes || link.type == .isChildOf else { continue }
      report(
        .warning, "dangling_end", "\(shown(link)) names \(end), which no catalog has.", at)
    }
    if let other = spots[key]?.first {
      report(
        .note, "stated_already",
        "\(shown(link)) is stated by \(title(other.link.source)) already; remove it.", at)
    }
    let opposite = Key(type: link.type, origin: key.destination, destination: key.origin)
    if !link.type.isSymmetric, let other = spots[opposite]?.first {
      report(
        .error, "opposite_link",
        "\(shown(link)) stands against \(title(other.link.source)), which states the opposite; "
          + "reverse that link with ext:overlay.reverse.", at)
    }
    if let earlier = doneBy[key] {
      report(
        .warning, "contradiction",
        "\(shown(link)) brings back what \(title(earlier.source)) changed with \(earlier.type).", at
      )
    }
    append(association, link, in: number)
    changes.append(Change(action: .add, link: link, changed: nil))
  }

  /// Changes a link of the catalogs below.
  private mutating func change(
    _ action: Action, _ type: AssociationType, _ link: StatedLink,
    _ association: CatalogAssociation, in number: Int, _ at: Place
  ) {
    let key = Self.key(link, as: type)
    guard let found = spots[key], !found.isEmpty else {
      let reason =
        doneBy[key].map { "\(title($0.source)) changed it already with \($0.type)" }
        ?? "no catalog below states it"
      report(
        .error, doneBy[key] == nil ? "no_link" : "contradiction",
        "\(shown(link)) has no link to change: \(reason).", at)
      return
    }
    for spot in found { gone[spot.catalog].insert(spot.place) }
    spots[key] = nil
    doneBy[key] = link
    changes += found.map { Change(action: action, link: link, changed: $0.link) }
    var result = association
    switch action {
    case .hide, .add: return
    case .weaken:
      result.type = "ext:precedesSoftly"
    case .reverse:
      result.type = type
      (result.origin, result.destination) = (association.destination, association.origin)
    }
    guard let outcome = StatedLink(result, in: link.source) else { return }
    append(result, outcome, in: number)
  }

  private mutating func append(
    _ association: CatalogAssociation, _ link: StatedLink, in number: Int
  ) {
    var association = association
    association.identifier = link.association
    spots[Self.key(link), default: []].append(
      Spot(catalog: number, place: catalogs[number].associations.count, link: link))
    catalogs[number].associations.append(association)
  }

  private mutating func report(
    _ severity: Severity, _ code: String, _ message: String, _ place: Place
  ) {
    conflicts.append(Problem(severity, Problem.Code("overlay.\(code)"), message, at: place))
  }

  private func title(_ source: CatalogSource) -> String { source.title ?? source.document.text }

  private func shown(_ link: StatedLink) -> String {
    "\(link.association) (\(link.origin) \(link.type) \(link.destination))"
  }
}
