/// Text and numbers inside of SVG and other XML.
enum SVGText {
  /// Text for elements and attributes, without what XML 1.0 does not allow.
  static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default:
        let value = scalar.value
        let isAllowed =
          value >= 0x20 || value == 0x09 || value == 0x0A || value == 0x0D
        let isTurning = (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
        if isAllowed, !isTurning, value != 0xFFFE, value != 0xFFFF, value != 0x7F {
          safe.unicodeScalars.append(scalar)
        }
      }
    }
    return safe
  }

  /// A length with at most one digit after the point.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? String(tenths / 10)
      : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
