/// Groups across classes of those who are stuck on one competency.
public struct StuckGroups: Hashable, Sendable {
  /// Learners who work on one competency together.
  public struct Group: Hashable, Sendable {
    /// The number of the competency.
    public var competency: Int
    /// The learners.
    public var learners: [Int]
  }

  /// The groups, by competency; a learner is in at most one.
  public let groups: [Group]
  /// Learners who are stuck and in no group, because too few others are stuck on the same.
  public let alone: [Int]

  /// Makes groups, beginning with what most are stuck on.
  ///
  /// It is a greedy choice: there is no certificate that no other one leaves fewer alone.
  ///
  /// - Parameters:
  ///   - stuck: The competencies that each learner is stuck on; empty for most.
  ///   - sizes: How many learners a group has; 1 to 1,000.
  /// - Throws: ``SchedulingError`` with the code `wrongValue` for other sizes.
  public init(_ stuck: [[Int]], sizes: ClosedRange<Int>) throws(SchedulingError) {
    guard sizes.lowerBound >= 1, sizes.upperBound <= 1_000 else {
      throw SchedulingError(.wrongValue, "Groups have \(sizes) learners; give 1 to 1,000.")
    }
    var waiting: [Int: [Int]] = [:]
    for (learner, competencies) in stuck.enumerated() {
      for competency in Set(competencies) { waiting[competency, default: []].append(learner) }
    }
    var groups: [Group] = []
    var placed: Set<Int> = []
    while let next = waiting.max(by: { ($0.value.count, -$0.key) < ($1.value.count, -$1.key) }) {
      waiting[next.key] = nil
      guard next.value.count >= sizes.lowerBound else { continue }
      let fitting = Self.cut(next.value, sizes)
      guard !fitting.isEmpty else { continue }
      groups += fitting.map { Group(competency: next.key, learners: $0) }
      placed.formUnion(fitting.joined())
      for key in waiting.keys { waiting[key]?.removeAll(where: placed.contains) }
    }
    self.groups = groups.sorted {
      $0.competency == $1.competency
        ? $0.learners.lexicographicallyPrecedes($1.learners) : $0.competency < $1.competency
    }
    alone = stuck.indices.filter { !stuck[$0].isEmpty && !placed.contains($0) }
  }

  /// Cuts learners into groups of nearly one size; some stay out where the sizes leave no other way.
  private static func cut(_ learners: [Int], _ sizes: ClosedRange<Int>) -> [[Int]] {
    var count = (learners.count + sizes.upperBound - 1) / sizes.upperBound
    if learners.count < count * sizes.lowerBound { count -= 1 }
    guard count > 0 else { return [] }
    let taken = min(learners.count, count * sizes.upperBound)
    return (0..<count).map { Array(learners[($0 * taken / count)..<(($0 + 1) * taken / count)]) }
  }
}

/// Groups in which a learner who has mastered a competency helps those who are stuck on it.
public struct PeerGroups: Hashable, Sendable {
  /// A helper with those helped.
  public struct Group: Hashable, Sendable {
    /// The learner who helps.
    public var expert: Int
    /// The number of the competency.
    public var competency: Int
    /// Those helped.
    public var learners: [Int]
  }

  /// The groups, by expert.
  public let groups: [Group]
  /// Learners who are stuck and have no helper.
  public let unhelped: [Int]

  /// Makes groups: experts take what most still need, then seats are given exactly.
  ///
  /// Who is stuck helps nobody. There is no certificate that no other choice helps more.
  ///
  /// - Parameters:
  ///   - stuck: The competency that each learner is stuck on, or `nil`.
  ///   - mastered: The competencies that each learner has mastered.
  ///   - mostHelped: How many learners one expert helps; 1 to 100.
  /// - Throws: ``SchedulingError`` with the code `wrongValue` for other numbers.
  public init(stuck: [Int?], mastered: [Set<Int>], mostHelped: Int) throws(SchedulingError) {
    guard (1...100).contains(mostHelped), stuck.count == mastered.count else {
      throw SchedulingError(
        .wrongValue,
        "An expert helps \(mostHelped) learners, and there are \(stuck.count) needs of "
          + "\(mastered.count) learners; let experts help 1 to 100 and give a need for each learner."
      )
    }
    var waiting: [Int: [Int]] = [:]
    for (learner, competency) in stuck.enumerated() {
      if let competency { waiting[competency, default: []].append(learner) }
    }
    // Each expert is tied to one competency, so experts are seated at competencies, by the flow.
    let competencies = waiting.keys.sorted()
    let experts = stuck.indices.filter { stuck[$0] == nil }
    let problem = try TransportProblem(
      choices: experts.map { expert in
        competencies.indices.filter { mastered[expert].contains(competencies[$0]) }.map {
          TransportProblem.Choice($0, value: 1)
        }
      },
      capacities: competencies.map {
        ((waiting[$0]?.count ?? 0) + mostHelped - 1) / mostHelped
      })
    let seating = problem.solve()
    var (groups, helped): ([Group], Set<Int>) = ([], [])
    for (index, competency) in competencies.enumerated() {
      let found = experts.indices.filter { seating.places[$0] == index }
      let learners = waiting[competency] ?? []
      let taken = min(learners.count, found.count * mostHelped)
      for (rank, expert) in found.enumerated() {
        let part = learners[(rank * taken / found.count)..<((rank + 1) * taken / found.count)]
        guard !part.isEmpty else { continue }
        groups.append(
          Group(expert: experts[expert], competency: competency, learners: Array(part)))
        helped.formUnion(part)
      }
    }
    self.groups = groups.sorted { $0.expert < $1.expert }
    unhelped = stuck.indices.filter { stuck[$0] != nil && !helped.contains($0) }
  }
}
