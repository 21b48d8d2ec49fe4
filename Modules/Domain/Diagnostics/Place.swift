/// A place in the user's input.
///
/// Every part is optional, because not every input has lines and not every problem has a column.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The file or stream as the user named it, such as `export.zip` or `-`.
  public var file: String?
  /// The member of the file, such as `results.csv` in an archive or folder.
  public var member: String?
  /// The line, counted from 1.
  public var line: Int?
  /// The column of a table, or the byte in the line, counted from 1.
  public var column: Int?
  /// The place inside a JSON document as an RFC 6901 pointer, such as `/gates/0/share`.
  public var pointer: String?

  /// Creates a place from the parts that are known.
  public init(
    file: String? = nil, member: String? = nil, line: Int? = nil, column: Int? = nil,
    pointer: String? = nil
  ) {
    self.file = file
    self.member = member
    self.line = line
    self.column = column
    self.pointer = pointer
  }

  /// Whether nothing is known.
  public var isEmpty: Bool {
    file == nil && member == nil && line == nil && column == nil && pointer == nil
  }

  /// The parts as `file/member:line:column#pointer`, without those that are not known.
  ///
  /// Control characters are escaped, so that a name from the input cannot command a terminal.
  public var description: String {
    var text = [file, member].compactMap { $0 }.joined(separator: "/").escapingControls()
    if let line {
      if text.isEmpty { text = "line " } else { text += ":" }
      text += "\(line)"
      if let column { text += ":\(column)" }
    } else if let column {
      text += text.isEmpty ? "column \(column)" : " column \(column)"
    }
    if let pointer { text += "#\(pointer.escapingControls())" }
    return text
  }
}
