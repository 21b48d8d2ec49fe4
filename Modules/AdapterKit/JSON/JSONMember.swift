public import CAdapterABI
public import Scanning

/// A member that holds JSON values, read chunk by chunk: one value a line, the elements of one
/// array, or values with blanks between them.
///
/// Memory is that of a chunk, or of the largest value. What stands between the values is checked
/// here; the values themselves are checked by whoever walks through them.
public struct JSONMember: ~Copyable {
  /// How the values stand in the member.
  public enum Form: String, Hashable, Sendable {
    /// One value a line.
    case lines
    /// Elements of one array.
    case array
    /// One value after the other, over any number of lines.
    case values
  }

  private struct Entry {
    var start: Int
    var count: Int
    var line: UInt64
    /// Bytes between the value before and this one; not for lines.
    var gap: Int
    var lineEnd: CSVLineEnd
  }

  /// Bytes of one value that are allowed.
  public static let valueLimit = 64 << 20

  /// The name of the member.
  public let name: String
  /// The index of the member in the input.
  public let member: Int
  /// How the values stand.
  public let form: Form
  /// How the text is encoded.
  public var encoding: TextEncoding { text.encoding }
  /// Whether there is a byte order mark.
  public var hasByteOrderMark: Bool { text.hasByteOrderMark }
  private var text: MemberText
  private var entries: [Entry] = []
  private var used = 0
  private var line: UInt64 = 1
  private var isFirst = true
  private var hasValues = false
  private let total: UInt64
  /// Where the array opens that is a member of an object, or `nil`.
  private let wrappedAt: Int?

  /// Opens a member.
  ///
  /// - Parameters:
  ///   - input: The input.
  ///   - member: The index of the member.
  ///   - request: Its options may name the encoding.
  ///   - wrapper: The name under which an object may hold the array of values.
  /// - Throws: ``AdapterError`` when the member cannot be opened.
  public init(
    _ input: AdapterInput, member: Int, request: AdapterRequest, wrapper: String? = nil
  ) throws(AdapterError) {
    let named = request.option("encoding").flatMap(TextEncoding.init(named:))
    let name = try input.name(of: member)
    let total = try input.byteCount(of: member) ?? 0
    var text = try MemberText.open(input, member: member, encoding: named)
    try text.advance(by: 0)
    self.name = name
    self.member = member
    self.total = total
    wrappedAt = wrapper.flatMap { unsafe JSONWrapper.opening(of: text.bytes, named: $0) }
    self.form = unsafe wrappedAt == nil ? Self.form(of: text.bytes) : .array
    self.text = text
  }

  /// The form that the first bytes have.
  public static func form(of head: UnsafeRawBufferPointer) -> Form {
    var start = 0
    while unsafe start < head.count && isBlank(head[start]) { start += 1 }
    guard start < head.count else { return .lines }
    if unsafe head[start] == 0x5B { return .array }
    var end = start
    while unsafe end < head.count && head[end] != 0x0A { end += 1 }
    guard end < head.count else { return .lines }
    var cursor = JSONCursor()
    unsafe cursor.reset(UnsafeRawBufferPointer(rebasing: head[start..<end]))
    do throws(ScanningError) {
      try cursor.skip()
      return .lines
    } catch {
      // A value over lines breaks between its parts; a line that ends in a string is cut off.
      let isBetween = error.column == UInt64(end - start + 1)
      return error.code == .truncated && isBetween ? .values : .lines
    }
  }

  /// Flushes the sink, whose texts point into the last chunk, and reads the next one.
  ///
  /// - Returns: Whether there are values or lines; `false` at the end of the member.
  /// - Throws: ``AdapterError`` when what stands between the values is wrong, a value is too large,
  ///   or the host asks to stop.
  public mutating func next(_ sink: inout RecordSink) throws(AdapterError) -> Bool {
    try sink.flush()
    entries.removeAll(keepingCapacity: true)
    while true {
      if !isFirst {
        guard !(text.isFinal && used == 0) else { return false }
        if text.isFinal, form != .lines {
          // What is left was looked at already: it is the trailer.
          return false
        }
        if text.isFinal, unsafe used == text.bytes.count { return false }
        try text.advance(by: used)
      }
      isFirst = false
      try sink.host.progress(text.bytesRead, of: total)
      used = form == .lines ? cutLines() : try cutValues()
      if !entries.isEmpty {
        hasValues = true
        return true
      }
      if text.isFinal { return false }
      guard unsafe text.bytes.count <= Self.valueLimit else {
        throw AdapterError(
          limit: problem("json.limit", "a value is larger than \(Self.valueLimit) bytes"))
      }
    }
  }

  /// The number of values or lines in the chunk.
  public var count: Int { entries.count }

  /// A value, or a line without its end; valid until the next chunk.
  public func value(_ index: Int) -> UnsafeRawBufferPointer {
    let entry = entries[index]
    return unsafe UnsafeRawBufferPointer(
      rebasing: text.bytes[entry.start..<entry.start + entry.count])
  }

  /// What stands between the value before and this one.
  public func gap(before index: Int) -> UnsafeRawBufferPointer {
    let entry = entries[index]
    return unsafe UnsafeRawBufferPointer(
      rebasing: text.bytes[entry.start - entry.gap..<entry.start])
  }

  /// What stands after the last value; at the end of the member only.
  public var trailer: UnsafeRawBufferPointer {
    guard form != .lines else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
    return unsafe UnsafeRawBufferPointer(rebasing: text.bytes[used...])
  }

  /// The line on which a value starts, from 1.
  public func line(of index: Int) -> UInt64 { entries[index].line }

