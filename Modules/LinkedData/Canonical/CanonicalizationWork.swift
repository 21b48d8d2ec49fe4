internal import Domain

/// The state of the algorithm of RDFC-1.0, section 4.
struct CanonicalizationWork {
  private let input: CanonicalizationInput
  private let hash: Canonicalizer.Hash
  private let budget: CanonicalizationBudget
  private var canonical = BlankNodeIssuer("c14n")
  /// The first-degree hashes of nodes.
  private var firstDegree: [[UInt8]] = []
  private var calls = 0
  private var permutations = 0
  /// Statements that were hashed for related nodes, which bounds the time of a call.
  private var relations = 0

  init(
    _ input: CanonicalizationInput, _ hash: Canonicalizer.Hash, _ budget: CanonicalizationBudget
  ) {
    self.input = input
    self.hash = hash
    self.budget = budget
  }

  /// Names all blank nodes (RDFC-1.0, section 4.4.3).
  mutating func run() throws(LinkedDataError) {
    firstDegree = input.labels.indices.map { hashFirstDegree($0) }
    let order = input.labels.indices.sorted {
      firstDegree[$0].lexicographicallyPrecedes(firstDegree[$1])
    }
    var groups: [[Int]] = []
    for node in order {
      if let last = groups.last?.first, firstDegree[last] == firstDegree[node] {
        groups[groups.count - 1].append(node)
      } else {
        groups.append([node])
      }
    }
    for group in groups where group.count == 1 { canonical.issue(group[0]) }
    for group in groups where group.count > 1 { try nameAlike(group) }
  }

  /// Names the nodes of which the same is said directly.
  private mutating func nameAlike(_ group: [Int]) throws(LinkedDataError) {
    var results: [(hash: [UInt8], issuer: BlankNodeIssuer)] = []
    for node in group where !canonical.hasName(node) {
      var issuer = BlankNodeIssuer("b")
      issuer.issue(node)
      results.append(try hashNDegree(node, issuer, depth: 0))
    }
    // A stable order: nodes with equal hashes are alike, so that it does not matter which is first.
    let order = results.indices.sorted {
      if results[$0].hash == results[$1].hash { return $0 < $1 }
      return results[$0].hash.lexicographicallyPrecedes(results[$1].hash)
    }
    for index in order {
      for node in results[index].issuer.nodes { canonical.issue(node) }
    }
  }

  private func digest(_ bytes: [UInt8]) -> [UInt8] {
    switch hash {
    case .sha256: Array(SHA256.hash(bytes).description.utf8)
    case .sha384: Array(SHA384.hash(bytes).description.utf8)
    }
  }

  /// Hashes what is said of a node directly (RDFC-1.0, section 4.6.3).
  private func hashFirstDegree(_ node: Int) -> [UInt8] {
    var lines: [[UInt8]] = []
    lines.reserveCapacity(input.mentions[node].count)
    for index in input.mentions[node] {
      var line: [UInt8] = []
      line.reserveCapacity(192)
      input.append(input.statements[index], to: &line) { other, line in
        line += (other == node ? "_:a" : "_:z").utf8
      }
      lines.append(line)
    }
    if lines.count > 1 { lines.sort { $0.lexicographicallyPrecedes($1) } }
    return digest(lines.count == 1 ? lines[0] : Array(lines.joined()))
  }

