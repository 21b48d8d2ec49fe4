/// A trace of what a learner did in a system, such as minutes spent or pages opened.
///
/// It is no ``Evidence``: academic results cannot be made of it.
public struct Engagement: Hashable, Sendable, Identified {
  /// What was counted; an open set.
  public struct Measure: OpenVocabulary {
    /// The word, kept byte for byte.
    public let word: Identifier

    /// Takes any word.
    public init(word: Identifier) {
      self.word = word
    }

    /// Seconds of activity.
    public static let seconds: Measure = "seconds"
    /// Visits.
    public static let visits: Measure = "visits"
    /// Contributions, such as posts.
    public static let contributions: Measure = "contributions"
  }

  /// The identifier that our own data uses.
  public var id: ID<Engagement>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// Who it is about.
  public var learner: LearnerID
  /// What was counted.
  public var measure: Measure
  /// How much of it.
  public var amount: ExactDecimal
  /// When it happened, and when it was learnt of.
  public var times: EvidenceTimes

  /// Creates an entry.
  public init(
    id: ID<Engagement>, externalIdentifiers: [ExternalIdentifier] = [], learner: LearnerID,
    measure: Measure, amount: ExactDecimal, times: EvidenceTimes
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.learner = learner
    self.measure = measure
    self.amount = amount
    self.times = times
  }
}
