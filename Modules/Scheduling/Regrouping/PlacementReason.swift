/// Why a learner is where the plan has the learner, and why not elsewhere.
public struct PlacementReason: Hashable, Sendable {
  /// Why a learner is not in a section.
  public enum Cause: Hashable, Sendable {
    /// It is worth less by so much.
    case worthLess(by: Int)
    /// It is full, and others would lose more than the learner gains: the price of a place is given
    /// where it is known.
    case full(price: Int?)
    /// The competency is met in another block.
    case metElsewhere(block: Int)
    /// It does not take place.
    case notOpened
    /// Nothing speaks against it for this learner alone; a move that the plan did not find.
    case possible(gain: Int)
  }

  /// A section with what speaks against it.
  public struct Alternative: Hashable, Sendable {
    /// The number of the section.
    public var section: Int
    /// What it would be worth.
    public var value: Int
    /// Why not.
    public var cause: Cause
  }

  /// The number of the learner.
  public let learner: Int
  /// The block.
  public let block: Int
  /// The number of the section, or `nil` for no place.
  public let section: Int?
  /// What the place is worth.
  public let value: Int
  /// The other sections that the learner may go to, the most valuable first.
  public let alternatives: [Alternative]

  /// Explains one place of a plan.
  ///
  /// - Parameters:
  ///   - learner: The number of the learner.
  ///   - block: The block.
  ///   - plan: The plan.
  ///   - problem: The problem that it solves.
  /// - Throws: ``SchedulingError`` with the code `unknownIdentifier` when there is no such place.
  public init(
    of learner: Int, in block: Int, of plan: GroupingPlan, for problem: GroupingProblem
  ) throws(SchedulingError) {
    guard problem.learners.indices.contains(learner), plan.places.indices.contains(block),
      plan.places[block].indices.contains(learner)
    else {
      throw SchedulingError(
        .unknownIdentifier,
        "There is no learner \(learner) in block \(block); the plan has "
          + "\(problem.learners.count) learners and \(plan.places.count) blocks, from 0.")
    }
    func value(_ section: Int) -> Int? {
      guard let value = problem.value(of: section, for: learner) else { return nil }
      return problem.bonuses.reduce(value) {
        $1.learner == learner && $1.section == section ? $0 + $1.value : $0
      }
    }
    let section = plan.places[block][learner]
    let own = section.flatMap(value) ?? 0
    var counts: [Int: Int] = [:]
    for place in plan.places[block] {
      if let place { counts[place, default: 0] += 1 }
    }
    var alternatives: [Alternative] = []
    for (number, place) in problem.sections.enumerated()
    where place.block == block && number != section {
      guard let worth = value(number) else { continue }
      let met = plan.places.indices.first { other in
        other != block && problem.isOncePerDay && place.competency != nil
          && plan.places[other][learner].map { problem.sections[$0].competency }
            == .some(place.competency)
      }
      let count = counts[number, default: 0]
      let cause: Cause
      if let met {
        cause = .metElsewhere(block: met)
      } else if problem.opensSections, count == 0, place.minimum > 0 || place.openCost > 0 {
        cause = .notOpened
      } else if worth <= own {
        cause = .worthLess(by: own - worth)
      } else if count >= place.capacity {
        cause = .full(price: plan.prices.indices.contains(number) ? plan.prices[number] : nil)
      } else {
        cause = .possible(gain: worth - own)
      }
      alternatives.append(Alternative(section: number, value: worth, cause: cause))
    }
    self.learner = learner
    self.block = block
    self.section = section
    self.value = own
    self.alternatives = alternatives.sorted { ($0.value, -$0.section) > ($1.value, -$1.section) }
  }

  /// The reasons as sentences, the place first.
  public func sentences(for problem: GroupingProblem) -> [String] {
    let name = problem.learners[learner].id
    let place = section.map { "\"\(problem.sections[$0].id)\", worth \(value)" } ?? "no place"
    var sentences = ["Learner \(name) has \(place) in block \(block + 1)."]
    for other in alternatives {
      let id = problem.sections[other.section].id
      let why =
        switch other.cause {
        case .worthLess(let less): "it is worth \(other.value), \(less) less"
        case .full(let price?): "it is full, price \(price), your value \(other.value)"
        case .full(nil): "it is full, your value \(other.value)"
        case .metElsewhere(let block): "its competency is met in block \(block + 1)"
        case .notOpened: "it does not take place"
        case .possible(let gain): "a move would gain \(gain); the search did not find it"
        }
      sentences.append("Not \"\(id)\": \(why).")
    }
    return sentences
  }
}
