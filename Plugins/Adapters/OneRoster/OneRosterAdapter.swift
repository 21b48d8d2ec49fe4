public import AdapterKit
public import CAdapterABI

/// OneRoster CSV packages of versions 1.0, 1.1 and 1.2: rosters and gradebooks.
public enum OneRosterAdapter: GradebookAdapter {
  /// What the adapter is.
  public static let info = AdapterInfo(
    identifier: "org.competency-toolkit.oneroster", version: "1.0.0", vendor: "Competency toolkit",
    license: "Apache-2.0", formats: Version.allCases.map(format))

  private static func format(_ version: Version) -> FormatInfo {
    FormatInfo(
      identifier: version.identifier, alias: version == .v12 ? "oneroster" : "",
      version: version.number, title: "1EdTech OneRoster \(version.number) CSV",
      extensions: ["zip"], memberName: "manifest.csv",
      flags: [.reads, .writes, .ordered, .severalMembers],
      capabilities: Capabilities.of(version), options: options(version))
  }

  private static func options(_ version: Version) -> [OptionInfo] {
    [
      OptionInfo(
        name: "dates", values: ["auto", "dmy", "mdy"], defaultValue: "auto",
        help: "How dates with slashes are read: day first or month first; auto looks for a date "
          + "that only one of the two allows."),
      OptionInfo(
        name: "encoding", values: ["text"], defaultValue: "utf8",
        help: "Encoding of files without a byte order mark, such as latin1."),
      OptionInfo(
        name: "identifiers", values: ["keep", "encode"], defaultValue: "keep",
        help: "Whether identifiers with letters that the format does not allow are changed."),
      OptionInfo(
        name: "mode", values: ["auto", "bulk", "delta"], defaultValue: "auto",
        help: "Whether whole files or changes are written; auto follows the source."),
      OptionInfo(
        name: "passwords", values: ["boolean"], defaultValue: "false",
        help: "Whether passwords are written."),
    ]
  }

  /// Says how sure it is, from the manifest and the headings.
  public static func probe(_ input: AdapterInput, format: Int) throws(AdapterError) -> Probe {
    guard let version = Version(rawValue: format) else { return .no }
    return try PackageProbe.verdict(input, version)
  }

  /// Reads a package.
  public static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var reader = try PackageReader(input, request)
    try reader.read(into: &sink)
  }

  /// Begins to write a package.
  public static func write(
    to output: AdapterOutput, request: AdapterRequest, host: HostLink
  ) throws(AdapterError) -> WriterSession {
    .of(PackageWriter(output, request, host))
  }
}

private let table = AdapterTable(OneRosterAdapter.self)

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The table of the adapter; the only symbol that the host looks for.
@c @implementation
public func cbl_adapter_v1(_ hostMinor: UInt32) -> UnsafePointer<cbl_adapter>! {
  unsafe table.pointer
}
