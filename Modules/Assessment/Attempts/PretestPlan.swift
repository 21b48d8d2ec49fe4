public import Domain

/// Competencies that are taught together, and from whose instruction a learner may be exempt.
public struct CompetencyGroup: Hashable, Sendable {
  /// The name.
  public var name: Identifier
  /// The targets.
  public var targets: [CompetencyID]

  /// Creates a group.
  public init(_ name: Identifier, targets: [CompetencyID]) {
    self.name = name
    self.targets = targets
  }
}

/// A pre-test over groups of competencies.
///
/// A learner is exempt from a group only when the pre-test shows it mastered **and** the teacher's
/// discussion is passed. A test alone exempts nobody.
public struct PretestPlan: Hashable, Sendable {
  /// How much of a group has to be mastered.
  public enum Demand: Hashable, Sendable {
    /// All targets.
    case all
    /// So many of them.
    case count(Int)
  }

  /// The groups, each with targets of its own.
  public let groups: [CompetencyGroup]
  /// How much of a group has to be mastered.
  public let demand: Demand

  /// What becomes of a group.
  public enum Standing: String, Hashable, Sendable, CaseIterable {
    /// The learner need not take part.
    case exempt
    /// The pre-test is passed, the discussion is still to come.
    case waiting
    /// The pre-test is passed, the discussion is not.
    case discussionNotPassed = "discussion_not_passed"
    /// The pre-test is not passed.
    case notMastered = "not_mastered"
    /// Targets were not tested.
    case incomplete
  }

  /// The result of one group.
  public struct GroupResult: Hashable, Sendable {
    /// The group.
    public var group: CompetencyGroup
    /// What becomes of it.
    public var standing: Standing
    /// The targets that are mastered.
    public var mastered: [CompetencyID]
    /// The targets that are not.
    public var missing: [CompetencyID]
    /// The targets that were not tested.
    public var untested: [CompetencyID]
    /// What to do next.
    public var next: String
  }

  /// Creates a plan.
  ///
  /// - Throws: ``AssessmentError`` when there are no groups, a name or target comes twice, or a
  ///   group cannot meet the demand.
  public init(groups: [CompetencyGroup], demand: Demand = .all) throws(AssessmentError) {
    guard !groups.isEmpty, Set(groups.map(\.name)).count == groups.count else {
      throw AssessmentError(
        .wrongValue, "The plan has no groups, or two with one name; give each its own.")
    }
    var seen: Set<CompetencyID> = []
    for group in groups {
      guard !group.targets.isEmpty else {
        throw AssessmentError(.empty, "The group \(group.name) has no targets; give at least one.")
      }
      for target in group.targets where !seen.insert(target).inserted {
        throw AssessmentError(
          .wrongValue, "The target \(target) comes twice in the plan; leave it in one group.")
      }
      if case .count(let count) = demand, count < 1 || count > group.targets.count {
        throw AssessmentError(
          .wrongValue,
          "\(count) mastered targets are wanted, the group \(group.name) has "
            + "\(group.targets.count); give 1 to that many.")
      }
    }
    self.groups = groups
    self.demand = demand
  }

  /// What becomes of each group.
  ///
  /// - Parameters:
  ///   - mastery: For each tested target whether it was mastered in the pre-test; a target that is
  ///     left out was not tested, which is not the same as not mastered.
  ///   - discussions: For each group whether the discussion was passed; one that is left out has
  ///     not taken place.
  /// - Throws: ``AssessmentError`` when a discussion is about no group of the plan.
  public func results(
    mastery: [CompetencyID: Bool], discussions: [Identifier: Bool]
  ) throws(AssessmentError) -> [GroupResult] {
    let names = Set(groups.map(\.name))
    if let stranger = discussions.keys.filter({ !names.contains($0) }).min() {
      throw AssessmentError(
        .wrongValue, "There is a discussion about \"\(stranger)\", which is no group of the plan.")
    }
    return groups.map { group in
      let mastered = group.targets.filter { mastery[$0] == true }
      let missing = group.targets.filter { mastery[$0] == false }
      let untested = group.targets.filter { mastery[$0] == nil }
      let needed: Int = if case .count(let count) = demand { count } else { group.targets.count }
      let standing: Standing
      if mastered.count >= needed {
        switch discussions[group.name] {
        case true?: standing = .exempt
        case false?: standing = .discussionNotPassed
        case nil: standing = .waiting
        }
      } else {
        standing = mastered.count + untested.count >= needed ? .incomplete : .notMastered
      }
      return GroupResult(
        group: group, standing: standing, mastered: mastered, missing: missing,
        untested: untested, next: Self.next(standing, untested: untested, missing: missing))
    }
  }

  private static func next(
    _ standing: Standing, untested: [CompetencyID], missing: [CompetencyID]
  ) -> String {
    func names(_ targets: [CompetencyID]) -> String {
      targets.map(\.description).joined(separator: ", ")
    }
    switch standing {
    case .exempt: return "No instruction is needed; later tasks confirm it."
    case .waiting: return "Hold the discussion with the teacher."
    case .discussionNotPassed: return "Take part; the discussion says where to start."
    case .notMastered: return "Take part; start with \(names(missing))."
    case .incomplete: return "Test \(names(untested))."
    }
  }
}
