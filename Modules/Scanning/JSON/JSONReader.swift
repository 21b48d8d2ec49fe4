/// Reads a JSON text token by token and checks all of it.
///
/// The text is a complete buffer: one line of NDJSON, one element of an array, a small file. It
/// must stay alive and unmoved while it is read. One reader serves many texts: ``open(_:line:)``
/// starts the next one and keeps the memory, so that a steady loop allocates nothing.
///
/// Refused are trailing commas, comments, `NaN`, a byte order mark, control characters in strings,
/// invalid UTF-8, halves of surrogate pairs, members that stand twice in one object, text after the
/// value, and what passes the limits. The reader does not recurse. Values that are skipped are
/// checked like all others; so a text is sound once ``JSONToken/end`` was returned, and not before.
@safe
public struct JSONReader: ~Copyable {
  /// What may come next.
  private enum State: UInt8 {
    case value
    case firstElement
    case key
    case firstKey
    case afterValue
  }

  /// An object or array that is open.
  private struct Frame {
    var isObject: Bool
    /// Elements that began, or members.
    var count = 0
    /// The first name of the object among all names.
    var firstKey: Int
    /// The last name, without its quotes.
    var keyStart = 0
    var keyEnd = 0
  }

  /// The limits.
  public let limits: JSONLimits
  private var base: UnsafePointer<UInt8>
  private var length = 0
  private var firstLine: UInt64 = 1
  private var marks = JSONMarks()
  private var at = 0
  private var state = State.value
  private var keys = JSONKeys()
  private let frames: UnsafeMutablePointer<Frame>
  private let empty: UnsafeMutablePointer<UInt8>
  private var start = 0
  private var textStart = 0
  private var textEnd = 0
  /// The objects and arrays that are open.
  public private(set) var depth = 0
  /// Whether the last string or key has escapes, so that ``text`` is not its value.
  public private(set) var hasEscapes = false

  /// A reader without a text.
  public init(limits: JSONLimits = .standard) {
    self.limits = limits
    unsafe frames = .allocate(capacity: limits.depth)
    unsafe empty = .allocate(capacity: 1)
    unsafe empty.initialize(to: 0)
    unsafe base = UnsafePointer(empty)
  }

  /// A reader of one text.
  ///
  /// - Throws: The errors of ``open(_:line:)``.
  public init(
    _ bytes: UnsafeRawBufferPointer, limits: JSONLimits = .standard
  ) throws(ScanningError) {
    self.init(limits: limits)
    try unsafe open(bytes)
  }

  deinit {
    unsafe frames.deallocate()
    unsafe empty.deallocate()
  }

  /// Starts on another text.
  ///
  /// - Parameters:
  ///   - bytes: The whole text, less than 4 GiB.
  ///   - line: The number of its first line, for errors.
  /// - Throws: ``ScanningError`` for faults that show before the first token: invalid UTF-8, a byte
  ///   order mark, control characters, a string that is not closed.
  /// - Complexity: O(*n*).
  public mutating func open(
    _ bytes: UnsafeRawBufferPointer, line: UInt64 = 1
  ) throws(ScanningError) {
    precondition(bytes.count < Int(UInt32.max), "a JSON text has less than 4 GiB")
    unsafe base =
      bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(empty)
    length = bytes.count
    firstLine = line
    (at, depth, start, textStart, textEnd) = (0, 0, 0, 0, 0)
    state = .value
    hasEscapes = false
    keys.removeAll()
    unsafe marks.scan(base, count: length)
    if unsafe length >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF {
      throw fault(.malformed, "a byte order mark is not part of JSON; leave it out", at: 0)
    }
    if marks.hasHigh, unsafe !isValidUTF8(bytes) {
      throw unsafe fault(.encoding, "these bytes are not UTF-8", at: validUTF8Prefix(bytes))
    }
    if let place = marks.control {
      throw fault(.malformed, "a control character must be escaped", at: place)
    }
    if marks.endsInString {
      throw unsafe fault(
        .truncated, "the text ends inside the string that begins here",
        at: Int(marks.places[marks.count - 1]))
    }
  }

  // MARK: Tokens

