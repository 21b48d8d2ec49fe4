/// Reads one strict JSON text (RFC 8259) of a limited size and depth.
///
/// What other readers understand differently is refused: names that come twice, numbers that do
/// not survive in a binary number, lone surrogates, bytes after the value, a byte order mark.
public struct DocumentReader {
  /// What a reader accepts at most, so that hostile input costs little.
  public struct Limits: Hashable, Sendable {
    /// How many bytes the text may have.
    public var bytes: Int
    /// How many arrays and objects may lie in each other.
    public var depth: Int
    /// Whether numbers with more digits than other readers keep become texts; else they are refused.
    ///
    /// It is for figures of statistics, which programs write with all binary digits.
    package var keepsLongNumbersAsText = false

    /// Creates limits.
    public init(bytes: Int = 16 << 20, depth: Int = 64) {
      self.bytes = bytes
      self.depth = depth
    }
  }

  enum Step {
    case name(Identifier)
    case index(Int)
  }

  let bytes: [UInt8]
  let limits: Limits
  var position = 0
  var path: [Step] = []
  private let wanted: String?
  private var found: Place?

  private init(_ bytes: [UInt8], _ limits: Limits, wanted: String? = nil) {
    self.bytes = bytes
    self.limits = limits
    self.wanted = wanted
  }

  /// Reads a whole text.
  ///
  /// - Parameters:
  ///   - bytes: The text as UTF-8.
  ///   - limits: What is accepted at most.
  /// - Returns: The value.
  /// - Throws: ``DomainError`` with the code `malformedJSON` or `limitExceeded` and the line,
  ///   column and pointer.
  /// - Complexity: O(*n*) in the number of bytes.
  public static func read(
    _ bytes: [UInt8], limits: Limits = Limits()
  ) throws(DomainError) -> DocumentValue {
    guard bytes.count <= limits.bytes else {
      throw DomainError(
        .limitExceeded,
        "The document has \(bytes.count) bytes, at most \(limits.bytes) are read; split it.")
    }
    var reader = DocumentReader(bytes, limits)
    return try reader.document()
  }

  /// Reads a whole text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - limits: What is accepted at most.
  /// - Returns: The value.
  /// - Throws: As for bytes.
  public static func read(
    _ text: String, limits: Limits = Limits()
  ) throws(DomainError) -> DocumentValue {
    try read(Array(text.utf8), limits: limits)
  }

  /// Finds the line and column at which a value starts.
  ///
  /// - Parameters:
  ///   - pointer: An RFC 6901 pointer.
  ///   - bytes: A text that was read before.
  /// - Returns: The place, with the line and column where the value is there.
  /// - Complexity: O(*n*) in the number of bytes.
  public static func place(of pointer: String, in bytes: [UInt8]) -> Place {
    var limits = Limits(bytes: .max)
    limits.keepsLongNumbersAsText = true
    var reader = DocumentReader(bytes, limits, wanted: pointer)
    _ = try? reader.document()
    return reader.found ?? Place(pointer: pointer)
  }

  private mutating func document() throws(DomainError) -> DocumentValue {
    let value = try value(depth: 0)
    skipBlanks()
    guard position == bytes.count else {
      throw malformed("The value ends here and more follows; leave one value in the document.")
    }
    return value
  }

  mutating func value(depth: Int) throws(DomainError) -> DocumentValue {
    skipBlanks()
    if let wanted, found == nil, pointer == wanted { found = place() }
    guard position < bytes.count else { throw malformed("The document ends before a value.") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(DomainError) -> DocumentValue {
    try enter(depth)
    var members: [DocumentValue.Member] = []
    var names: Set<Identifier> = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw malformed("A name in double quotes was expected.")
      }
      let start = position
      let name = try string()
      guard names.insert(name).inserted else {
        position = start
        throw malformed("The name \"\(name)\" comes twice in one object; leave one of them.")
      }
      guard take(UInt8(ascii: ":")) else { throw malformed("A colon was expected.") }
      path.append(.name(name))
      members.append(DocumentValue.Member(name, try value(depth: depth)))
      path.removeLast()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw malformed("A comma or } was expected.") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(DomainError) -> DocumentValue {
    try enter(depth)
    var elements: [DocumentValue] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      path.append(.index(elements.count))
      elements.append(try value(depth: depth))
      path.removeLast()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw malformed("A comma or ] was expected.") }
    return .array(elements)
  }

  private mutating func enter(_ depth: Int) throws(DomainError) {
    guard depth <= limits.depth else {
      throw DomainError(
        .limitExceeded,
        "More than \(limits.depth) arrays and objects lie in each other; make it flatter.",
        at: place())
    }
    position += 1
  }

  private mutating func word(
    _ word: String, _ value: DocumentValue
  ) throws(DomainError) -> DocumentValue {
    guard bytes[position...].starts(with: word.utf8) else { throw malformedValue() }
    position += word.utf8.count
    return value
  }

  private mutating func number() throws(DomainError) -> DocumentValue {
    let start = position
    while position < bytes.count, DocumentReader.isOfNumber(bytes[position]) { position += 1 }
    let text = bytes[start..<position]
    let digits = text.drop { $0 == UInt8(ascii: "-") }
    let hasLeadingZero =
      digits.first == UInt8(ascii: "0")
      && (digits.dropFirst().first.map { (48...57).contains($0) } ?? false)
    let number = ExactDecimal(utf8: text.span)
    if limits.keepsLongNumbersAsText, !hasLeadingZero, !(number?.survivesBinaryReaders ?? false) {
      let long = String(decoding: text, as: UTF8.self)
      if let value = Double(long), value.isFinite { return .string(Identifier(long)) }
    }
    guard !text.isEmpty, !hasLeadingZero, let number else {
      position = start
      guard digits.first.map({ (48...57).contains($0) }) ?? false else { throw malformedValue() }
      throw malformed(
        "This number cannot be kept exactly; write one of at most 38 digits without zeros in front, "
          + "such as 85 or 0.65.")
    }
    guard number.survivesBinaryReaders else {
      position = start
      throw malformed(
        "The number has more digits than other readers keep; write it as text in quotes.")
    }
    return .number(number)
  }

  mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
