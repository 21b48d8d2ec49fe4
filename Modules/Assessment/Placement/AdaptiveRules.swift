/// How an adaptive test chooses items and when it ends.
public struct AdaptiveRules: Hashable, Sendable {
  /// By what the next item is chosen.
  public enum Selection: Hashable, Sendable {
    /// The greatest Fisher information at the present estimate.
    case information
    /// The greatest Kullback-Leibler information between the estimate and the abilities that are
    /// still possible, weighed by the posterior (Chang and Ying 1996); robust in the first items.
    case kullbackLeibler
    /// First the items with low slopes, then those with higher ones, in this many layers; within a
    /// layer the nearest difficulty (Chang and Ying 1999). Spares the best items.
    case stratified(layers: Int)
  }

  /// Which form the test has.
  public enum Form: Hashable, Sendable {
    /// Item after item within the content bounds.
    case free
    /// Before each item the best whole test that keeps all bounds and holds what was asked is
    /// assembled, and its best open item is asked (van der Linden and Reese 1998).
    case shadow
    /// These positions of the bank in this order, whatever is answered.
    case fixed([Int])
  }

  /// How many items of a content area a test has.
  public struct ContentBound: Hashable, Sendable {
    /// The area.
    public var area: String
    /// At least and at most so many.
    public var count: ClosedRange<Int>

    /// Creates a bound.
    public init(_ area: String, _ count: ClosedRange<Int>) {
      self.area = area
      self.count = count
    }
  }

  /// By what the next item is chosen.
  public var selection = Selection.information
  /// Which form the test has.
  public var form = Form.free
  /// The next item is drawn among this many of the best ("randomesque", Kingsbury and Zara 1989).
  public var randomAmong = 1
  /// For each item how often it is asked when it is the best (Sympson and Hetter 1985); empty for
  /// always. ``ExposureControl`` finds the numbers.
  public var exposure: [Double] = []
  /// How many items of each content area a test has; areas that are not named are free.
  public var content: [ContentBound] = []
  /// How answers become an ability.
  public var estimator = AbilityMethod.eap
  /// The ability that is assumed before the first answer.
  public var start = 0.0
  /// Where abilities lie.
  public var range: ClosedRange<Double> = -4...4
  /// How many points the posterior has.
  public var nodeCount = 81
  /// The test does not end before so many items.
  public var minimumCount = 1
  /// The test ends after so many items.
  public var maximumCount = 20
  /// The test ends when the standard error is no greater; `nil` for no such rule.
  public var standardError: Double?

  /// Creates rules: maximum information, EAP, 20 items.
  public init() {}

  /// Refuses rules that a bank cannot keep.
  func check(for bank: ItemBank) throws(AssessmentError) {
    guard maximumCount >= 1, minimumCount <= maximumCount, randomAmong >= 1, nodeCount >= 3,
      range.lowerBound < range.upperBound, range.contains(start)
    else {
      throw AssessmentError(
        .wrongValue,
        "The rules want \(minimumCount) to \(maximumCount) items from \(start) within \(range); "
          + "give a least count that is no greater than the most, and a start within the range.")
    }
    guard exposure.isEmpty || exposure.count == bank.count else {
      throw AssessmentError(
        .shape,
        "There are \(exposure.count) exposure numbers for \(bank.count) items; give one for each.")
    }
    if case .stratified(let layers) = selection, layers < 1 || layers > bank.count {
      throw AssessmentError(
        .wrongValue, "\(layers) layers of \(bank.count) items; give 1 to \(bank.count).")
    }
    if case .fixed(let positions) = form {
      guard Set(positions).count == positions.count,
        positions.allSatisfy({ bank.entries.indices.contains($0) })
      else {
        throw AssessmentError(
          .wrongValue, "The fixed form names an item twice or one that is not in the bank.")
      }
    } else if !content.isEmpty {
      _ = try FormAssembly(bank: bank, count: min(maximumCount, bank.usableCount), content: content)
        .form(byValue: [Double](repeating: 1, count: bank.count))
    }
  }
}
