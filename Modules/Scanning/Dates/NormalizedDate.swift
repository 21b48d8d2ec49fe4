/// What came of reading a date.
public struct DateFinding: Hashable, Sendable {
  /// The outcome.
  public enum Outcome: UInt8, Hashable, Sendable {
    /// The date was in ISO form already.
    case iso
    /// The date was brought into ISO form.
    case rewritten
    /// Day and month could be either way round.
    case ambiguous
    /// The shape is that of a date or time that does not exist, such as 30 February.
    case impossible
    /// The bytes have no known shape of a date.
    case unknown
  }

  /// The outcome; only with `iso` and `rewritten` something was written.
  public var outcome: Outcome
  /// How finely the date is given, where there is one.
  public var precision: DatePrecision?
  /// Where in the cell the name of a time zone stands that has no fixed offset, such as `CEST`.
  ///
  /// The name is not part of what was written: the same letters mean different zones in different
  /// countries. Empty when there is none.
  public var zoneName: Range<Int>

  init(_ outcome: Outcome, _ precision: DatePrecision? = nil, zoneName: Range<Int> = 0..<0) {
    self.outcome = outcome
    self.precision = precision
    self.zoneName = zoneName
  }

  /// Whether a date was written.
  public var isDate: Bool { outcome == .iso || outcome == .rewritten }
}

/// Appends a date in ISO 8601 form.
///
/// Read are ISO dates; years first with single digits or slashes (`2013-1-03 00:00:00`); the year
/// last (`9/6/2023`, `27/08/2024`, `27.08.2024`, the last always with the day first), with a time
/// (`9/27/2023 9:39:25 AM`); offsets (`2018-09-13 11:36:43 -0700`), `UTC` and `GMT`; names of zones
/// (`2021-04-19 16:20:07 CEST`), which are left out and pointed at; `20240930`; seconds since 1970
/// with nine or ten digits. Years of two digits are not guessed.
///
/// - Parameters:
///   - bytes: The cell.
///   - order: Which number comes first where the year is last.
///   - output: Gets the date; unchanged unless the outcome is `iso` or `rewritten`.
/// - Returns: The outcome.
/// - Complexity: O(*n*).
public func normalizeDate(
  _ bytes: UnsafeRawBufferPointer, order: DateOrder = .unknown, into output: inout ByteBuffer
) -> DateFinding {
  if let precision = unsafe validateISODate(bytes) {
    unsafe output.append(bytes)
    return DateFinding(.iso, precision)
  }
  var reader = unsafe DateReader(bytes)
  var date = DateParts()
  if let fault = reader.day(&date, order) {
    return fault == .unknown ? unsafe appendNumericDate(bytes, &output) : DateFinding(fault)
  }
  if let fault = reader.time(&date) { return DateFinding(fault) }
  if let fault = reader.zone(&date) { return DateFinding(fault) }
  guard reader.isAtEnd else { return DateFinding(.unknown) }
  unsafe date.append(to: &output, from: bytes)
  return DateFinding(.rewritten, date.precision, zoneName: date.zoneName)
}

/// Appends `20240930` or a number of seconds since 1970.
private func appendNumericDate(
  _ bytes: UnsafeRawBufferPointer, _ output: inout ByteBuffer
) -> DateFinding {
  let count = bytes.count
  guard (8...10).contains(count), let number = unsafe fixedDigits(bytes, 0, count) else {
    return DateFinding(.unknown)
  }
  var date = DateParts()
  if count == 8 {
    (date.year, date.month, date.day) = (number / 10_000, number / 100 % 100, number % 100)
    guard isDay(date.year, date.month, date.day) else { return DateFinding(.impossible) }
  } else {
    guard unsafe bytes[0] != 0x30 else { return DateFinding(.unknown) }
    date.setSeconds(number)
  }
  unsafe date.append(to: &output, from: bytes)
  return DateFinding(.rewritten, date.precision)
}

/// The parts of a date that is being read.
private struct DateParts {
  var year = 0
  var month = 0
  var day = 0
  var hour = 0
  var minute = 0
  var second = 0
  var precision = DatePrecision.day
  /// The digits after the decimal mark.
  var fraction = 0..<0
  var zoneName = 0..<0
  var zone = Zone.none

  enum Zone {
    case none
    case utc
    case offset(isNegative: Bool, hours: Int, minutes: Int)
  }

  /// Sets the moment by its seconds since 1970, in UTC.
  mutating func setSeconds(_ seconds: Int) {
    precision = .second
    zone = .utc
    (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
    // Years begin in March here, so that the leap day is the last one.
    let days = seconds / 86_400 + 719_468
    let era = days / 146_097
    let inEra = days % 146_097
    let years = (inEra - inEra / 1_460 + inEra / 36_524 - inEra / 146_096) / 365
    let inYear = inEra - (365 * years + years / 4 - years / 100)
    let shifted = (5 * inYear + 2) / 153
    day = inYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = era * 400 + years + (month <= 2 ? 1 : 0)
  }

  func append(to output: inout ByteBuffer, from bytes: UnsafeRawBufferPointer) {
    output.append(digits: year, 4)
    output.append(0x2D)
    output.append(digits: month, 2)
    output.append(0x2D)
    output.append(digits: day, 2)
    guard precision > .day else { return }
    output.append(0x54)
    output.append(digits: hour, 2)
    output.append(0x3A)
    output.append(digits: minute, 2)
    if precision >= .second {
      output.append(0x3A)
      output.append(digits: second, 2)
    }
    if !fraction.isEmpty {
      output.append(0x2E)
      unsafe output.append(UnsafeRawBufferPointer(rebasing: bytes[fraction]))
    }
    switch zone {
    case .none: break
    case .utc: output.append(0x5A)
    case .offset(let isNegative, let hours, let minutes):
      output.append(isNegative ? 0x2D : 0x2B)
      output.append(digits: hours, 2)
      output.append(0x3A)
      output.append(digits: minutes, 2)
    }
  }
}

/// Reads a date from left to right.
@safe
private struct DateReader {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = unsafe bytes
  }

