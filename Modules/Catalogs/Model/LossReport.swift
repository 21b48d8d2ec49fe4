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
    /// The field; for whole associations their type, for other whole objects `all`.
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

  /// A field that the format cannot carry, or not in all cases, whatever the catalog.
  public struct Declared: Hashable, Sendable {
    /// The kind of object, such as `CFItem`.
    public var kind: String
    /// The field, or a type of association.
    public var field: String
    /// Whether there is a place for it under a condition.
    public var isPartial: Bool
    /// Why, or the condition.
    public var reason: String
  }

  /// What the format cannot carry, known before anything was written.
  public internal(set) var declared: [Declared] = []
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

  /// The report as JSON: what was lost, counted, and what the format declares.
  public var json: JSONValue {
    let losses = entries.map { entry in
      JSONValue.object(
        JSONObject([
          .init("kind", .string(entry.kind)), .init("field", .string(entry.field)),
          .init("action", .string(entry.action.rawValue)),
          .init("count", .number(String(entry.count))), .init("reason", .string(entry.reason)),
          .init("examples", .array(entry.examples.map { .string($0.text) })),
        ]))
    }
    let fields = declared.map { field in
      JSONValue.object(
        JSONObject([
          .init("kind", .string(field.kind)), .init("field", .string(field.field)),
          .init("partial", .boolean(field.isPartial)), .init("reason", .string(field.reason)),
        ]))
    }
    return .object(
      JSONObject([.init("losses", .array(losses)), .init("declared", .array(fields))]))
  }

  /// The report for people: the losses, then what the format declares.
  public var text: String {
    var lines = isEmpty ? ["Nothing was lost."] : ["Lost or changed:"]
    for entry in entries {
      let examples = entry.examples.map { $0.text.escapingControls() }.joined(separator: ", ")
      lines.append(
        "  \(entry.kind).\(entry.field): \(entry.action.rawValue) \(entry.count) times; "
          + entry.reason + (examples.isEmpty ? "" : " (\(examples))"))
    }
    if !declared.isEmpty { lines.append("The format has no place, or not for all values, for:") }
    for field in declared { lines.append("  \(field.kind).\(field.field): \(field.reason)") }
    return lines.joined(separator: "\n") + "\n"
  }
}
