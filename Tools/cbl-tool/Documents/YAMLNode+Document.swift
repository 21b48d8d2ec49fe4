#if CommandLine
  import Domain
  import Yams

  extension YAMLNode {
    /// The node as a JSON value, with the line and column of each value by pointer.
    ///
    /// Plain `true`, `false`, `null`, `~` and JSON numbers are what they are in JSON (the core
    /// schema of YAML 1.2); everything else is text.
    ///
    /// - Throws: ``ToolFailure`` with the place of a key that is no text, a number that other
    ///   readers would change, or nodes that are too many or too deep.
    func document() throws -> (value: DocumentValue, places: [String: Place]) {
      var reading = YAMLReading(path: path)
      let value = try reading.value(of: node, pointer: "", depth: 0)
      return (value, reading.places)
    }
  }

  /// One pass through the nodes of a file.
  private struct YAMLReading {
    let path: String
    var places: [String: Place] = [:]
    private var count = 0

    /// The most values, so that references to references cannot grow without end.
    private static let mostValues = 1_000_000
    private static let mostDepth = 64

    init(path: String) {
      self.path = path
    }

    mutating func value(
      of node: Node, pointer: String, depth: Int
    ) throws -> DocumentValue {
      count += 1
      guard count <= Self.mostValues else {
        throw fault(node, "the document has more than \(Self.mostValues) values; make it smaller")
      }
      guard depth <= Self.mostDepth else {
        throw fault(
          node, "more than \(Self.mostDepth) lists and mappings lie in each other; make it flatter")
      }
      if let mark = node.mark {
        places[pointer] = Place(file: path, line: mark.line, column: mark.column)
      }
      switch node {
      case .scalar(let scalar): return try Self.value(of: scalar) ?? number(scalar, node)
      case .sequence(let sequence):
        var elements: [DocumentValue] = []
        for (index, element) in sequence.enumerated() {
          elements.append(
            try value(of: element, pointer: "\(pointer)/\(index)", depth: depth + 1))
        }
        return .array(elements)
      case .mapping(let mapping):
        var members: [DocumentValue.Member] = []
        for (key, inner) in mapping {
          guard let name = key.scalar?.string else { throw fault(key, "a key must be plain text") }
          let below = "\(pointer)/\(DocumentReader.escaped(Identifier(name)))"
          members.append(
            DocumentValue.Member(
              Identifier(name), try value(of: inner, pointer: below, depth: depth + 1)))
        }
        return .object(members)
      case .alias: throw fault(node, "this refers to nothing; write the value itself")
      }
    }

    /// A scalar that is no number.
    private static func value(of scalar: Node.Scalar) -> DocumentValue? {
      guard scalar.style == .plain || scalar.style == .any else {
        return DocumentValue(scalar.string)
      }
      switch scalar.string {
      case "", "~", "null", "Null", "NULL": return .null
      case "true", "True", "TRUE": return true
      case "false", "False", "FALSE": return false
      default:
        let digits = scalar.string.utf8.drop { $0 == UInt8(ascii: "-") }
        let isNumber =
          digits.first.map { (48...57).contains($0) } ?? false
          && !(digits.first == 48
            && digits.dropFirst().first.map { (48...57).contains($0) } ?? false)
          && ExactDecimal(scalar.string) != nil
        return isNumber ? nil : DocumentValue(scalar.string)
      }
    }

    private func number(_ scalar: Node.Scalar, _ node: Node) throws -> DocumentValue {
      guard let number = ExactDecimal(scalar.string), number.survivesBinaryReaders else {
        throw fault(
          node,
          "the number has more digits than other readers keep; write it as text in quotes")
      }
      return .number(number)
    }

    private func fault(_ node: Node, _ message: String) -> ToolFailure {
      let place = node.mark.map { "\(path):\($0.line):\($0.column)" } ?? path
      return ToolFailure(65, "\(place): \(message)")
    }
  }

  /// Refuses what a parser that goes into nodes by calls could not take, before it is parsed.
  enum YAMLDepth {
    /// The most nodes in each other; a document that is read has far fewer.
    private static let most = 1_000

    /// The line from which on lists and mappings lie too deep in each other, or `nil`.
    ///
    /// Every level of a block costs a column at the start of a line, every other level a bracket;
    /// brackets in texts count too, which no document that people write comes near to.
    static func firstLineTooDeep(_ text: String) -> Int? {
      var (line, open, indent) = (1, 0, 0)
      var isAtStart = true
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\n"): (line, indent, isAtStart) = (line + 1, 0, true)
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
          if isAtStart { indent += 1 }
        case UInt8(ascii: "["), UInt8(ascii: "{"): (open, isAtStart) = (open + 1, false)
        case UInt8(ascii: "]"), UInt8(ascii: "}"): (open, isAtStart) = (open - 1, false)
        default: isAtStart = false
        }
        if open > most || indent > most { return line }
      }
      return nil
    }
  }
#endif
