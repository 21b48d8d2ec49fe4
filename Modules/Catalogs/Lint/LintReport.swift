public import Domain

/// How sound a catalog is, beyond the rules of its format.
public struct LintReport: Hashable, Sendable {
  /// Something to look at.
  public struct Finding: Hashable, Sendable {
    /// The check that found it.
    public var check: LintCheck
    /// What was found, with the line of the object and its place as a pointer where they are known.
    public var problem: Problem
    /// The item, or the association for links; blank for findings about the whole catalog.
    public var identifier: Identifier
  }

  /// What came of one check.
  public struct Result: Hashable, Sendable {
    /// The check.
    public var check: LintCheck
    /// How many objects it looked at: items, targets, codes, texts or links.
    public var subjects: Int
    /// How many of them failed.
    public var affected: Int

    /// The points that it takes off the score: its weight, times the square root of the share of
    /// objects that failed.
    public var loss: Double {
      guard subjects > 0 else { return 0 }
      let share = Double(min(affected, subjects)) / Double(subjects)
      return Double(check.weight) * share.squareRoot()
    }
  }

  /// The findings, by check and then in the order of the file.
  public var findings: [Finding]
  /// What came of each check, in the order of ``LintCheck``.
  public var results: [Result]
  /// How many items were looked at.
  public var itemCount: Int

  /// How sound the catalog is, from 0 to 100.
  ///
  /// 100 minus what each check takes off, rounded down: weight · √(failed / looked at). The root
  /// makes rare faults show: one dangling end among 10,000 costs 1 % of the weight of its check. A
  /// check that has nothing to look at takes nothing off; a catalog without items has 0.
  public var score: Int {
    guard itemCount > 0 else { return 0 }
    let loss = results.reduce(0.0) { $0 + $1.loss }
    return max(0, Int((100 - loss).rounded(.down)))
  }

  /// Whether a finding is an error.
  public var hasErrors: Bool { findings.contains { $0.problem.severity >= .error } }
}

extension Catalog {
  /// Looks for faults that the format allows: dangling ends, cycles, orphans, codes that repeat or
  /// look alike, characters that deceive, prerequisites against the school levels, statements that
  /// cannot be measured or name others without a link.
  ///
  /// - Parameter file: The name of the file, for places.
  /// - Complexity: O(*n* log *n*) in items, links and text, except for statements that name codes,
  ///   which also cost the depth of the hierarchy.
  public func lint(file: String? = nil) -> LintReport {
    var linter = Linter(self, file: file)
    linter.checkEnds()
    linter.checkCycles()
    linter.checkOrphans()
    linter.checkRepeatedLinks()
    linter.checkIdentifiers()
    linter.checkCodes()
    linter.checkCharacters()
    linter.checkGradeOrder()
    linter.checkStatements()
    linter.checkLevels()
    linter.checkNamedCodes()
    return linter.report
  }
}
