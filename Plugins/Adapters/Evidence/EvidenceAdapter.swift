internal import AdapterKit
public import CAdapterABI

/// The evidence table: one row for each learner, line item and target that a score speaks of.
struct EvidenceAdapter: GradebookAdapter {
  static var info: AdapterInfo {
    AdapterInfo(
      identifier: "org.competency-toolkit.evidence", version: "1.0.0", vendor: "Competency toolkit",
      license: "Apache-2.0",
      formats: [
        FormatInfo(
          identifier: "evidence", alias: "evidence-csv", version: "1",
          title: "Evidence table (CSV)", extensions: ["csv"], memberName: "evidence.csv",
          flags: [.reads, .writes, .ordered, .selfContained],
          capabilities: EvidenceCapabilities.all(
            kept: EvidenceColumn.standard), options: EvidenceOptions.infos(isJSON: false)),
        FormatInfo(
          identifier: "evidence-ndjson", version: "1", title: "Evidence table (NDJSON)",
          extensions: ["ndjson", "jsonl"], memberName: "evidence.ndjson",
          flags: [.reads, .writes, .ordered, .selfContained],
          capabilities: EvidenceCapabilities.all(
            kept: EvidenceColumn.allCases), options: EvidenceOptions.infos(isJSON: true)),
      ])
  }

  static func probe(_ input: AdapterInput, format: Int) throws(AdapterError) -> Probe {
    guard input.memberCount == 1 else { return .no }
    return EvidenceProbe.look(at: try input.head(of: 0, count: 4_096), isJSON: format == 1)
  }

  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    if request.format == 0 {
      var reader = EvidenceTableReader(input, request: request)
      try reader.read(into: &sink)
    } else {
      var reader = EvidenceLinesReader(input, request: request)
      try reader.read(into: &sink)
    }
  }

  static func write(
    to output: AdapterOutput, request: AdapterRequest, host: HostLink
  ) throws(AdapterError) -> WriterSession {
    let style = RowStyle(isJSON: request.format == 1)
    let options = try EvidenceOptions(request, isJSON: style.isJSON)
    return WriterSession.of(
      EvidenceWriter(
        output: output, member: info.formats[request.format].memberName, host: host,
        options: options, style: style))
  }
}

private let table = AdapterTable(EvidenceAdapter.self)

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The adapter's table; the only symbol that the host looks for.
@c @implementation
public func cbl_adapter_v1(_ hostMinor: UInt32) -> UnsafePointer<cbl_adapter>! {
  unsafe table.pointer
}
