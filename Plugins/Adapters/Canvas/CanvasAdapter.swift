internal import AdapterKit
public import CAdapterABI

/// The formats of Canvas.
enum CanvasAdapter: GradebookAdapter {
  /// What the adapter is.
  static let info = AdapterInfo(
    identifier: "org.competency-toolkit.canvas", version: "1.0.0",
    vendor: "Competency Toolkit", license: "Apache-2.0",
    formats: Format.allCases.map(\.info))

  /// The formats, in the order of their indexes.
  enum Format: Int, CaseIterable {
    case gradebook, mastery, outcomes, roster

    var info: FormatInfo {
      switch self {
      case .gradebook: .canvasGradebook
      case .mastery: .canvasMastery
      case .outcomes: .canvasOutcomes
      case .roster: .canvasRoster
      }
    }
  }

  private static func format(_ index: Int) throws(AdapterError) -> Format {
    guard let format = Format(rawValue: index) else { throw AdapterError(.unsupported) }
    return format
  }

  /// How sure it is that the input is of a format.
  static func probe(_ input: AdapterInput, format index: Int) throws(AdapterError) -> Probe {
    switch try format(index) {
    case .gradebook: try GradebookProbe.probe(input)
    case .mastery: try FormatInfo.probeMastery(input)
    case .outcomes: try FormatInfo.probeOutcomes(input)
    case .roster: try FormatInfo.probeRoster(input)
    }
  }

  /// Reads the input.
  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    switch try format(request.format) {
    case .gradebook: try GradebookReader.read(input, request: request, into: &sink)
    case .mastery: try MasteryReader.read(input, request: request, into: &sink)
    case .outcomes: try OutcomeReader.read(input, request: request, into: &sink)
    case .roster: try RosterReader.read(input, request: request, into: &sink)
    }
  }

  /// Begins to write.
  static func write(
    to output: AdapterOutput, request: AdapterRequest, host: HostLink
  ) throws(AdapterError) -> WriterSession {
    switch try format(request.format) {
    case .gradebook: .of(CanvasGradebookWriter(output: output, request: request, host: host))
    case .mastery: .of(MasteryWriter(output: output, request: request, host: host))
    case .outcomes: .of(OutcomeWriter(output: output, request: request, host: host))
    case .roster: .of(RosterWriter(output: output, host: host))
    }
  }
}

private let table = AdapterTable(CanvasAdapter.self)

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The entry point.
@c @implementation
public func cbl_adapter_v1(_ hostMinor: UInt32) -> UnsafePointer<cbl_adapter>! {
  unsafe table.pointer
}
