import AdapterHost
import Interop
import Records

/// Adapters, for people and machines.
enum AdapterText {
  /// One line for each adapter.
  static func list(_ libraries: [AdapterLibrary]) -> String {
    let rows = libraries.map { library in
      [
        library.info.identifier, library.info.version,
        library.info.formats.map(\.identifier).joined(separator: " "), library.path,
      ]
    }
    return TextTable.lines([["adapter", "version", "formats", "path"]] + rows)
      .map { $0 + "\n" }.joined()
  }

  /// All that an adapter says of itself.
  static func info(_ library: AdapterLibrary) -> String {
    let info = library.info
    var lines = [
      "adapter: \(info.identifier)", "version: \(info.version)", "vendor: \(info.vendor)",
      "licence: \(info.license)", "boundary: 1.\(info.minor)", "path: \(library.path)",
    ]
    for format in info.formats {
      lines += ["", "format: \(format.identifier)", "  \(format.title)"]
      if !format.alias.isEmpty { lines.append("  also named: \(format.alias)") }
      if !format.extensions.isEmpty {
        lines.append("  file names end with: \(format.extensions.joined(separator: ", "))")
      }
      for option in format.options {
        let values = option.values.isEmpty ? "text" : option.values.joined(separator: "|")
        let preset = option.defaultValue.isEmpty ? "" : " (\(option.defaultValue))"
        lines.append("  --option \(option.name)=\(values)\(preset): \(option.help)")
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// All adapters for machines.
  static func json(_ libraries: [AdapterLibrary]) -> JSONValue {
    ["adapters": .array(libraries.map(json))]
  }

  /// One adapter for machines.
  static func json(_ library: AdapterLibrary) -> JSONValue {
    let info = library.info
    return [
      "identifier": .text(info.identifier), "version": .text(info.version),
      "vendor": .text(info.vendor), "license": .text(info.license),
      "minor": .number(Int(info.minor)), "path": .text(library.path),
      "formats": .array(info.formats.map { FormatsJSON.format($0, adapter: info.identifier) }),
    ]
  }
}