  /// The bytes of the last key, string or number as written, without quotes; valid as long as the
  /// JSON text is.
  public var text: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base + textStart, count: textEnd - textStart)
  }

  /// Where the last token begins, as a place in the text.
  public var offset: Int { start }

  /// The line on which the last token begins.
  public var line: UInt64 { position(of: start).line }

  /// The byte in its line with which the last token begins, from 1.
  public var column: UInt64 { position(of: start).column }

  /// Reads the next token.
  ///
  /// - Returns: The token; ``JSONToken/end`` when the text is over, and from then on.
  /// - Throws: ``ScanningError`` at the first fault; the reader must then be opened anew.
  public mutating func next() throws(ScanningError) -> JSONToken {
    while at < marks.count {
      let place = unsafe Int(marks.places[at])
      let byte = unsafe base[place]
      start = place
      switch state {
      case .afterValue:
        guard depth > 0 else { throw fault(.malformed, "text follows the value", at: place) }
        guard byte == 0x2C else { return try close(byte, place) }
        at += 1
        state = unsafe frames[depth - 1].isObject ? .key : .value
      case .key, .firstKey:
        if byte == 0x22 { return try key(place) }
        if byte == 0x7D, state == .firstKey { return try close(byte, place) }
        throw fault(.malformed, "expected the name of a member, in quotes", at: place)
      case .value, .firstElement:
        if byte == 0x5D, state == .firstElement { return try close(byte, place) }
        return try value(byte, place)
      }
    }
    start = length
    guard state == .afterValue, depth == 0 else {
      throw fault(.truncated, "the text ends before its value is complete", at: length)
    }
    return .end
  }

  @inline(__always)
  private mutating func value(_ byte: UInt8, _ place: Int) throws(ScanningError) -> JSONToken {
    if depth > 0 { unsafe frames[depth - 1].count += 1 }
    switch byte {
    case 0x22:
      try string(place)
      state = .afterValue
      return .string
    case 0x7B, 0x5B:
      return try begin(byte, place)
    case 0x74: return try word("true", .true, place)
    case 0x66: return try word("false", .false, place)
    case 0x6E: return try word("null", .null, place)
    case 0x2D, 0x30...0x39:
      return try number(place)
    default:
      throw fault(.malformed, "expected a value", at: place)
    }
  }

  @inline(__always)
  private mutating func begin(_ byte: UInt8, _ place: Int) throws(ScanningError) -> JSONToken {
    guard depth < limits.depth else {
      throw fault(.limit, "more than \(limits.depth) objects and arrays are nested", at: place)
    }
    let isObject = byte == 0x7B
    unsafe (frames + depth).initialize(to: Frame(isObject: isObject, firstKey: keys.count))
    depth += 1
    at += 1
    state = isObject ? .firstKey : .firstElement
    return isObject ? .beginObject : .beginArray
  }

  @inline(__always)
  private mutating func close(_ byte: UInt8, _ place: Int) throws(ScanningError) -> JSONToken {
    let isObject = unsafe frames[depth - 1].isObject
    guard byte == (isObject ? 0x7D : 0x5D) else {
      throw fault(
        .malformed,
        isObject ? "expected a comma or the end of the object" : "expected a comma or ]",
        at: place)
    }
    if isObject { unsafe keys.close(to: frames[depth - 1].firstKey) }
    depth -= 1
    at += 1
    state = .afterValue
    return isObject ? .endObject : .endArray
  }

  @inline(__always)
  private mutating func key(_ place: Int) throws(ScanningError) -> JSONToken {
    try string(place)
    let frame = unsafe frames + (depth - 1)
    unsafe frame.pointee.keyStart = textStart
    unsafe frame.pointee.keyEnd = textEnd
    guard unsafe frame.pointee.count < limits.members else {
      throw fault(.limit, "an object has more than \(limits.members) members", at: place)
    }
    let isNew = unsafe keys.insert(
      text, hasEscapes: hasEscapes, first: frame.pointee.firstKey)
    guard isNew else { throw fault(.duplicate, "this member stands twice", at: place) }
    guard at < marks.count, unsafe base[Int(marks.places[at])] == 0x3A else {
      let isCut = at == marks.count
      throw unsafe fault(
        isCut ? .truncated : .malformed, "expected a colon after the name",
        at: isCut ? length : Int(marks.places[at]))
    }
    at += 1
    state = .value
    return .key
  }

  @inline(__always)
  private mutating func string(_ place: Int) throws(ScanningError) {
    textStart = place + 1
    textEnd = unsafe Int(marks.places[at + 1])
    at += 2
    hasEscapes = false
    guard textEnd - textStart <= limits.stringBytes else {
      throw fault(.limit, "a string has more than \(limits.stringBytes) bytes", at: place)
    }
    guard marks.hasBackslash, unsafe text.contains(0x5C) else { return }
    hasEscapes = true
    if let wrong = unsafe faultyEscape(in: text) {
      throw fault(.malformed, "\(wrong.message)", at: textStart + wrong.place)
    }
  }

  @inline(__always)
  private mutating func number(_ place: Int) throws(ScanningError) -> JSONToken {
    let whole = unsafe UnsafeRawBufferPointer(start: base, count: length)
    guard let end = unsafe jsonNumberEnd(whole, from: place), isWordEnd(end) else {
      throw fault(.malformed, "this is not a JSON number", at: place)
    }
    guard end - place <= limits.numberBytes else {
      throw fault(.limit, "a number has more than \(limits.numberBytes) bytes", at: place)
    }
    finishWord(place, end)
    return .number
  }

  @inline(__always)
  private mutating func word(
    _ letters: StaticString, _ token: JSONToken, _ place: Int
  ) throws(ScanningError) -> JSONToken {
    let end = place + letters.utf8CodeUnitCount
    var isSame = end <= length
    for index in 0..<letters.utf8CodeUnitCount where isSame {
      isSame = unsafe base[place + index] == letters.utf8Start[index]
    }
    guard isSame, isWordEnd(end) else { throw fault(.malformed, "expected a value", at: place) }
    finishWord(place, end)
    return token
  }

  @inline(__always)
  private mutating func finishWord(_ place: Int, _ end: Int) {
    textStart = place
    textEnd = end
    hasEscapes = false
    at += 1
    state = .afterValue
  }

  /// Whether a number or word may end at a place.
  @inline(__always)
  private func isWordEnd(_ place: Int) -> Bool {
    guard place < length else { return true }
    switch unsafe base[place] {
    case 0x20, 0x0A, 0x0D, 0x09, 0x2C, 0x3A, 0x7D, 0x5D, 0x7B, 0x5B, 0x22: return true
    default: return false
    }
  }

  // MARK: Whole values

  /// Passes over the next value, with everything in it.
  ///
  /// - Returns: `false` when no value comes next: the array ends, or the text.
  /// - Throws: ``ScanningError`` when there is a fault in the value.
  @discardableResult
  public mutating func skipValue() throws(ScanningError) -> Bool {
    switch try next() {
    case .beginObject, .beginArray:
      try skipRest()
      return true
    case .endArray, .endObject, .end:
      return false
    case .key:
      return try skipValue()
    case .string, .number, .true, .false, .null:
      return true
    }
  }

  /// Passes over what is left of the innermost object or array, with its end.
  ///
  /// - Precondition: An object or array is open.
  /// - Throws: ``ScanningError`` when there is a fault in it.
  public mutating func skipRest() throws(ScanningError) {
    precondition(depth > 0, "an object or array must be open")
    let outer = depth - 1
    while depth > outer { _ = try next() }
  }

  /// The bytes of the next value as written, with everything in it; `nil` when no value comes next.
  ///
  /// - Throws: ``ScanningError`` when there is a fault in the value.
  public mutating func rawValue() throws(ScanningError) -> UnsafeRawBufferPointer? {
    let token = try next()
    let first = start
    switch token {
    case .endArray, .endObject, .end, .key: return nil
    case .beginObject, .beginArray:
      try skipRest()
      return unsafe UnsafeRawBufferPointer(start: base + first, count: start + 1 - first)
    case .string:
      return unsafe UnsafeRawBufferPointer(start: base + first, count: textEnd + 1 - first)
    case .number, .true, .false, .null:
      return unsafe UnsafeRawBufferPointer(start: base + first, count: textEnd - first)
    }
  }

  // MARK: Values of strings

  /// Appends the value of the last string or key, with its escapes resolved.
  public func unescapedString(into output: inout ByteBuffer) {
    if hasEscapes {
      unsafe appendUnescaped(text, to: &output)
    } else {
      unsafe output.append(text)
    }
  }

  /// Whether the value of the last string or key is a literal.
  public func isText(_ literal: StaticString) -> Bool {
    let wanted = unsafe UnsafeRawBufferPointer(
      start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    guard hasEscapes else {
      guard textEnd - textStart == wanted.count else { return false }
      var index = 0
      while index < wanted.count {
        if unsafe base[textStart + index] != wanted[index] { return false }
        index += 1
      }
      return true
    }
    var value = ByteBuffer()
    unsafe appendUnescaped(text, to: &value)
    return unsafe value.bytes.elementsEqual(wanted)
  }

  // MARK: Faults

  /// The place of the last token as an RFC 6901 pointer, such as `/result/score/0`.
  public var pointer: String {
    var path = ""
    for level in 0..<depth {
      let frame = unsafe frames + level
      if unsafe !frame.pointee.isObject {
        unsafe path += "/\(max(0, frame.pointee.count - 1))"
      } else if unsafe frame.pointee.keyEnd > 0 {
        let (start, end) = unsafe (frame.pointee.keyStart, frame.pointee.keyEnd)
        var name = ByteBuffer()
        unsafe appendUnescaped(
          UnsafeRawBufferPointer(start: base + start, count: end - start), to: &name)
        path += "/"
        for scalar in unsafe String(decoding: name.bytes, as: UTF8.self).unicodeScalars {
          switch scalar {
          case "~": path += "~0"
          case "/": path += "~1"
          default: path.unicodeScalars.append(scalar)
          }
        }
      }
    }
    return path
  }

  private func position(of place: Int) -> (line: UInt64, column: UInt64) {
    var line = firstLine
    var lineStart = 0
    for index in 0..<min(place, length) where unsafe base[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    return (line, UInt64(place - lineStart + 1))
  }

  private func fault(_ code: ScanningError.Code, _ message: String, at place: Int) -> ScanningError
  {
    let (line, column) = position(of: place)
    return ScanningError(code, message, line: line, column: column, pointer: pointer)
  }
}
