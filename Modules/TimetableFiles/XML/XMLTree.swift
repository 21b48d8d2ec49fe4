internal import Domain
internal import Scanning
public import Scheduling

/// An element of an XML document with all that is in it.
public struct XMLTree: Hashable, Sendable {
  /// A part of an element: text or another element.
  public enum Part: Hashable, Sendable {
    /// Text, with its references resolved.
    case text(String)
    /// An element.
    case element(XMLTree)
  }

  /// The name.
  public var name: String
  /// The attributes, in order.
  public var attributes: [(name: String, value: String)] { zip(keys, values).map { ($0, $1) } }
  /// The parts, in order.
  public var parts: [Part]
  /// The line on which it starts; 0 for one that was not read.
  public var line: Int

  private var keys: [String]
  private var values: [String]

  /// Creates an element.
  public init(
    _ name: String, _ attributes: [(name: String, value: String)] = [], _ parts: [Part] = [],
    line: Int = 0
  ) {
    self.name = name
    keys = attributes.map(\.name)
    values = attributes.map(\.value)
    self.parts = parts
    self.line = line
  }

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: The document in UTF-8.
  ///   - file: Its name, for errors.
  /// - Throws: `SchedulingError` with the line when it is not well-formed or cut short.
  /// - Complexity: O(*n*).
  public init(parsing bytes: [UInt8], file: String? = nil) throws(SchedulingError) {
    var starts: [Int] = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
    let result: Result<XMLTree, SchedulingError> = unsafe bytes.withUnsafeBytes { buffer in
      do throws(ScanningError) {
        return .success(try unsafe Self.read(buffer, starts))
      } catch {
        return .failure(
          SchedulingError(
            .malformed, "\(error.message).", at: Place(file: file, line: Int(clamping: error.line)))
        )
      }
    }
    self = try result.get()
  }

  private static func read(
    _ buffer: UnsafeRawBufferPointer, _ starts: [Int]
  ) throws(ScanningError) -> XMLTree {
    var reader = unsafe XMLReader(buffer)
    var open: [XMLTree] = []
    var root = XMLTree("")
    while true {
      let offset = reader.offset
      switch try reader.next() {
      case .startElement(let name, let attributes):
        open.append(
          XMLTree(
            name, attributes.map { (name: $0.name, value: $0.value) }, line: line(offset, starts)))
      case .endElement:
        let last = open.removeLast()
        if open.isEmpty { root = last } else { open[open.count - 1].parts.append(.element(last)) }
      case .text(let text): open[open.count - 1].parts.append(.text(text))
      case .end: return root
      }
    }
  }

  private static func line(_ offset: Int, _ starts: [Int]) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  // MARK: Asking

  /// The elements directly inside.
  public var children: [XMLTree] {
    parts.compactMap { if case .element(let child) = $0 { child } else { nil } }
  }

  /// The first element of a name directly inside.
  public func child(_ name: String) -> XMLTree? {
    for part in parts {
      if case .element(let child) = part, child.name == name { return child }
    }
    return nil
  }

  /// The elements of a name directly inside.
  public func children(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

  /// The text directly inside, without blanks around it.
  public var text: String {
    let whole = parts.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }
    let scalars = whole.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// The value of an attribute.
  public subscript(attribute: String) -> String? {
    keys.firstIndex(of: attribute).map { values[$0] }
  }

  // MARK: Writing

  /// The document as text, with a declaration; text and blanks stand as they were read.
  public var document: String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    write(into: &text)
    return text + "\n"
  }

  private func write(into text: inout String) {
    text += "<\(name)"
    for (key, value) in zip(keys, values) { text += " \(key)=\"\(Self.escaped(value, true))\"" }
    guard !parts.isEmpty else {
      text += "/>"
      return
    }
    text += ">"
    for part in parts {
      switch part {
      case .text(let content): text += Self.escaped(content, false)
      case .element(let child): child.write(into: &text)
      }
    }
    text += "</\(name)>"
  }

  private static func escaped(_ text: String, _ isAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where isAttribute: result += "&quot;"
      case "\n" where isAttribute: result += "&#10;"
      case "\t" where isAttribute: result += "&#9;"
      case "\r": result += "&#13;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
