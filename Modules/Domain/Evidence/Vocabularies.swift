/// What a piece of evidence is, such as a quiz or a portfolio; an open set.
public struct EvidenceKind: OpenVocabulary {
  /// The word, kept byte for byte.
  public let word: Identifier

  /// Takes any word; one that is not known is kept and written back.
  public init(word: Identifier) {
    self.word = word
  }

  /// A short test.
  public static let quiz: EvidenceKind = "quiz"
  /// A longer test.
  public static let test: EvidenceKind = "test"
  /// An essay or other text.
  public static let essay: EvidenceKind = "essay"
  /// A project.
  public static let project: EvidenceKind = "project"
  /// A collection of work.
  public static let portfolio: EvidenceKind = "portfolio"
  /// A talk between teacher and learner.
  public static let discussion: EvidenceKind = "discussion"
  /// Doing it before others.
  public static let demonstration: EvidenceKind = "demonstration"
  /// An exam set by somebody outside the school.
  public static let externalExam: EvidenceKind = "external_exam"
}

/// Why evidence was gathered; an open set.
public struct EvidencePurpose: OpenVocabulary {
  /// The word, kept byte for byte.
  public let word: Identifier

  /// Takes any word.
  public init(word: Identifier) {
    self.word = word
  }

  /// To guide learning that goes on.
  public static let formative: EvidencePurpose = "formative"
  /// To judge learning that has ended.
  public static let summative: EvidencePurpose = "summative"
  /// To find out what is known before instruction.
  public static let pretest: EvidencePurpose = "pretest"
  /// The learner's own judgement.
  public static let selfAssessment: EvidencePurpose = "self"
  /// The judgement of other learners.
  public static let peer: EvidencePurpose = "peer"
}

/// How far the source of evidence vouches for it.
///
/// The order is from weak to strong.
public enum Trust: String, Hashable, Sendable, Codable, Comparable, CaseIterable {
  /// The learner says so.
  case selfReported = "self"
  /// Somebody else says so.
  case claimed
  /// It was checked against the source, such as a signature or a registrar's record.
  case verified

  /// Orders trust from weak to strong.
  public static func < (left: Trust, right: Trust) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .selfReported: 0
    case .claimed: 1
    case .verified: 2
    }
  }
}

/// How deep the thinking is that a task asks for.
public enum Depth: Hashable, Sendable {
  /// Webb's depth of knowledge, 1 to 4.
  case knowledge(level: Int)
  /// A step of Bloom's taxonomy in its revision of 2001, 1 (remember) to 6 (create).
  case bloom(step: Int)
  /// Another measure, in the words of the source.
  case other(Identifier)
}
