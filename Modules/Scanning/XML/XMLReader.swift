/// Reads an XML 1.0 document token by token, and refuses what is not well-formed.
///
/// Document types are refused, and with them entities other than the five of the standard, so no
/// entity can grow and no file is fetched. Comments and processing instructions are passed over.
/// The document must be UTF-8; elements nest at most 256 deep.
@safe
public struct XMLReader {
  /// How deep elements may nest.
  public static let maximumDepth = 256

  let bytes: UnsafeRawBufferPointer
  var place = 0
  private var names: [String] = []
  private var sawRoot = false
  private var pendingEnd: String?

  /// A reader of a document, which must stay alive and unmoved while it is read.
  public init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = unsafe bytes
    if unsafe bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF {
      place = 3
    }
  }

  /// How many elements are open.
  public var depth: Int { names.count }

  /// The byte of the document at which the next token starts.
  public var offset: Int { place }

  /// The line, from 1, at which the next token starts.
  ///
  /// - Complexity: O(*n*) in the bytes read so far.
  public var line: UInt64 { position(of: place).line }

  /// The next token.
  ///
  /// - Throws: ``ScanningError`` when the document is not well-formed, is cut short, or holds what
  ///   is refused.
  public mutating func next() throws(ScanningError) -> XMLToken {
    if let name = pendingEnd {
      pendingEnd = nil
      names.removeLast()
      return .endElement(name: name)
    }
    while true {
      guard unsafe place < bytes.count else { return try end() }
      if unsafe bytes[place] != UInt8(ascii: "<") {
        if let text = try text() { return .text(text) }
        continue
      }
      if starts(with: "<?") {
        try skipInstruction()
      } else if starts(with: "<!--") {
        try skipComment()
      } else if starts(with: "<![CDATA[") {
        return .text(try cdata())
      } else if starts(with: "<!") {
        throw fault(
          .refused, "document types and entity declarations are refused; take them out", at: place)
      } else if starts(with: "</") {
        return try endTag()
      } else {
        return try startTag()
      }
    }
  }

  private mutating func end() throws(ScanningError) -> XMLToken {
    if let open = names.last {
      throw fault(.truncated, "the document ends inside the element \(open)", at: place)
    }
    guard sawRoot else { throw fault(.truncated, "the document has no element", at: place) }
    return .end
  }

  // MARK: Tags

  private mutating func startTag() throws(ScanningError) -> XMLToken {
    let start = place
    guard !(names.isEmpty && sawRoot) else {
      throw fault(.malformed, "a document has one root element, and this is another", at: place)
    }
    guard names.count < Self.maximumDepth else {
      throw fault(.limit, "elements nest more than \(Self.maximumDepth) deep", at: place)
    }
    place += 1
    let name = try name()
    var attributes: [XMLAttribute] = []
    while true {
      let hadBlank = skipBlanks()
      guard unsafe place < bytes.count else {
        throw fault(.truncated, "the tag \(name) is never closed", at: start)
      }
      let byte = unsafe bytes[place]
      if byte == UInt8(ascii: ">") {
        place += 1
        break
      }
      if byte == UInt8(ascii: "/") {
        guard starts(with: "/>") else {
          throw fault(.malformed, "a slash in a tag must be followed by >", at: place)
        }
        place += 2
        pendingEnd = name
        break
      }
      guard hadBlank else {
        throw fault(.malformed, "attributes need a blank between them", at: place)
      }
      let attribute = try attribute()
      guard !attributes.contains(where: { $0.name.utf8.elementsEqual(attribute.name.utf8) }) else {
        throw fault(.duplicate, "the attribute \(attribute.name) stands twice", at: place)
      }
      attributes.append(attribute)
      guard attributes.count <= 1_000 else {
        throw fault(.limit, "an element has more than 1,000 attributes", at: place)
      }
    }
    sawRoot = true
    names.append(name)
    return .startElement(name: name, attributes: attributes)
  }

  private mutating func attribute() throws(ScanningError) -> XMLAttribute {
    let name = try name()
    skipBlanks()
    guard unsafe place < bytes.count, unsafe bytes[place] == UInt8(ascii: "=") else {
      throw fault(.malformed, "the attribute \(name) has no value", at: place)
    }
    place += 1
    skipBlanks()
    guard unsafe place < bytes.count,
      unsafe bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'")
    else { throw fault(.malformed, "the value of \(name) must be in quotes", at: place) }
    let quote = unsafe bytes[place]
    let start = place + 1
    place = start
    while unsafe place < bytes.count && bytes[place] != quote {
      if unsafe bytes[place] == UInt8(ascii: "<") {
        throw fault(.malformed, "a value holds <, which must be written &lt;", at: place)
      }
      place += 1
    }
    guard unsafe place < bytes.count else {
      throw fault(.truncated, "the value of \(name) is never closed", at: start)
    }
    let value = try resolve(start..<place, isAttribute: true)
    place += 1
    return XMLAttribute(name: name, value: value)
  }

  private mutating func endTag() throws(ScanningError) -> XMLToken {
    let start = place
    place += 2
    let name = try name()
    skipBlanks()
    guard unsafe place < bytes.count, unsafe bytes[place] == UInt8(ascii: ">") else {
      throw fault(.malformed, "the end tag \(name) is never closed", at: start)
    }
    place += 1
    guard let open = names.last, open.utf8.elementsEqual(name.utf8) else {
      let found = names.last.map { "the open element is \($0)" } ?? "no element is open"
      throw fault(.malformed, "the end tag \(name) does not fit: \(found)", at: start)
    }
    names.removeLast()
    return .endElement(name: name)
  }

  private mutating func name() throws(ScanningError) -> String {
    let start = place
    while unsafe place < bytes.count, unsafe Self.isNameByte(bytes[place], isFirst: place == start)
    {
      place += 1
    }
    guard place > start else { throw fault(.malformed, "a name was expected", at: start) }
    guard place - start <= 1_024 else { throw fault(.limit, "a name is too long", at: start) }
    return try string(start..<place)
  }

  private static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...:
      true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
      !isFirst
    default: false
    }
  }

  // MARK: Text

  /// The text up to the next tag; `nil` when it is blank and outside the root.
  private mutating func text() throws(ScanningError) -> String? {
    let start = place
    while unsafe place < bytes.count && bytes[place] != UInt8(ascii: "<") { place += 1 }
    guard names.isEmpty else { return try resolve(start..<place, isAttribute: false) }
    for index in start..<place where unsafe !Self.isBlank(bytes[index]) {
      throw fault(.malformed, "text stands outside the root element", at: index)
    }
    return nil
  }

  private mutating func cdata() throws(ScanningError) -> String {
    guard !names.isEmpty else {
      throw fault(.malformed, "text stands outside the root element", at: place)
    }
    let start = place + 9
    try skip(past: "]]>", "a CDATA section")
    return try literal(start..<(place - 3))
  }

  private mutating func skipComment() throws(ScanningError) {
    let start = place + 4
    try skip(past: "--", "a comment", from: start)
    guard unsafe place < bytes.count && bytes[place] == UInt8(ascii: ">") else {
      throw fault(.malformed, "two dashes stand inside a comment", at: place - 2)
    }
    place += 1
    try check(start..<(place - 3))
  }

  private mutating func skipInstruction() throws(ScanningError) {
    let start = place
    place += 2
    let target = try name()
    if target.utf8.count == 3, target.lowercased() == "xml" {
      let isFirst = unsafe start == 0 || (start == 3 && bytes[0] == 0xEF)
      guard isFirst, target == "xml" else {
        throw fault(.malformed, "the XML declaration stands only at the start", at: start)
      }
    }
    guard starts(with: "?>") || skipBlanks() else {
      throw fault(.malformed, "a blank must follow the name of an instruction", at: place)
    }
    let content = place
    try skip(past: "?>", "a processing instruction")
    try check(content..<(place - 2))
  }

  private mutating func skip(
    past ending: StaticString, _ what: String, from: Int? = nil
  ) throws(ScanningError) {
    let start = place
    place = from ?? place
    while unsafe place < bytes.count {
      if starts(with: ending) {
        place += ending.utf8CodeUnitCount
        return
      }
      place += 1
    }
    throw fault(.truncated, "\(what) is never closed", at: start)
  }

  @discardableResult
  private mutating func skipBlanks() -> Bool {
    let start = place
    while unsafe place < bytes.count, unsafe Self.isBlank(bytes[place]) { place += 1 }
    return place > start
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private func starts(with literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard unsafe place + count <= bytes.count else { return false }
    for index in 0..<count {
      if unsafe bytes[place + index] != literal.utf8Start[index] { return false }
    }
    return true
  }
}
