internal import AdapterKit
public import CAdapterABI
internal import Scanning

/// Statements of the Experience API: one a line, in an array, or single.
struct XAPIAdapter: GradebookAdapter {
  static var info: AdapterInfo {
    AdapterInfo(
      identifier: "org.competency-toolkit.xapi", version: "1.0.0", vendor: "Competency toolkit",
      license: "Apache-2.0",
      formats: [
        FormatInfo(
          identifier: "xapi", alias: "xapi-ndjson", version: "1.0.3",
          title: "Experience API statements", extensions: ["ndjson", "jsonl", "json"],
          memberName: "statements.ndjson",
          flags: [.reads, .writes, .ordered, .selfContained], capabilities: XAPICapabilities.all,
          options: [
            OptionInfo(
              name: "records", values: ["auto", "evidence", "results"], defaultValue: "auto",
              help: "Whether statements with a score are read as evidence, or as line items and "
                + "results; auto gives evidence to targets that take it."),
            OptionInfo(
              name: "voiding", values: ["apply", "ignore"], defaultValue: "apply",
              help: "Whether statements that others take back are left out of the evidence."),
            OptionInfo(
              name: "homePage", values: ["text"], defaultValue: StatementMaker.home,
              help: "Writing: the IRI of the system that the learners' accounts belong to."),
          ])
      ])
  }

  static func probe(_ input: AdapterInput, format: Int) throws(AdapterError) -> Probe {
    guard input.memberCount > 0 else { return .no }
    var best = Probe.no
    for member in 0..<min(input.memberCount, 16) {
      let head = try input.head(of: member)
      let probe = unsafe head.withUnsafeBytes { bytes in unsafe StatementProbe.look(at: bytes) }
      guard probe.confidence > 0 else { return .no }
      if probe.confidence > best.confidence { best = probe }
    }
    return best
  }

  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    try XAPIReader(input, request: request).read(into: &sink)
  }

  static func write(
    to output: AdapterOutput, request: AdapterRequest, host: HostLink
  ) throws(AdapterError) -> WriterSession {
    WriterSession.of(XAPIWriter(output: output, host: host, request: request))
  }
}

private let table = AdapterTable(XAPIAdapter.self)

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The adapter's table; the only symbol that the host looks for.
@c @implementation
public func cbl_adapter_v1(_ hostMinor: UInt32) -> UnsafePointer<cbl_adapter>! {
  unsafe table.pointer
}
