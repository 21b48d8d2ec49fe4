public import Domain

/// What a conversion could not carry over as it was, field by field.
public struct LossReport: Hashable, Sendable, CustomStringConvertible {
  /// What happened to a value.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// It is not in the output.
    case dropped
    /// It is in the output, but says something else.
    case changed
    /// It is in the output in another place.
    case moved
    /// The output needs a value and the input has none, so one was made.
    case filled
  }

  /// All losses of one sort.
  public struct Entry: Hashable, Sendable {
    /// The kind of object, such as `CFItem`.
    public var kind: String
    /// The field.
    public var field: String
    /// What happened.
    public var action: Action
    /// Why.
    public var reason: String
    /// How often.
    public var count: Int
    /// Identifiers of the first three objects it happened to.
    public var examples: [Identifier]
  }

  /// The losses, in the order in which they first happened.
  public private(set) var entries: [Entry] = []
  private var places: [[String]: Int] = [:]

  /// Creates an empty report.
  public init() {}

  /// Whether everything was carried over as it was.
  public var isEmpty: Bool { entries.isEmpty }

  /// Counts a loss.
  public mutating func add(
    _ action: Action, kind: String, field: String, reason: String, example: Identifier
  ) {
    let key = [action.rawValue, kind, field, reason]
    if let index = places[key] {
      entries[index].count += 1
      if entries[index].examples.count < 3, !example.isEmpty {
        entries[index].examples.append(example)
      }
    } else {
      places[key] = entries.count
      entries.append(
        Entry(
          kind: kind, field: field, action: action, reason: reason, count: 1,
          examples: example.isEmpty ? [] : [example]))
    }
  }

  /// One line for each entry.
  public var description: String {
    entries.map { entry in
      "\(entry.kind).\(entry.field): \(entry.action.rawValue) \(entry.count) times, \(entry.reason)"
    }.joined(separator: "\n")
  }
}
