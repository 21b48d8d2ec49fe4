/// The levels of a scale as Moodle writes them: with commas, from the lowest.
enum ScaleText {
  /// The levels of a text; blank ones are left out.
  static func levels(_ text: String) -> [String] {
    Array(text.utf8).split(separator: UInt8(ascii: ",")).map {
      String(decoding: $0, as: UTF8.self).trimmedBlanks
    }.filter { !$0.isEmpty }
  }

  /// The text of levels; a comma inside a level would part it and becomes a semicolon.
  static func join(_ levels: [String]) -> String {
    levels.map { level in
      guard level.utf8.contains(UInt8(ascii: ",")) else { return level }
      return String(
        decoding: level.utf8.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ";") : $0 },
        as: UTF8.self)
    }.joined(separator: ",")
  }

  /// Whether a level has a place in the text; blank ones have none.
  static func hasPlace(_ level: String) -> Bool { !level.trimmedBlanks.isEmpty }
}
