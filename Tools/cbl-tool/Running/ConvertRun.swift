import Interop

/// One conversion with its progress and its report.
struct ConvertRun {
  let inputs: [String]
  let output: String
  let options: ConversionOptions
  let lossReport: LossReportFile?
  let report: ReportStyle
  /// Losses that the mapping file states.
  let stated: [String]

  /// Converts and reports.
  ///
  /// - Throws: What the conversion threw; ``ToolFailure`` with 1 when rows were rejected.
  func callAsFunction(_ catalog: AdapterCatalog) throws {
    let conversion = Conversion(catalog: catalog, options: options)
    let bar = ProgressBar(isQuiet: report.isQuiet)
    if let bar { conversion.onProgress { bar.show($0) } }
    let result: ConversionReport
    do {
      result = try conversion.run(inputs, to: output)
      bar?.finish()
    } catch {
      bar?.finish()
      try? tell(conversion.report, failure: ToolFailure(error))
      throw error
    }
    try lossReport?.write(result, stated: stated)
    try tell(result, failure: nil)
    if result.hasRejects { throw ToolFailure.ended(1) }
  }

  private func tell(_ result: ConversionReport, failure: ToolFailure?) throws {
    if report.isJSON {
      let text = ReportJSON.report(
        result, output: failure == nil ? output : nil, failure: failure,
        showsValues: report.showsValues, stated: stated
      ).pretty
      if report.usesStandardError {
        Console.note(text + "\n")
      } else {
        try Console.print(text + "\n")
      }
    } else if failure != nil {
      Console.note(ReportText.problems(result, style: report))
    } else if !report.isQuiet {
      Console.note(ReportText.report(result, output: output, style: report, stated: stated))
    }
  }
}

/// How a report is shown.
struct ReportStyle {
  /// Whether nothing but errors is shown.
  var isQuiet = false
  /// Whether the report is for machines.
  var isJSON = false
  /// Whether values at fault are shown, which may be personal.
  var showsValues = false
  /// How many places are shown of each code.
  var limit = 3
  /// Where the whole list of losses is written, if it is.
  var lossReport: String?
  /// Whether standard output is taken by data.
  var usesStandardError = false
}
