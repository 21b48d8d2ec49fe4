import Domain

/// The pieces of a SARIF 2.1.0 log with one run.
enum SARIF {
  /// What stands before the results.
  static let head = """
    {"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
    "version": "2.1.0",
    "runs": [{"results": [

    """

  /// What stands after the results.
  static func tail(rules: [JSONValue]) -> String {
    let tool: JSONValue = [
      "driver": ["name": "cbl-tool", "version": .text(ToolVersion.text), "rules": .array(rules)]
    ]
    return "\n],\n\"columnKind\": \"unicodeCodePoints\",\n\"tool\": \(tool.compact)}]}"
  }

  /// A rule, with what it asks for where that is known.
  static func rule(_ code: String, summary: String? = nil) -> JSONValue {
    guard let summary else { return ["id": .text(code)] }
    return ["id": .text(code), "shortDescription": ["text": .text(summary)]]
  }

  /// A result at a place in a file.
  ///
  /// - Parameters:
  ///   - level: `note`, `warning` or `error`.
  ///   - pointer: The place inside of the document, as a JSON pointer.
  static func result(
    code: String, level: String, message: String, file: String, line: Int?, column: Int?,
    pointer: String? = nil
  ) -> JSONValue {
    var physical: [(key: String, value: JSONValue)] = [
      ("artifactLocation", ["uri": .text(uri(file))])
    ]
    if let line {
      var region: [(key: String, value: JSONValue)] = [("startLine", .number(line))]
      if let column { region.append(("startColumn", .number(column))) }
      physical.append(("region", .object(region)))
    }
    var location: [(key: String, value: JSONValue)] = [("physicalLocation", .object(physical))]
    if let pointer {
      location.append(("logicalLocations", [["fullyQualifiedName": .text(pointer)]]))
    }
    return [
      "ruleId": .text(code), "level": .text(level), "message": ["text": .text(message)],
      "locations": [.object(location)],
    ]
  }

  /// A problem as a result.
  static func result(_ problem: Problem, file: String) -> JSONValue {
    let level =
      switch problem.severity {
      case .note, .skipped: "note"
      case .warning: "warning"
      case .rejected, .error, .fatal: "error"
      }
    return result(
      code: problem.code.description, level: level, message: problem.message, file: file,
      line: problem.place.line, column: problem.place.column, pointer: problem.place.pointer)
  }

  /// A path as the relative or absolute reference of RFC 3986.
  private static func uri(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return text
  }
}
