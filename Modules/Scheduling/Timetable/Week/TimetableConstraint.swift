/// A rule of a timetable with its weight.
public struct TimetableConstraint: Hashable, Sendable {
  /// How the deviations at one point of application become a cost.
  public enum CostFunction: String, Hashable, Sendable {
    /// The deviation itself.
    case linear = "Linear"
    /// Its square.
    case quadratic = "Quadratic"
    /// 1 for any deviation.
    case step = "Step"

    func callAsFunction(_ deviation: Int) -> Int {
      switch self {
      case .linear: deviation
      case .quadratic: deviation * deviation
      case .step: deviation > 0 ? 1 : 0
      }
    }
  }

  /// A set of times with bounds.
  public struct BoundedTimes: Hashable, Sendable {
    /// The times.
    public var times: [Int]
    /// The least number.
    public var minimum: Int
    /// The greatest number.
    public var maximum: Int

    /// Creates a bounded set.
    public init(times: [Int], minimum: Int, maximum: Int) {
      self.times = times
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// Two events of which one comes first.
  public struct EventPair: Hashable, Sendable {
    /// The event that comes first.
    public var first: Int
    /// The event that comes second.
    public var second: Int
    /// The fewest times between them.
    public var minimum: Int
    /// The most times between them.
    public var maximum: Int

    /// Creates a pair.
    public init(first: Int, second: Int, minimum: Int, maximum: Int) {
      self.first = first
      self.second = second
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// What a rule asks; the sixteen kinds of XHSTT-2014.
  public enum Kind: Hashable, Sendable {
    /// The demand of a role has a resource. Deviation of an event: durations without one.
    case assignResource(role: String, events: [Int])
    /// Events have times. Deviation of an event: durations without one.
    case assignTime(events: [Int])
    /// Into how many meetings of which durations an event is split. Deviation: meetings whose
    /// duration is out of bounds, and how far their number is.
    case splitEvents(events: [Int], durations: ClosedRange<Int>, amount: ClosedRange<Int>)
    /// How many meetings of a duration an event has.
    case distributeSplitEvents(events: [Int], duration: Int, amount: ClosedRange<Int>)
    /// The demand of a role has one of these resources. Deviation: durations with another one.
    case preferResources(role: String, events: [Int], resources: [Int])
    /// Meetings, of one duration if it is given, start at one of these times. Deviation: durations
    /// that do not.
    case preferTimes(events: [Int], times: [Int], duration: Int?)
    /// The demand of a role has the same resource in all meetings of a group of events. Deviation:
    /// resources beyond the first.
    case avoidSplitAssignments(role: String, groups: [[Int]])
    /// How many meetings of a group of events start in each set of times.
    case spreadEvents(groups: [[Int]], times: [BoundedTimes])
    /// Events of a group take place at the same times. Deviation: times at which some do.
    case linkEvents(groups: [[Int]])
    /// How many times are between two events.
    case orderEvents(pairs: [EventPair])
    /// Nobody is in two places. Deviation of a resource: meetings beyond one, over all times.
    case avoidClashes(resources: [Int])
    /// Resources are not busy at these times.
    case avoidUnavailableTimes(resources: [Int], times: [Int])
    /// How many times resources are idle between busy ones, in all sets of times together.
    case limitIdleTimes(resources: [Int], groups: [[Int]], amount: ClosedRange<Int>)
    /// In how many sets of times resources are busy.
    case clusterBusyTimes(resources: [Int], groups: [[Int]], amount: ClosedRange<Int>)
    /// How often resources are busy in each set of times in which they are busy at all.
    case limitBusyTimes(resources: [Int], groups: [[Int]], amount: ClosedRange<Int>)
    /// How much work resources have.
    case limitWorkload(resources: [Int], amount: ClosedRange<Int>)
  }

  /// The identifier.
  public var id: String
  /// Whether the rule must hold.
  public var isRequired: Bool
  /// By what its cost is multiplied.
  public var weight: Int
  /// How deviations become a cost.
  public var costFunction: CostFunction
  /// What it asks.
  public var kind: Kind

  /// Creates a rule.
  public init(
    id: String, isRequired: Bool, weight: Int, costFunction: CostFunction, kind: Kind
  ) {
    self.id = id
    self.isRequired = isRequired
    self.weight = weight
    self.costFunction = costFunction
    self.kind = kind
  }

  /// How far a number is out of bounds.
  static func deviation(_ number: Int, _ bounds: ClosedRange<Int>) -> Int {
    max(0, bounds.lowerBound - number, number - bounds.upperBound)
  }

  /// What a deviation costs.
  func cost(_ deviation: Int) -> TimetableCost {
    let cost = weight * costFunction(deviation)
    return isRequired ? TimetableCost(hard: cost, soft: 0) : TimetableCost(hard: 0, soft: cost)
  }

  func isWithin(_ problem: TimetableProblem) -> Bool {
    let all = parts
    return all.events.allSatisfy { problem.events.indices.contains($0) }
      && all.resources.allSatisfy { problem.resources.indices.contains($0) }
      && all.times.allSatisfy { problem.times.indices.contains($0) }
  }

  /// Everything that the rule names.
  private var parts: (events: [Int], resources: [Int], times: [Int]) {
    switch kind {
    case .assignResource(_, let events), .assignTime(let events), .splitEvents(let events, _, _),
      .distributeSplitEvents(let events, _, _):
      (events, [], [])
    case .preferResources(_, let events, let resources): (events, resources, [])
    case .preferTimes(let events, let times, _): (events, [], times)
    case .avoidSplitAssignments(_, let groups), .linkEvents(let groups):
      (groups.flatMap { $0 }, [], [])
    case .spreadEvents(let groups, let times):
      (groups.flatMap { $0 }, [], times.flatMap(\.times))
    case .orderEvents(let pairs): (pairs.flatMap { [$0.first, $0.second] }, [], [])
    case .avoidClashes(let resources), .limitWorkload(let resources, _): ([], resources, [])
    case .avoidUnavailableTimes(let resources, let times): ([], resources, times)
    case .limitIdleTimes(let resources, let groups, _),
      .clusterBusyTimes(let resources, let groups, _),
      .limitBusyTimes(let resources, let groups, _):
      ([], resources, groups.flatMap { $0 })
    }
  }
}
