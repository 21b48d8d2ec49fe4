internal import AdapterKit
public import CAdapterABI
internal import Scanning

/// Our own record format, which keeps every field of every kind.
struct CBLAdapter: GradebookAdapter {
  static var info: AdapterInfo {
    let capabilities = KindInfo.all.map { info in
      let names = info.fields.map(\.name)
      return Capability(info.kind, reads: names, writes: names)
    }
    return AdapterInfo(
      identifier: "org.competency-toolkit.cbl", version: "1.0.0", vendor: "Competency toolkit",
      license: "Apache-2.0",
      formats: [
        FormatInfo(
          identifier: "cbl", alias: "cbl-csv", version: "1",
          title: "Records without loss (tables)", extensions: ["zip"], memberName: "",
          flags: [.reads, .writes, .ordered, .severalMembers], capabilities: capabilities),
        FormatInfo(
          identifier: "cbl-ndjson", version: "1", title: "Records without loss (NDJSON)",
          extensions: ["ndjson", "jsonl"], memberName: "records.ndjson",
          flags: [.reads, .writes], capabilities: capabilities),
      ])
  }

  static func probe(_ input: AdapterInput, format: Int) throws(AdapterError) -> Probe {
    format == 0 ? try probeTables(input) : try probeLines(input)
  }

  private static func probeTables(_ input: AdapterInput) throws(AdapterError) -> Probe {
    for member in 0..<input.memberCount where try input.lastName(of: member) == Manifest.name {
      let head = try input.head(of: member, count: 256)
      let text = String(decoding: head, as: UTF8.self).filter { !$0.isWhitespace }
      return text.hasPrefix("{\"format\":\"cbl\"") ? Probe(100, "a manifest of this format") : .no
    }
    return .no
  }

  private static func probeLines(_ input: AdapterInput) throws(AdapterError) -> Probe {
    guard input.memberCount == 1 else { return .no }
    let head = String(decoding: try input.head(of: 0, count: 512), as: UTF8.self)
    let line = head.prefix { $0 != "\n" }.filter { !$0.isWhitespace }
    if line.hasPrefix("{\"format\":\"cbl\"") { return Probe(100, "a first line of this format") }
    let start = "{\"record\":\""
    guard line.hasPrefix(start) else { return .no }
    let name = line.dropFirst(start.count).prefix { $0 != "\"" }
    return KindInfo.named(String(name)) == nil ? .no : Probe(90, "an object with a known kind")
  }

  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    if request.format == 0 {
      try TableReader(input: input, request: request).read(into: &sink)
    } else {
      var reader = LinesReader(input, request: request)
      try reader.read(into: &sink)
    }
  }

  static func write(
    to output: AdapterOutput, request: AdapterRequest, host: HostLink
  ) throws(AdapterError) -> WriterSession {
    if request.format == 0 { return WriterSession.of(TableWriter(output: output)) }
    try output.begin("records.ndjson")
    return WriterSession.of(LinesWriter(output: output))
  }
}

private let table = AdapterTable(CBLAdapter.self)

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The adapter's table; the only symbol that the host looks for.
@c @implementation
public func cbl_adapter_v1(_ hostMinor: UInt32) -> UnsafePointer<cbl_adapter>! {
  unsafe table.pointer
}
