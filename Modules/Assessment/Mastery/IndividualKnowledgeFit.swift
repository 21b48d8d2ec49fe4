#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Knowledge tracing with what differs between learners and between items.
///
/// - **Prior per learner** (Yudelson, Koedinger and Gordon 2013): the logit of knowing a skill at
///   first is that of the skill plus one number for the learner, which all skills share and which
///   is held near 0 by a normal distribution, so that learners with few answers stay near the mean.
/// - **Guess and slip per item** (Pardos and Heffernan 2011).
/// - **Forgetting** between answers.
///
/// EM by Baum and Welch; what it raises is the log-likelihood less the penalty of learners. Four
/// parameters for each learner are never fitted: a handful of answers cannot carry them.
public struct IndividualKnowledgeFit: Sendable {
  /// What can be set.
  public struct Options: Hashable, Sendable {
    /// Whether each learner has a prior of its own.
    public var hasLearnerPriors = false
    /// How far learners lie apart, in logits; smaller holds them nearer to the mean.
    public var learnerDeviation = 1.0
    /// Whether learners may forget.
    public var hasForgetting = false
    /// The highest guess and slip; .5 keeps them what they stand for.
    public var limit = 1.0
    /// The most steps.
    public var mostSteps = 2_000
    /// The largest change of a parameter at which it stops.
    public var tolerance = 1e-5

    /// Creates options.
    public init() {}
  }

  /// Guess and slip of an item.
  public struct Item: Hashable, Sendable {
    /// The skill.
    public var skill: String
    /// The item; empty when all items of the skill share them.
    public var name: String
    /// The probability of a right answer without knowing the skill.
    public var guess: Double
    /// The probability of a wrong answer although knowing it.
    public var slip: Double
    /// How many answers there are.
    public var count: Int
  }

  /// Prior, learning and forgetting of each skill; guess and slip are the means over its answers.
  public let skills: [KnowledgeParameters]
  /// Guess and slip of items, by skill.
  public let items: [Item]
  /// What each learner adds to the logit of the prior; 0 without priors of learners.
  public let learners: [Double]
  /// The log-likelihood, without the penalty.
  public let logLikelihood: Double
  /// How many steps it took.
  public let steps: Int
  /// Whether it came to rest.
  public let hasConverged: Bool
  /// What is remarkable.
  public let findings: [Finding]

  /// The probability that a learner knows a skill before the first answer.
  public func prior(skill: Int, learner: Int) -> Double {
    CalibratedItem.logistic(Self.logit(skills[skill].prior) + learners[learner])
  }

  /// Fits the parameters to answers.
  ///
  /// - Parameters:
  ///   - log: The answers, in order.
  ///   - names: The item of each row, for guess and slip by item; `nil` for one pair a skill.
  ///   - options: What can be set.
  /// - Throws: ``AssessmentError`` when there are no answers, or not one item for each row.
  /// - Complexity: O(*rows*) for each step.
  public init(
    _ log: PracticeLog, items names: [String]? = nil, options: Options = Options()
  ) throws(AssessmentError) {
    guard names.map({ $0.count == log.answers.count }) ?? true else {
      throw AssessmentError(
        .shape, "There are \(names?.count ?? 0) items for \(log.answers.count) answers.")
    }
    guard log.answers.contains(where: { $0 < 2 }) else {
      throw AssessmentError(.empty, "There are no answers; nothing can be traced.")
    }
    var work = IndividualKnowledgeWork(log, names, options)
    var (steps, hasConverged) = (0, false)
    var likelihood = work.expect()
    while steps < options.mostSteps {
      steps += 1
      let change = work.maximize()
      likelihood = work.expect()
      if change < options.tolerance {
        hasConverged = true
        break
      }
    }
    skills = work.parameters
    items = work.cells
    learners = work.learners
    logLikelihood = likelihood
    self.steps = steps
    self.hasConverged = hasConverged
    var findings: [Finding] = []
    if !hasConverged {
      findings.append(
        Finding(.notConverged, nil, "parameters still changed after \(steps) steps"))
    }
    for (skill, parameters) in zip(log.skills, skills) { findings += parameters.findings(skill) }
    if names != nil {
      for item in items where item.count < 20 {
        findings.append(
          Finding(
            .fewPersons, item.name,
            "has \(item.count) answers; guess and slip of its own want 20 and more"))
      }
    }
    self.findings = findings
  }

  fileprivate static func logit(_ p: Double) -> Double {
    let inside = min(1 - 1e-9, max(1e-9, p))
    return log(inside / (1 - inside))
  }
}