  /// The other blank nodes of a node's statements by the hashes of how they are related (RDFC-1.0,
  /// sections 4.7.3 and 4.8.3). A node stands in a list as often as it is related.
  private mutating func related(
    to node: Int, _ issuer: BlankNodeIssuer
  ) throws(LinkedDataError) -> [(hash: [UInt8], nodes: [Int])] {
    var lists: [[UInt8]: [Int]] = [:]
    for index in input.mentions[node] {
      relations += 1
      guard relations <= 100 * (budget.permutations + input.statements.count) else {
        throw exceeded
      }
      let statement = input.statements[index]
      let parts = [
        (UInt8(ascii: "s"), statement.subject.node), (UInt8(ascii: "o"), statement.object.node),
        (UInt8(ascii: "g"), statement.graph?.node ?? -1),
      ]
      for (position, other) in parts where other >= 0 && other != node {
        var data = [position]
        if position != UInt8(ascii: "g") {
          data += input.text[statement.predicate.start..<statement.predicate.end]
        }
        if !canonical.append(other, to: &data), !issuer.append(other, to: &data) {
          data += firstDegree[other]
        }
        lists[digest(data), default: []].append(other)
      }
    }
    return lists.map { ($0.key, $0.value) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
  }

  /// Hashes what is said of a node and of those around it (RDFC-1.0, section 4.8.3).
  private mutating func hashNDegree(
    _ node: Int, _ issuer: BlankNodeIssuer, depth: Int
  ) throws(LinkedDataError) -> (hash: [UInt8], issuer: BlankNodeIssuer) {
    calls += 1
    guard depth < budget.depth, calls <= budget.calls + 50 * input.labels.count else {
      throw exceeded
    }
    var issuer = issuer
    var data: [UInt8] = []
    for (hash, nodes) in try related(to: node, issuer) {
      data += hash
      var best: (path: [UInt8], issuer: BlankNodeIssuer)?
      var order = nodes.sorted()
      repeat {
        permutations += 1 + nodes.count / 16
        guard permutations <= budget.permutations else { throw exceeded }
        let tried = try path(order, issuer, best: best?.path, depth: depth)
        guard let tried else { continue }
        if let best, !tried.path.lexicographicallyPrecedes(best.path) { continue }
        best = tried
      } while Self.advance(&order)
      if let best {
        data += best.path
        issuer = best.issuer
      }
    }
    return (digest(data), issuer)
  }

  /// The path of related nodes in one order, or `nil` as soon as it is worse than the best one.
  private mutating func path(
    _ order: [Int], _ issuer: BlankNodeIssuer, best: [UInt8]?, depth: Int
  ) throws(LinkedDataError) -> (path: [UInt8], issuer: BlankNodeIssuer)? {
    var issuer = issuer
    var path: [UInt8] = []
    var pending: [Int] = []
    for node in order {
      if !canonical.append(node, to: &path) {
        if !issuer.hasName(node) {
          pending.append(node)
          issuer.issue(node)
        }
        issuer.append(node, to: &path)
      }
      if Self.isWorse(path, than: best) { return nil }
    }
    for node in pending {
      let result = try hashNDegree(node, issuer, depth: depth + 1)
      issuer.append(node, to: &path)
      path.append(UInt8(ascii: "<"))
      path += result.hash
      path.append(UInt8(ascii: ">"))
      issuer = result.issuer
      if Self.isWorse(path, than: best) { return nil }
    }
    return (path, issuer)
  }

  private static func isWorse(_ path: [UInt8], than best: [UInt8]?) -> Bool {
    guard let best, path.count >= best.count else { return false }
    return best.lexicographicallyPrecedes(path)
  }

  /// Goes to the next order of a list in which equal elements are not told apart.
  ///
  /// - Returns: `false` after the last one.
  private static func advance(_ order: inout [Int]) -> Bool {
    guard order.count > 1,
      let pivot = order.indices.dropLast().last(where: { order[$0] < order[$0 + 1] }),
      let other = order.lastIndex(where: { $0 > order[pivot] })
    else { return false }
    order.swapAt(pivot, other)
    order[(pivot + 1)...].reverse()
    return true
  }

  private var exceeded: LinkedDataError {
    LinkedDataError(
      .workExceeded,
      "The blank nodes of the dataset cannot be told apart with \(budget.permutations) trials; "
        + "it is refused as poisoned.")
  }

  /// The dataset with canonical names.
  func result() -> CanonicalDataset {
    var lines: [[UInt8]] = []
    lines.reserveCapacity(input.statements.count)
    for statement in input.statements {
      var line: [UInt8] = []
      line.reserveCapacity(192)
      input.append(statement, to: &line) { node, line in canonical.append(node, to: &line) }
      lines.append(line)
    }
    lines.sort { $0.lexicographicallyPrecedes($1) }
    var labels: [Identifier: Identifier] = [:]
    for (number, node) in canonical.nodes.enumerated() {
      labels[input.labels[node]] = Identifier("c14n\(number)")
    }
    return CanonicalDataset(
      lines: lines, labels: labels, calls: calls, permutations: permutations)
  }
}
