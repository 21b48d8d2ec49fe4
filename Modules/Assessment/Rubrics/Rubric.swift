public import Domain

/// What a piece of work is judged by: criteria that are aligned to targets, with words for levels.
///
/// A rubric has a version. Ratings name the version that they were made with, and a change makes a
/// new one; an old rating is never read with new words.
public struct Rubric: Hashable, Sendable, Identified {
  /// How a rubric is built.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// Several criteria, each for one target, with words for every level.
    case analytic
    /// One criterion for the work as a whole, with words for every level.
    case holistic
    /// Words for the cut only; raters write what is above and below it.
    case singlePoint = "single_point"
    /// Criteria of which one may speak to several targets.
    case multiTarget = "multi_target"
  }

  /// A rubric in one version.
  public struct Reference: Hashable, Sendable, CustomStringConvertible {
    /// The rubric.
    public var id: ID<Rubric>
    /// The version, counted from 1.
    public var version: Int

    /// Creates a reference.
    public init(id: ID<Rubric>, version: Int) {
      self.id = id
      self.version = version
    }

    /// The rubric with its version, such as `lab-report@2`.
    public var description: String { "\(id)@\(version)" }
  }

  /// The identifier that our own data uses.
  public let id: ID<Rubric>
  /// What other systems call it.
  public let externalIdentifiers: [ExternalIdentifier]
  /// The version, counted from 1.
  public let version: Int
  /// The title.
  public let title: String
  /// How it is built.
  public let form: Form
  /// The levels.
  public let scale: ProficiencyScale
  /// The criteria, in the order in which they are shown.
  public let criteria: [RubricCriterion]

  /// Creates a rubric.
  ///
  /// - Parameters:
  ///   - id: The identifier that our own data uses.
  ///   - externalIdentifiers: What other systems call it.
  ///   - version: The version.
  ///   - title: The title.
  ///   - form: How it is built.
  ///   - scale: The levels.
  ///   - criteria: The criteria.
  /// - Throws: ``AssessmentError`` when the criteria do not make a rubric of that form: the message
  ///   names the criterion and what it lacks.
  public init(
    id: ID<Rubric>, externalIdentifiers: [ExternalIdentifier] = [], version: Int = 1,
    title: String, form: Form, scale: ProficiencyScale, criteria: [RubricCriterion]
  ) throws(AssessmentError) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.version = version
    self.title = title
    self.form = form
    self.scale = scale
    self.criteria = criteria
    try checkCriteria()
    try checkForm()
  }

  private func checkCriteria() throws(AssessmentError) {
    guard version >= 1, !criteria.isEmpty else {
      throw AssessmentError(
        .empty,
        "Rubric \(id) has version \(version) and \(criteria.count) criteria; versions "
          + "count from 1, and a rubric has at least one criterion.")
    }
    var seen: Set<ID<Criterion>> = []
    for criterion in criteria {
      guard seen.insert(criterion.id).inserted else {
        throw AssessmentError(
          .wrongValue, "Rubric \(id) has the criterion \(criterion.id) twice; name it once.")
      }
      guard !criterion.targets.isEmpty else {
        throw AssessmentError(
          .wrongValue,
          "Criterion \(criterion.id) of rubric \(id) is aligned to no target; say what it shows.")
      }
      for descriptor in criterion.descriptors where scale.rank(of: descriptor.level) == nil {
        throw AssessmentError(
          .wrongValue,
          "Criterion \(criterion.id) describes \"\(descriptor.level)\", which is no level of scale "
            + "\(scale.id); use \(scale.levels.map(\.label.text).joined(separator: ", ")).")
      }
    }
  }

  private func checkForm() throws(AssessmentError) {
    let needed = form == .singlePoint ? [scale.cut.label] : scale.levels.map(\.label)
    for criterion in criteria {
      let described = criterion.descriptors.map(\.level)
      guard Set(described) == Set(needed), described.count == needed.count else {
        throw AssessmentError(
          .wrongValue,
          "Criterion \(criterion.id) of the \(form.rawValue) rubric \(id) has words for "
            + "\(described.map(\.text).joined(separator: ", ")); it needs them once for each of "
            + "\(needed.map(\.text).joined(separator: ", ")).")
      }
      if form == .analytic, criterion.targets.count != 1 {
        throw AssessmentError(
          .wrongValue,
          "Criterion \(criterion.id) of the analytic rubric \(id) is aligned to "
            + "\(criterion.targets.count) targets; split it, or make the rubric multi_target.")
      }
    }
    let isCountRight =
      switch form {
      case .holistic: criteria.count == 1
      case .multiTarget: targets.count >= 2
      case .analytic, .singlePoint: true
      }
    guard isCountRight else {
      throw AssessmentError(
        .wrongValue,
        "The \(form.rawValue) rubric \(id) has \(criteria.count) criteria for \(targets.count) "
          + "targets; a holistic one has one criterion, a multi_target one several targets.")
    }
  }

  /// The rubric with its version.
  public var reference: Reference { Reference(id: id, version: version) }

  /// The targets, each once, in order of first appearance.
  public var targets: [CompetencyID] {
    var seen: Set<CompetencyID> = []
    return criteria.flatMap(\.targets).filter { seen.insert($0).inserted }
  }

  /// A criterion by its identifier.
  public func criterion(_ id: ID<Criterion>) -> RubricCriterion? {
    criteria.first { $0.id == id }
  }

  /// The next version, with other words, criteria or title; the scale stays.
  ///
  /// - Throws: ``AssessmentError`` as for a new rubric.
  public func revised(
    title: String? = nil, criteria: [RubricCriterion]? = nil
  ) throws(AssessmentError) -> Rubric {
    try Rubric(
      id: id, externalIdentifiers: externalIdentifiers, version: version + 1,
      title: title ?? self.title, form: form, scale: scale, criteria: criteria ?? self.criteria)
  }

  /// What is remarkable about the words.
  public var findings: [Finding] {
    criteria.flatMap { criterion -> [Finding] in
      var findings: [Finding] = []
      let texts = criterion.descriptors.map(\.text)
      if Set(texts).count < texts.count {
        findings.append(
          Finding(
            .caution, criterion.id.description,
            "Two levels have the same words; raters cannot tell them apart."))
      }
      if texts.contains(where: \.isEmpty) {
        findings.append(
          Finding(.caution, criterion.id.description, "A level has no words."))
      }
      return findings
    }
  }
}

