extension Catalog {
  /// What each item stands under, in the order of the file; a parent that is stated twice counts
  /// once.
  ///
  /// Parents may be the document or outside of the file.
  ///
  /// - Complexity: O(associations).
  public var parents: [CatalogKey: [CatalogKey]] {
    var parents: [CatalogKey: [CatalogKey]] = [:]
    for association in associations where association.type == .isChildOf {
      guard let child = association.origin, let parent = association.destination else { continue }
      let (childKey, key) = (CatalogKey(child.identifier), CatalogKey(parent.identifier))
      guard childKey != key, !(parents[childKey]?.contains(key) ?? false) else { continue }
      parents[childKey, default: []].append(key)
    }
    return parents
  }

  /// What stands under each item and under the document, in the order of the publisher: by
  /// sequence number, then by list enumeration and code compared naturally, then as in the file.
  ///
  /// Items without a parent stand under the document.
  ///
  /// - Complexity: O(*n* log *n*).
  public var children: [CatalogKey: [Int]] {
    let parents = parents
    let sequence = sequenceNumbers
    let root = CatalogKey(identifier)
    let known = Set(items.map { CatalogKey($0.identifier) })
    var children: [CatalogKey: [Int]] = [:]
    var orders: [SiblingOrder] = []
    for (index, item) in items.enumerated() {
      let key = CatalogKey(item.identifier)
      orders.append(SiblingOrder(item, sequence: sequence[key], place: index))
      let there = (parents[key] ?? []).filter { known.contains($0) || $0 == root }
      for parent in there.isEmpty ? [root] : there { children[parent, default: []].append(index) }
    }
    return children.mapValues { $0.sorted { orders[$0] < orders[$1] } }
  }

  /// The items in the order of the publisher: each before what stands under it. Items that are
  /// reached in no way, such as those on a cycle of parents, come last in the order of the file.
  ///
  /// - Returns: The place of each item in ``items`` with its depth, 0 at the top.
  /// - Complexity: O(*n* log *n*).
  public var outline: [(item: Int, depth: Int)] {
    let children = children
    var isSeen = [Bool](repeating: false, count: items.count)
    var outline: [(item: Int, depth: Int)] = []
    var stack = (children[CatalogKey(identifier)] ?? []).reversed().map { (item: $0, depth: 0) }
    while let next = stack.popLast() {
      guard !isSeen[next.item] else { continue }
      isSeen[next.item] = true
      outline.append(next)
      let below = children[CatalogKey(items[next.item].identifier)] ?? []
      stack += below.reversed().map { (item: $0, depth: next.depth + 1) }
    }
    for item in items.indices where !isSeen[item] { outline.append((item, 0)) }
    return outline
  }
}

/// The order of items under one parent.
private struct SiblingOrder: Comparable {
  let sequence: Int64
  let enumeration: NaturalText
  let code: NaturalText
  let place: Int

  init(_ item: CatalogItem, sequence: Int64?, place: Int) {
    self.sequence = sequence ?? .max
    enumeration = NaturalText(item.listEnumeration ?? "")
    code = NaturalText(item.code ?? "")
    self.place = place
  }

  static func < (left: SiblingOrder, right: SiblingOrder) -> Bool {
    (left.sequence, left.enumeration, left.code, left.place)
      < (right.sequence, right.enumeration, right.code, right.place)
  }
}
