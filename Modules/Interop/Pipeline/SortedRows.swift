internal import Records

/// The rows of a partition, class by class; rows of one class keep their order.
final class SortedRows {
  /// The most rows that are given at a time.
  static let chunk = 1_024

  let loaded: LoadedRows
  private var order: [UInt32] = []
  /// The classes that have rows, and where these begin; those without a class come last.
  private var starts: [(group: UInt32, start: Int)] = []

  init(_ loaded: LoadedRows) {
    self.loaded = loaded
    let groups = loaded.offsets.indices.map { loaded.numbers($0).group }
    let known = groups.lazy.filter { $0 != .max }
    let low = Int(known.min() ?? 0)
    let high = Int(known.max() ?? 0)
    func bucket(_ group: UInt32) -> Int { group == .max ? high - low + 1 : Int(group) - low }
    var next = [Int](repeating: 0, count: high - low + 3)
    for group in groups { next[bucket(group) + 1] += 1 }
    for bucket in 1..<next.count { next[bucket] += next[bucket - 1] }
    for bucket in 0..<next.count - 1 where next[bucket] < next[bucket + 1] {
      let group = bucket == high - low + 1 ? UInt32.max : UInt32(low + bucket)
      starts.append((group, next[bucket]))
    }
    order = Array(repeating: 0, count: groups.count)
    for (index, group) in groups.enumerated() {
      order[next[bucket(group)]] = UInt32(index)
      next[bucket(group)] += 1
    }
  }

  var groups: [UInt32] { starts.map(\.group) }

  /// The rows of a class, at most ``chunk`` at a time.
  func rows(of group: UInt32) -> [ArraySlice<UInt32>] {
    guard let place = starts.firstIndex(where: { $0.group == group }) else { return [] }
    let end = place + 1 < starts.count ? starts[place + 1].start : order.count
    return stride(from: starts[place].start, to: end, by: Self.chunk).map { start in
      order[start..<min(start + Self.chunk, end)]
    }
  }
}