/// One row of a rubric.
public struct RubricCriterion: Hashable, Sendable {
  /// The words for one level.
  public struct Descriptor: Hashable, Sendable {
    /// The label of the level.
    public var level: Identifier
    /// What work at the level looks like.
    public var text: String

    /// Creates the words for a level.
    public init(_ level: Identifier, _ text: String) {
      self.level = level
      self.text = text
    }
  }

  /// The identifier.
  public var id: ID<Criterion>
  /// The title.
  public var title: String
  /// What it shows.
  public var targets: [CompetencyID]
  /// The words for levels, in any order.
  public var descriptors: [Descriptor]

  /// Creates a criterion.
  public init(
    id: ID<Criterion>, title: String, targets: [CompetencyID], descriptors: [Descriptor]
  ) {
    self.id = id
    self.title = title
    self.targets = targets
    self.descriptors = descriptors
  }
}

/// What is different in another version of a rubric.
public struct RubricChange: Hashable, Sendable {
  /// Criteria that are new.
  public var added: [ID<Criterion>]
  /// Criteria that are gone.
  public var removed: [ID<Criterion>]
  /// Criteria that have other words.
  public var reworded: [ID<Criterion>]
  /// Criteria that show other targets.
  public var realigned: [ID<Criterion>]

  /// Compares two versions.
  public init(from old: Rubric, to new: Rubric) {
    let before = Dictionary(old.criteria.map { ($0.id, $0) }) { first, _ in first }
    let after = Dictionary(new.criteria.map { ($0.id, $0) }) { first, _ in first }
    added = new.criteria.map(\.id).filter { before[$0] == nil }
    removed = old.criteria.map(\.id).filter { after[$0] == nil }
    let shared = new.criteria.filter { before[$0.id] != nil }
    reworded = shared.filter { Set($0.descriptors) != Set(before[$0.id]?.descriptors ?? []) }
      .map(\.id)
    realigned = shared.filter { Set($0.targets) != Set(before[$0.id]?.targets ?? []) }.map(\.id)
  }

  /// Whether ratings of both versions mean the same.
  public var keepsMeaning: Bool {
    added.isEmpty && removed.isEmpty && reworded.isEmpty && realigned.isEmpty
  }
}
