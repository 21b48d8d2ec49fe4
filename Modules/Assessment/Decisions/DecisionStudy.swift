#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many tasks and raters a decision needs that can be defended: a D study with decisions.
///
/// The score of a learner is the mean over tasks and raters. Its error has parts that shrink with
/// the number of tasks, of raters, and of both (Brennan 2001: crossed tasks and raters, decisions
/// against a fixed cut, so that severity and difficulty count as error too).
public struct DecisionStudy: Hashable, Sendable {
  /// Where scores differ, as variances in squared points of the scale.
  public struct Variances: Hashable, Sendable {
    /// True differences of learners.
    public var learner: Double
    /// Differences in the difficulty of tasks.
    public var task = 0.0
    /// Differences in the severity of raters.
    public var rater = 0.0
    /// Learners who do better on some tasks than on others.
    public var learnerTask: Double
    /// Raters who like the work of some learners more.
    public var learnerRater = 0.0
    /// Raters who are severe on some tasks.
    public var taskRater = 0.0
    /// Everything else.
    public var rest: Double

    /// Creates variances; those that are left out are 0.
    public init(
      learner: Double, task: Double = 0, rater: Double = 0, learnerTask: Double,
      learnerRater: Double = 0, taskRater: Double = 0, rest: Double
    ) {
      self.learner = learner
      self.task = task
      self.rater = rater
      self.learnerTask = learnerTask
      self.learnerRater = learnerRater
      self.taskRater = taskRater
      self.rest = rest
    }

    fileprivate var all: [Double] {
      [learner, task, rater, learnerTask, learnerRater, taskRater, rest]
    }
  }

  /// How many tasks and raters there are.
  public struct Design: Hashable, Sendable {
    /// The number of tasks of each learner.
    public var tasks: Int
    /// The number of raters of each task.
    public var raters: Int

    /// Creates a design.
    public init(tasks: Int, raters: Int) {
      self.tasks = tasks
      self.raters = raters
    }
  }

  /// What a design is worth.
  public struct Result: Hashable, Sendable {
    /// The design.
    public var design: Design
    /// The standard error of a score against the fixed cut, in points.
    public var standardError: Double
    /// Phi, the share of the spread of scores that is true difference.
    public var dependability: Double
    /// How good the decisions are.
    public var decisions: DecisionAccuracy
    /// What it costs for each learner.
    public var cost: Double
  }

  /// The variances.
  public let variances: Variances
  /// The mean score.
  public let mean: Double
  /// The lowest score that is mastery.
  public let cut: Double

  /// Creates a study.
  ///
  /// - Throws: ``AssessmentError`` with the code `wrongValue` when a variance is below 0 or learners
  ///   do not differ.
  public init(variances: Variances, mean: Double, cut: Double) throws(AssessmentError) {
    guard variances.all.allSatisfy({ $0 >= 0 && $0.isFinite }), variances.learner > 0,
      mean.isFinite, cut.isFinite
    else {
      throw AssessmentError(
        .wrongValue,
        "The variances \(variances.all) have to be 0 or more, and that of learners above 0; a "
          + "negative estimate is taken as 0.")
    }
    self.variances = variances
    self.mean = mean
    self.cut = cut
  }

  /// The error variance of a design.
  public func errorVariance(_ design: Design) -> Double {
    let (tasks, raters) = (Double(max(1, design.tasks)), Double(max(1, design.raters)))
    return (variances.task + variances.learnerTask) / tasks
      + (variances.rater + variances.learnerRater) / raters
      + (variances.taskRater + variances.rest) / (tasks * raters)
  }

  /// What a design is worth, exactly, for normal scores and errors.
  ///
  /// - Parameters:
  ///   - design: The design.
  ///   - taskCost: What a task costs for each learner.
  ///   - ratingCost: What a rating costs.
  public func result(_ design: Design, taskCost: Double = 1, ratingCost: Double = 1) -> Result {
    let error = errorVariance(design).squareRoot()
    let spread = variances.learner.squareRoot()
    let edge = SpecialFunctions.normalCumulative((cut - mean) / spread)
    var groups: [(weight: Double, isMaster: Bool, pass: Double)] = []
    // Equal parts of the learners on both sides of the cut, each by its middle.
    for (start, end, isMaster) in [(0.0, edge, false), (edge, 1.0, true)] where end > start {
      let parts = 2_000
      let width = (end - start) / Double(parts)
      for part in 0..<parts {
        let score =
          mean + spread * SpecialFunctions.normalQuantile(start + (Double(part) + 0.5) * width)
        let pass =
          error > 0
          ? SpecialFunctions.normalCumulative((score - cut) / error) : (isMaster ? 1 : 0)
        groups.append((width, isMaster, pass))
      }
    }
    return Result(
      design: design, standardError: error,
      dependability: variances.learner / (variances.learner + errorVariance(design)),
      decisions: DecisionAccuracy(groups: groups),
      cost: Double(design.tasks) * (taskCost + Double(design.raters) * ratingCost))
  }

