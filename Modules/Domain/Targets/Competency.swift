/// Something that a learner can master: a standard, learning target, skill or habit.
///
/// Documents of schools say "target". A competency belongs to no course, so that evidence from
/// any course, club or job can count for it.
public struct Competency: Hashable, Sendable, Identified {
  /// Whether mastery is about knowledge and skill or about conduct.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Knowledge and skill; the only kind that academic results are made of.
    case academic
    /// A habit of work, such as meeting deadlines; reported beside academic results.
    case habit
  }

  /// How much of a school's promise rests on it.
  public enum Emphasis: String, Hashable, Sendable, Codable, CaseIterable {
    /// Every learner must master it before moving on.
    case backbone
    /// Learners meet it; mastery is not demanded.
    case familiar
  }

  /// The identifier that our own data uses.
  public var id: ID<Competency>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// The framework that it is part of.
  public var framework: ID<Framework>?
  /// The code that people know it by, such as `RL.3.1`; not unique across editions.
  public var code: String?
  /// What a learner who has mastered it knows or can do.
  public var statement: String
  /// Whether it is academic or a habit.
  public var kind: Kind
  /// Whether it is backbone or familiar.
  public var emphasis: Emphasis
  /// The scale that results in it use, where it has its own.
  public var scale: ID<ProficiencyScale>?
  /// The school levels that it is meant for, in the words of the framework.
  public var educationLevels: [String]

  /// Creates a competency.
  public init(
    id: ID<Competency>, externalIdentifiers: [ExternalIdentifier] = [],
    framework: ID<Framework>? = nil, code: String? = nil, statement: String,
    kind: Kind = .academic, emphasis: Emphasis = .backbone,
    scale: ID<ProficiencyScale>? = nil, educationLevels: [String] = []
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.framework = framework
    self.code = code
    self.statement = statement
    self.kind = kind
    self.emphasis = emphasis
    self.scale = scale
    self.educationLevels = educationLevels
  }
}

/// The identifier of a competency.
public typealias CompetencyID = ID<Competency>
