/// A moment in time, to the nanosecond, without a zone and without leap seconds.
///
/// It lies in the years 1 to 9999 of the proleptic Gregorian calendar in UTC.
public struct Instant: Hashable, Sendable, Comparable {
  /// Whole seconds since 1 January 1970, 00:00 UTC, rounded down.
  public let secondsSince1970: Int64
  /// Nanoseconds after that second, 0 to 999,999,999.
  public let nanoseconds: Int32

  /// Creates a moment from its number of seconds.
  ///
  /// - Parameters:
  ///   - seconds: Whole seconds since 1 January 1970, 00:00 UTC.
  ///   - nanoseconds: Nanoseconds after that second.
  /// - Returns: `nil` outside of the years 1 to 9999, or when there are a billion nanoseconds.
  public init?(secondsSince1970 seconds: Int64, nanoseconds: Int32 = 0) {
    guard (-62_135_596_800...253_402_300_799).contains(seconds),
      (0..<1_000_000_000).contains(nanoseconds)
    else { return nil }
    secondsSince1970 = seconds
    self.nanoseconds = nanoseconds
  }

  /// The day in UTC or at an offset from it.
  ///
  /// - Parameter offsetMinutes: Minutes to the east of UTC.
  /// - Returns: `nil` outside of the years 1 to 9999.
  public func date(offsetMinutes: Int = 0) -> CalendarDate? {
    let seconds = Int(secondsSince1970) + offsetMinutes * 60
    return CalendarDate(daysSince1970: seconds.dividedDown(by: 86_400))
  }

  /// Orders moments from early to late.
  public static func < (left: Instant, right: Instant) -> Bool {
    (left.secondsSince1970, left.nanoseconds) < (right.secondsSince1970, right.nanoseconds)
  }
}

extension Instant: LosslessStringConvertible {
  /// Reads a moment written as `2024-09-30T12:00:00Z`, with a fraction or an offset if need be.
  ///
  /// - Returns: `nil` for any other text and where the offset is missing.
  public init?(_ text: String) {
    guard let date = PartialDate(text), date.precision >= .second, date.offsetMinutes != nil,
      let instant = date.earliest(offsetMinutes: 0)
    else { return nil }
    self = instant
  }

  /// The moment as `2024-09-30T12:00:00Z`, with a fraction only where there is one.
  public var description: String {
    let seconds = Int(secondsSince1970)
    let day = CalendarDate(daysSince1970: seconds.dividedDown(by: 86_400))
    let second = seconds - seconds.dividedDown(by: 86_400) * 86_400
    var text = "\(day?.description ?? "")T\((second / 3_600).padded(2))"
    text += ":\((second / 60 % 60).padded(2)):\((second % 60).padded(2))"
    if nanoseconds != 0 {
      var digits = Int(nanoseconds).padded(9)
      while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
      text += ".\(digits)"
    }
    return text + "Z"
  }
}

extension Instant: Codable {
  /// Reads a moment from its ISO text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let instant = Instant(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "Expected a moment such as \"2024-09-30T12:00:00Z\".")
    }
    self = instant
  }

  /// Writes the moment as its ISO text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Int {
  /// The quotient rounded down, also below zero.
  func dividedDown(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
