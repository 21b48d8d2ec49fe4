extension String {
  /// The text with control characters and direction overrides written as `\u{...}`.
  ///
  /// What comes out is one line that shows on a terminal in the order it is written.
  package func escapingControls() -> String {
    guard unicodeScalars.contains(where: String.isUnsafeToShow) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if String.isUnsafeToShow(scalar) {
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func isUnsafeToShow(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
