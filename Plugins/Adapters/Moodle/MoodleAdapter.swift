internal import AdapterKit
public import CAdapterABI

/// The formats of Moodle.
enum MoodleAdapter: GradebookAdapter {
  /// What the adapter is.
  static let info = AdapterInfo(
    identifier: "org.competency-toolkit.moodle", version: "1.0.0",
    vendor: "Competency Toolkit", license: "Apache-2.0",
    formats: Format.allCases.map(\.info))

  /// The formats, in the order of their indexes.
  enum Format: Int, CaseIterable {
    case grades, gradesXML, outcomes, competencies

    var info: FormatInfo {
      switch self {
      case .grades: .moodleGrades
      case .gradesXML: .moodleGradesXML
      case .outcomes: .moodleOutcomes
      case .competencies: .moodleCompetencies
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
    case .grades: try GradeProbe.probe(input)
    case .gradesXML: try ResultProbe.probe(input)
    case .outcomes: try OutcomeProbe.probe(input)
    case .competencies: try CompetencyProbe.probe(input)
    }
  }

  /// Reads the input.
  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    switch try format(request.format) {
    case .grades: try GradeReader.read(input, request: request, into: &sink)
    case .gradesXML: try ResultReader.read(input, request: request, into: &sink)
    case .outcomes: try OutcomeReader.read(input, request: request, into: &sink)
    case .competencies: try CompetencyReader.read(input, request: request, into: &sink)
    }
  }

  /// Begins to write.
  static func write(
    to output: AdapterOutput, request: AdapterRequest, host: HostLink
  ) throws(AdapterError) -> WriterSession {
    switch try format(request.format) {
    case .grades: .of(GradeWriter(output: output, request: request, host: host))
    case .gradesXML: .of(ResultWriter(output: output, request: request, host: host))
    case .outcomes: .of(OutcomeWriter(output: output, request: request, host: host))
    case .competencies: .of(CompetencyWriter(output: output, request: request, host: host))
    }
  }
}

private let table = AdapterTable(MoodleAdapter.self)

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The entry point.
@c @implementation
public func cbl_adapter_v1(_ hostMinor: UInt32) -> UnsafePointer<cbl_adapter>! {
  unsafe table.pointer
}
