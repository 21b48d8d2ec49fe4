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

  struct Entry {
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
  var text: MemberText
  var entries: [Entry] = []
  var used = 0
  var line: UInt64 = 1
  private var isFirst = true
  var hasValues = false
  private let total: UInt64
  /// Where the array opens that is a member of an object, or `nil`.
  let wrappedAt: Int?

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
    var reader = JSONReader()
    do throws(ScanningError) {
      try unsafe reader.open(UnsafeRawBufferPointer(rebasing: head[start..<end]))
      try reader.skipValue()
      return .lines
    } catch {
      // A value over lines breaks between its parts; a line that ends in a string is cut off.
      let isBetween = error.column == UInt64(end - start + 1)
      return error.code == .truncated && isBetween ? .values : .lines
    }
  }

  /// Flushes the sink, whose texts point into the last chunk, and reads the next one.
  ///
  /// - Parameters:
  ///   - sink: The sink that is flushed.
  ///   - cutsLines: Whether lines are cut now; if not, each is taken by ``takeLine(_:)`` or
  ///     ``cutLine()``, until that gives `false`.
  /// - Returns: Whether there are values or lines; `false` at the end of the member.
  /// - Throws: ``AdapterError`` when what stands between the values is wrong, a value is too large,
  ///   or the host asks to stop.
  public mutating func next(
    _ sink: inout RecordSink, cutsLines: Bool = true
  ) throws(AdapterError) -> Bool {
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
      if form == .lines, !cutsLines {
        used = 0
        if hasLine { return true }
      } else {
        used = form == .lines ? cutLines() : try cutValues()
      }
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

  /// Whether the chunk holds a whole line that was not taken.
  private var hasLine: Bool {
    let bytes = unsafe text.bytes
    guard used < bytes.count else { return false }
    return unsafe text.isFinal || Self.find(0x0A, in: bytes, from: used) < bytes.count
  }

  /// The bytes of the chunk that follow the lines that were taken, for a look ahead.
  @inline(__always)
  public var rest: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: text.bytes[used...])
  }

  /// Takes a line whose length is known, as the only value.
  ///
  /// - Parameter length: Bytes from the start of ``rest``, with no line end among them.
  /// - Returns: `false`, and takes nothing, when the line does not end there.
  @inline(__always)
  public mutating func takeLine(_ length: Int) -> Bool {
    let bytes = unsafe rest
    guard length < bytes.count else { return false }
    if unsafe bytes[length] == 0x0A {
      take(length, .lf)
      return true
    }
    guard length &+ 1 < bytes.count, unsafe bytes[length] == 0x0D && bytes[length + 1] == 0x0A
    else { return false }
    take(length, .crlf)
    return true
  }

  @inline(__always)
  private mutating func take(_ length: Int, _ lineEnd: CSVLineEnd) {
    let entry = Entry(start: used, count: length, line: line, gap: 0, lineEnd: lineEnd)
    if entries.count == 1 {
      entries[0] = entry
    } else {
      entries = [entry]
    }
    line += 1
    used &+= length &+ (lineEnd == .none ? 0 : lineEnd == .lf ? 1 : 2)
  }

  /// Takes the next line, as the only value.
  ///
  /// - Returns: `false` when the chunk holds no further whole line.
  public mutating func cutLine() -> Bool {
    let bytes = unsafe text.bytes
    guard used < bytes.count else { return false }
    let end = unsafe Self.find(0x0A, in: bytes, from: used)
    guard end < bytes.count || text.isFinal else { return false }
    if end == bytes.count {
      take(end - used, .none)
    } else if end > used, unsafe bytes[end - 1] == 0x0D {
      take(end - used - 1, .crlf)
    } else {
      take(end - used, .lf)
    }
    return true
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
}
