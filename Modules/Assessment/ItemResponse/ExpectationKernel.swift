#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Posterior distributions of persons over a grid of abilities, and sums over persons.
///
/// Items are joined to groups of few enough states that one look-up gives the log-likelihood of a
/// whole group at all nodes, and one addition counts it. Blocks of persons go through one group
/// after another, so that table and block stay in the nearest cache. Persons are added up in
/// blocks of fixed size and order.
///
/// The memory is owned by this type alone and freed with it.
@safe
struct ExpectationKernel: ~Copyable {
  /// One group of items.
  private struct Group {
    var items: Range<Int>
    /// How many states each item has; one more than categories where answers are missing.
    var radices: [Int]
    var states: Int
    /// Where the tables of the group begin, in vectors.
    var start: Int
  }

  private static let block = 32
  private static let mostStates = 32

  let nodes: [Double]
  let persons: Int
  let categoryCounts: [Int]
  /// How many vectors of eight numbers hold all nodes.
  let width: Int
  /// Where the rows of each item begin, in categories.
  let offsets: [Int]
  private let weights: [Double]?
  private var groups: [Group]
  private let codes: UnsafeMutablePointer<UInt8>
  private let tables: UnsafeMutablePointer<SIMD8<Double>>
  private let sums: UnsafeMutablePointer<SIMD8<Double>>
  private let rows: UnsafeMutablePointer<SIMD8<Double>>
  private let prior: UnsafeMutablePointer<SIMD8<Double>>
  private let tableSize: Int

  /// Prepares a table of answers; categories are counted from 0.
  init(_ table: ResponseTable, nodes: [Double], weights: [Double]) {
    self.nodes = nodes
    persons = table.persons.count
    categoryCounts = table.categoryCounts
    self.weights = table.weights
    let width = (nodes.count + 7) / 8
    self.width = width
    var offsets: [Int] = []
    var all = 0
    for count in table.categoryCounts {
      offsets.append(all)
      all += count
    }
    self.offsets = offsets + [all]
    groups = Self.groups(of: table, width: width)
    tableSize = groups.reduce(0) { $0 + $1.states * width }
    unsafe codes = .allocate(capacity: groups.count * persons)
    unsafe tables = .allocate(capacity: tableSize)
    unsafe sums = .allocate(capacity: tableSize)
    unsafe rows = .allocate(capacity: Self.block * width)
    unsafe prior = .allocate(capacity: width)
    unsafe tables.initialize(repeating: SIMD8(), count: tableSize)
    unsafe sums.initialize(repeating: SIMD8(), count: tableSize)
    unsafe rows.initialize(repeating: SIMD8(), count: Self.block * width)
    // Nodes that only fill up the last vector have no weight.
    unsafe prior.initialize(repeating: SIMD8(repeating: -1e30), count: width)
    for (node, weight) in weights.enumerated() {
      unsafe prior[node / 8][node % 8] = weight > 0 ? log(weight) : -1e30
    }
    for (index, group) in groups.enumerated() {
      let start = index * persons
      for person in 0..<persons {
        var code = 0
        for (place, item) in group.items.enumerated() {
          let cell = table.cells[item * persons + person]
          let state =
            cell == ResponseTable.missing ? group.radices[place] - 1 : Int(cell)
          code = code * group.radices[place] + state
        }
        unsafe codes[start + person] = UInt8(code)
      }
    }
  }

  deinit {
    unsafe codes.deallocate()
    unsafe tables.deallocate()
    unsafe sums.deallocate()
    unsafe rows.deallocate()
    unsafe prior.deallocate()
  }

  private static func groups(of table: ResponseTable, width: Int) -> [Group] {
    var groups: [Group] = []
    var current: Group?
    var start = 0
    let persons = table.persons.count
    for item in table.items.indices {
      let hasMissing = table.cells[item * persons..<(item + 1) * persons]
        .contains(ResponseTable.missing)
      let radix = table.categoryCounts[item] + (hasMissing ? 1 : 0)
      if var group = current, group.states * radix <= mostStates {
        group.items = group.items.lowerBound..<item + 1
        group.radices.append(radix)
        group.states *= radix
        current = group
      } else {
        if let group = current {
          groups.append(group)
          start += group.states * width
        }
        current = Group(items: item..<item + 1, radices: [radix], states: radix, start: start)
      }
    }
    if let current { groups.append(current) }
    return groups
  }

  /// Fills the tables of groups from log-probabilities.
  ///
  /// - Parameter logs: For each item and category the values at all nodes, `width` * 8 numbers.
  private func fillTables(_ logs: [Double]) {
    let stride = width * 8
    unsafe logs.withUnsafeBufferPointer { logs in
      guard let base = unsafe UnsafeRawPointer(logs.baseAddress) else { return }
      for group in groups {
        for state in 0..<group.states {
          let row = unsafe tables + group.start + state * width
          for vector in 0..<width { unsafe row[vector] = SIMD8() }
          var rest = state
          for place in group.radices.indices.reversed() {
            let category = rest % group.radices[place]
            rest /= group.radices[place]
            let item = group.items.lowerBound + place
            guard category < categoryCounts[item] else { continue }
            let source = unsafe base + (offsets[item] + category) * stride * 8
            for vector in 0..<width {
              unsafe row[vector] += (source + vector * 64).loadUnaligned(as: SIMD8<Double>.self)
            }
          }
        }
      }
    }
  }

