/// One step of a proficiency scale.
public struct MasteryLevel: Hashable, Sendable {
  /// The name on the scale, such as `NYC`, `B+` or `3`, compared byte for byte.
  public var label: Identifier
  /// The number that stands for the level, where the scale has numbers.
  public var number: ExactDecimal?
  /// What the level means, for people to read.
  public var meaning: String?

  /// Creates a level.
  public init(_ label: Identifier, number: ExactDecimal? = nil, meaning: String? = nil) {
    self.label = label
    self.number = number
    self.meaning = meaning
  }
}
