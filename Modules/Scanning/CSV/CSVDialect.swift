/// How a delimited file is written.
public struct CSVDialect: Hashable, Sendable {
  /// The byte between fields.
  public var delimiter: UInt8
  /// The byte around fields that hold a delimiter, a quote or a line end.
  public var quote: UInt8

  /// A dialect.
  public init(delimiter: UInt8, quote: UInt8 = UInt8(ascii: "\"")) {
    self.delimiter = delimiter
    self.quote = quote
  }

  /// Commas, as RFC 4180 has them.
  public static let rfc4180 = CSVDialect(delimiter: UInt8(ascii: ","))
  /// Semicolons, as spreadsheets write in places with a decimal comma.
  public static let semicolon = CSVDialect(delimiter: UInt8(ascii: ";"))
  /// Tabs.
  public static let tab = CSVDialect(delimiter: 0x09)
  /// Colons.
  public static let colon = CSVDialect(delimiter: UInt8(ascii: ":"))
  /// Vertical bars.
  public static let bar = CSVDialect(delimiter: UInt8(ascii: "|"))

  /// The dialect that the head of a file speaks.
  ///
  /// Counts the candidates outside quotes in the first lines. The one that stands in most lines
  /// equally often wins; commas win a tie, so a file of one column is read with commas.
  public static func sniff(_ head: UnsafeRawBufferPointer) -> CSVDialect {
    let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C, 0x3A]
    var lines: [[Int]] = []
    var counts = [Int](repeating: 0, count: candidates.count)
    var isQuoted = false
    var hasBytes = false
    for index in 0..<head.count {
      let byte = unsafe head[index]
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted, byte == 0x0A || byte == 0x0D {
        if hasBytes { lines.append(counts) }
        counts = [Int](repeating: 0, count: candidates.count)
        hasBytes = false
        if lines.count == 20 { break }
        continue
      }
      hasBytes = true
      if !isQuoted, let place = candidates.firstIndex(of: byte) { counts[place] += 1 }
    }
    if lines.isEmpty, hasBytes { lines.append(counts) }
    guard let first = lines.first else { return .rfc4180 }
    var best = (score: 0, place: 0)
    for place in candidates.indices where first[place] > 0 {
      // Colons stand in times and titles, so they count only when nothing else does.
      if candidates[place] == 0x3A, best.score > 0 { continue }
      let agreeing = lines.count { $0[place] == first[place] }
      let score = agreeing * 1_000 / lines.count * 1_000 + min(first[place], 999)
      if score > best.score { best = (score, place) }
    }
    return best.score > 0 ? CSVDialect(delimiter: candidates[best.place]) : .rfc4180
  }
}

/// How large a delimited file's parts may be.
public struct CSVLimits: Hashable, Sendable {
  /// Bytes of one record.
  public var recordBytes: Int
  /// Fields of one record.
  public var columns: Int

  /// Limits.
  public init(recordBytes: Int, columns: Int) {
    self.recordBytes = recordBytes
    self.columns = columns
  }

  /// 16 MiB a record, 10,000 columns.
  public static let standard = CSVLimits(recordBytes: 16 << 20, columns: 10_000)
}

/// How a record ends.
public enum CSVLineEnd: UInt8, Hashable, Sendable {
  /// The input ends.
  case none
  /// A line feed.
  case lf
  /// A carriage return and a line feed.
  case crlf
  /// A carriage return.
  case cr
}

/// What is unusual about a record.
public struct CSVFindings: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt8

  /// Findings from bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A field is quoted.
  public static let quotedField = CSVFindings(rawValue: 1)
  /// A quote stands inside a field that is not quoted; it was taken as it is.
  public static let bareQuote = CSVFindings(rawValue: 2)
  /// Text follows a closing quote.
  public static let textAfterQuote = CSVFindings(rawValue: 4)
  /// Blanks stand before an opening quote; they were left out.
  public static let blankBeforeQuote = CSVFindings(rawValue: 8)
  /// A byte is 0.
  public static let containsNUL = CSVFindings(rawValue: 16)
  /// The bytes are not valid UTF-8.
  public static let invalidUTF8 = CSVFindings(rawValue: 32)
  /// A field's bytes differ from the slice of the file.
  @usableFromInline static let rewritten = CSVFindings(rawValue: 64)
}
