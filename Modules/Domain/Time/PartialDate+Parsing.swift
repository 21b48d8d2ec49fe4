extension PartialDate {
  /// Reads an ISO 8601 date or time, down to any precision.
  ///
  /// Accepted are `2024`, `2024-09`, `2024-09-30` and, after `T`, `t` or one blank, `14:05`,
  /// `14:05:00` and `14:05:00.25` with up to 9 places, each with `Z`, `+02:00`, `+0200`, `+02` or
  /// nothing. Other notations are read by the formats that have them.
  ///
  /// - Parameter text: The whole date, which becomes ``source``.
  /// - Returns: `nil` for any other text and for days and times that do not exist.
  public init?(_ text: String) {
    var reader = DigitReader(text)
    guard let year = reader.number(4) else { return nil }
    var (month, day): (Int?, Int?) = (nil, nil)
    if reader.skip("-") {
      guard let number = reader.number(2) else { return nil }
      month = number
      if reader.skip("-") {
        guard let number = reader.number(2) else { return nil }
        day = number
      }
    }
    var time: ParsedTime?
    if !reader.isAtEnd {
      guard day != nil, reader.skip("T") || reader.skip("t") || reader.skip(" "),
        let parsed = ParsedTime(&reader)
      else { return nil }
      time = parsed
    }
    guard reader.isAtEnd else { return nil }
    do throws(DomainError) {
      try self.init(
        year: year, month: month, day: day, hour: time?.hour, minute: time?.minute,
        second: time?.second, nanoseconds: time?.nanoseconds, offsetMinutes: time?.offsetMinutes,
        source: text)
    } catch {
      return nil
    }
  }
}

/// The parts of a time of day that is being read.
private struct ParsedTime {
  var hour: Int
  var minute: Int
  var second: Int?
  var nanoseconds: Int32?
  var offsetMinutes: Int?

  init?(_ reader: inout DigitReader) {
    guard let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2) else {
      return nil
    }
    (self.hour, self.minute) = (hour, minute)
    if reader.skip(":") {
      guard let second = reader.number(2) else { return nil }
      self.second = second
      if reader.skip(".") {
        guard let fraction = reader.fraction() else { return nil }
        nanoseconds = fraction
      }
    }
    if reader.skip("Z") || reader.skip("z") {
      offsetMinutes = 0
    } else if !reader.isAtEnd {
      guard let offset = ParsedTime.offset(&reader) else { return nil }
      offsetMinutes = offset
    }
  }

  private static func offset(_ reader: inout DigitReader) -> Int? {
    let isNegative = reader.skip("-")
    guard isNegative || reader.skip("+"), let hours = reader.number(2) else { return nil }
    var minutes = 0
    if reader.skip(":") || !reader.isAtEnd {
      guard let number = reader.number(2), number < 60 else { return nil }
      minutes = number
    }
    return (isNegative ? -1 : 1) * (hours * 60 + minutes)
  }
}

/// Reads runs of digits of a known length.
private struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = text[...].utf8
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Reads one to nine digits as nanoseconds.
  mutating func fraction() -> Int32? {
    var (value, count) = (0, 0)
    while let digit = digit() {
      (value, count) = (value * 10 + digit, count + 1)
      guard count <= 9 else { return nil }
    }
    guard count > 0 else { return nil }
    for _ in count..<9 { value *= 10 }
    return Int32(value)
  }

  private mutating func digit() -> Int? {
    guard let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
      return nil
    }
    rest.removeFirst()
    return Int(byte - UInt8(ascii: "0"))
  }
}
