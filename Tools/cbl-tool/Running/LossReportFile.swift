import Interop

/// The file that says what an output cannot carry.
///
/// It is begun before the conversion, so that a place where nothing can be written is known before
/// the work is done.
final class LossReportFile {
  private let container: OutputContainer
  private let isJSON: Bool

  /// Begins the file, or `nil` when no path is given.
  init?(_ path: String?, force: Bool) throws {
    guard let path else { return nil }
    isJSON = path.hasSuffix(".json")
    var options = OutputOptions()
    options.force = force
    container = try OutputContainer.create(
      path, kind: path == "-" ? .stdout : .file, options: options)
  }

  /// Writes the losses and lets the file appear.
  func write(_ report: ConversionReport, stated: [String]) throws {
    let text =
      isJSON
      ? ReportJSON.losses(report.certificate, stated: stated).pretty + "\n"
      : LossText.certificate(report.certificate, stated: stated)
    try container.begin(member: isJSON ? "losses.json" : "losses.txt")
    try container.write(Array(text.utf8))
    try container.end()
    try container.commit()
  }
}
