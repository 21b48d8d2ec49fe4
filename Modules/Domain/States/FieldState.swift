/// What a source says about one field: five states that are never merged.
///
/// Zero is a value. An excused field is not zero, a blank one is not excused, and a field that the
/// format does not have is not blank (formats: cross-format table of states).
public enum FieldState<Value> {
  /// The source has no such field or record.
  case absent
  /// The source has the field, with nothing in it.
  case blank
  /// The field does not apply to this learner, such as work that was not assigned.
  case notApplicable
  /// Somebody decided that the learner need not have a value.
  case excused
  /// The field has a value, which may be zero.
  case value(Value)

  /// The value, or `nil` in the four other states.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }

  /// Whether there is a value.
  public var hasValue: Bool {
    if case .value = self { true } else { false }
  }

  /// Changes the value and keeps the four other states.
  ///
  /// - Parameter transform: Makes the new value.
  /// - Returns: The same state, with the new value where there is one.
  /// - Throws: What `transform` throws.
  public func map<NewValue, Failure: Error>(
    _ transform: (Value) throws(Failure) -> NewValue
  ) throws(Failure) -> FieldState<NewValue> {
    switch self {
    case .absent: .absent
    case .blank: .blank
    case .notApplicable: .notApplicable
    case .excused: .excused
    case .value(let value): .value(try transform(value))
    }
  }

  /// Replaces the value by a state and keeps the four other states.
  ///
  /// - Parameter transform: Makes the new state from the value.
  /// - Returns: The new state where there was a value, else the same state.
  /// - Throws: What `transform` throws.
  public func flatMap<NewValue, Failure: Error>(
    _ transform: (Value) throws(Failure) -> FieldState<NewValue>
  ) throws(Failure) -> FieldState<NewValue> {
    switch self {
    case .absent: .absent
    case .blank: .blank
    case .notApplicable: .notApplicable
    case .excused: .excused
    case .value(let value): try transform(value)
    }
  }

  /// The canonical text: `absent`, `blank`, `not_applicable`, `excused`, or `=` and the value.
  ///
  /// The sign keeps values that are called like a state apart from it.
  ///
  /// - Parameter text: Gives the text of the value.
  /// - Returns: A text from which the state can be told again.
  public func canonicalText(_ text: (Value) -> String) -> String {
    switch self {
    case .absent: "absent"
    case .blank: "blank"
    case .notApplicable: "not_applicable"
    case .excused: "excused"
    case .value(let value): "=" + text(value)
    }
  }

  /// Reads a state from its canonical text.
  ///
  /// - Parameters:
  ///   - text: A text that ``canonicalText(_:)`` gave.
  ///   - parse: Reads the value.
  /// - Returns: `nil` when the text is no state or the value cannot be read.
  public init?(canonicalText text: String, _ parse: (String) -> Value?) {
    switch text {
    case "absent": self = .absent
    case "blank": self = .blank
    case "not_applicable": self = .notApplicable
    case "excused": self = .excused
    default:
      guard text.utf8.first == UInt8(ascii: "="), let value = parse(String(text.dropFirst()))
      else { return nil }
      self = .value(value)
    }
  }
}

extension FieldState: Equatable where Value: Equatable {}
extension FieldState: Hashable where Value: Hashable {}
extension FieldState: Sendable where Value: Sendable {}
