/// Levels on an ability scale: where a learner starts.
public struct LevelScale: Hashable, Sendable {
  /// The names of the levels, lowest first.
  public let labels: [String]
  /// Where each level but the lowest starts, in logits, rising.
  public let cuts: [Double]

  /// Creates a scale.
  ///
  /// - Throws: ``AssessmentError`` when there is not one cut between each two levels or cuts do
  ///   not rise.
  public init(labels: [String], cuts: [Double]) throws(AssessmentError) {
    guard labels.count >= 2, cuts.count == labels.count - 1 else {
      throw AssessmentError(
        .shape,
        "\(labels.count) levels have \(cuts.count) cuts; give at least two levels and one cut "
          + "less than levels.")
    }
    guard cuts.allSatisfy(\.isFinite), zip(cuts, cuts.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw AssessmentError(.wrongValue, "The cuts \(cuts) do not rise; list the lowest first.")
    }
    self.labels = labels
    self.cuts = cuts
  }

  /// The place of an ability in levels: 0 is the lowest level's middle, 1 the next one's, and so
  /// on; between cuts it is linear, and outside of them it goes on as in the nearest level.
  public func position(of ability: Double) -> Double {
    let above = cuts.firstIndex { ability < $0 } ?? cuts.count
    let low = max(0, min(above - 1, cuts.count - 2))
    guard cuts.count > 1 else { return 0.5 + ability - cuts[0] }
    let width = cuts[low + 1] - cuts[low]
    return Double(low) + 0.5 + (ability - cuts[low]) / width
  }

  /// The level that an ability is in.
  public func level(of ability: Double) -> Int {
    cuts.firstIndex { ability < $0 } ?? cuts.count
  }

  /// How probable each level is by probabilities of equally spaced abilities.
  func distribution(nodes: [Double], weights: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: labels.count)
    let half = nodes.count > 1 ? (nodes[1] - nodes[0]) / 2 : 0.5
    for (node, weight) in zip(nodes, weights) {
      // A point stands for everything up to half way to the next one.
      var low = node - half
      for level in labels.indices {
        let end = level < cuts.count ? cuts[level] : Double.infinity
        guard end > low else { continue }
        let high = min(end, node + half)
        sums[level] += weight * (high - low) / (2 * half)
        low = high
        if low >= node + half { break }
      }
    }
    return sums
  }
}
