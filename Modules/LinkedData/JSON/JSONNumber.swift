/// The numbers of JSON as ECMAScript and RDF write them.
///
/// Swift prints the shortest digits that round-trip, as ECMA-262 asks for (Number::toString), but
/// lays them out in another way: so the digits are taken and the layout is made here.
enum JSONNumber {
  /// The sign, the significant digits, and how many of them stand before the point.
  struct Digits {
    var isNegative: Bool
    var digits: [UInt8]
    var point: Int
  }

  /// The value of a number as written, or `nil` where it is infinite.
  static func double(_ text: String) -> Double? {
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The shortest digits of a value other than zero.
  static func digits(of value: Double) -> Digits {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    var bytes = ArraySlice(Array(value.magnitude.description.utf8))
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"):
        exponent = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
        bytes = []
      default: digits.append(byte)
      }
    }
    var before = (point ?? digits.count) + exponent
    let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(zeros)
    before -= zeros
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return Digits(isNegative: value < 0, digits: digits, point: before)
  }

  /// The text of ECMA-262 and RFC 8785, or `nil` where the number is infinite.
  static func ecmaScript(_ text: String) -> [UInt8]? {
    if let plain = plainInteger(text) { return plain }
    guard let value = double(text) else { return nil }
    guard value != 0 else { return [UInt8(ascii: "0")] }
    let parts = digits(of: value)
    let zero = UInt8(ascii: "0")
    var bytes: [UInt8] = parts.isNegative ? [UInt8(ascii: "-")] : []
    let (digits, point) = (parts.digits, parts.point)
    switch point {
    case digits.count...21 where point > 0:
      bytes += digits
      bytes += repeatElement(zero, count: point - digits.count)
    case 1...21:
      bytes += digits[..<point]
      bytes.append(UInt8(ascii: "."))
      bytes += digits[point...]
    case -5...0:
      bytes += [zero, UInt8(ascii: ".")]
      bytes += repeatElement(zero, count: -point)
      bytes += digits
    default:
      bytes.append(digits[0])
      if digits.count > 1 {
        bytes.append(UInt8(ascii: "."))
        bytes += digits[1...]
      }
      bytes += Array("e\(point > 0 ? "+" : "")\(point - 1)".utf8)
    }
    return bytes
  }

  /// A whole number of at most 15 digits, which stays as it is written.
  private static func plainInteger(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.count <= 15, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return bytes
  }

  /// The canonical form of an xsd:double (JSON-LD 1.1 API, section 8.6): the exact value rounded to
  /// 16 digits as `%1.15E` does it, without trailing zeros except for one digit after the point.
  static func xsdDouble(_ value: Double) -> String {
    guard value != 0 else { return value.sign == .minus ? "-0.0E0" : "0.0E0" }
    let exact = ExactDigits(of: value.magnitude)
    let parts = exact.rounded(to: 16)
    let first = String(decoding: parts.digits.prefix(1), as: UTF8.self)
    let rest = String(decoding: parts.digits.dropFirst(), as: UTF8.self)
    return "\(value < 0 ? "-" : "")\(first).\(rest.isEmpty ? "0" : rest)E\(parts.point - 1)"
  }

  /// A number without a fraction as its exact digits, or `nil` where it has one.
  static func integer(_ value: Double) -> String? {
    guard value == value.rounded(.towardZero), value.magnitude < 1e21 else { return nil }
    return (value < 0 ? "-" : "") + String(UInt128(value.magnitude))
  }
}

/// All decimal digits of a double, which are finitely many: a whole number times a power of two is
/// one times a power of five with the point moved.
private struct ExactDigits {
  private static let base: UInt64 = 1_000_000_000
  /// Digits as ASCII, without leading zeros.
  private var digits: [UInt8]
  /// How many digits stand before the point.
  private var point: Int

  init(of value: Double) {
    let significand = UInt64(value.significandBitPattern) | (value.isNormal ? 1 << 52 : 0)
    let power = max(Int(value.exponentBitPattern), 1) - 1_075
    var limbs = [significand % Self.base, significand / Self.base]
    let (factor, most) = power < 0 ? (UInt64(5), 13) : (UInt64(2), 29)
    var rest = abs(power)
    while rest > 0 {
      let step = min(rest, most)
      Self.multiply(&limbs, by: (0..<step).reduce(1) { product, _ in product * factor })
      rest -= step
    }
    digits = []
    for limb in limbs.reversed() {
      let text = String(limb)
      digits += repeatElement(UInt8(ascii: "0"), count: 9 - text.utf8.count)
      digits += text.utf8
    }
    let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(zeros)
    point = digits.count + min(power, 0)
  }

  private static func multiply(_ limbs: inout [UInt64], by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      (carry, limbs[index]) = (limbs[index] * factor + carry).quotientAndRemainder(
        dividingBy: base)
    }
    while carry > 0 {
      limbs.append(carry % base)
      carry /= base
    }
  }

  /// The first digits, rounded half to even, without trailing zeros.
  func rounded(to count: Int) -> (digits: [UInt8], point: Int) {
    var (kept, point) = (Array(digits.prefix(count)), point)
    if digits.count > count {
      let next = digits[count]
      let isHalf =
        next == UInt8(ascii: "5")
        && digits[(count + 1)...].allSatisfy { $0 == UInt8(ascii: "0") }
      let isUp = isHalf ? kept[count - 1] & 1 == 1 : next >= UInt8(ascii: "5")
      if isUp {
        var place = count - 1
        while place >= 0, kept[place] == UInt8(ascii: "9") {
          kept[place] = UInt8(ascii: "0")
          place -= 1
        }
        if place >= 0 {
          kept[place] += 1
        } else {
          kept.insert(UInt8(ascii: "1"), at: 0)
          point += 1
        }
      }
    }
    while kept.last == UInt8(ascii: "0") { kept.removeLast() }
    return (kept, point)
  }
}
