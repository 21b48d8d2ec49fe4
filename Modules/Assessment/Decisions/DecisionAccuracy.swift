/// How often a decision is right, and how often it would come out the same again (AERA, APA and
/// NCME 2014, chapter 2).
public struct DecisionAccuracy: Hashable, Sendable {
  /// The share of learners who are put where they belong.
  public var accuracy: Double
  /// The share who would be put in the same place by a second, equal assessment.
  public var consistency: Double
  /// The share of all learners who pass without mastery.
  public var falsePass: Double
  /// The share of all learners who fail with mastery.
  public var falseFail: Double
  /// The share of all learners who pass.
  public var passRate: Double

  /// Creates a set of shares.
  public init(
    accuracy: Double, consistency: Double, falsePass: Double, falseFail: Double, passRate: Double
  ) {
    self.accuracy = accuracy
    self.consistency = consistency
    self.falsePass = falsePass
    self.falseFail = falseFail
    self.passRate = passRate
  }

  /// Adds up groups of learners: how many there are, whether they have mastered it, and how
  /// probable it is that they pass.
  init(groups: [(weight: Double, isMaster: Bool, pass: Double)]) {
    var sums = (total: 0.0, same: 0.0, falsePass: 0.0, falseFail: 0.0, pass: 0.0)
    for group in groups {
      let fail = 1 - group.pass
      sums.total += group.weight
      sums.same += group.weight * (group.pass * group.pass + fail * fail)
      sums.pass += group.weight * group.pass
      if group.isMaster {
        sums.falseFail += group.weight * fail
      } else {
        sums.falsePass += group.weight * group.pass
      }
    }
    let total = max(1e-300, sums.total)
    self.init(
      accuracy: 1 - (sums.falsePass + sums.falseFail) / total, consistency: sums.same / total,
      falsePass: sums.falsePass / total, falseFail: sums.falseFail / total,
      passRate: sums.pass / total)
  }
}
