/// Something that an adapter has to do, and that can be checked.
public struct ConformanceRule: Hashable, Sendable {
  /// How far a check goes.
  public enum Level: String, Hashable, Sendable, Comparable, CaseIterable {
    /// What keeps the host and the data safe.
    case basic
    /// Also hostile inputs, round trips and speed.
    case strict

    /// Orders from few rules to many.
    public static func < (left: Level, right: Level) -> Bool { left == .basic && right == .strict }
  }

  /// The name of the rule, such as `borrowed-rows`; it never changes.
  public let id: String
  /// What a sound adapter does, in a few words.
  public let title: String
  /// What is demanded, and how it is checked.
  public let demand: String
  /// How to mend an adapter that breaks the rule.
  public let remedy: String
  /// The lowest level at which the rule is checked.
  public let level: Level

  init(
    _ id: String, _ level: Level, _ title: String, demand: String, remedy: String
  ) {
    self.id = id
    self.level = level
    self.title = title
    self.demand = demand
    self.remedy = remedy
  }

  /// All rules, in the order in which they are checked.
  public static let all: [ConformanceRule] =
    tableRules + probeRules + recordRules + callRules + writerRules + hostileRules + speedRules

  /// The rule of a name, or `nil`.
  ///
  /// - Complexity: O(*n*) in the number of rules.
  public static func named(_ id: String) -> ConformanceRule? { all.first { $0.id == id } }
}
