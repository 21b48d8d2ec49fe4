internal import AdapterHost
internal import Records

/// Who is above whom among the records of one kind: organizations, terms, objectives.
///
/// Parents may come after their children, so all is judged when the kind is complete. Costs memory
/// for records that have a parent only.
struct Lineage {
  /// A record and the one above it.
  struct Link {
    /// The identifier of the record.
    var child: [UInt8]
    /// The identifier of the one above it.
    var parent: [UInt8]
    /// The number of the one above it.
    var number: UInt32
    /// The name of the field.
    var field: String
    /// Number of the member that the record stands in.
    var member: Int
    /// Its line.
    var line: UInt64
  }

  /// The kind of the records.
  let kind: RecordKind
  private(set) var links: [Link] = []

  /// No records yet.
  init(kind: RecordKind) {
    self.kind = kind
  }

  /// Notes who is above a record.
  mutating func add(_ link: Link) { links.append(link) }

  /// The links of the first loop, from a record up to itself, or `nil` when there is none.
  ///
  /// - Complexity: O(*n*) in the number of links.
  func loop() -> [Link]? {
    var upwards: [[UInt8]: [Int]] = [:]
    for (index, link) in links.enumerated() { upwards[link.child, default: []].append(index) }
    var done: Set<[UInt8]> = []
    for start in links where !done.contains(start.child) {
      // The way from the start to where we are, and for each step which link is tried next.
      var way: [(id: [UInt8], next: Int)] = [(start.child, 0)]
      var steps: [Int] = []
      var isOnWay: Set<[UInt8]> = [start.child]
      while let here = way.last {
        let ways = upwards[here.id] ?? []
        guard here.next < ways.count else {
          done.insert(here.id)
          isOnWay.remove(here.id)
          way.removeLast()
          if !steps.isEmpty { steps.removeLast() }
          continue
        }
        way[way.count - 1].next += 1
        let link = ways[here.next]
        let parent = links[link].parent
        if isOnWay.contains(parent) {
          let first = way.firstIndex { $0.id == parent } ?? 0
          return (steps[first...] + [link]).map { links[$0] }
        }
        guard !done.contains(parent) else { continue }
        isOnWay.insert(parent)
        steps.append(link)
        way.append((parent, 0))
      }
    }
    return nil
  }
}
