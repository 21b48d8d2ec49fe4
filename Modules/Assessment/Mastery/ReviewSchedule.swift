#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// When to look at something again: the model FSRS-6 of the Open Spaced Repetition project.
///
/// Memory has a stability, the days after which recall is down to 90 %, and a difficulty from 1 to
/// 10. Times are whole seconds; elapsed days are whole days.
public struct ReviewSchedule: Hashable, Sendable {
  /// How well it was remembered.
  public enum Rating: Int, Hashable, Sendable, CaseIterable {
    /// Not at all.
    case again = 1
    /// With effort.
    case hard
    /// Well.
    case good
    /// At once.
    case easy
  }

  /// What is being done with it.
  public enum Phase: String, Hashable, Sendable {
    /// First seen.
    case learning = "Learning"
    /// Known, in growing intervals.
    case review = "Review"
    /// Forgotten once.
    case relearning = "Relearning"
  }

  /// The 21 default parameters of FSRS-6.
  public static let standardParameters = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
  ]

  private let w: [Double]
  private let factor: Double
  /// The probability of recall at which a review is due.
  public let retention: Double
  /// The steps of learning, in seconds.
  public let learningSteps: [Int]
  /// The steps after forgetting, in seconds.
  public let relearningSteps: [Int]
  /// The longest interval, in days.
  public let longestInterval: Int

  /// Creates a schedule.
  ///
  /// - Parameters:
  ///   - parameters: The 21 parameters.
  ///   - retention: The probability of recall at which a review is due, between 0 and 1.
  ///   - learningSteps: The steps of learning, in seconds.
  ///   - relearningSteps: The steps after forgetting, in seconds.
  ///   - longestInterval: The longest interval, in days.
  /// - Throws: ``AssessmentError`` when there are not 21 parameters or the retention is no
  ///   probability.
  public init(
    parameters: [Double] = standardParameters, retention: Double = 0.9,
    learningSteps: [Int] = [60, 600], relearningSteps: [Int] = [600],
    longestInterval: Int = 36_500
  ) throws(AssessmentError) {
    guard parameters.count == 21, parameters.allSatisfy(\.isFinite), parameters[20] > 0 else {
      throw AssessmentError(
        .wrongValue,
        "FSRS-6 has 21 parameters, the last one above 0; there are "
          + "\(parameters.count).")
    }
    guard retention > 0, retention < 1 else {
      throw AssessmentError(.wrongValue, "The retention is \(retention); it is between 0 and 1.")
    }
    w = parameters
    factor = pow(0.9, -1 / parameters[20]) - 1
    self.retention = retention
    self.learningSteps = learningSteps
    self.relearningSteps = relearningSteps
    self.longestInterval = longestInterval
  }

  /// What is remembered of one thing.
  public struct Memory: Hashable, Sendable {
    /// The days after which recall is down to 90 %; `nil` before the first review.
    public var stability: Double?
    /// From 1 to 10; `nil` before the first review.
    public var difficulty: Double?
    /// What is being done with it.
    public var phase = Phase.learning
    /// The step of learning.
    public var step = 0
    /// The seconds until the next review is due.
    public var interval = 0

    /// Begins before the first review.
    public init() {}
  }

  /// The probability of recall after some days.
  public func recall(_ memory: Memory, days: Int) -> Double {
    guard let stability = memory.stability else { return 0 }
    return pow(1 + factor * Double(max(0, days)) / stability, -w[20])
  }

  /// Takes a review.
  ///
  /// - Parameters:
  ///   - memory: What is remembered.
  ///   - rating: How well it was remembered.
  ///   - seconds: The time since the last review.
  /// - Returns: What is remembered after it, with the next interval.
  public func reviewed(_ memory: Memory, _ rating: Rating, after seconds: Int) -> Memory {
    var next = memory
    let days = max(0, seconds / 86_400)
    if let stability = memory.stability, let difficulty = memory.difficulty {
      next.stability =
        days < 1
        ? shortTerm(stability, rating)
        : longTerm(stability, difficulty, recall(memory, days: days), rating)
      next.difficulty = nextDifficulty(difficulty, rating)
    } else {
      next.stability = max(0.001, w[rating.rawValue - 1])
      next.difficulty = min(10, max(1, firstDifficulty(rating)))
    }
    schedule(&next, rating)
    return next
  }

  private func firstDifficulty(_ rating: Rating) -> Double {
    w[4] - exp(w[5] * Double(rating.rawValue - 1)) + 1
  }

  private func nextDifficulty(_ difficulty: Double, _ rating: Rating) -> Double {
    let change = -w[6] * Double(rating.rawValue - 3)
    let damped = difficulty + (10 - difficulty) * change / 9
    return min(10, max(1, w[7] * firstDifficulty(.easy) + (1 - w[7]) * damped))
  }

  private func shortTerm(_ stability: Double, _ rating: Rating) -> Double {
    var growth =
      exp(w[17] * (Double(rating.rawValue) - 3 + w[18])) * pow(stability, -w[19])
    if rating == .good || rating == .easy { growth = max(1, growth) }
    return max(0.001, stability * growth)
  }

  private func longTerm(
    _ stability: Double, _ difficulty: Double, _ recall: Double, _ rating: Rating
  ) -> Double {
    if rating == .again {
      let long =
        w[11] * pow(difficulty, -w[12]) * (pow(stability + 1, w[13]) - 1)
        * exp((1 - recall) * w[14])
      return max(0.001, min(long, stability / exp(w[17] * w[18])))
    }
    let weight = rating == .hard ? w[15] : rating == .easy ? w[16] : 1
    let growth =
      exp(w[8]) * (11 - difficulty) * pow(stability, -w[9]) * (exp((1 - recall) * w[10]) - 1)
    return max(0.001, stability * (1 + growth * weight))
  }

  private func days(_ stability: Double) -> Int {
    let days = stability / factor * (pow(retention, -1 / w[20]) - 1)
    return min(longestInterval, max(1, Int(min(1e9, days.rounded(.toNearestOrEven)))))
  }

  private func schedule(_ memory: inout Memory, _ rating: Rating) {
    let steps = memory.phase == .relearning ? relearningSteps : learningSteps
    let long = days(memory.stability ?? 0.001) * 86_400
    func toReview() {
      memory.phase = .review
      memory.step = 0
      memory.interval = long
    }
    if memory.phase == .review {
      guard rating == .again, let first = relearningSteps.first else { return toReview() }
      memory.phase = .relearning
      memory.step = 0
      memory.interval = first
      return
    }
    guard let first = steps.first, memory.step < steps.count || rating == .again else {
      return toReview()
    }
    switch rating {
    case .again:
      memory.step = 0
      memory.interval = first
    case .hard:
      if memory.step > 0 {
        memory.interval = steps[memory.step]
      } else {
        memory.interval = steps.count == 1 ? first * 3 / 2 : (first + steps[1]) / 2
      }
    case .good:
      guard memory.step + 1 < steps.count else { return toReview() }
      memory.step += 1
      memory.interval = steps[memory.step]
    case .easy: toReview()
    }
  }
}
