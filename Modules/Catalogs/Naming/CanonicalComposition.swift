/// Composes letters and the marks after them, as Unicode normalization form C does.
///
/// The standard library compares by canonical equivalence, so a composed letter is found by
/// looking up what is equal to it. That covers the scripts that have composed letters; others are
/// in form C as they are, once their marks are in order.
enum CanonicalComposition {
  private static let composed: [Character: Unicode.Scalar] = {
    var table: [Character: Unicode.Scalar] = [:]
    // Latin, Greek, Cyrillic, their extensions, and kana. Of equals the first is the one of form C.
    for range in [
      0x00C0...0x0233, 0x0386...0x04F9, 0x0622...0x06D3, 0x1E00...0x1FFC, 0x304C...0x30FE,
    ] {
      for value in range {
        guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
        let character = Character(scalar)
        if table[character] == nil { table[character] = scalar }
      }
    }
    return table
  }()

  /// The text in form C, as far as letters and marks go.
  static func composing(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var result = String.UnicodeScalarView()
    for character in text { append(character, to: &result) }
    return String(result)
  }

  private static func append(_ character: Character, to result: inout String.UnicodeScalarView) {
    let scalars = Array(character.unicodeScalars)
    guard scalars.count > 1 || scalars[0].value >= 0x300 else {
      result.append(contentsOf: scalars)
      return
    }
    // Hangul syllables follow from their numbers (Unicode, section 3.12).
    if let syllable = hangul(scalars) {
      result.append(syllable)
      return
    }
    // The longest beginning that one letter stands for; marks after it stay.
    for length in stride(from: scalars.count, through: 1, by: -1) {
      var head = String.UnicodeScalarView()
      head.append(contentsOf: scalars.prefix(length))
      let text = String(head)
      guard text.count == 1, let first = text.first, let single = composed[first] else { continue }
      result.append(single)
      result.append(contentsOf: scalars.dropFirst(length))
      return
    }
    result.append(contentsOf: scalars)
  }

  private static func hangul(_ scalars: [Unicode.Scalar]) -> Unicode.Scalar? {
    guard (2...3).contains(scalars.count), (0x1100...0x1112).contains(scalars[0].value),
      (0x1161...0x1175).contains(scalars[1].value)
    else { return nil }
    var value = 0xAC00 + ((scalars[0].value - 0x1100) * 21 + scalars[1].value - 0x1161) * 28
    if scalars.count == 3 {
      guard (0x11A8...0x11C2).contains(scalars[2].value) else { return nil }
      value += scalars[2].value - 0x11A7
    }
    return Unicode.Scalar(value)
  }
}
