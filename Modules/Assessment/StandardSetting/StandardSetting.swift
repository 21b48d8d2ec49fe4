#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ways to find a cut from the judgement of a panel (Cizek and Bunch 2007).
///
/// No method is right: who sits on the panel moves a cut more than the method does. Keep a
/// ``StandardRecord`` of how it came about.
public enum StandardSetting {
  /// What a panel's judgements add up to.
  public struct PanelCut: Hashable, Sendable {
    /// The cut of each judge.
    public var judgeCuts: [Double]
    /// The mean of the judges.
    public var cut: Double
    /// The standard error over judges; `nil` for a single judge.
    public var standardError: Double?
    /// What is to be said about it.
    public var findings: [Finding]

    init(judgeCuts: [Double]) {
      let count = Double(judgeCuts.count)
      let mean = judgeCuts.reduce(0, +) / count
      self.judgeCuts = judgeCuts
      cut = mean
      let squares = judgeCuts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      standardError =
        judgeCuts.count > 1 ? (squares / (count - 1)).squareRoot() / count.squareRoot() : nil
      findings = []
      if judgeCuts.count < 10 {
        findings.append(
          Finding(
            .fewPersons, nil,
            "The panel has \(judgeCuts.count) judges; ten or more are usual, because the cut "
              + "depends on who they are."))
      }
      guard judgeCuts.count > 2, let error = standardError, error > 0 else { return }
      let deviation = error * count.squareRoot()
      for (judge, own) in judgeCuts.enumerated() where abs(own - mean) > 2 * deviation {
        findings.append(
          Finding(
            .aberrant, "judge \(judge + 1)",
            "The judge's cut \(Figures.text(own)) is more than two standard deviations from the "
              + "panel's \(Figures.text(mean)); hear the reason before the next round."))
      }
    }
  }

