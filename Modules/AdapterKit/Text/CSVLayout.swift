public import CAdapterABI
public import Scanning

/// How a delimited member is written, down to the bytes.
public struct CSVLayout: Hashable, Sendable {
  /// When the cells of a column are in quotes.
  public enum Quoting: UInt8, Hashable, Sendable {
    /// When they need them.
    case needed
    /// When they are not empty.
    case filled
    /// Always.
    case always
  }

  /// The encoding.
  public var encoding = TextEncoding.utf8
  /// Whether the member begins with a byte order mark.
  public var hasByteOrderMark = false
  /// Delimiter and quote.
  public var dialect = CSVDialect.rfc4180
  /// The line end.
  public var lineEnd = CSVLineEnd.crlf
  /// Whether the last line has a line end.
  public var hasFinalLineEnd = true
  /// The quoting of each column; columns past the end are quoted as ``otherQuoting`` says.
  public var quoting: [Quoting] = []
  /// The quoting of columns that ``quoting`` does not name.
  public var otherQuoting = Quoting.needed

  /// UTF-8, commas, CRLF, quotes where they are needed.
  public static let standard = CSVLayout()

  /// The standard layout.
  public init() {}

  /// Appends a cell to a line, without a delimiter.
  @inlinable
  public func append(_ cell: Text, column: Int, to line: inout ByteBuffer) {
    let mode = column < quoting.count ? quoting[column] : otherQuoting
    let isQuoted = mode == .always || (mode == .filled && cell.count > 0)
    if isQuoted {
      unsafe line.appendQuoted(cell.rawBytes, quote: dialect.quote)
    } else {
      unsafe line.appendCSV(cell.rawBytes, dialect: dialect)
    }
  }

  /// The layout as text, for a `source_member` record.
  public var text: String {
    let columns = quoting.map { String($0.rawValue) }.joined()
    return "encoding=\(encoding.rawValue);mark=\(hasByteOrderMark ? 1 : 0);"
      + "delimiter=\(dialect.delimiter);quote=\(dialect.quote);lineEnd=\(lineEnd.rawValue);"
      + "final=\(hasFinalLineEnd ? 1 : 0);quoting=\(columns);other=\(otherQuoting.rawValue)"
  }

  /// The layout that a text says, or `nil` when it says none.
  public init?(_ text: String) {
    for part in text.split(separator: ";", omittingEmptySubsequences: true) {
      guard let equals = part.firstIndex(of: "=") else { return nil }
      let value = String(part[part.index(after: equals)...])
      guard set(String(part[..<equals]), to: value) else { return nil }
    }
  }

  private mutating func set(_ name: String, to value: String) -> Bool {
    switch name {
    case "encoding":
      guard let encoding = TextEncoding(rawValue: value) else { return false }
      self.encoding = encoding
    case "mark": hasByteOrderMark = value == "1"
    case "delimiter":
      guard let byte = UInt8(value) else { return false }
      dialect.delimiter = byte
    case "quote":
      guard let byte = UInt8(value) else { return false }
      dialect.quote = byte
    case "lineEnd":
      guard let byte = UInt8(value), let end = CSVLineEnd(rawValue: byte) else { return false }
      lineEnd = end
    case "final": hasFinalLineEnd = value == "1"
    case "quoting":
      quoting = value.utf8.compactMap { Quoting(rawValue: $0 &- 0x30) }
    case "other":
      otherQuoting = UInt8(value).flatMap(Quoting.init) ?? .needed
    default: break
    }
    return true
  }
}

extension CSVLineEnd {
  /// The bytes of the line end.
  public var literal: StaticString {
    switch self {
    case .none: ""
    case .lf: "\n"
    case .crlf: "\r\n"
    case .cr: "\r"
    }
  }

  /// The name that a `source_line` record uses.
  public var token: StaticString {
    switch self {
    case .none: "none"
    case .lf: "lf"
    case .crlf: "crlf"
    case .cr: "cr"
    }
  }

  /// The line end of a name, or `nil`.
  public init?(token: String) {
    switch token {
    case "none": self = .none
    case "lf": self = .lf
    case "crlf": self = .crlf
    case "cr": self = .cr
    default: return nil
    }
  }
}
