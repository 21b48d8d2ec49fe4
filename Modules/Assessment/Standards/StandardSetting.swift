#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Cuts that a panel or groups of learners set.
///
/// No method is right by itself; the size and make-up of the panel matter most (Cizek and Bunch
/// 2007). Keep the record: panel, rounds, what they were shown, cut, error and who adopted it.
public enum StandardSetting {
  /// A cut by the judgements of a panel.
  public struct PanelCut: Hashable, Sendable {
    /// The cut: the mean over judges.
    public var cut: Double
    /// The cut of each judge.
    public var judges: [Double]
    /// The standard error over judges; `nil` for one judge.
    public var standardError: Double?
    /// What is remarkable.
    public var findings: [Finding]
  }

  /// The cut of Angoff (1971): judges say how probably a borderline learner gets each item right.
  ///
  /// - Parameter ratings: For each judge the probability of each item.
  /// - Throws: ``AssessmentError`` when rows differ or a rating is no probability.
  public static func angoff(_ ratings: [[Double]]) throws(AssessmentError) -> PanelCut {
    guard let width = ratings.first?.count, width > 0 else {
      throw AssessmentError(.empty, "There are no ratings.")
    }
    for (index, row) in ratings.enumerated() {
      guard row.count == width else {
        throw AssessmentError(
          .shape, "Judge \(index + 1) rated \(row.count) items, the first \(width).")
      }
      if let wrong = row.first(where: { !(0...1).contains($0) }) {
        throw AssessmentError(
          .wrongValue, "Judge \(index + 1) gave \(wrong); a probability is from 0 to 1.")
      }
    }
    return panel(ratings.map { $0.reduce(0, +) })
  }

  /// A cut from the cuts of judges, such as abilities at their bookmarks.
  public static func panel(_ judges: [Double]) -> PanelCut {
    let count = Double(judges.count)
    let mean = judges.reduce(0, +) / max(1, count)
    let squares = judges.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = count > 1 ? (squares / (count - 1) / count).squareRoot() : nil
    var findings: [Finding] = []
    if count < 5 {
      findings.append(
        Finding(
          .caution, nil,
          "\(judges.count) judges: another panel may well set another cut; ten or "
            + "more are usual"))
    }
    let spread = (squares / max(1, count - 1)).squareRoot()
    for (index, judge) in judges.enumerated() where count > 3 && abs(judge - mean) > 2.5 * spread {
      findings.append(
        Finding(.aberrant, "judge \(index + 1)", "is far from the other judges; talk about it"))
    }
    return PanelCut(cut: mean, judges: judges, standardError: error, findings: findings)
  }

  /// The ability at which an item is answered right with the response probability of Bookmark
  /// (Mitzel et al. 2001).
  ///
  /// - Parameters:
  ///   - item: The bookmarked item, of two categories.
  ///   - probability: The response probability; 2/3 is usual.
  /// - Returns: The ability, or `nil` when no ability has that probability.
  public static func bookmark(
    _ item: CalibratedItem, probability: Double = 2.0 / 3
  ) -> Double? {
    guard item.family == .logistic, probability > item.guessing, probability < item.upper,
      item.slope != 0
    else { return nil }
    let share = (probability - item.guessing) / (item.upper - item.guessing)
    return (log(share / (1 - share)) - item.intercepts[0]) / item.slope
  }

  /// The cut of borderline learners: their median.
  ///
  /// - Throws: ``AssessmentError`` when there is none.
  public static func borderline(_ scores: [Double]) throws(AssessmentError) -> Double {
    guard !scores.isEmpty else {
      throw AssessmentError(.empty, "There are no borderline learners.")
    }
    let sorted = scores.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The cut between two groups: the score with the fewest misplaced learners, the lowest of
  /// several.
  ///
  /// - Parameters:
  ///   - masters: Scores of learners who are known to be masters.
  ///   - others: Scores of learners who are known not to be.
  /// - Returns: The lowest score that passes, and how many learners it misplaces.
  /// - Throws: ``AssessmentError`` when a group is empty.
  public static func contrasting(
    masters: [Double], others: [Double]
  ) throws(AssessmentError) -> (cut: Double, misplaced: Int) {
    guard !masters.isEmpty, !others.isEmpty else {
      throw AssessmentError(.empty, "Both groups need learners.")
    }
    var best = (cut: Double.infinity, misplaced: Int.max)
    for cut in Set(masters + others).sorted() {
      let misplaced = masters.count { $0 < cut } + others.count { $0 >= cut }
      if misplaced < best.misplaced { best = (cut, misplaced) }
    }
    return best
  }

  /// Hofstee's cut (1983), a compromise between what judges would accept and what scores are.
  ///
  /// - Parameters:
  ///   - scores: The scores of learners.
  ///   - cuts: The lowest and highest acceptable cut.
  ///   - failing: The lowest and highest acceptable share of learners below the cut.
  /// - Returns: The cut, or `nil` when the line of the compromise meets no score.
  public static func hofstee(
    _ scores: [Double], cuts: ClosedRange<Double>, failing: ClosedRange<Double>
  ) -> Double? {
    guard !scores.isEmpty, cuts.upperBound > cuts.lowerBound else { return nil }
    func miss(_ cut: Double) -> Double {
      let below = Double(scores.count { $0 < cut }) / Double(scores.count)
      let along = (cut - cuts.lowerBound) / (cuts.upperBound - cuts.lowerBound)
      return below - (failing.upperBound - along * (failing.upperBound - failing.lowerBound))
    }
    guard miss(cuts.lowerBound) <= 0, miss(cuts.upperBound) >= 0 else { return nil }
    return RootFinding.root(in: cuts, miss)
  }
}