/// Parameters and expected counts of the steps.
private struct IndividualKnowledgeWork {
  /// Answers of a learner to a skill.
  struct Run {
    var skill: Int
    var learner: Int
    var rows: ArraySlice<Int32>
    /// How probable it is that the skill was known at first.
    var first = 0.5
  }

  let answers: [UInt8]
  let cellOfRow: [Int32]
  let options: IndividualKnowledgeFit.Options
  var runs: [Run]
  var parameters: [KnowledgeParameters]
  var cells: [IndividualKnowledgeFit.Item]
  var learners: [Double]
  private var cellSums: [SIMD4<Double>]
  private var skillSums: [SIMD4<Double>]
  private let skillOfCell: [Int]

  init(_ log: PracticeLog, _ names: [String]?, _ options: IndividualKnowledgeFit.Options) {
    self.options = options
    answers = log.answers
    var places: [String: Int32] = [:]
    var (cells, skillOfCell) = ([IndividualKnowledgeFit.Item](), [Int]())
    cellOfRow = log.answers.indices.map { row in
      let skill = Int(log.skillOfRow[row])
      let name = names?[row] ?? ""
      let key = "\(skill)\u{0}\(name)"
      let place = places[key] ?? Int32(cells.count)
      if Int(place) == cells.count {
        places[key] = place
        cells.append(
          .init(skill: log.skills[skill], name: name, guess: 0.2, slip: 0.1, count: 0))
        skillOfCell.append(skill)
      }
      if log.answers[row] < 2 { cells[Int(place)].count += 1 }
      return place
    }
    self.cells = cells
    self.skillOfCell = skillOfCell
    parameters = log.skills.map { _ in
      KnowledgeParameters(
        prior: 0.4, learn: 0.1, guess: 0.2, slip: 0.1,
        forget: options.hasForgetting ? 0.02 : 0)
    }
    learners = [Double](repeating: 0, count: log.learnerCount)
    cellSums = [SIMD4<Double>](repeating: SIMD4(), count: cells.count)
    skillSums = [SIMD4<Double>](repeating: SIMD4(), count: log.skills.count)
    runs = log.runs().map { Run(skill: $0.skill, learner: $0.learner, rows: $0.rows) }
  }

  /// Forwards and backwards through every run; the log-likelihood.
  mutating func expect() -> Double {
    for cell in cellSums.indices { cellSums[cell] = SIMD4() }
    for skill in skillSums.indices { skillSums[skill] = SIMD4() }
    var likelihood = 0.0
    var (after, priors) = ([Double](), [Double]())
    for run in runs.indices { likelihood += expect(run, &after, &priors) }
    return likelihood
  }

  private mutating func expect(
    _ place: Int, _ after: inout [Double], _ priors: inout [Double]
  ) -> Double {
    let run = runs[place]
    let p = parameters[run.skill]
    after.removeAll(keepingCapacity: true)
    priors.removeAll(keepingCapacity: true)
    var likelihood = 0.0
    var known = CalibratedItem.logistic(
      IndividualKnowledgeFit.logit(p.prior) + learners[run.learner])
    for row in run.rows {
      priors.append(known)
      var now = known
      let answer = answers[Int(row)]
      if answer < 2 {
        let cell = cells[Int(cellOfRow[Int(row)])]
        let one = known * (answer == 1 ? 1 - cell.slip : cell.slip)
        let other = (1 - known) * (answer == 1 ? cell.guess : 1 - cell.guess)
        likelihood += log(max(1e-300, one + other))
        now = one / max(1e-300, one + other)
      }
      after.append(now)
      known = now * (1 - p.forget) + (1 - now) * p.learn
    }
    guard var now = after.last else { return 0 }
    var sums = SIMD4<Double>()
    for step in stride(from: after.count - 1, through: 0, by: -1) {
      if step < after.count - 1 {
        let (a, next) = (after[step], priors[step + 1])
        let stayed = next > 0 ? a * (1 - p.forget) / next * now : 0
        let lost = next < 1 ? a * p.forget / (1 - next) * (1 - now) : 0
        // Learned, moves from not knowing, forgotten, moves from knowing.
        sums += SIMD4(now - stayed, 1 - stayed - lost, lost, stayed + lost)
        now = stayed + lost
      }
      let row = Int(run.rows[run.rows.startIndex + step])
      let answer = answers[row]
      if answer < 2 {
        let right = answer == 1 ? 1.0 : 0
        cellSums[Int(cellOfRow[row])] += SIMD4(
          now, now * (1 - right), 1 - now, (1 - now) * right)
      }
    }
    skillSums[run.skill] += sums
    runs[place].first = now
    return likelihood
  }

