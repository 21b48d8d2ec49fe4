public import Domain

/// The gates of a policy for many learners, kept up to date result by result.
///
/// After one result only the nodes above the target are looked at, and only as far as one of them
/// opens or closes. Of each learner a bit a node and 2 bytes a node with others below it are kept.
public struct GateBoard: Sendable {
  /// A gate of the policy, for a group where it is answered per group.
  public struct Root: Hashable, Sendable {
    /// The name.
    public let name: Identifier
    /// The group.
    public let group: Identifier?
    fileprivate let node: Int32
  }

  /// One node; nodes below come before those above.
  private struct Node {
    /// What stands above; -1 above a root and above nothing.
    var parent: Int32 = -1
    /// Which of the counters is the node's; -1 for a target.
    var counter: Int32 = -1
    /// From how many on it is open.
    var needed: Int32 = 0
    /// What it adds to the node above.
    var weight: Int32 = 1
    /// Which of the answers it is; -1 for none.
    var root: Int32 = -1
  }

  /// A node that asks for a level of a target.
  private struct Leaf {
    var node: Int32
    /// From how many levels on it is open.
    var levels: Int32
  }

  /// The gates, in the order of a report.
  public let gates: [Root]
  /// The targets, in the order of the grader.
  public let targets: [GradedTarget]
  /// How many learners there are.
  public let learnerCount: Int
  /// The nodes of all trees.
  public var nodeCount: Int { nodes.count }

  private let nodes: [Node]
  private let leaves: [Leaf]
  /// Where the leaves of each target begin, and past the last where they end.
  private let firstLeaf: [Int32]
  private let wordCount: Int
  private let counterCount: Int
  private let masteryLevels: Int
  private let levelCount: Int
  private var open: [UInt64]
  private var counters: [Int16]

  /// Makes a board on which nothing is assessed.
  ///
  /// - Parameters:
  ///   - grader: The policy and the targets.
  ///   - learnerCount: How many learners there are.
  /// - Throws: ``GradingError`` with the code `wrongValue` for gates that read more than levels of
  ///   targets: means, points, confirmations, dates or pieces of evidence; `Grader` answers those.
  public init(_ grader: Grader, learnerCount: Int) throws(GradingError) {
    var builder = BoardBuilder(grader)
    try builder.build()
    gates = builder.roots.map { Root(name: $0.name, group: $0.group, node: Int32($0.node)) }
    targets = grader.targets
    self.learnerCount = learnerCount
    masteryLevels = grader.policy.scale.masteryRank + 1
    levelCount = grader.policy.scale.levels.count
    var counterOf: [Int32] = []
    var counters: Int32 = 0
    for node in builder.nodes {
      counterOf.append(node.isLeaf ? -1 : counters)
      counters += node.isLeaf ? 0 : 1
    }
    counterCount = Int(counters)
    var nodes = builder.nodes.enumerated().map { place, node in
      Node(
        parent: Int32(node.parent ?? -1), counter: counterOf[place], needed: Int32(node.needed))
    }
    for (place, root) in gates.enumerated() { nodes[Int(root.node)].root = Int32(place) }
    self.nodes = nodes
    var leaves: [Leaf] = []
    var firstLeaf: [Int32] = [0]
    for target in grader.targets {
      for (place, node) in builder.nodes.enumerated() where node.target == target.id {
        leaves.append(Leaf(node: Int32(place), levels: Int32(node.levels)))
      }
      firstLeaf.append(Int32(leaves.count))
    }
    (self.leaves, self.firstLeaf) = (leaves, firstLeaf)
    wordCount = max(1, (nodes.count + 63) / 64)
    open = [UInt64](repeating: 0, count: wordCount * learnerCount)
    self.counters = [Int16](repeating: 0, count: counterCount * learnerCount)
    // What asks for nothing is open from the start.
    for learner in 0..<learnerCount {
      for (place, node) in nodes.enumerated() where node.counter >= 0 && node.needed <= 0 {
        var changed: UInt64 = 0
        raise(Int32(place), learner, &changed)
      }
    }
  }

  /// Tells the result of a learner in a target.
  ///
  /// - Parameters:
  ///   - levels: How many levels are reached, 0 below the lowest; `nil` when it is not assessed, or
  ///     assessed without a level.
  ///   - target: The place of the target among ``targets``.
  ///   - learner: The learner, from 0.
  /// - Returns: The gates that opened or closed, a bit for each of the first 64 of ``gates``.
  /// - Complexity: O(*d*) in the depth of the trees, for each place where the target stands.
  @discardableResult
  public mutating func set(levels: Int?, of target: Int, for learner: Int) -> UInt64 {
    let reached = Int32(levels ?? 0)
    var changed: UInt64 = 0
    for place in Int(firstLeaf[target])..<Int(firstLeaf[target + 1]) {
      let leaf = leaves[place]
      let isReached = reached >= leaf.levels
      if isReached != isOpen(leaf.node, learner) { flip(leaf.node, learner, &changed) }
    }
    return changed
  }

