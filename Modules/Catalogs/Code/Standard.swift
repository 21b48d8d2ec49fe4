public import Domain

/// A catalog that was compiled into the program.
///
/// Generated types conform; each has one table, which is decoded when it is first asked for.
public protocol CompiledCatalog: Sendable {
  /// The items.
  static var table: StandardTable { get }
}

extension CompiledCatalog {
  /// The edition, in the publisher's words.
  public static var edition: String { table.edition }
  /// SHA-256 of the catalog that the code was generated from.
  public static var contentHash: String { table.contentHash }
  /// The catalog: document, items, hierarchy and prerequisites.
  public static var catalog: Catalog { table.catalog }
}

/// An item of a compiled catalog, typed by the catalog: the items of two catalogs do not mix.
///
/// It is a number that stays the same in all editions, so that it can be stored.
public struct Standard<Framework: CompiledCatalog>: Hashable, Sendable, Comparable,
  CustomStringConvertible, Identifiable
{
  /// Its number among all items that ever were in the catalog.
  public let index: Int

  /// Names an item by its number; generated code calls this.
  @inlinable
  public init(index: Int) {
    self.index = index
  }

  /// Finds the only item with a code.
  ///
  /// - Returns: `nil` when no item has the code, or several have.
  /// - Complexity: O(1) after the first use.
  public init?(code: String) {
    guard let index = Framework.table.indexes(ofCode: code).only else { return nil }
    self.index = index
  }

  /// Finds an item by its identifier; UUIDs are compared without case and dashes.
  ///
  /// - Complexity: O(1) after the first use.
  public init?(identifier: Identifier) {
    guard let index = Framework.table.index(of: identifier) else { return nil }
    self.index = index
  }

  private var row: StandardTable.Row? { Framework.table.row(index) }

  /// The identifier, which lasts.
  public var id: ID<Competency> { ID(identifier) }
  /// The identifier, which lasts; blank for a number that is not in the catalog.
  public var identifier: Identifier { row?.identifier ?? "" }
  /// The code that people know it by, blank where it has none.
  public var code: String { row?.code ?? "" }
  /// The statement, with the markup of the catalog.
  public var statement: String { row?.statement ?? "" }
  /// What kind of statement it is, in the publisher's words.
  public var itemType: String { row?.itemType ?? "" }
  /// The school levels that it is meant for.
  public var educationLevels: [String] { row?.levels ?? [] }
  /// Whether the newest edition no longer has it.
  public var isRetired: Bool { row?.isRetired ?? true }
  /// What it stands under, `nil` at the top.
  public var parent: Standard? { row?.parent.map { Standard(index: $0) } }
  /// What stands under it, in the publisher's order.
  public var children: [Standard] {
    Framework.table.children(of: index).map { Standard(index: $0) }
  }
  /// What the catalog says comes before it.
  public var prerequisites: [Standard] { (row?.prerequisites ?? []).map { Standard(index: $0) } }
  /// The code and the statement.
  public var description: String { code.isEmpty ? statement : "\(code): \(statement)" }

  /// All items of the newest edition, in the publisher's order.
  public static var allCases: [Standard] {
    Framework.table.rows.filter { !$0.isRetired }.map { Standard(index: $0.index) }
  }

  /// The items of one type, in the publisher's order.
  public static func all(ofType type: String) -> [Standard] {
    allCases.filter { $0.itemType == type }
  }

  /// The items that are meant for a school level, in the publisher's order.
  public static func all(forLevel level: String) -> [Standard] {
    allCases.filter { $0.educationLevels.contains(level) }
  }

  /// Orders items by their numbers.
  public static func < (left: Standard, right: Standard) -> Bool { left.index < right.index }
}

extension Array {
  /// The element of an array that has one.
  var only: Element? { count == 1 ? first : nil }
}
