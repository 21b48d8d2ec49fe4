internal import Catalogs
internal import Domain

/// Reads Turtle (RDF 1.1) into the nodes that JSON-LD would have: triples of addresses and
/// literals. Blank nodes in brackets and lists in parentheses, which catalogs do not need, are
/// refused with their place.
struct TurtleReader {
  /// A node: its members, and the line on which it was first a subject.
  private struct Node {
    var members: [String: [JSONValue]] = [:]
    var names: [String] = []
    var line: UInt32
    var column: UInt32
  }

  private let bytes: [UInt8]
  private let file: String?
  private var position = 0
  private var line = 1
  private var lineStart = 0
  private var prefixes: [String: String] = [:]
  private var base = ""
  private var nodes: [String: Node] = [:]
  private var subjects: [String] = []

  /// Whether a text looks like Turtle: it begins with a directive, perhaps after comments.
  static func isRecognized(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    while let first = rest.first(where: { $0 > 0x20 }), first == UInt8(ascii: "#") {
      rest = rest.drop { $0 != 0x0A }.dropFirst()
    }
    let head = rest.drop { $0 <= 0x20 }.prefix(7)
    let word = String(decoding: head, as: UTF8.self).lowercased()
    return ["@prefix", "@base", "prefix ", "base "].contains { word.hasPrefix($0) }
  }

  /// Reads a text.
  ///
  /// - Throws: `CatalogsError` with the line at the first thing that is not understood.
  /// - Complexity: O(*n*).
  static func nodes(
    of text: ArraySlice<UInt8>, file: String?
  ) throws(CatalogsError) -> [JSONObject] {
    var reader = TurtleReader(bytes: Array(text), file: file)
    if String(validating: reader.bytes, as: UTF8.self) == nil {
      throw reader.error(.encoding, "these bytes are not UTF-8; save the file as UTF-8")
    }
    while reader.skipBlanks() { try reader.statement() }
    return reader.subjects.compactMap { subject in
      reader.nodes[subject].map { node in
        var members: [JSONObject.Member] = [.init("@id", .string(subject))]
        members += node.names.map { .init($0, .array(node.members[$0] ?? [])) }
        return JSONObject(unique: members, line: node.line, column: node.column)
      }
    }
  }

  private init(bytes: [UInt8], file: String?) {
    self.bytes = bytes
    self.file = file
  }

  private func error(_ code: CatalogsError.Code, _ message: String) -> CatalogsError {
    CatalogsError(
      code, "The file is no sound Turtle: \(message).",
      at: Place(file: file, line: line, column: position - lineStart + 1))
  }

  // MARK: Statements

  private mutating func statement() throws(CatalogsError) {
    if take("@prefix") || takeWord("prefix") { return try prefix() }
    if take("@base") || takeWord("base") {
      _ = skipBlanks()
      base = try address()
      _ = takeDot()
      return
    }
    let (subjectLine, column) = (line, position - lineStart + 1)
    let subject = try resource()
    if nodes[subject] == nil {
      subjects.append(subject)
      nodes[subject] = Node(
        line: UInt32(clamping: subjectLine), column: UInt32(clamping: column))
    }
    repeat {
      while skipBlanks(), bytes[position] == UInt8(ascii: ";") { position += 1 }
      guard skipBlanks(), bytes[position] != UInt8(ascii: ".") else { break }
      try predicate(of: subject)
    } while skipBlanks() && bytes[position] == UInt8(ascii: ";")
    guard takeDot() else { throw error(.malformed, "a dot was expected after a statement") }
  }

