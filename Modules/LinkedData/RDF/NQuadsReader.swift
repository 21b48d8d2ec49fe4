internal import Domain

/// Reads N-Quads (RDF 1.1 N-Quads) as UTF-8.
public struct NQuadsReader {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads a whole text.
  ///
  /// - Parameter bytes: The text.
  /// - Returns: The statements, each once, in their order.
  /// - Throws: ``LinkedDataError`` with the code `malformedQuads` and the line.
  /// - Complexity: O(*n*).
  public static func read(_ bytes: [UInt8]) throws(LinkedDataError) -> [Quad] {
    var reader = NQuadsReader(bytes)
    return try reader.read()
  }

  private mutating func read() throws(LinkedDataError) -> [Quad] {
    var quads: [Quad] = []
    var known: Set<Quad> = []
    while true {
      skipBlanks()
      guard let byte = next else { return quads }
      switch byte {
      case 0x0A, 0x0D: newLine()
      case UInt8(ascii: "#"): skipComment()
      default:
        let quad = try statement()
        if known.insert(quad).inserted { quads.append(quad) }
      }
    }
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ text: StaticString) -> Bool {
    guard bytes[position...].starts(with: "\(text)".utf8) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 { position += 1 }
  }

  private mutating func skipComment() {
    while let byte = next, byte != 0x0A, byte != 0x0D { position += 1 }
  }

  private mutating func newLine() {
    if next == 0x0A { line += 1 }
    position += 1
  }

  private func malformed(_ message: String) -> LinkedDataError {
    LinkedDataError(.malformedQuads, message, at: Place(line: line))
  }

  private mutating func statement() throws(LinkedDataError) -> Quad {
    let subject = try node("a subject")
    skipBlanks()
    guard case .iri(let predicate)? = try term() else { throw malformed("Expected a predicate.") }
    skipBlanks()
    guard let object = try term() else { throw malformed("Expected an object.") }
    skipBlanks()
    var graph: RDFTerm?
    if next != UInt8(ascii: ".") { graph = try node("a graph name or a full stop") }
    skipBlanks()
    guard take(".") else { throw malformed("Expected a full stop.") }
    skipBlanks()
    if next == UInt8(ascii: "#") { skipComment() }
    guard next == nil || next == 0x0A || next == 0x0D else {
      throw malformed("Expected the end of the line after a statement.")
    }
    return Quad(subject, predicate, object, graph: graph)
  }

  private mutating func node(_ what: String) throws(LinkedDataError) -> RDFTerm {
    switch try term() {
    case .iri(let iri)?: return .iri(iri)
    case .blank(let label)?: return .blank(label)
    default: throw malformed("Expected \(what).")
    }
  }

  private mutating func term() throws(LinkedDataError) -> RDFTerm? {
    switch next {
    case UInt8(ascii: "<")?: return .iri(try iri())
    case UInt8(ascii: "_")?: return .blank(try label())
    case UInt8(ascii: "\"")?: return .literal(try literal())
    default: return nil
    }
  }

  private mutating func iri() throws(LinkedDataError) -> Identifier {
    guard take("<") else { throw malformed("Expected an IRI.") }
    let text = try text(upTo: UInt8(ascii: ">"), hasShortEscapes: false)
    guard IRI.isWritable(text) else { throw malformed("This is no absolute IRI.") }
    return text
  }

  private mutating func label() throws(LinkedDataError) -> Identifier {
    guard take("_:") else { throw malformed("Expected a blank node.") }
    let start = position
    while let byte = next {
      switch byte {
      case 0x00...0x2C, 0x2F, 0x3B...0x40, 0x5B...0x5E, 0x60, 0x7B...0x7F: break
      default:
        position += 1
        continue
      }
      break
    }
    var end = position
    while end > start, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    position = end
    guard end > start, bytes[start] != UInt8(ascii: "-"), bytes[start] != UInt8(ascii: "."),
      let text = Identifier(validating: bytes[start..<end])
    else { throw malformed("This is no label of a blank node.") }
    return text
  }

  private mutating func literal() throws(LinkedDataError) -> RDFLiteral {
    guard take("\"") else { throw malformed("Expected a literal.") }
    let value = try text(upTo: UInt8(ascii: "\""), hasShortEscapes: true)
    if take("^^") { return RDFLiteral(value, datatype: try iri()) }
    guard take("@") else { return RDFLiteral(value) }
    let start = position
    while let byte = next, byte == UInt8(ascii: "-") || isAlphanumeric(byte) { position += 1 }
    let language = Identifier(String(decoding: bytes[start..<position], as: UTF8.self))
    guard LanguageTag.isWellFormed(language) else { throw malformed("This is no language.") }
    return RDFLiteral(value, datatype: RDF.langString, language: language)
  }

  private func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  private mutating func text(
    upTo end: UInt8, hasShortEscapes: Bool
  ) throws(LinkedDataError) -> Identifier {
    var content: [UInt8] = []
    while true {
      guard let byte = next, byte != 0x0A, byte != 0x0D else {
        throw malformed("The line ends inside of a term.")
      }
      position += 1
      if byte == end { break }
      guard byte == UInt8(ascii: "\\") else {
        content.append(byte)
        continue
      }
      try escape(into: &content, hasShortEscapes)
    }
    guard let text = Identifier(validating: content) else {
      throw malformed("These bytes are not UTF-8.")
    }
    return text
  }

  private mutating func escape(
    into content: inout [UInt8], _ hasShortEscapes: Bool
  ) throws(LinkedDataError) {
    let byte = next
    position += 1
    switch byte {
    case UInt8(ascii: "u")?: try scalar(digits: 4, into: &content)
    case UInt8(ascii: "U")?: try scalar(digits: 8, into: &content)
    case UInt8(ascii: "t")? where hasShortEscapes: content.append(0x09)
    case UInt8(ascii: "b")? where hasShortEscapes: content.append(0x08)
    case UInt8(ascii: "n")? where hasShortEscapes: content.append(0x0A)
    case UInt8(ascii: "r")? where hasShortEscapes: content.append(0x0D)
    case UInt8(ascii: "f")? where hasShortEscapes: content.append(0x0C)
    case UInt8(ascii: "\"")? where hasShortEscapes: content.append(0x22)
    case UInt8(ascii: "'")? where hasShortEscapes: content.append(0x27)
    case UInt8(ascii: "\\")? where hasShortEscapes: content.append(0x5C)
    default: throw malformed("There is no such escape.")
    }
  }

  private mutating func scalar(
    digits: Int, into content: inout [UInt8]
  ) throws(LinkedDataError) {
    let text = String(decoding: bytes[position...].prefix(digits), as: UTF8.self)
    guard text.utf8.count == digits, text.utf8.first != UInt8(ascii: "+"),
      text.utf8.first != UInt8(ascii: "-"), let value = UInt32(text, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw malformed("An escape is no character.") }
    position += digits
    content += UTF8.encode(scalar).map { Array($0) } ?? []
  }
}

/// The language tags of BCP 47, as far as N-Quads asks for.
enum LanguageTag {
  /// Whether a tag has parts of one to eight letters, or digits after the first, with dashes.
  static func isWellFormed(_ tag: Identifier) -> Bool {
    let parts = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      guard (1...8).contains(part.count) else { return false }
      for byte in part {
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        guard isLetter || (index > 0 && isDigit) else { return false }
      }
    }
    return true
  }
}
