public import Domain

/// The first step of a trace that does not follow from what stands before it.
public struct TraceCheckerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case malformed, wrongStep = "wrong_step"
    }

    private let value: Value

    /// The document is no trace.
    public static let malformed = Code(value: .malformed)
    /// A step is not what the steps before it give.
    public static let wrongStep = Code(value: .wrongStep)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// What was found and what it should be, as one sentence.
  public var message: String
  /// Where it stands in the trace.
  public var place: Place?

  init(_ code: Code, _ message: String, at pointer: String) {
    self.code = code
    self.message = message
    place = Place(pointer: pointer)
  }

  /// The message with its place and code, as one line.
  public var description: String {
    Problem(.error, Problem.Code("trace.\(code)"), message, at: place ?? Place()).description
  }
}

/// A value of a trace with the pointer to it.
struct Node {
  let value: DocumentValue
  let pointer: String

  subscript(name: Identifier) -> Node? {
    value[name].map { Node(value: $0, pointer: "\(pointer)/\(name)") }
  }

  func need(_ name: Identifier) throws(TraceCheckerError) -> Node {
    guard let node = self[name] else {
      throw TraceCheckerError(.malformed, "The field \"\(name)\" is missing.", at: pointer)
    }
    return node
  }

  var items: [Node] {
    (value.elements ?? []).enumerated().map { Node(value: $1, pointer: "\(pointer)/\($0)") }
  }

  var words: [Identifier] { (value.elements ?? []).compactMap(\.text) }

  var isTrue: Bool { value == .bool(true) }

  func text() throws(TraceCheckerError) -> Identifier {
    guard let text = value.text else { throw malformed("a text") }
    return text
  }

  func number() throws(TraceCheckerError) -> Rational {
    if case .number(let number) = value { return Rational(number) }
    guard let text = value.text, let number = Rational(text.text) else {
      throw malformed("a number")
    }
    return number
  }

  func count() throws(TraceCheckerError) -> Int {
    let number = try number()
    guard number.denominator == 1, let count = Int(exactly: number.numerator) else {
      throw malformed("a whole number")
    }
    return count
  }

  func malformed(_ expected: String) -> TraceCheckerError {
    TraceCheckerError(.malformed, "Found \(value.kind), expected \(expected).", at: pointer)
  }

  /// Refuses the value unless it is what was worked out.
  func expect(_ expected: DocumentValue) throws(TraceCheckerError) {
    // Equal canonical texts are equal values, whatever the order of their members.
    let (found, right) = (value.canonicalText, expected.canonicalText)
    guard found != right else { return }
    throw TraceCheckerError(
      .wrongStep, "Found \(found.prefix(200)), expected \(right.prefix(200)).", at: pointer)
  }
}
