/// Ordered levels with a cut from which on a learner has mastered a competency.
///
/// A level that means "not yet" is a level like any other: it is a score, not a missing one.
/// Levels have numbers either all or none, and numbers rise with the levels.
public struct ProficiencyScale: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public let id: ID<ProficiencyScale>
  /// What other systems call it.
  public let externalIdentifiers: [ExternalIdentifier]
  /// The title.
  public let title: String
  /// The levels, lowest first; never empty.
  public let levels: [MasteryLevel]
  /// The rank of the lowest level that is mastery.
  public let masteryRank: Int

  /// Creates a scale.
  ///
  /// - Parameters:
  ///   - id: The identifier that our own data uses.
  ///   - externalIdentifiers: What other systems call it.
  ///   - title: The title.
  ///   - levels: The levels, lowest first.
  ///   - masteredFrom: The label of the lowest level that is mastery.
  /// - Throws: ``DomainError`` with the code `invalidScale` when there are no levels, a label
  ///   comes twice, only some levels have numbers, the numbers do not rise, or the cut is no label.
  public init(
    id: ID<ProficiencyScale>, externalIdentifiers: [ExternalIdentifier] = [], title: String,
    levels: [MasteryLevel], masteredFrom: Identifier
  ) throws(DomainError) {
    guard !levels.isEmpty else {
      throw DomainError(.invalidScale, "Scale \(id) has no levels; give at least one.")
    }
    guard Set(levels.map(\.label)).count == levels.count else {
      throw DomainError(
        .invalidScale, "Scale \(id) has a label twice; give every level a label of its own.")
    }
    let numbers = levels.compactMap(\.number)
    guard numbers.isEmpty || numbers.count == levels.count else {
      throw DomainError(
        .invalidScale,
        "Scale \(id) has numbers for \(numbers.count) of \(levels.count) levels; "
          + "give all of them a number or none.")
    }
    guard zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw DomainError(
        .invalidScale, "The numbers of scale \(id) do not rise; list the lowest level first.")
    }
    guard let rank = levels.firstIndex(where: { $0.label == masteredFrom }) else {
      throw DomainError(
        .invalidScale,
        "The cut \"\(masteredFrom)\" is no label of scale \(id); use one of "
          + levels.map(\.label.text).joined(separator: ", ") + ".")
    }
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.title = title
    self.levels = levels
    masteryRank = rank
  }

  /// The lowest level that is mastery.
  public var cut: MasteryLevel { levels[masteryRank] }

  /// Whether the levels have numbers.
  public var hasNumbers: Bool { levels[0].number != nil }

  /// The position of a level, counted from 0 for the lowest.
  ///
  /// - Parameter label: The label, compared byte for byte.
  /// - Returns: `nil` when the scale has no such level.
  /// - Complexity: O(*n*) in the number of levels.
  public func rank(of label: Identifier) -> Int? {
    levels.firstIndex { $0.label == label }
  }

  /// Whether a level is mastery.
  ///
  /// - Parameter label: The label, compared byte for byte.
  /// - Returns: `nil` when the scale has no such level.
  public func isMastery(_ label: Identifier) -> Bool? {
    rank(of: label).map { $0 >= masteryRank }
  }

  /// The highest level whose number is reached.
  ///
  /// - Parameter number: Any number, compared exactly and without rounding.
  /// - Returns: `nil` when the scale has no numbers or the number lies below the lowest level.
  public func level(reachedBy number: Rational) -> MasteryLevel? {
    levels.last { level in
      guard let start = level.number else { return false }
      return Rational(start) <= number
    }
  }
}

/// The identifier of a scale.
public typealias ScaleID = ID<ProficiencyScale>