  var isAtEnd: Bool { unsafe place == bytes.count }

  private var next: UInt8 { unsafe place < bytes.count ? bytes[place] : 0 }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte, !isAtEnd else { return false }
    place += 1
    return true
  }

  /// Reads the digits at the place.
  private mutating func number() -> (value: Int, count: Int)? {
    let end = unsafe endOfDigits(bytes, from: place)
    guard end > place, end - place <= 4, let value = unsafe fixedDigits(bytes, place, end - place)
    else { return nil }
    let count = end - place
    place = end
    return (value, count)
  }

  mutating func day(_ date: inout DateParts, _ order: DateOrder) -> DateFinding.Outcome? {
    guard let first = number() else { return .unknown }
    let separator = next
    guard separator == 0x2D || separator == 0x2F || separator == 0x2E, skip(separator),
      let second = number(), skip(separator), let third = number(), second.count <= 2
    else { return .unknown }
    if first.count == 4, third.count <= 2 {
      (date.year, date.month, date.day) = (first.value, second.value, third.value)
    } else if first.count <= 2, third.count == 4 {
      date.year = third.value
      let order = separator == 0x2E ? .dayFirst : order
      guard let isDayFirst = isDayFirst(first.value, second.value, order) else {
        return .ambiguous
      }
      date.day = isDayFirst ? first.value : second.value
      date.month = isDayFirst ? second.value : first.value
    } else {
      return .unknown
    }
    return isDay(date.year, date.month, date.day) ? nil : .impossible
  }

  private func isDayFirst(_ first: Int, _ second: Int, _ order: DateOrder) -> Bool? {
    switch order {
    case .dayFirst: return true
    case .monthFirst: return false
    case .unknown:
      if first > 12 || first == second { return true }
      return second > 12 ? false : nil
    }
  }

  mutating func time(_ date: inout DateParts) -> DateFinding.Outcome? {
    guard !isAtEnd else { return nil }
    guard skip(0x20) || skip(0x54), let hour = number(), hour.count <= 2, skip(0x3A),
      let minute = number(), minute.count == 2
    else { return .unknown }
    (date.hour, date.minute, date.precision) = (hour.value, minute.value, .minute)
    if skip(0x3A) {
      guard let second = number(), second.count == 2 else { return .unknown }
      (date.second, date.precision) = (second.value, .second)
      if skip(0x2E) || skip(0x2C) {
        let end = unsafe endOfDigits(bytes, from: place)
        guard end > place else { return .unknown }
        (date.fraction, date.precision, place) = (place..<end, .fraction, end)
      }
    }
    if let fault = halfDay(&date) { return fault }
    return date.hour < 24 && date.minute < 60 && date.second < 60 ? nil : .impossible
  }

  /// Reads `AM` or `PM`.
  private mutating func halfDay(_ date: inout DateParts) -> DateFinding.Outcome? {
    let start = next == 0x20 ? place + 1 : place
    guard unsafe start + 2 <= bytes.count, unsafe bytes[start + 1] | 0x20 == 0x6D else {
      return nil
    }
    let letter = unsafe bytes[start] | 0x20
    guard letter == 0x61 || letter == 0x70 else { return nil }
    guard unsafe start + 2 == bytes.count || bytes[start + 2] == 0x20 else { return nil }
    guard (1...12).contains(date.hour) else { return .impossible }
    date.hour = date.hour % 12 + (letter == 0x70 ? 12 : 0)
    place = start + 2
    return nil
  }

  mutating func zone(_ date: inout DateParts) -> DateFinding.Outcome? {
    guard !isAtEnd else { return nil }
    guard date.precision > .day else { return .unknown }
    _ = skip(0x20)
    if next == 0x5A, unsafe place + 1 == bytes.count {
      date.zone = .utc
      place += 1
      return nil
    }
    if next == 0x2B || next == 0x2D {
      let isNegative = next == 0x2D
      guard let end = unsafe zoneEnd(bytes, from: place), unsafe end == bytes.count,
        let hours = unsafe fixedDigits(bytes, place + 1, 2)
      else { return .unknown }
      let minutes = end - place > 3 ? unsafe fixedDigits(bytes, end - 2, 2) ?? 0 : 0
      date.zone = .offset(isNegative: isNegative, hours: hours, minutes: minutes)
      place = end
      return nil
    }
    let start = place
    while next | 0x20 >= 0x61, next | 0x20 <= 0x7A { place += 1 }
    guard isAtEnd, (2...5).contains(place - start) else { return .unknown }
    let name = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<place])
    if unsafe name.elementsEqual("UTC".utf8) || name.elementsEqual("GMT".utf8) {
      date.zone = .utc
    } else {
      date.zoneName = start..<place
    }
    return nil
  }
}

extension ByteBuffer {
  /// Appends a number with zeros before it.
  fileprivate mutating func append(digits value: Int, _ count: Int) {
    var scale = 1
    for _ in 1..<count { scale *= 10 }
    while scale > 0 {
      append(UInt8(truncatingIfNeeded: value / scale % 10) &+ 0x30)
      scale /= 10
    }
  }
}
