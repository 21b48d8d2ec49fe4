/// The notes of an adapter on how a member is written, in words.
enum DialectText {
  /// The words, or the notes as they are when they have another form.
  static func words(_ notes: String) -> String {
    var values: [String: String] = [:]
    for part in notes.split(separator: ";") {
      guard let equals = part.firstIndex(of: "=") else { return notes }
      values[String(part[..<equals])] = String(part[part.index(after: equals)...])
    }
    guard let encoding = values["encoding"], let lineEnd = values["lineEnd"] else { return notes }
    var words = [encoding == "utf8" ? "UTF-8" : encoding]
    if values["mark"] == "1" { words.append("byte order mark") }
    if let delimiter = values["delimiter"].flatMap(UInt8.init) {
      words.append("delimiter \(name(of: delimiter))")
    }
    switch lineEnd {
    case "1": words.append("lines end with LF")
    case "2": words.append("lines end with CRLF")
    case "3": words.append("lines end with CR")
    default: words.append("one line")
    }
    if values["final"] == "0" { words.append("the last line has no end") }
    return words.joined(separator: ", ")
  }

  private static func name(of delimiter: UInt8) -> String {
    switch delimiter {
    case UInt8(ascii: ","): "comma"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    case UInt8(ascii: "|"): "bar"
    default: String(Unicode.Scalar(delimiter))
    }
  }
}
