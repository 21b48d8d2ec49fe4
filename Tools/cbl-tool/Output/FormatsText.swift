import AdapterHost
import Interop
import Records

/// The formats as tables.
enum FormatsText {
  /// For people: one line for each format, then what it does with each kind.
  static func text(_ handles: [FormatHandle]) -> String {
    let heading = ["format", "reads", "writes", "title"]
    let rows = handles.map { handle in
      let format = handle.format
      return [
        name(format), format.reads ? "yes" : "-", format.writes ? "yes" : "-",
        format.title,
      ]
    }
    var lines = TextTable.lines([heading] + rows)
    for handle in handles {
      lines.append("")
      lines.append("\(handle.format.identifier):")
      let kinds = RecordKind.all.compactMap { kind -> [String]? in
        guard let does = letters(kind, handle.format) else { return nil }
        return [kind.name, does, fieldCount(kind, handle.format)]
      }
      lines += TextTable.lines(kinds).map { "  " + $0 }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// As Markdown: the formats, then kinds by formats.
  static func markdown(_ handles: [FormatHandle]) -> String {
    var text = "| format | title | version | reads | writes |\n| --- | --- | --- | --- | --- |\n"
    for format in handles.map(\.format) {
      text +=
        "| `\(format.identifier)` | \(escaped(format.title)) | \(escaped(format.version)) "
        + "| \(format.reads ? "yes" : "") | \(format.writes ? "yes" : "") |\n"
    }
    text +=
      "\nFor each kind of record: r is read, w is written whole, p is written in a poorer "
      + "form.\n\n| kind |"
    text += handles.map { " `\($0.format.identifier)` |" }.joined()
    text += "\n| --- |" + String(repeating: " --- |", count: handles.count) + "\n"
    for kind in RecordKind.all where !kind.isSourceLayer {
      let cells = handles.map { letters(kind, $0.format) ?? "" }
      if cells.allSatisfy(\.isEmpty) { continue }
      text += "| \(kind) |" + cells.map { " \($0) |" }.joined() + "\n"
    }
    return text
  }

  private static func name(_ format: LoadedFormat) -> String {
    format.alias.isEmpty ? format.identifier : "\(format.identifier) (\(format.alias))"
  }

  /// What a format does with a kind, or `nil` for nothing.
  private static func letters(_ kind: RecordKind, _ format: LoadedFormat) -> String? {
    guard !kind.isSourceLayer, let capability = format.capabilities[kind] else { return nil }
    let letters =
      (capability.reads != 0 ? "r" : "") + (capability.writes != 0 ? "w" : "")
      + (capability.reduces != 0 ? "p" : "")
    return letters.isEmpty ? nil : letters
  }

  private static func fieldCount(_ kind: RecordKind, _ format: LoadedFormat) -> String {
    guard let capability = format.capabilities[kind] else { return "" }
    let all = RecordSchema.of(kind).fields.count
    var parts: [String] = []
    if capability.reads != 0 {
      parts.append("reads \(capability.reads.nonzeroBitCount) of \(all) fields")
    }
    if capability.writes | capability.reduces != 0 {
      parts.append("writes \((capability.writes | capability.reduces).nonzeroBitCount)")
    }
    return parts.joined(separator: ", ")
  }

  private static func escaped(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
