internal import AdapterKit
internal import Scanning

/// How the statements of a member stand.
struct StatementLayout: Hashable {
  var form = JSONMember.Form.lines
  var encoding = TextEncoding.utf8
  var hasByteOrderMark = false
  var lineEnd = CSVLineEnd.lf
  var hasFinalLineEnd = true
  /// What stands between two statements that are not one a line.
  var separator: [UInt8] = []
  /// The number of statements.
  var statements = 0

  init(
    form: JSONMember.Form, encoding: TextEncoding, hasByteOrderMark: Bool, lineEnd: CSVLineEnd,
    hasFinalLineEnd: Bool, separator: [UInt8], statements: Int
  ) {
    self.form = form
    self.encoding = encoding
    self.hasByteOrderMark = hasByteOrderMark
    self.lineEnd = lineEnd
    self.hasFinalLineEnd = hasFinalLineEnd
    self.separator = separator
    self.statements = statements
  }

  /// The layout as text.
  var text: String {
    let between = separator.map { String($0) }.joined(separator: ".")
    return "form=\(form.rawValue);encoding=\(encoding.rawValue);mark=\(hasByteOrderMark ? 1 : 0);"
      + "lineEnd=\(lineEnd.rawValue);final=\(hasFinalLineEnd ? 1 : 0);separator=\(between);"
      + "statements=\(statements)"
  }

  /// The layout that a text says, or `nil`.
  init?(_ text: String) {
    for part in text.split(separator: ";") {
      guard let equals = part.firstIndex(of: "=") else { return nil }
      let value = String(part[part.index(after: equals)...])
      switch part[..<equals] {
      case "form":
        guard let form = JSONMember.Form(rawValue: value) else { return nil }
        self.form = form
      case "encoding":
        guard let encoding = TextEncoding(rawValue: value) else { return nil }
        self.encoding = encoding
      case "mark": hasByteOrderMark = value == "1"
      case "lineEnd": lineEnd = UInt8(value).flatMap(CSVLineEnd.init) ?? .lf
      case "final": hasFinalLineEnd = value == "1"
      case "separator": separator = value.split(separator: ".").compactMap { UInt8($0) }
      case "statements": statements = Int(value) ?? 0
      default: break
      }
    }
  }
}