  /// The cheapest design whose decisions are right often enough.
  ///
  /// - Parameters:
  ///   - accuracy: The least share of right decisions.
  ///   - mostTasks: How many tasks are possible.
  ///   - mostRaters: How many raters are possible.
  ///   - taskCost: What a task costs for each learner.
  ///   - ratingCost: What a rating costs.
  /// - Returns: `nil` when no such design is good enough.
  public func cheapest(
    accuracy: Double, mostTasks: Int = 20, mostRaters: Int = 4, taskCost: Double = 1,
    ratingCost: Double = 1
  ) -> Result? {
    results(
      mostTasks: mostTasks, mostRaters: mostRaters, taskCost: taskCost, ratingCost: ratingCost
    ).filter { $0.decisions.accuracy >= accuracy }.min {
      $0.cost != $1.cost ? $0.cost < $1.cost : $0.decisions.accuracy > $1.decisions.accuracy
    }
  }

  /// All designs up to a number of tasks and raters, raters within tasks.
  public func results(
    mostTasks: Int, mostRaters: Int, taskCost: Double = 1, ratingCost: Double = 1
  ) -> [Result] {
    (1...max(1, mostTasks)).flatMap { tasks in
      (1...max(1, mostRaters)).map { raters in
        result(
          Design(tasks: tasks, raters: raters), taskCost: taskCost, ratingCost: ratingCost)
      }
    }
  }

  /// The decisions of simulated learners whose ratings are whole levels, as on real rubrics.
  ///
  /// Each rating is the sum of all effects, rounded to the nearest level of the scale; the score is
  /// the mean of ratings. Rounding and the ends of the scale make the result differ from
  /// ``result(_:taskCost:ratingCost:)``, which is for scores without levels. Tasks and raters are
  /// drawn anew for each learner.
  ///
  /// - Parameters:
  ///   - design: The design.
  ///   - levels: The lowest and highest level.
  ///   - learners: How many learners to simulate.
  ///   - seed: The seed.
  public func simulate(
    _ design: Design, levels: ClosedRange<Int>, learners: Int, seed: UInt64
  ) -> DecisionAccuracy {
    let root = SeededGenerator(seed: seed)
    var (right, same, falsePass, falseFail, passes) = (0, 0, 0, 0, 0)
    for learner in 0..<max(1, learners) {
      var generator = root.stream(learner)
      let truth = mean + variances.learner.squareRoot() * generator.normal()
      let first = score(of: truth, design, levels, &generator) >= cut
      let second = score(of: truth, design, levels, &generator) >= cut
      let isMaster = truth >= cut
      if first == isMaster { right += 1 }
      if first == second { same += 1 }
      if first, !isMaster { falsePass += 1 }
      if !first, isMaster { falseFail += 1 }
      if first { passes += 1 }
    }
    let size = Double(max(1, learners))
    return DecisionAccuracy(
      accuracy: Double(right) / size, consistency: Double(same) / size,
      falsePass: Double(falsePass) / size, falseFail: Double(falseFail) / size,
      passRate: Double(passes) / size)
  }

  private func score(
    of truth: Double, _ design: Design, _ levels: ClosedRange<Int>,
    _ generator: inout SeededGenerator
  ) -> Double {
    let (tasks, raters) = (max(1, design.tasks), max(1, design.raters))
    func effect(_ variance: Double, _ generator: inout SeededGenerator) -> Double {
      variance > 0 ? variance.squareRoot() * generator.normal() : 0
    }
    let byTask = (0..<tasks).map { _ in
      effect(variances.task + variances.learnerTask, &generator)
    }
    let byRater = (0..<raters).map { _ in
      effect(variances.rater + variances.learnerRater, &generator)
    }
    var sum = 0.0
    for task in byTask {
      for rater in byRater {
        let rating = truth + task + rater + effect(variances.taskRater + variances.rest, &generator)
        let bounded = min(Double(levels.upperBound), max(Double(levels.lowerBound), rating))
        sum += bounded.rounded()
      }
    }
    return sum / Double(tasks * raters)
  }
}
