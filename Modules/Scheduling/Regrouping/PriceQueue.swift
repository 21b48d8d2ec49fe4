/// A queue of activities by distance and then by number; a binary heap in one array.
struct PriceQueue: Sendable {
  private var items: [Int64] = []

  /// The entry as one number: distances, which may not be negative, before activities.
  @inline(__always)
  private static func packed(_ distance: Int32, _ activity: Int32) -> Int64 {
    Int64(distance) << 32 | Int64(activity)
  }

  mutating func clear() {
    items.removeAll(keepingCapacity: true)
  }

  mutating func push(_ distance: Int32, _ activity: Int32) {
    let item = Self.packed(distance, activity)
    var hole = items.count
    items.append(item)
    while hole > 0 {
      let parent = (hole &- 1) >> 1
      guard items[parent] > item else { break }
      items[hole] = items[parent]
      hole = parent
    }
    items[hole] = item
  }

  mutating func pop() -> (distance: Int32, activity: Int32)? {
    guard let first = items.first, let last = items.popLast() else { return nil }
    if !items.isEmpty {
      var hole = 0
      let count = items.count
      while true {
        var child = hole &* 2 &+ 1
        guard child < count else { break }
        if child &+ 1 < count, items[child &+ 1] < items[child] { child &+= 1 }
        guard items[child] < last else { break }
        items[hole] = items[child]
        hole = child
      }
      items[hole] = last
    }
    return (Int32(truncatingIfNeeded: first >> 32), Int32(truncatingIfNeeded: first))
  }
}

/// For each activity a heap of bids, the least one first, in one array.
struct BidHeaps: Sendable {
  /// How many bids each activity holds.
  private(set) var counts: [Int32]
  private var starts: [Int]
  private var items: [Int64]

  init(_ capacities: [Int32], learners: Int) {
    counts = Array(repeating: 0, count: capacities.count)
    starts = []
    starts.reserveCapacity(capacities.count)
    items = []
    for capacity in capacities {
      starts.append(items.count)
      items.append(contentsOf: repeatElement(0, count: min(Int(capacity), learners)))
    }
  }

  /// Takes all bids out.
  mutating func clear() {
    for activity in counts.indices { counts[activity] = 0 }
  }

  func least(_ activity: Int) -> (bid: Int32, learner: Int32) {
    let item = items[starts[activity]]
    return (Int32(truncatingIfNeeded: item >> 32), Int32(truncatingIfNeeded: item))
  }

  mutating func push(_ bid: Int32, _ learner: Int32, _ activity: Int) {
    let start = starts[activity]
    let item = Int64(bid) << 32 | Int64(learner)
    var hole = Int(counts[activity])
    counts[activity] &+= 1
    while hole > 0 {
      let parent = (hole &- 1) >> 1
      guard items[start &+ parent] > item else { break }
      items[start &+ hole] = items[start &+ parent]
      hole = parent
    }
    items[start &+ hole] = item
  }

  /// Takes the least bid out and puts another one in.
  mutating func replaceLeast(_ bid: Int32, _ learner: Int32, _ activity: Int) -> Int32 {
    let start = starts[activity]
    let out = Int32(truncatingIfNeeded: items[start])
    let item = Int64(bid) << 32 | Int64(learner)
    let count = Int(counts[activity])
    var hole = 0
    while true {
      var child = hole &* 2 &+ 1
      guard child < count else { break }
      if child &+ 1 < count, items[start &+ child &+ 1] < items[start &+ child] { child &+= 1 }
      guard items[start &+ child] < item else { break }
      items[start &+ hole] = items[start &+ child]
      hole = child
    }
    items[start &+ hole] = item
    return out
  }
}
