/// Calibrated items to choose from.
public struct ItemBank: Hashable, Sendable {
  /// One item of a bank.
  public struct Entry: Hashable, Sendable {
    /// The name of the item.
    public var name: String
    /// Its parameters.
    public var item: LogisticItem
    /// The domain that it belongs to, such as `fractions`; each domain has an ability of its own.
    public var domain: String
    /// What it is about within the domain, for content control.
    public var area: String
    /// The set of items that give each other away, of which at most one may be asked.
    public var enemies: String?

    /// Creates an entry.
    public init(
      _ name: String, _ item: LogisticItem, domain: String = "", area: String = "",
      enemies: String? = nil
    ) {
      self.name = name
      self.item = item
      self.domain = domain
      self.area = area
      self.enemies = enemies
    }
  }

  /// The items in the order given; positions are how the module names them.
  public let entries: [Entry]

  /// Creates a bank.
  ///
  /// - Parameter entries: The items; names are different.
  /// - Throws: ``AssessmentError`` when there are none, a name comes twice, or items that give
  ///   each other away are of different areas, which no form could be assembled from exactly.
  public init(_ entries: [Entry]) throws(AssessmentError) {
    guard !entries.isEmpty else {
      throw AssessmentError(.empty, "The bank has no items; give at least one.")
    }
    var names: Set<String> = []
    var areas: [String: String] = [:]
    for entry in entries {
      guard names.insert(entry.name).inserted else {
        throw AssessmentError(
          .wrongValue, "The bank has the item \(entry.name) twice; give every item its own name.")
      }
      guard let enemies = entry.enemies else { continue }
      let key = "\(entry.domain)\u{0}\(entry.area)"
      guard areas.updateValue(key, forKey: enemies) ?? key == key else {
        throw AssessmentError(
          .wrongValue,
          "Items of the set \(enemies), which give each other away, are of different areas; "
            + "put them into one area or leave one of them out.")
      }
    }
    self.entries = entries
  }

  /// The domains in order of first appearance.
  public var domains: [String] {
    var seen: Set<String> = []
    return entries.map(\.domain).filter { seen.insert($0).inserted }
  }

  /// The items of one domain as a bank.
  ///
  /// - Returns: `nil` when there are none.
  public func domain(_ name: String) -> ItemBank? {
    try? ItemBank(entries.filter { $0.domain == name })
  }

  /// How many items there are.
  public var count: Int { entries.count }

  /// How many items one test can have: of those that give each other away one.
  public var usableCount: Int {
    entries.count { $0.enemies == nil } + Set(entries.compactMap(\.enemies)).count
  }
}
