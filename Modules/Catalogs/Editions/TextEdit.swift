/// How much a statement was changed between two editions.
public enum TextEdit: Hashable, Sendable {
  /// Only case, punctuation, blanks or markup differ.
  case typographic
  /// At least nine tenths of the text stayed.
  case small
  /// More was changed.
  case large

  /// Compares two statements.
  ///
  /// The share that stayed is the Dice coefficient of the pairs of neighbouring characters, over
  /// letters and digits in lower case.
  ///
  /// - Returns: `nil` when they are the same after white space and markup are normalised.
  /// - Complexity: O(*n*) in the length of both.
  public init?(from old: String, to new: String) {
    let (before, after) = (PlainText.stripped(old), PlainText.stripped(new))
    guard before != after else { return nil }
    let (left, right) = (TextEdit.letters(before), TextEdit.letters(after))
    if left == right {
      self = .typographic
    } else {
      self = TextEdit.similarity(left, right) >= 0.9 ? .small : .large
    }
  }

  private static func letters(_ text: String) -> [Character] {
    text.lowercased().filter { $0.isLetter || $0.isNumber }.map { $0 }
  }

  private static func similarity(_ left: [Character], _ right: [Character]) -> Double {
    guard left.count > 1, right.count > 1 else { return 0 }
    var counts: [String: Int] = [:]
    for pair in zip(left, left.dropFirst()) { counts["\(pair.0)\(pair.1)", default: 0] += 1 }
    var shared = 0
    for pair in zip(right, right.dropFirst()) {
      guard let count = counts["\(pair.0)\(pair.1)"], count > 0 else { continue }
      counts["\(pair.0)\(pair.1)"] = count - 1
      shared += 1
    }
    return 2 * Double(shared) / Double(left.count + right.count - 2)
  }
}
