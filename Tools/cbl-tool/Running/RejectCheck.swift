import Interop

/// Refuses to judge anybody when more rows are wrong than the user allows.
enum RejectCheck {
  /// Ends a run in which too many rows were rejected.
  ///
  /// - Parameters:
  ///   - report: What the reading says.
  ///   - limit: The most rejected rows.
  /// - Throws: ``ToolFailure`` with 65.
  static func check(_ report: ConversionReport, limit: Int) throws {
    let count = report.rejectedCount
    guard count > limit else { return }
    let rows = count == 1 ? "1 row was" : "\(count) rows were"
    throw ToolFailure(
      65,
      "\(rows) rejected, and nothing is written; correct what is wrong, or leave such rows out with "
        + "--lenient or --max-rejects \(count)")
  }

  /// Tells what was read of an input that is refused.
  static func tell(_ report: ConversionReport, _ error: any Error, style: ReportStyle) throws {
    guard style.isJSON else { return Console.note(ReportText.problems(report, style: style)) }
    let text =
      ReportJSON.report(
        report, output: nil, failure: ToolFailure(error), showsValues: style.showsValues
      ).pretty + "\n"
    if style.usesStandardError { Console.note(text) } else { try Console.print(text) }
  }
}
