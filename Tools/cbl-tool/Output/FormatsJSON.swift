import AdapterHost
import Interop
import Records

/// Formats and adapters for machines.
enum FormatsJSON {
  /// All formats.
  static func formats(_ handles: [FormatHandle]) -> JSONValue {
    [
      "formats": .array(handles.map { format($0.format, adapter: $0.library.info.identifier) })
    ]
  }

  /// A format with the fields of each kind.
  static func format(_ format: LoadedFormat, adapter: String) -> JSONValue {
    [
      "identifier": .text(format.identifier), "alias": .text(format.alias),
      "title": .text(format.title), "version": .text(format.version), "adapter": .text(adapter),
      "reads": .boolean(format.reads), "writes": .boolean(format.writes),
      "extensions": .array(format.extensions.map { .text($0) }),
      "spreadsheet": .boolean(format.isSpreadsheet),
      "options": .array(format.options.map(option)),
      "kinds": .array(
        RecordKind.all.compactMap { kind in
          guard !kind.isSourceLayer, let capability = format.capabilities[kind] else { return nil }
          return self.kind(kind, capability)
        }),
    ]
  }

  /// A format as a manifest has it, without what only the adapter's table tells.
  static func format(_ format: AdapterManifest.Format, adapter: String) -> JSONValue {
    [
      "identifier": .text(format.identifier), "alias": .text(format.alias),
      "title": .text(format.title), "version": .text(format.version), "adapter": .text(adapter),
      "reads": .boolean(format.reads), "writes": .boolean(format.writes),
      "extensions": .array(format.extensions.map { .text($0) }),
      "mediaTypes": .array(format.mediaTypes.map { .text($0) }),
      "options": .array(format.options.map(option)),
    ]
  }

  private static func kind(_ kind: RecordKind, _ capability: FormatCapability) -> JSONValue {
    [
      "kind": .text(kind.name), "reads": fields(capability.reads, kind),
      "writes": fields(capability.writes, kind), "reduces": fields(capability.reduces, kind),
      "needs": fields(capability.needs, kind), "rule": .text(capability.rule),
    ]
  }

  private static func fields(_ mask: UInt64, _ kind: RecordKind) -> JSONValue {
    .array(
      RecordSchema.of(kind).fields.filter { mask & (1 << UInt64($0.index)) != 0 }
        .map { .text($0.name) })
  }

  private static func option(_ option: FormatOption) -> JSONValue {
    [
      "name": .text(option.name), "values": .array(option.values.map { .text($0) }),
      "default": .text(option.defaultValue), "help": .text(option.help),
    ]
  }
}