  /// Whether a gate is open for a learner.
  ///
  /// - Parameters:
  ///   - gate: The place of the gate among ``gates``.
  ///   - learner: The learner, from 0.
  public func isOpen(gate: Int, for learner: Int) -> Bool { isOpen(gates[gate].node, learner) }

  @inline(__always)
  private func isOpen(_ node: Int32, _ learner: Int) -> Bool {
    open[learner &* wordCount &+ Int(node >> 6)] >> UInt64(node & 63) & 1 == 1
  }

  /// Opens or closes a node, and what follows from it above.
  @inline(__always)
  private mutating func flip(_ first: Int32, _ learner: Int, _ changed: inout UInt64) {
    var node = first
    while true {
      let word = learner &* wordCount &+ Int(node >> 6)
      open[word] ^= 1 << UInt64(node & 63)
      let opened = open[word] >> UInt64(node & 63) & 1 == 1
      let own = nodes[Int(node)]
      if own.root >= 0, own.root < 64 { changed ^= 1 << UInt64(own.root) }
      guard own.parent >= 0 else { return }
      let parent = nodes[Int(own.parent)]
      let place = learner &* counterCount &+ Int(parent.counter)
      let before = counters[place]
      let after = opened ? before &+ 1 : before &- 1
      counters[place] = after
      guard (Int32(before) >= parent.needed) != (Int32(after) >= parent.needed) else { return }
      node = own.parent
    }
  }

  private mutating func raise(_ node: Int32, _ learner: Int, _ changed: inout UInt64) {
    if !isOpen(node, learner) { flip(node, learner, &changed) }
  }
}

/// Makes the nodes of a policy's gates.
private struct BoardBuilder {
  struct Made {
    var parent: Int?
    var target: CompetencyID?
    var levels = 0
    var needed = 0
    var isLeaf: Bool { target != nil }
  }

  let grader: Grader
  var nodes: [Made] = []
  var roots: [(name: Identifier, group: Identifier?, node: Int)] = []
  private let selector: GateEvaluator

  init(_ grader: Grader) {
    self.grader = grader
    let first = Instant.start
    selector = GateEvaluator(
      policy: grader.policy, targets: grader.targets, results: [:], facts: LearnerFacts(),
      asOf: AsOf(occurred: first, known: first))
  }

  mutating func build() throws(GradingError) {
    for named in grader.policy.gates {
      let groups: [Identifier?] =
        named.perGroup ? GateEvaluator.groups(of: grader.targets).map { $0 } : [nil]
      for group in groups {
        roots.append((named.name, group, try add(named.gate, in: group, depth: 0)))
      }
    }
  }

  private mutating func add(
    _ gate: Gate, in group: Identifier?, depth: Int
  ) throws(GradingError) -> Int {
    switch gate {
    case .target(let id, let level): return leaf(id, level)
    case .targets(let quantity, let targets, let level):
      let ids = selector.select(targets, in: group)
      return try node(over: ids.map { leaf($0, level) }, quantity)
    case .combine(let quantity, let gates):
      var below: [Int] = []
      for gate in gates { below.append(try add(gate, in: group, depth: depth + 1)) }
      return try node(over: below, quantity)
    case .gate(let name):
      // The other gate's tree stands here again; policies have no circles.
      guard let other = grader.policy.gates.first(where: { $0.name == name }) else { break }
      return try add(other.gate, in: other.perGroup ? group : nil, depth: depth + 1)
    default: break
    }
    throw GradingError(
      .wrongValue,
      "A gate of policy \"\(grader.policy.id)\" reads more than levels of targets, which boards do "
        + "not; use Grader instead.")
  }

  private mutating func leaf(_ id: CompetencyID, _ level: Identifier?) -> Int {
    let scale = grader.policy.scale
    let rank = level.map { scale.rank(of: $0) ?? scale.levels.count } ?? scale.masteryRank
    nodes.append(Made(target: id, levels: rank + 1))
    return nodes.count - 1
  }

  private mutating func node(
    over below: [Int], _ quantity: Gate.Quantity
  ) throws(GradingError) -> Int {
    let count = below.count
    var needed: Int
    switch quantity {
    case .all: needed = max(1, count)
    case .least(let least): needed = least
    case .share(let share):
      // The least whole number that is no less than this part of them; of nothing none is open.
      let part = BigRational(share) * BigRational(count)
      needed = (0...count).first { BigRational($0) >= part } ?? count + 1
      if count == 0 { needed = 1 }
    }
    needed = min(needed, Int(Int16.max))
    guard count < Int(Int16.max) else {
      throw GradingError(
        .limitExceeded, "A gate over more than \(Int16.max) targets has no room on a board.")
    }
    nodes.append(Made(needed: needed))
    for place in below { nodes[place].parent = nodes.count - 1 }
    return nodes.count - 1
  }
}

extension Instant {
  fileprivate static let start: Instant = {
    guard let start = Instant(secondsSince1970: 0) else {
      preconditionFailure("the first second of 1970 is a moment")
    }
    return start
  }()
}