  /// Takes the parameters that fit the expectations best; the largest change.
  mutating func maximize() -> Double {
    var change = 0.0
    func share(_ part: Double, _ whole: Double, _ old: Double, _ most: Double = 1) -> Double {
      let new = whole > 1e-12 ? min(most - 1e-9, max(1e-9, part / whole)) : old
      change = max(change, abs(new - old))
      return new
    }
    for cell in cells.indices {
      let sums = cellSums[cell]
      cells[cell].slip = share(sums[1], sums[0], cells[cell].slip, options.limit)
      cells[cell].guess = share(sums[3], sums[2], cells[cell].guess, options.limit)
    }
    for skill in parameters.indices {
      let sums = skillSums[skill]
      parameters[skill].learn = share(sums[0], sums[1], parameters[skill].learn)
      if options.hasForgetting {
        parameters[skill].forget = share(sums[2], sums[3], parameters[skill].forget)
      }
    }
    let before = (parameters.map(\.prior), learners)
    maximizePriors()
    for (old, new) in zip(before.0, parameters) { change = max(change, abs(old - new.prior)) }
    for (old, new) in zip(before.1, learners) { change = max(change, abs(old - new)) }
    for skill in parameters.indices {
      let own = cells.indices.filter { skillOfCell[$0] == skill }
      let count = own.reduce(0.0) { $0 + Double(cells[$1].count) }
      guard count > 0 else { continue }
      parameters[skill].guess =
        own.reduce(0.0) { $0 + cells[$1].guess * Double(cells[$1].count) } / count
      parameters[skill].slip =
        own.reduce(0.0) { $0 + cells[$1].slip * Double(cells[$1].count) } / count
    }
    return change
  }

  /// One Newton step for the learners, then one for the skills, both damped; EM needs no more than
  /// that what it raises does not fall.
  private mutating func maximizePriors() {
    guard options.hasLearnerPriors else {
      var (sums, counts) = (
        [Double](repeating: 0, count: parameters.count),
        [Double](repeating: 0, count: parameters.count)
      )
      for run in runs {
        sums[run.skill] += run.first
        counts[run.skill] += 1
      }
      for skill in parameters.indices where counts[skill] > 0 {
        parameters[skill].prior = min(1 - 1e-9, max(1e-9, sums[skill] / counts[skill]))
      }
      return
    }
    var logits = parameters.map { IndividualKnowledgeFit.logit($0.prior) }
    let precision = 1 / (options.learnerDeviation * options.learnerDeviation)
    var slopes = learners.map { -precision * $0 }
    var bends = [Double](repeating: precision, count: learners.count)
    for run in runs {
      let p = CalibratedItem.logistic(logits[run.skill] + learners[run.learner])
      slopes[run.learner] += run.first - p
      bends[run.learner] += p * (1 - p)
    }
    for learner in learners.indices {
      learners[learner] += max(-1, min(1, slopes[learner] / bends[learner]))
    }
    slopes = [Double](repeating: 0, count: logits.count)
    bends = [Double](repeating: 1e-9, count: logits.count)
    for run in runs {
      let p = CalibratedItem.logistic(logits[run.skill] + learners[run.learner])
      slopes[run.skill] += run.first - p
      bends[run.skill] += p * (1 - p)
    }
    for skill in logits.indices {
      logits[skill] += max(-1, min(1, slopes[skill] / bends[skill]))
      logits[skill] = max(-12, min(12, logits[skill]))
      parameters[skill].prior = CalibratedItem.logistic(logits[skill])
    }
  }
}

extension PracticeLog {
  /// The rows of each learner in each skill, in order of time.
  fileprivate func runs() -> [(skill: Int, learner: Int, rows: ArraySlice<Int32>)] {
    let order = rowsBySkillAndLearner()
    var result: [(skill: Int, learner: Int, rows: ArraySlice<Int32>)] = []
    var begin = 0
    for place in 1...max(1, order.count) where begin < order.count {
      let first = Int(order[begin])
      if place < order.count {
        let row = Int(order[place])
        if skillOfRow[row] == skillOfRow[first], learnerOfRow[row] == learnerOfRow[first] {
          continue
        }
      }
      result.append((Int(skillOfRow[first]), Int(learnerOfRow[first]), order[begin..<place]))
      begin = place
    }
    return result
  }
}
