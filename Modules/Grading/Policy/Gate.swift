public import Domain

/// A condition on a learner's results, as a tree.
///
/// A gate that reads a target that is not assessed is closed there and says so.
public indirect enum Gate: Hashable, Sendable {
  /// How many of several have to be open.
  public enum Quantity: Hashable, Sendable {
    /// Every one, and at least one.
    case all
    /// At least so many.
    case least(Int)
    /// At least this share of them, compared exactly.
    case share(Rational)
  }

  /// A bound of a window.
  public struct Bound: Hashable, Sendable {
    /// The day.
    public var date: CalendarDate
    /// Whether the day itself is inside.
    public var isInclusive: Bool

    /// Creates a bound.
    public init(_ date: CalendarDate, isInclusive: Bool) {
      self.date = date
      self.isInclusive = isInclusive
    }
  }

  /// One target of a gate on points.
  public struct PointsItem: Hashable, Sendable {
    /// The target.
    public var target: CompetencyID
    /// What it is worth once mastered.
    public var points: Rational
    /// Whether the gate stays closed without it.
    public var isRequired: Bool

    /// Creates an item.
    public init(_ target: CompetencyID, points: Rational, isRequired: Bool = false) {
      self.target = target
      self.points = points
      self.isRequired = isRequired
    }
  }

  /// A number of the gates is open.
  case combine(Quantity, [Gate])
  /// One target has reached a level; without one, the policy's cut.
  case target(CompetencyID, at: Identifier?)
  /// A number of the targets have reached a level; without one, the policy's cut.
  case targets(Quantity, TargetSelector, at: Identifier?)
  /// The mean of the targets' exact numbers is at least this; all of them are assessed.
  case mean(Rational, TargetSelector)
  /// Mastered targets are worth so many points together, the required ones among them.
  case points(Rational, [PointsItem])
  /// Somebody in a role has confirmed a step.
  case step(Identifier, role: Identifier)
  /// The point of view lies between two days.
  case window(from: Bound?, to: Bound?)
  /// Fewer days than this have passed since a named date of the learner, or as many if inclusive.
  case within(days: Int, since: Identifier, isInclusive: Bool)
  /// At least so many days have passed since a named date of the learner.
  case elapsed(days: Int, since: Identifier)
  /// There are at least and at most so many pieces of evidence for the targets.
  case evidence(EvidenceGate)
  /// Another gate of the policy is open.
  case gate(Identifier)

  /// All of the gates are open.
  public static func all(_ gates: [Gate]) -> Gate { .combine(.all, gates) }
  /// One of the gates is open.
  public static func any(_ gates: [Gate]) -> Gate { .combine(.least(1), gates) }
}

/// A gate on single pieces of evidence.
public struct EvidenceGate: Hashable, Sendable {
  /// Which evidence, whether or not the policy counts it towards results.
  public var demand: EvidenceDemand
  /// The targets it is for.
  public var targets: TargetSelector
  /// The level that its score reaches; without one, any score will do.
  public var at: Identifier?
  /// At least so many pieces.
  public var least: Int?
  /// At most so many pieces, such as attempts.
  public var most: Int?

  /// Creates a gate on evidence.
  public init(
    _ demand: EvidenceDemand, targets: TargetSelector = .all, at level: Identifier? = nil,
    least: Int? = nil, most: Int? = nil
  ) {
    self.demand = demand
    self.targets = targets
    at = level
    self.least = least
    self.most = most
  }
}

/// Which of the targets are meant.
public enum TargetSelector: Hashable, Sendable {
  /// All of them, or all of the current group in a gate that is answered per group.
  case all
  /// Those that every learner must master.
  case backbone
  /// Those of a group.
  case group(Identifier)
  /// Those that are named.
  case named([CompetencyID])
}

/// A target that a policy is applied to.
public struct GradedTarget: Hashable, Sendable {
  /// The target.
  public var id: CompetencyID
  /// Whether every learner must master it.
  public var isBackbone: Bool
  /// The groups that it belongs to, such as a unit, a content area or a phase.
  public var groups: [Identifier]

  /// Creates a target.
  public init(_ id: CompetencyID, isBackbone: Bool = true, groups: [Identifier] = []) {
    self.id = id
    self.isBackbone = isBackbone
    self.groups = groups
  }

  /// Creates a target from a competency.
  ///
  /// - Returns: `nil` for a habit: academic results are never made of habits.
  public init?(_ competency: Competency, groups: [Identifier] = []) {
    guard competency.kind == .academic else { return nil }
    self.init(competency.id, isBackbone: competency.emphasis == .backbone, groups: groups)
  }
}
