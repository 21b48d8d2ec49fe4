/// A set of words that anybody may extend.
///
/// Well-known words are static members. A word that is not known is kept as it is and written back
/// unchanged, never turned into something else.
public protocol OpenVocabulary: Hashable, Sendable, Comparable, Codable,
  CustomStringConvertible, ExpressibleByStringLiteral
{
  /// The word, kept byte for byte.
  var word: Identifier { get }

  /// Takes any word.
  init(word: Identifier)
}

extension OpenVocabulary {
  /// Takes any word.
  public init(_ text: String) {
    self.init(word: Identifier(text))
  }

  /// Takes any word.
  public init(stringLiteral text: String) {
    self.init(word: Identifier(text))
  }

  /// The word.
  public var description: String { word.text }

  /// Orders words by their bytes.
  public static func < (left: Self, right: Self) -> Bool {
    left.word < right.word
  }

  /// Reads a word from one text value.
  public init(from decoder: any Decoder) throws {
    self.init(word: try Identifier(from: decoder))
  }

  /// Writes the word as one text value.
  public func encode(to encoder: any Encoder) throws {
    try word.encode(to: encoder)
  }
}