  /// The Angoff cut: each judge sums over items the probability that somebody who is just
  /// competent is right (Angoff 1971).
  ///
  /// - Parameter probabilities: For each judge the probabilities of all items.
  /// - Returns: The cut as a number-right score.
  /// - Throws: ``AssessmentError`` when judges differ in their number of items or a number is no
  ///   probability.
  public static func angoff(_ probabilities: [[Double]]) throws(AssessmentError) -> PanelCut {
    guard let first = probabilities.first, !first.isEmpty else {
      throw AssessmentError(.empty, "There are no judgements; give a row for each judge.")
    }
    for (judge, row) in probabilities.enumerated() {
      guard row.count == first.count else {
        throw AssessmentError(
          .shape,
          "Judge \(judge + 1) judged \(row.count) items, the first \(first.count); fill the gaps.")
      }
      if let item = row.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
        throw AssessmentError(
          .wrongValue,
          "Judge \(judge + 1) gave item \(item + 1) the probability \(row[item]); it has to lie "
            + "between 0 and 1 (divide percent by 100).")
      }
    }
    return PanelCut(judgeCuts: probabilities.map { $0.reduce(0, +) })
  }

  /// The abilities at which somebody answers each item right with the response probability: the
  /// places in the ordered item booklet (Mitzel and others 2001).
  ///
  /// - Parameters:
  ///   - items: The items.
  ///   - responseProbability: How sure "can do" is; 2/3 is usual, and it is to be stated.
  /// - Returns: `nil` for items that never have that probability.
  public static func bookletAbilities(
    _ items: [LogisticItem], responseProbability: Double = 2.0 / 3
  ) -> [Double?] {
    items.map { $0.ability(atProbability: responseProbability) }
  }

  /// The bookmark cut: each judge marks the first page of the booklet that somebody just competent
  /// would not master; the cut is the mean place of the marked items.
  ///
  /// - Parameters:
  ///   - bookmarks: For each judge the page, counted from 1, of the booklet from easy to hard.
  ///   - items: The items, in any order.
  ///   - responseProbability: How sure "can do" is.
  /// - Returns: The cut as an ability.
  /// - Throws: ``AssessmentError`` when a page does not exist or its item has no place.
  public static func bookmark(
    _ bookmarks: [Int], items: [LogisticItem], responseProbability: Double = 2.0 / 3
  ) throws(AssessmentError) -> PanelCut {
    guard !bookmarks.isEmpty else {
      throw AssessmentError(.empty, "There are no bookmarks; give a page for each judge.")
    }
    let places = bookletAbilities(items, responseProbability: responseProbability)
    let booklet = places.compactMap { $0 }.sorted()
    guard booklet.count == items.count else {
      throw AssessmentError(
        .notEstimable,
        "\(items.count - booklet.count) items are never right with the probability "
          + "\(responseProbability); take them out of the booklet.")
    }
    if let judge = bookmarks.firstIndex(where: { !(1...booklet.count).contains($0) }) {
      throw AssessmentError(
        .wrongValue,
        "Judge \(judge + 1) marked page \(bookmarks[judge]); the booklet has 1 to \(booklet.count)."
      )
    }
    return PanelCut(judgeCuts: bookmarks.map { booklet[$0 - 1] })
  }

  /// The borderline-group cut: the median score of learners whom teachers call just competent.
  ///
  /// - Throws: ``AssessmentError`` when nobody is in the group.
  public static func borderlineMedian(_ scores: [Double]) throws(AssessmentError) -> Double {
    let sorted = scores.sorted()
    guard !sorted.isEmpty, sorted.allSatisfy(\.isFinite) else {
      throw AssessmentError(.empty, "The borderline group is empty or has a score that is none.")
    }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// What two contrasting groups say.
  public struct ContrastingCut: Hashable, Sendable {
    /// The least score that is mastery.
    public var cut: Double
    /// How many of those who were called masters are below it.
    public var failedMasters: Int
    /// How many of the others are at or above it.
    public var passedNonMasters: Int
    /// The share of learners that it puts where teachers put them.
    public var accuracy: Double
    /// Whether all learners are put there by other cuts too, and up to which.
    public var highestCut: Double
  }

  /// The contrasting-groups cut: the score that puts the fewest learners elsewhere than their
  /// teachers do; the lowest of several. Whole scores have whole cuts, others cuts at a score.
  ///
  /// - Throws: ``AssessmentError`` when a group is empty.
  /// - Complexity: O(*n* log *n*).
  public static func contrastingGroups(
    masters: [Double], nonMasters: [Double]
  ) throws(AssessmentError) -> ContrastingCut {
    let all = masters + nonMasters
    guard !masters.isEmpty, !nonMasters.isEmpty, all.allSatisfy({ abs($0) < 1e9 }),
      let low = all.min(), let high = all.max()
    else {
      throw AssessmentError(
        .empty, "Both groups need a learner, and scores have to be numbers below a billion.")
    }
    let isWhole = all.allSatisfy { $0 == $0.rounded() } && high - low < 1e6
    let candidates =
      isWhole
      ? stride(from: low, through: high + 1, by: 1).map { $0 } : Array(Set(all)).sorted()
    let (able, others) = (masters.sorted(), nonMasters.sorted())
    var (failed, below) = (0, 0)
    var best: ContrastingCut?
    for cut in candidates {
      while failed < able.count, able[failed] < cut { failed += 1 }
      while below < others.count, others[below] < cut { below += 1 }
      let wrong = failed + others.count - below
      let accuracy = 1 - Double(wrong) / Double(all.count)
      if let found = best, wrong == found.failedMasters + found.passedNonMasters {
        best?.highestCut = cut
      }
      if best.map({ wrong < $0.failedMasters + $0.passedNonMasters }) ?? true {
        best = ContrastingCut(
          cut: cut, failedMasters: failed, passedNonMasters: others.count - below,
          accuracy: accuracy, highestCut: cut)
      }
    }
    guard let best else { throw AssessmentError(.empty, "There are no scores.") }
    return best
  }
}