  /// How a line ends.
  public func lineEnd(of index: Int) -> CSVLineEnd { entries[index].lineEnd }

  /// Whether a line has only blanks.
  public func isBlank(_ index: Int) -> Bool {
    let bytes = unsafe value(index)
    for place in 0..<bytes.count {
      guard unsafe Self.isBlank(bytes[place]) else { return false }
    }
    return true
  }

  /// Where a value comes from, for a row.
  public func origin(of index: Int) -> cbl_origin {
    cbl_origin(
      line: entries[index].line, member: UInt32(truncatingIfNeeded: member), flags: 0)
  }

  // MARK: - Cutting

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private mutating func cutLines() -> Int {
    let bytes = unsafe text.bytes
    var start = 0
    while start < bytes.count {
      let end = unsafe Self.find(0x0A, in: bytes, from: start)
      guard end < bytes.count || text.isFinal else { break }
      var last = end
      var lineEnd = CSVLineEnd.none
      if end < bytes.count {
        lineEnd = .lf
        if last > start, unsafe bytes[last - 1] == 0x0D {
          lineEnd = .crlf
          last -= 1
        }
      }
      entries.append(
        Entry(start: start, count: last - start, line: line, gap: 0, lineEnd: lineEnd))
      line += 1
      start = end + 1
    }
    return min(start, bytes.count)
  }

  private static func find(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int
  {
    let pattern = 0x0101_0101_0101_0101 &* UInt64(byte)
    var at = start
    while at &+ 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ pattern
      let hits = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if hits != 0 { return at &+ UInt64(littleEndian: hits).trailingZeroBitCount >> 3 }
      at &+= 8
    }
    while at < bytes.count, unsafe bytes[at] != byte { at &+= 1 }
    return at
  }

  private mutating func cutValues() throws(AdapterError) -> Int {
    let bytes = unsafe text.bytes
    var previous = 0
    var at = 0
    while true {
      let isOpening = form == .array && !hasValues && entries.isEmpty
      var mark = false
      if isOpening, at == 0, let wrappedAt {
        for index in 0..<wrappedAt where unsafe bytes[index] == 0x0A { line += 1 }
        at = wrappedAt
      }
      while at < bytes.count {
        let byte = unsafe bytes[at]
        if byte == 0x0A { line += 1 }
        if !Self.isBlank(byte) {
          guard form == .array, !mark, byte == (isOpening ? 0x5B : 0x2C) else { break }
          mark = true
        }
        at += 1
      }
      guard at < bytes.count else { break }
      if form == .array, unsafe bytes[at] == 0x5D {
        try unsafe checkEnd(bytes, at, mayEnd: isOpening ? mark : !mark)
        return previous
      }
      guard form == .values || mark else {
        throw AdapterError(
          badData: problem("json.malformed", "a comma or the end of the array was expected"))
      }
      guard var end = unsafe Self.end(of: bytes, from: at, isFinal: text.isFinal) else {
        if text.isFinal {
          throw AdapterError(
            badData: problem("json.truncated", "the file ends in the middle of a value"))
        }
        break
      }
      // A comma or bracket where no array is open is no value, but it must be passed.
      if form == .values, end == at { end += 1 }
      entries.append(
        Entry(start: at, count: end - at, line: line, gap: at - previous, lineEnd: .none))
      for index in at..<end where unsafe bytes[index] == 0x0A { line += 1 }
      previous = end
      at = end
    }
    if text.isFinal, form == .array {
      throw AdapterError(
        badData: problem("json.truncated", "the file ends before the array does"))
    }
    // Lines of the rest are counted again with the next chunk.
    for index in previous..<at where unsafe bytes[index] == 0x0A { line -= 1 }
    return previous
  }

  private mutating func checkEnd(
    _ bytes: UnsafeRawBufferPointer, _ bracket: Int, mayEnd: Bool
  ) throws(AdapterError) {
    guard mayEnd else {
      throw AdapterError(badData: problem("json.malformed", "a value must follow a comma"))
    }
    if wrappedAt != nil {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[(bracket + 1)...])
      guard unsafe !text.isFinal || JSONWrapper.isClosed(by: rest) else {
        throw AdapterError(
          badData: problem("json.truncated", "the object around the array does not end after it"))
      }
      return
    }
    for index in bracket + 1..<max(bytes.count, bracket + 1) {
      guard unsafe Self.isBlank(bytes[index]) else {
        throw AdapterError(
          badData: problem("json.malformed", "nothing may follow the end of the array"))
      }
    }
  }

  private func problem(_ code: String, _ message: String) -> RecordProblem {
    RecordProblem(.fatal, code, message, member: name, line: line)
  }

  /// Where the value ends that begins at a place; `nil` when the bytes end first.
  private static func end(
    of bytes: UnsafeRawBufferPointer, from start: Int, isFinal: Bool
  ) -> Int? {
    var at = start
    var depth = 0
    var isString = false
    while at < bytes.count {
      let byte = unsafe bytes[at]
      if isString {
        if byte == 0x5C {
          at += 1
        } else if byte == 0x22 {
          isString = false
          if depth == 0 { return at + 1 }
        }
      } else {
        switch byte {
        case 0x22: isString = true
        case 0x7B, 0x5B: depth += 1
        case 0x7D, 0x5D:
          if depth == 0 { return at }
          depth -= 1
          if depth == 0 { return at + 1 }
        case 0x2C, 0x20, 0x0A, 0x0D, 0x09:
          if depth == 0 { return at }
        default: break
        }
      }
      at += 1
    }
    return isFinal && depth == 0 && !isString ? bytes.count : nil
  }
}
