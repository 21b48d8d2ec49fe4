/// Reads a JSON text token by token and checks all of it.
///
/// The text is a complete buffer: one line of NDJSON, one element of an array, a small file. It
/// must stay alive and unmoved while it is read. One reader serves many texts: ``open(_:line:isPrefix:traces:)``
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
  struct Frame {
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
  var base: UnsafePointer<UInt8>
  var length = 0
  var firstLine: UInt64 = 1
  private var marks = JSONMarks()
  private var at = 0
  private var state = State.value
  private var keys = JSONKeys()
  let frames: UnsafeMutablePointer<Frame>
  private let empty: UnsafeMutablePointer<UInt8>
  var start = 0
  var textStart = 0
  var textEnd = 0
  /// A fault that was found in advance and is told when the reader comes to it.
  private var pending: (place: Int, error: ScanningError)?
  private var pendingPlace = Int.max
  /// Whether the places of scalars are kept.
  private var isTracing = false
  /// The scalars that were read since the text was opened, where they are kept.
  public private(set) var scalars: [JSONScalar] = []
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
  /// - Throws: The errors of ``open(_:line:isPrefix:traces:)``.
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
  ///   - isPrefix: Whether the text may be cut anywhere; then all faults wait until the reader comes
  ///     to them.
  ///   - traces: Whether the places of scalars are kept in ``scalars``.
  /// - Throws: ``ScanningError`` for faults that show before the first token: invalid UTF-8, a byte
  ///   order mark, control characters, a string that is not closed.
  /// - Complexity: O(*n*).
  public mutating func open(
    _ bytes: UnsafeRawBufferPointer, line: UInt64 = 1, isPrefix: Bool = false,
    traces: Bool = false
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
    pending = nil
    pendingPlace = .max
    isTracing = traces
    if !scalars.isEmpty { scalars.removeAll(keepingCapacity: true) }
    unsafe marks.scan(base, count: length)
    guard let (place, error) = unsafe firstFault(bytes) else { return }
    guard isPrefix else { throw error }
    // A string that is never closed has no end to look up: nothing behind its quote may be met.
    let first = marks.endsInString ? min(place, openString.place) : place
    pending = first < place ? openString : (place, error)
    pendingPlace = first
  }

  /// The fault of a text that ends inside a string; asked only of one that does.
  private var openString: (place: Int, error: ScanningError) {
    let place = unsafe Int(marks.places[marks.count - 1])
    return (
      place, fault(.truncated, "the text ends inside the string that begins here", at: place)
    )
  }

  /// The fault that the index shows, with its place.
  @inline(__always)
  private func firstFault(_ bytes: UnsafeRawBufferPointer) -> (Int, ScanningError)? {
    let hasMark = unsafe length >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF
    guard hasMark || marks.hasHigh || marks.control != nil || marks.endsInString else { return nil }
    if hasMark {
      return (0, fault(.malformed, "a byte order mark is not part of JSON; leave it out", at: 0))
    }
    if marks.hasHigh {
      let place = unsafe validUTF8Prefix(bytes)
      if place < length { return (place, fault(.encoding, "these bytes are not UTF-8", at: place)) }
    }
    if let place = marks.control {
      return (place, fault(.malformed, "a control character must be escaped", at: place))
    }
    return marks.endsInString ? openString : nil
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
      if place >= pendingPlace, let pending { throw pending.error }
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
    if let pending { throw pending.error }
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
      if isTracing { scalars.append(JSONScalar(start: textStart, end: textEnd, kind: .string)) }
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
    if textEnd > pendingPlace, let pending { throw pending.error }
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
    finishWord(place, end, .number)
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
    finishWord(place, end, token == .null ? .null : .boolean)
    return token
  }

  @inline(__always)
  private mutating func finishWord(_ place: Int, _ end: Int, _ kind: JSONScalar.Kind) {
    if isTracing { scalars.append(JSONScalar(start: place, end: end, kind: kind)) }
    textStart = place
    textEnd = end
    hasEscapes = false
    at += 1
    state = .afterValue
  }

  /// Notes that the last scalar decides how the text is read.
  public mutating func fixScalar() {
    if let last = scalars.indices.last { scalars[last].isFixed = true }
  }

  /// The place of the next token.
  var nextPlace: Int { at < marks.count ? unsafe Int(marks.places[at]) : length }

  /// The first byte of the next token.
  @inline(__always)
  var nextByte: UInt8? { at < marks.count ? unsafe base[Int(marks.places[at])] : nil }

  /// Goes to the next element of an array that is open; at its end leaves the array.
  @inline(__always)
  mutating func stepToElement() throws(ScanningError) -> Bool {
    if state == .firstElement, let byte = nextByte, byte != 0x5D {
      state = .value
      return true
    }
    if state == .afterValue, nextByte == 0x2C {
      at += 1
      state = .value
      return true
    }
    // The end of the array, or a fault.
    _ = try next()
    return false
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
}
