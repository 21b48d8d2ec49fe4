/// Something wrong or remarkable in the user's data.
///
/// A problem is a value that is reported, never thrown: the work goes on as far as it can. What
/// stops the work is an error.
///
/// ```swift
/// let problem = Problem(
///   .rejected, "csv.row_too_short",
///   "The row has 3 fields, the heading has 5; add the missing fields.",
///   at: Place(file: "grades.csv", line: 12))
/// print(problem)
/// // grades.csv:12: rejected: The row has 3 fields, ... [csv.row_too_short]
/// ```
public struct Problem: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public var severity: Severity
  /// The kind of problem.
  public var code: Code
  /// What was found, what was expected and how to repair it, without personal data.
  public var message: String
  /// Where it was found.
  public var place: Place
  /// The value at fault, which may be personal and is shown only when the user asks.
  public var value: String?

  /// Creates a problem.
  ///
  /// - Parameters:
  ///   - severity: How bad it is.
  ///   - code: The kind of problem.
  ///   - message: What was found, what was expected and how to repair it, as one or two sentences
  ///     without personal data.
  ///   - place: Where it was found.
  ///   - value: The value at fault.
  public init(
    _ severity: Severity, _ code: Code, _ message: String, at place: Place = Place(),
    value: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.place = place
    self.value = value
  }

  /// The problem as one line: `file:line:column: severity: message [code]`.
  ///
  /// The value is left out. Control characters from the input are escaped.
  public var description: String { text(showingValue: false) }

  /// Renders the problem as one line: `file:line:column: severity: message [code]`.
  ///
  /// Control characters from the input are escaped.
  ///
  /// - Parameter showsValue: Whether to add the value at fault, which may be personal.
  /// - Returns: The line, without a line end.
  public func text(showingValue showsValue: Bool) -> String {
    var text = place.isEmpty ? "" : "\(place): "
    text += "\(severity): \(message.escapingControls())"
    if showsValue, let value { text += " (found \"\(value.escapingControls())\")" }
    return text + " [\(code.description.escapingControls())]"
  }
}

extension Problem {
  /// The kind of a problem as a stable name, such as `csv.row_too_short`.
  ///
  /// The set is open: every module and adapter adds its own codes. A code is lower-case words with
  /// underscores, after the name of the part that reports it and a dot. Scripts rely on codes, so
  /// a code never changes its meaning.
  public struct Code: Hashable, Sendable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral
  {
    /// The name.
    public let description: String

    /// Creates a code from its name.
    public init(_ name: String) {
      description = name
    }

    /// Creates a code from its name.
    public init(stringLiteral name: String) {
      description = name
    }

    /// Orders codes by the bytes of their names.
    public static func < (left: Code, right: Code) -> Bool {
      left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
  }
}
