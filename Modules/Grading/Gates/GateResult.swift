public import Domain

/// Whether a gate is open, node by node.
public struct GateResult: Hashable, Sendable {
  /// The name of the gate.
  public var name: Identifier
  /// The group that it was answered for, in a gate that is answered per group.
  public var group: Identifier?
  /// The root of its tree.
  public var node: GateNode

  /// Whether it is open.
  public var isOpen: Bool { node.isOpen }
}

/// One node of a gate's tree, with what was found.
public struct GateNode: Hashable, Sendable {
  /// Whether this node is open.
  public var isOpen: Bool
  /// What was found, such as how many targets are mastered or how many days have passed.
  public var found: Rational?
  /// What was asked for.
  public var needed: Rational?
  /// Targets that are not assessed and so keep it closed, or weigh against it.
  public var notAssessed: [CompetencyID]
  /// The nodes below, in the order of the policy.
  public var children: [GateNode]

  init(
    _ isOpen: Bool, found: Rational? = nil, needed: Rational? = nil,
    notAssessed: [CompetencyID] = [], children: [GateNode] = []
  ) {
    self.isOpen = isOpen
    self.found = found
    self.needed = needed
    self.notAssessed = notAssessed
    self.children = children
  }
}