  private mutating func prefix() throws(CatalogsError) {
    _ = skipBlanks()
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: ":") {
      guard bytes[position] > 0x20 else { throw error(.malformed, "a prefix ends with a colon") }
      position += 1
    }
    guard position < bytes.count else { throw error(.malformed, "a prefix ends with a colon") }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    position += 1
    _ = skipBlanks()
    prefixes[name] = try address()
    _ = takeDot()
  }

  private mutating func predicate(of subject: String) throws(CatalogsError) {
    let name: String
    if bytes[position] == UInt8(ascii: "a"), position + 1 < bytes.count,
      bytes[position + 1] <= 0x20 || bytes[position + 1] == UInt8(ascii: "<")
    {
      position += 1
      name = "@type"
    } else {
      name = try resource()
    }
    repeat {
      guard skipBlanks() else { throw error(.malformed, "the text ends before an object") }
      let value = try object(asName: name == "@type")
      if nodes[subject]?.members[name] == nil { nodes[subject]?.names.append(name) }
      nodes[subject]?.members[name, default: []].append(value)
    } while takeComma()
  }

  private mutating func object(asName: Bool) throws(CatalogsError) -> JSONValue {
    let byte = bytes[position]
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return try literal() }
    if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") {
      throw error(.malformed, "nodes in brackets and lists are not read; give them names")
    }
    if (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
      return .string(word())
    }
    if takeWord("true") { return .boolean(true) }
    if takeWord("false") { return .boolean(false) }
    let name = try resource()
    return asName ? .string(name) : .object(JSONObject([.init("@id", .string(name))]))
  }

  // MARK: Terms

  private mutating func resource() throws(CatalogsError) -> String {
    guard position < bytes.count else { throw error(.malformed, "the text ends too early") }
    if bytes[position] == UInt8(ascii: "<") { return try address() }
    let text = word()
    guard let colon = text.firstIndex(of: ":") else {
      throw error(.malformed, "\"\(text.prefix(40))\" is neither an address nor a name with prefix")
    }
    let name = String(text[..<colon])
    if name == "_" { return text }
    guard let start = prefixes[name] else {
      throw error(.malformed, "the prefix \"\(name.prefix(40)):\" was not declared")
    }
    return start + text[text.index(after: colon)...]
  }

  private mutating func address() throws(CatalogsError) -> String {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "<") else {
      throw error(.malformed, "an address in angle brackets was expected")
    }
    let start = position + 1
    while position < bytes.count, bytes[position] != UInt8(ascii: ">") {
      guard bytes[position] >= 0x20 else { break }
      position += 1
    }
    guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else {
      throw error(.malformed, "an address has no closing bracket")
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    position += 1
    return CatalogLink.isAddress(text) ? text : base + text
  }

  /// The characters up to a blank or a sign that ends a term; a dot at the end belongs to the
  /// statement.
  private mutating func word() -> String {
    let start = position
    while position < bytes.count, bytes[position] > 0x20,
      !";,<>\"'()[]#".utf8.contains(bytes[position])
    {
      position += 1
    }
    while position > start, bytes[position - 1] == UInt8(ascii: ".") { position -= 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func literal() throws(CatalogsError) -> JSONValue {
    let text = try quoted()
    var members: [JSONObject.Member] = [.init("@value", .string(text))]
    if position < bytes.count, bytes[position] == UInt8(ascii: "@") {
      position += 1
      members.append(.init("@language", .string(word())))
    } else if take("^^") {
      members.append(.init("@type", .string(try resource())))
    }
    return .object(JSONObject(members))
  }

  private mutating func quoted() throws(CatalogsError) -> String {
    let quote = bytes[position]
    let isLong = bytes[position...].starts(with: [quote, quote, quote])
    position += isLong ? 3 : 1
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote, !isLong || bytes[position...].starts(with: [quote, quote, quote]) {
        position += isLong ? 3 : 1
        return String(decoding: text, as: UTF8.self)
      }
      if byte == 0x0A {
        guard isLong else { break }
        line += 1
        lineStart = position + 1
      }
      position += 1
      if byte == UInt8(ascii: "\\") {
        try escape(into: &text)
      } else {
        text.append(byte)
      }
    }
    throw error(.malformed, "a text has no closing quote")
  }

  private mutating func escape(into text: inout [UInt8]) throws(CatalogsError) {
    guard position < bytes.count else { throw error(.malformed, "a text has no closing quote") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): text.append(byte)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = byte == UInt8(ascii: "u") ? 4 : 8
      let digits = bytes[position...].prefix(count)
      guard digits.count == count,
        let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(value)
      else { throw error(.malformed, "\\u wants four and \\U eight hexadecimal digits") }
      text += Array(String(Character(scalar)).utf8)
      position += count
    default: throw error(.malformed, "there is no such escape")
    }
  }

  // MARK: Signs

  /// Skips blanks and comments; `false` at the end.
  private mutating func skipBlanks() -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "#") {
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      } else if byte <= 0x20 {
        position += 1
        if byte == 0x0A {
          line += 1
          lineStart = position
        }
      } else {
        return true
      }
    }
    return false
  }

  private mutating func take(_ sign: String) -> Bool {
    guard bytes[position...].starts(with: sign.utf8) else { return false }
    position += sign.utf8.count
    return true
  }

  /// Takes a word in any case that a blank or sign follows.
  private mutating func takeWord(_ word: String) -> Bool {
    let count = word.utf8.count
    let head = bytes[position...].prefix(count)
    guard String(decoding: head, as: UTF8.self).lowercased() == word else { return false }
    let next = position + count
    if next < bytes.count {
      let byte = bytes[next]
      guard byte <= 0x20 || ";,.".utf8.contains(byte) else { return false }
    }
    position = next
    return true
  }

  private mutating func takeDot() -> Bool {
    guard skipBlanks(), bytes[position] == UInt8(ascii: ".") else { return false }
    position += 1
    return true
  }

  private mutating func takeComma() -> Bool {
    guard skipBlanks(), bytes[position] == UInt8(ascii: ",") else { return false }
    position += 1
    return true
  }
}