  /// Brings the rows of a block to the log of prior times likelihood.
  @inline(__always)
  private func fillRows(_ first: Int, _ count: Int) {
    for person in 0..<count {
      for vector in 0..<width { unsafe rows[person * width + vector] = prior[vector] }
    }
    for index in groups.indices {
      let table = unsafe tables + groups[index].start
      let code = unsafe codes + index * persons + first
      for person in 0..<count {
        let source = unsafe table + Int(code[person]) * width
        let row = unsafe rows + person * width
        for vector in 0..<width { unsafe row[vector] += source[vector] }
      }
    }
  }

  /// Turns one row into a posterior with a sum of 1; the log of the marginal probability.
  @inline(__always)
  private func normalize(_ person: Int, weight: Double) -> Double {
    let row = unsafe rows + person * width
    var top = unsafe row[0]
    for vector in 1..<max(1, width) {
      let next = unsafe row[vector]
      top = top.replacing(with: next, where: next .> top)
    }
    let most = top.max()
    var sum = SIMD8<Double>()
    for vector in 0..<width {
      let value = unsafe VectorMath.exponential(row[vector] - most)
      unsafe row[vector] = value
      sum += value
    }
    let total = sum.sum()
    let scale = weight / total
    for vector in 0..<width { unsafe row[vector] *= scale }
    return most + log(total)
  }

  /// One expectation step.
  ///
  /// - Parameters:
  ///   - logs: For each item and category the log-probabilities at all nodes.
  ///   - counts: Gets for each item and category the expected number of persons at each node.
  /// - Returns: The log-likelihood.
  func expectation(_ logs: [Double], counts: inout [Double]) -> Double {
    fillTables(logs)
    unsafe sums.update(repeating: SIMD8(), count: tableSize)
    var likelihood = 0.0
    var first = 0
    while first < persons {
      let count = min(Self.block, persons - first)
      fillRows(first, count)
      var part = 0.0
      for person in 0..<count {
        let weight = weights?[first + person] ?? 1
        part += weight * normalize(person, weight: weight)
      }
      likelihood += part
      for index in groups.indices {
        let table = unsafe sums + groups[index].start
        let code = unsafe codes + index * persons + first
        for person in 0..<count {
          let target = unsafe table + Int(code[person]) * width
          let row = unsafe rows + person * width
          for vector in 0..<width { unsafe target[vector] += row[vector] }
        }
      }
      first += count
    }
    collect(&counts)
    return likelihood
  }

  /// Adds the sums of states up to sums of categories.
  private func collect(_ counts: inout [Double]) {
    let stride = width * 8
    for index in counts.indices { counts[index] = 0 }
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      for group in groups {
        for state in 0..<group.states {
          let row = unsafe sums + group.start + state * width
          var rest = state
          for place in group.radices.indices.reversed() {
            let category = rest % group.radices[place]
            rest /= group.radices[place]
            let item = group.items.lowerBound + place
            guard category < categoryCounts[item] else { continue }
            let target = (offsets[item] + category) * stride
            for vector in 0..<width {
              let value = unsafe row[vector]
              for lane in 0..<8 { unsafe counts[target + vector * 8 + lane] += value[lane] }
            }
          }
        }
      }
    }
  }

  /// Replaces the logs of the weights of nodes.
  func setPrior(_ logs: [Double]) {
    for (node, value) in logs.enumerated() { unsafe prior[node / 8][node % 8] = value }
  }

  /// The expected number of persons at each node, from the last expectation step.
  var nodeTotals: [Double] {
    var totals = [SIMD8<Double>](repeating: SIMD8(), count: width)
    for state in 0..<groups[0].states {
      for vector in 0..<width { unsafe totals[vector] += sums[state * width + vector] }
    }
    return nodes.indices.map { totals[$0 / 8][$0 % 8] }
  }

  /// Visits the posterior of each person, in order.
  ///
  /// - Parameters:
  ///   - logs: For each item and category the log-probabilities at all nodes.
  ///   - body: Gets the person, the posterior at all nodes with a sum of 1 and zeros behind, and
  ///     the log of the marginal probability.
  func posteriors(
    _ logs: [Double], _ body: (Int, UnsafePointer<SIMD8<Double>>, Double) -> Void
  ) {
    fillTables(logs)
    var first = 0
    while first < persons {
      let count = min(Self.block, persons - first)
      fillRows(first, count)
      for person in 0..<count {
        let likelihood = normalize(person, weight: 1)
        unsafe body(first + person, UnsafePointer(rows + person * width), likelihood)
      }
      first += count
    }
  }
}
