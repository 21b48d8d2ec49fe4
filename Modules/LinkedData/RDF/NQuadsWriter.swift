internal import Domain

/// Writes statements as canonical N-Quads (RDFC-1.0, section 5).
public enum NQuadsWriter {
  /// The statements, one a line, in their order.
  ///
  /// - Complexity: O(*n*).
  public static func bytes(_ quads: [Quad]) -> [UInt8] {
    var bytes: [UInt8] = []
    for quad in quads { append(quad, to: &bytes) }
    return bytes
  }

  /// Appends a statement with its line end.
  static func append(_ quad: Quad, to bytes: inout [UInt8]) {
    append(quad.subject, to: &bytes)
    bytes.append(0x20)
    append(iri: quad.predicate, to: &bytes)
    bytes.append(0x20)
    append(quad.object, to: &bytes)
    bytes.append(0x20)
    if let graph = quad.graph {
      append(graph, to: &bytes)
      bytes.append(0x20)
    }
    bytes += [UInt8(ascii: "."), 0x0A]
  }

  /// Appends a term.
  static func append(_ term: RDFTerm, to bytes: inout [UInt8]) {
    switch term {
    case .iri(let iri): append(iri: iri, to: &bytes)
    case .blank(let label):
      bytes += "_:".utf8
      bytes += label.utf8
    case .literal(let literal):
      bytes.append(UInt8(ascii: "\""))
      append(escaped: literal.value, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
      if let language = literal.language {
        bytes.append(UInt8(ascii: "@"))
        bytes += language.utf8
      } else if literal.datatype != RDF.string {
        bytes += "^^".utf8
        append(iri: literal.datatype, to: &bytes)
      }
    }
  }

  /// Appends an IRI in its angle brackets.
  static func append(iri: Identifier, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "<"))
    bytes += iri.utf8
    bytes.append(UInt8(ascii: ">"))
  }

  private static func append(escaped text: Identifier, to bytes: inout [UInt8]) {
    // U+FFFE and U+FFFF, the only characters above U+007F that XML 1.1 refuses, are EF BF BE and BF.
    let isPlain = text.utf8.allSatisfy {
      $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F && $0 != 0xEF
    }
    guard !isPlain else {
      bytes += text.utf8
      return
    }
    for scalar in text.text.unicodeScalars {
      switch scalar.value {
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x22: bytes += "\\\"".utf8
      case 0x5C: bytes += "\\\\".utf8
      case 0..<0x20, 0x7F, 0xFFFE, 0xFFFF:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8
      default: bytes += UTF8.encode(scalar).map { Array($0) } ?? []
      }
    }
  }
}
