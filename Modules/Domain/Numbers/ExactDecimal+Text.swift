extension ExactDecimal: LosslessStringConvertible {
  /// Reads a number written as `-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
  ///
  /// No blanks, signs, separators, names of infinity or other digits are accepted.
  ///
  /// - Parameter text: The whole number.
  /// - Returns: `nil` when the text breaks the grammar or has more than 38 digits of weight.
  public init?(_ text: String) {
    var parser = DecimalParser()
    for byte in text.utf8 {
      guard parser.take(byte) else { return nil }
    }
    guard let number = parser.finish() else { return nil }
    self = number
  }

  /// Reads a number from UTF-8 bytes, by the same grammar as from text.
  ///
  /// - Parameter bytes: The whole number.
  /// - Returns: `nil` when the bytes break the grammar or have more than 38 digits of weight.
  /// - Complexity: O(*n*), without allocation.
  public init?(utf8 bytes: Span<UInt8>) {
    var parser = DecimalParser()
    for index in bytes.indices {
      guard parser.take(bytes[index]) else { return nil }
    }
    guard let number = parser.finish() else { return nil }
    self = number
  }

  /// The canonical text: digits with a point where there is a fraction, never with an exponent.
  ///
  /// Reading it gives the same number. Equal numbers have the same text.
  public var description: String {
    guard places > 0 else { return unscaled.description }
    let digits = unscaled.magnitude.description
    let padding = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count))
    let padded = padding + digits
    let sign = unscaled < 0 ? "-" : ""
    return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }
}

extension ExactDecimal: Codable {
  /// Reads a number from its canonical text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let number = ExactDecimal(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "Expected a decimal number such as \"4.125\" as text.")
    }
    self = number
  }

  /// Writes the number as its canonical text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Takes the characters of a decimal number one by one.
private struct DecimalParser {
  private enum State {
    case start, sign, whole, point, fraction, exponentMark, exponentSign, exponent
  }

  private var state = State.start
  private var isNegative = false
  private var digits: Int128 = 0
  // Zeros are only counted until a digit follows, so that trailing ones take no room.
  private var pendingZeros = 0
  private var places = 0
  private var exponent = 0
  private var exponentIsNegative = false

  mutating func take(_ byte: UInt8) -> Bool {
    if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      return takeDigit(Int(byte - UInt8(ascii: "0")))
    }
    switch (byte, state) {
    case (UInt8(ascii: "-"), .start):
      (isNegative, state) = (true, .sign)
    case (UInt8(ascii: "."), .whole):
      state = .point
    case (UInt8(ascii: "e"), .whole), (UInt8(ascii: "e"), .fraction),
      (UInt8(ascii: "E"), .whole), (UInt8(ascii: "E"), .fraction):
      state = .exponentMark
    case (UInt8(ascii: "+"), .exponentMark):
      state = .exponentSign
    case (UInt8(ascii: "-"), .exponentMark):
      (exponentIsNegative, state) = (true, .exponentSign)
    default:
      return false
    }
    return true
  }

  private mutating func takeDigit(_ digit: Int) -> Bool {
    switch state {
    case .start, .sign, .whole:
      state = .whole
      return append(digit)
    case .point, .fraction:
      state = .fraction
      places += 1
      return append(digit)
    case .exponentMark, .exponentSign, .exponent:
      state = .exponent
      // Any exponent beyond this is out of range whatever follows.
      exponent = min(exponent * 10 + digit, 1_000_000_000)
      return true
    }
  }

  private mutating func append(_ digit: Int) -> Bool {
    if digit == 0 {
      if digits != 0 { pendingZeros += 1 }
      return true
    }
    if digits == 0 {
      digits = Int128(digit)
      return true
    }
    guard pendingZeros + 1 <= Int128.mostPlaces else { return false }
    let (shifted, shiftOverflows) = digits.multipliedReportingOverflow(
      by: Int128.powerOfTen(pendingZeros + 1))
    let (sum, sumOverflows) = shifted.addingReportingOverflow(Int128(digit))
    (digits, pendingZeros) = (sum, 0)
    return !shiftOverflows && !sumOverflows
  }

  func finish() -> ExactDecimal? {
    switch state {
    case .whole, .fraction, .exponent: break
    case .start, .sign, .point, .exponentMark, .exponentSign: return nil
    }
    let signed = isNegative ? -digits : digits
    guard signed != 0 else { return .zero }
    let power = pendingZeros - places + (exponentIsNegative ? -exponent : exponent)
    guard power > 0 else { return ExactDecimal(unscaled: signed, places: -power) }
    guard power <= Int128.mostPlaces else { return nil }
    let (whole, overflows) = signed.multipliedReportingOverflow(by: Int128.powerOfTen(power))
    return overflows ? nil : ExactDecimal(unscaled: whole, places: 0)
  }
}
