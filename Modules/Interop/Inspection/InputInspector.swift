public import AdapterHost

/// Reads an input with all checks and tells what is in it; writes nothing.
public final class InputInspector {
  private let conversion: Conversion
  private let withDialect: Bool
  private var onProblem: ((AdapterReport) throws -> Void)?

  /// An inspector with the adapters of a catalog.
  ///
  /// - Parameters:
  ///   - catalog: The adapters.
  ///   - options: How the input is read; what is about writing has no meaning here.
  ///   - withDialect: Whether to find out how the members are written, which costs some time.
  public init(catalog: AdapterCatalog, options: ConversionOptions, withDialect: Bool) {
    conversion = Conversion(catalog: catalog, options: options)
    self.withDialect = withDialect
  }

  /// Tells a closure now and then how far the work is.
  public func onProgress(_ body: @escaping (ConversionProgress) -> Void) {
    conversion.onProgress(body)
  }

  /// Gives each problem to a closure as it is found; all of them, in order.
  public func onProblem(_ body: @escaping (AdapterReport) throws -> Void) { onProblem = body }

  /// What is known so far; for a caller that shows the problems of an input that cannot be read.
  public var report: ConversionReport { conversion.report }

  /// Reads an input.
  ///
  /// - Parameter path: The input; `-` is standard input.
  /// - Returns: What is in it.
  /// - Throws: ``InteropError`` or `AdapterHostError` when it cannot be read to its end.
  public func run(_ path: String) throws -> InputSummary {
    var stage: SummaryStage?
    let report = try conversion.scan(
      [path], withSourceLayer: withDialect, onReport: onProblem
    ) { ledger in
      let made = SummaryStage(ledger: ledger)
      stage = made
      return made
    }
    guard let stage else { return InputSummary(report: report) }
    return stage.summary(with: report)
  }
}
