/// Letter-like numbers and what they stand for: `½`, `①`, `Ⅳ`, `²`.
enum NumberForms {
  /// The plain characters that a number form stands for (its compatibility decomposition), with
  /// `/` in fractions; `nil` for all other characters.
  static func plain(_ scalar: Unicode.Scalar) -> String? {
    let value = Int(scalar.value)
    switch value {
    case 0xB9: return "1"
    case 0xB2, 0xB3: return String(value - 0xB0)
    case 0xBC: return "1/4"
    case 0xBD: return "1/2"
    case 0xBE: return "3/4"
    case 0x2070, 0x2074...0x2079: return String(value - 0x2070)
    case 0x2080...0x2089: return String(value - 0x2080)
    case 0x2150...0x215F: return fractions[value - 0x2150]
    case 0x2160...0x216F: return romans[value - 0x2160]
    case 0x2170...0x217F: return romans[value - 0x2170].lowercased()
    case 0x2189: return "0/3"
    case 0x2460...0x2473: return String(value - 0x245F)
    case 0x2474...0x2487: return String(value - 0x2473)
    case 0x2488...0x249B: return String(value - 0x2487)
    case 0x24EA: return "0"
    case 0x3251...0x325F: return String(value - 0x3251 + 21)
    case 0x32B1...0x32BF: return String(value - 0x32B1 + 36)
    default: return nil
    }
  }

  private static let fractions = [
    "1/7", "1/9", "1/10", "1/3", "2/3", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/8", "3/8",
    "5/8", "7/8", "1/",
  ]

  private static let romans = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "L", "C", "D", "M",
  ]
}
