#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether an item is harder for one group than for another of the same ability, by Mantel and
/// Haenszel (1959; Holland and Thayer 1988).
public struct MantelHaenszel: Hashable, Sendable {
  /// Right and wrong answers of both groups at one score.
  public struct Stratum: Hashable, Sendable {
    /// Right answers of the reference group.
    public var referenceRight: Double
    /// Wrong answers of the reference group.
    public var referenceWrong: Double
    /// Right answers of the focal group.
    public var focalRight: Double
    /// Wrong answers of the focal group.
    public var focalWrong: Double

    /// Creates a stratum.
    public init(
      referenceRight: Double, referenceWrong: Double, focalRight: Double, focalWrong: Double
    ) {
      self.referenceRight = referenceRight
      self.referenceWrong = referenceWrong
      self.focalRight = focalRight
      self.focalWrong = focalWrong
    }

    var total: Double { referenceRight + referenceWrong + focalRight + focalWrong }
  }

  /// The classes of Educational Testing Service.
  public enum Level: String, Hashable, Sendable {
    /// Negligible: below 1, or not different from 0.
    case a = "A"
    /// Moderate.
    case b = "B"
    /// Large: 1.5 and more, and clearly above 1.
    case c = "C"
  }

  /// The odds ratio over all strata; `nil` where strata do not determine it.
  public let oddsRatio: Double?
  /// The difference on the delta scale: -2.35 ln of the odds ratio; below 0 the item is harder for
  /// the focal group.
  public let delta: Double?
  /// The standard error of the log of the odds ratio (Robins, Breslow and Greenland 1986).
  public let standardError: Double?
  /// The test of no difference with a correction for continuity.
  public let correctedChiSquare: Double?
  /// The probability of such a value without a difference.
  public let correctedProbability: Double?
  /// The test without correction.
  public let chiSquare: Double?
  /// The class.
  public let level: Level?

  /// Compares two groups.
  ///
  /// - Parameter strata: The answers of both groups at each score.
  public init(_ strata: [Stratum]) {
    let used = strata.filter { $0.total > 1 }
    var (top, bottom, seen, expected, variance) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (pr, ps, qs) = (0.0, 0.0, 0.0)
    for stratum in used {
      let n = stratum.total
      let (a, b) = (stratum.referenceRight, stratum.referenceWrong)
      let (c, d) = (stratum.focalRight, stratum.focalWrong)
      let (r, s) = (a * d / n, b * c / n)
      let (p, q) = ((a + d) / n, (b + c) / n)
      top += r
      bottom += s
      pr += p * r
      ps += p * s + q * r
      qs += q * s
      seen += a
      expected += (a + b) * (a + c) / n
      variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
    }
    guard top > 0, bottom > 0, variance > 0 else {
      (oddsRatio, delta, standardError, level) = (nil, nil, nil, nil)
      (correctedChiSquare, correctedProbability, chiSquare) = (nil, nil, nil)
      return
    }
    let ratio = top / bottom
    oddsRatio = ratio
    delta = -2.35 * log(ratio)
    let error =
      (pr / (2 * top * top) + ps / (2 * top * bottom) + qs / (2 * bottom * bottom)).squareRoot()
    standardError = error
    let away = abs(seen - expected)
    let corrected = max(0, away - 0.5) * max(0, away - 0.5) / variance
    correctedChiSquare = corrected
    correctedProbability = SpecialFunctions.chiSquareUpper(corrected, degrees: 1)
    chiSquare = away * away / variance
    let (size, deltaError) = (abs(2.35 * log(ratio)), 2.35 * error)
    if size < 1 || SpecialFunctions.chiSquareUpper(corrected, degrees: 1) > 0.05 {
      level = .a
    } else {
      level = size >= 1.5 && (size - 1) / deltaError > 1.645 ? .c : .b
    }
  }

  /// Compares two groups on an item of a table, at each score on all items.
  ///
  /// - Parameters:
  ///   - table: Answers of 0 and 1; persons with missing answers are left out.
  ///   - item: The place of the item.
  ///   - isFocal: For each person whether it is of the focal group.
  /// - Throws: ``AssessmentError`` when the item has other scores or groups do not fit.
  public init(
    _ table: ResponseTable, item: Int, isFocal: [Bool]
  ) throws(AssessmentError) {
    guard isFocal.count == table.persons.count, table.items.indices.contains(item) else {
      throw AssessmentError(
        .shape, "There are \(isFocal.count) group members for \(table.persons.count) persons.")
    }
    guard table.categoryCounts.allSatisfy({ $0 == 2 }) else {
      throw AssessmentError(.wrongValue, "The comparison needs answers of 0 and 1.")
    }
    let persons = table.persons.count
    var strata = [Stratum](
      repeating: Stratum(referenceRight: 0, referenceWrong: 0, focalRight: 0, focalWrong: 0),
      count: table.items.count + 1)
    let totals = TotalScores(of: table).values
    for person in 0..<persons {
      let answers = table.items.indices.lazy.map { table.cells[$0 * persons + person] }
      guard !answers.contains(ResponseTable.missing) else { continue }
      let (score, weight) = (Int(totals[person]), table.weight(person))
      switch (isFocal[person], table.cells[item * persons + person] == 1) {
      case (false, true): strata[score].referenceRight += weight
      case (false, false): strata[score].referenceWrong += weight
      case (true, true): strata[score].focalRight += weight
      case (true, false): strata[score].focalWrong += weight
      }
    }
    self.init(strata)
  }
}
