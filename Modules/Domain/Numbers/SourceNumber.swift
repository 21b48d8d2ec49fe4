/// A number as its source has it: the text beside its exact value and what it measures.
///
/// The text is kept so that `85.00` or `93.33333333333333` can be written back as it came.
public struct SourceNumber: Hashable, Sendable, Codable, CustomStringConvertible {
  /// What a number measures.
  public enum Meaning: String, Hashable, Sendable, Codable, CaseIterable {
    /// Points earned; how many were possible stands elsewhere.
    case points
    /// Parts of a hundred.
    case percent
    /// Parts of one.
    case fraction
    /// A level of a scale that has numbers.
    case level
    /// A letter or word of a scale.
    case letter
    /// The source does not say.
    case unstated
  }

  /// The text as written.
  public var text: String
  /// The exact value, or `nil` where the text is a letter or word, or could not be read.
  public var decimal: ExactDecimal?
  /// What the number measures.
  public var meaning: Meaning

  /// Creates a number whose value the reader of the format has worked out.
  public init(text: String, decimal: ExactDecimal?, meaning: Meaning) {
    self.text = text
    self.decimal = decimal
    self.meaning = meaning
  }

  /// Creates a number from text by the strict grammar of ``ExactDecimal``.
  ///
  /// - Parameters:
  ///   - text: The text as written; where it is no number, ``decimal`` is `nil`.
  ///   - meaning: What the number measures.
  public init(_ text: String, meaning: Meaning) {
    self.init(
      text: text, decimal: meaning == .letter ? nil : ExactDecimal(text), meaning: meaning)
  }

  /// The text as written.
  public var description: String { text }

  /// The exact part of the whole that the number stands for: 17 of 20 points is 17/20.
  ///
  /// - Parameter maximum: The points that were possible; only read for points.
  /// - Returns: `nil` for levels and letters, without a value, and where the maximum is missing or
  ///   not above zero.
  public func share(of maximum: ExactDecimal? = nil) -> Rational? {
    guard let decimal else { return nil }
    switch meaning {
    case .points:
      guard let maximum, maximum > 0 else { return nil }
      return try? Rational(decimal) / Rational(maximum)
    case .percent:
      return try? Rational(decimal) / 100
    case .fraction:
      return Rational(decimal)
    case .level, .letter, .unstated:
      return nil
    }
  }
}
