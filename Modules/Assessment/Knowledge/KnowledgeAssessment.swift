#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How often single problems deceive.
public struct ProblemErrors: Hashable, Sendable {
  /// The probability of a wrong answer to a problem that is mastered.
  public var careless: Double
  /// The probability of a right answer to a problem that is not mastered.
  public var lucky: Double

  /// Creates the rates of a problem.
  public init(careless: Double, lucky: Double) {
    self.careless = careless
    self.lucky = lucky
  }
}

/// Finds a learner's state in a knowledge structure by few questions.
///
/// Each answer changes the probabilities of all states by Bayes' rule with the problem's careless
/// and lucky rates; the next question is the one whose outcome is most open ("half-split").
public struct KnowledgeAssessment: Sendable {
  /// The structure.
  public let structure: KnowledgeStructure
  /// The rates of each problem.
  public let errors: [ProblemErrors]
  /// How probable each state is, in the order of the structure; adds up to 1.
  public private(set) var probabilities: [Double]
  /// The answers so far.
  public private(set) var answers: [(problem: Int, isRight: Bool)] = []

  /// Begins an assessment.
  ///
  /// - Parameters:
  ///   - structure: The structure.
  ///   - errors: One pair of rates for each problem, or one for all.
  ///   - prior: How probable each state is at first; without it all are equally so.
  /// - Throws: ``AssessmentError`` when lists do not fit or a problem's right answers would say
  ///   nothing for mastery (careless + lucky is at least 1).
  public init(
    structure: KnowledgeStructure, errors: [ProblemErrors], prior: [Double]? = nil
  ) throws(AssessmentError) {
    let all = errors.count == 1 ? structure.items.map { _ in errors[0] } : errors
    guard all.count == structure.items.count else {
      throw AssessmentError(
        .shape,
        "There are rates for \(errors.count) problems of \(structure.items.count); give one for "
          + "each or one for all.")
    }
    for (item, rates) in zip(structure.items, all) {
      guard rates.careless >= 0, rates.lucky >= 0, rates.careless + rates.lucky < 1 else {
        throw AssessmentError(
          .wrongValue,
          "Problem \(item) has the careless rate \(rates.careless) and the lucky rate "
            + "\(rates.lucky); both are at least 0 and together below 1.")
      }
    }
    let weights = prior ?? structure.states.map { _ in 1 }
    let sum = weights.reduce(0, +)
    guard weights.count == structure.states.count, weights.allSatisfy({ $0 >= 0 }), sum > 0 else {
      throw AssessmentError(
        .shape, "The prior has to give each of the \(structure.states.count) states a probability.")
    }
    self.structure = structure
    self.errors = all
    probabilities = weights.map { $0 / sum }
  }

  /// Takes an answer.
  ///
  /// An answer that is impossible in every state leaves the probabilities as they are.
  ///
  /// - Parameters:
  ///   - problem: The position of the problem; it may be asked again, with a parallel form.
  ///   - isRight: Whether the answer was right.
  /// - Complexity: O(*s*) in the number of states.
  public mutating func record(_ problem: Int, isRight: Bool) {
    guard errors.indices.contains(problem) else { return }
    let rates = errors[problem]
    let mastered = isRight ? 1 - rates.careless : rates.careless
    let open = isRight ? rates.lucky : 1 - rates.lucky
    let bit = UInt64(1) << UInt64(problem)
    var changed = probabilities
    var sum = 0.0
    for index in changed.indices {
      changed[index] *= structure.states[index] & bit != 0 ? mastered : open
      sum += changed[index]
    }
    answers.append((problem, isRight))
    guard sum > 0 else { return }
    for index in changed.indices { changed[index] /= sum }
    probabilities = changed
  }

  /// How probable the mastery of each problem is.
  public var marginals: [Double] {
    var sums = [Double](repeating: 0, count: structure.items.count)
    for (state, probability) in zip(structure.states, probabilities) {
      for item in sums.indices where state & (1 << UInt64(item)) != 0 { sums[item] += probability }
    }
    return sums
  }

  /// The most probable state; ties go to the smaller number.
  public var mostProbableState: UInt64 {
    var best = 0
    for index in probabilities.indices where probabilities[index] > probabilities[best] {
      best = index
    }
    return structure.states[best]
  }

  /// How probable the most probable state is: the accuracy of the decision for it.
  public var accuracy: Double { probabilities.max() ?? 0 }

  /// How open the question still is, in bits.
  public var entropy: Double {
    -probabilities.reduce(0) { $1 > 0 ? $0 + $1 * log2($1) : $0 }
  }

  /// The problem whose mastery is nearest to an even chance; ties go to the lower position.
  ///
  /// - Parameter excluded: Problems that are not to be asked, such as those without another form.
  /// - Returns: `nil` when all are excluded.
  public func halfSplitProblem(excluding excluded: Set<Int> = []) -> Int? {
    let marginals = self.marginals
    return marginals.indices.filter { !excluded.contains($0) }.min {
      abs(marginals[$0] - 0.5) < abs(marginals[$1] - 0.5)
    }
  }

  /// What the learner is ready to learn: the outer fringe of the most probable state.
  public var ready: [Int] { structure.outerFringe(of: mostProbableState) }

  /// Where the learner starts, with the accuracy of the decision.
  public var placement: KnowledgePlacement { KnowledgePlacement(self) }
}

/// A placement on a prerequisite graph.
public struct KnowledgePlacement: Hashable, Sendable {
  /// The most probable state: the positions of the problems in it.
  public var mastered: [Int]
  /// What was learnt last.
  public var innerFringe: [Int]
  /// What can be learnt next: where the learner starts.
  public var ready: [Int]
  /// How probable the state is.
  public var accuracy: Double
  /// The expected number of problems about which the state is wrong.
  public var expectedErrors: Double
  /// What is to be said about it.
  public var findings: [Finding]

  init(_ assessment: KnowledgeAssessment) {
    let structure = assessment.structure
    let state = assessment.mostProbableState
    mastered = structure.problems(of: state)
    innerFringe = structure.innerFringe(of: state)
    ready = structure.outerFringe(of: state)
    accuracy = assessment.accuracy
    expectedErrors = assessment.marginals.enumerated().reduce(0) { sum, entry in
      sum + (state & (1 << UInt64(entry.offset)) != 0 ? 1 - entry.element : entry.element)
    }
    findings = []
    if accuracy < 0.5 {
      findings.append(
        Finding(
          .caution, nil,
          "The most probable state has a probability of \(Figures.percent(accuracy)) only; about "
            + "\(Figures.text(expectedErrors, places: 1)) problems are wrong in it. Ask more, or "
            + "confirm with the first task."))
    }
  }
}
