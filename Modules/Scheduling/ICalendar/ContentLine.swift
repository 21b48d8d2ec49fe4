/// A line of an iCalendar stream: a name, parameters and a value (RFC 5545, section 3.1).
public struct ContentLine: Hashable, Sendable {
  /// The name in upper case.
  public var name: String
  /// The parameters with names in upper case, in order.
  public var parameters: [Parameter]
  /// The value as it stands in the stream.
  public var value: String

  /// A parameter of a line.
  public struct Parameter: Hashable, Sendable {
    /// The name in upper case.
    public var name: String
    /// The value without quotes.
    public var value: String

    /// Creates a parameter.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Creates a line.
  public init(_ name: String, parameters: [Parameter] = [], value: String) {
    self.name = name
    self.parameters = parameters
    self.value = value
  }

  /// The value of a parameter.
  public subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// Reads an unfolded line.
  ///
  /// - Returns: `nil` when there is no colon, or a name or quote is not as it has to be.
  init?(_ line: Substring) {
    var rest = line.utf8[...]
    func take(until stops: [UInt8]) -> String? {
      let end = rest.firstIndex { stops.contains($0) } ?? rest.endIndex
      defer { rest = rest[end...] }
      return String(Substring(rest[..<end]))
    }
    let isName = { (text: String) in
      !text.isEmpty
        && text.utf8.allSatisfy { byte in
          (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || byte == 45
        }
    }
    guard let name = take(until: [58, 59]), isName(name) else { return nil }
    var parameters: [Parameter] = []
    while rest.first == 59 {
      rest.removeFirst()
      guard let key = take(until: [61, 58, 59]), isName(key), rest.first == 61 else { return nil }
      rest.removeFirst()
      if rest.first == 34 {
        rest.removeFirst()
        guard let value = take(until: [34]), rest.first == 34 else { return nil }
        rest.removeFirst()
        parameters.append(Parameter(key.uppercased(), value))
      } else if let value = take(until: [58, 59]) {
        parameters.append(Parameter(key.uppercased(), value))
      }
    }
    guard rest.first == 58 else { return nil }
    rest.removeFirst()
    self.init(name.uppercased(), parameters: parameters, value: String(Substring(rest)))
  }

  /// The line without a line end.
  var text: String {
    let parameters = parameters.map { ";\($0.name)=\(Self.quoted($0.value))" }
    return name + parameters.joined() + ":" + value
  }

  /// The value of a parameter, in quotes where it needs them; quotes in it become apostrophes.
  static func quoted(_ value: String) -> String {
    let plain = String(
      String.UnicodeScalarView(
        value.unicodeScalars.map { $0 == "\"" ? "'" : $0.value < 32 ? " " : $0 }))
    return plain.utf8.contains { [58, 59, 44].contains($0) } ? "\"\(plain)\"" : plain
  }

  /// A text as a value (section 3.3.11); control characters, which values cannot hold, become blanks.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": result.append(contentsOf: ["\\", scalar])
      case "\n": if previous != "\r" { result.append(contentsOf: ["\\", "n"]) }
      case "\r": result.append(contentsOf: ["\\", "n"])
      case "\t": result.append(scalar)
      default: result.append(scalar.value < 32 || scalar.value == 127 ? " " : scalar)
      }
      previous = scalar
    }
    return String(result)
  }

  /// The text that a value stands for.
  static func unescaped(_ value: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in value.unicodeScalars {
      if isEscaped {
        result.append(scalar == "n" || scalar == "N" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The texts of a list, parted by commas that are not escaped.
  static func list(_ value: String) -> [String] {
    var (parts, isEscaped): ([String.UnicodeScalarView], Bool) = ([.init()], false)
    for scalar in value.unicodeScalars {
      if scalar == ",", !isEscaped {
        parts.append(.init())
        continue
      }
      isEscaped = scalar == "\\" && !isEscaped
      parts[parts.count - 1].append(scalar)
    }
    return parts.map { unescaped(String($0)) }
  }

  /// Appends a line with its line ends, folded at 75 octets and never inside of a character.
  static func fold(_ line: String, into text: inout String) {
    var count = 0
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      if count + width > 75 {
        text += "\r\n "
        count = 1
      }
      text.unicodeScalars.append(scalar)
      count += width
    }
    text += "\r\n"
  }
}
