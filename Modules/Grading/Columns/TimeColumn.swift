import Domain

/// Dates and moments as seconds, with their precision and offset as a number.
///
/// A row takes 10 bytes; parts of seconds are kept aside for the rows that have them.
struct TimeColumn: Sendable {
  /// What a date says of itself beside its seconds.
  private struct Form: Hashable {
    var precision: PartialDate.Precision
    var offsetMinutes: Int?
  }

  /// Seconds from 1970 to the date as written, whatever its offset.
  private(set) var seconds: [Int64] = []
  private(set) var forms: [UInt16] = []
  private(set) var fractions: [UInt32: Int32] = [:]
  private var known: [Form] = []
  private var numbers: [Form: UInt16] = [:]
  private var last: (form: Form, number: UInt16)?

  /// Stands for a row without a date.
  static let none = UInt16.max

  mutating func reserve(_ count: Int) {
    seconds.reserveCapacity(count)
    forms.reserveCapacity(count)
  }

  mutating func removeAll() {
    seconds.removeAll(keepingCapacity: true)
    forms.removeAll(keepingCapacity: true)
    fractions.removeAll(keepingCapacity: true)
  }

  mutating func append(_ date: PartialDate?) {
    guard let date else {
      seconds.append(0)
      forms.append(Self.none)
      return
    }
    if date.nanoseconds != 0 { fractions[UInt32(seconds.count)] = date.nanoseconds }
    seconds.append(Int64(date.firstDay.daysSince1970) * 86_400 + Int64(date.secondOfDay))
    forms.append(
      number(of: Form(precision: date.precision, offsetMinutes: date.offsetMinutes)))
  }

  /// Adds a moment in UTC.
  mutating func append(utc moment: Int64, precision: PartialDate.Precision) {
    seconds.append(moment)
    forms.append(
      number(of: Form(precision: precision, offsetMinutes: precision > .day ? 0 : nil)))
  }

  /// Adds a moment in UTC, to the nanosecond.
  mutating func append(_ moment: Instant) {
    if moment.nanoseconds != 0 { fractions[UInt32(seconds.count)] = moment.nanoseconds }
    append(
      utc: moment.secondsSince1970, precision: moment.nanoseconds == 0 ? .second : .fraction)
  }

  // There are 6 precisions and 2,162 offsets, so the numbers always fit.
  private mutating func number(of form: Form) -> UInt16 {
    if let last, last.form == form { return last.number }
    let number = numbers[form] ?? UInt16(known.count)
    if Int(number) == known.count {
      known.append(form)
      numbers[form] = number
    }
    last = (form, number)
    return number
  }

  /// The date of a row, as its source wrote it but for the text.
  func date(at row: Int) -> PartialDate? {
    guard forms[row] != Self.none else { return nil }
    let form = known[Int(forms[row])]
    let days = Int(seconds[row]).flooredQuotient(86_400)
    guard let day = CalendarDate(daysSince1970: days) else { return nil }
    let parts = day.parts
    let second = Int(seconds[row]) - days * 86_400
    let precision = form.precision
    let date = try? PartialDate(
      year: parts.year, month: precision >= .month ? parts.month : nil,
      day: precision >= .day ? parts.day : nil, hour: precision >= .minute ? second / 3_600 : nil,
      minute: precision >= .minute ? second / 60 % 60 : nil,
      second: precision >= .second ? second % 60 : nil,
      nanoseconds: precision >= .fraction ? fractions[UInt32(row)] ?? 0 : nil,
      offsetMinutes: form.offsetMinutes, source: "")
    return date.flatMap { PartialDate($0.isoText) }
  }

  /// Appends the ISO 8601 text of a row, as `PartialDate.isoText` writes it.
  func append(_ row: Int, to bytes: inout [UInt8]) {
    let form = known[Int(forms[row])]
    let days = Int(seconds[row]).flooredQuotient(86_400)
    let second = Int(seconds[row]) - days * 86_400
    guard let parts = CalendarDate(daysSince1970: days)?.parts else { return }
    Self.append(parts.year, 4, to: &bytes)
    guard form.precision >= .month else { return }
    bytes.append(UInt8(ascii: "-"))
    Self.append(parts.month, 2, to: &bytes)
    guard form.precision >= .day else { return }
    bytes.append(UInt8(ascii: "-"))
    Self.append(parts.day, 2, to: &bytes)
    guard form.precision >= .minute else { return }
    bytes.append(UInt8(ascii: "T"))
    Self.append(second / 3_600, 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.append(second / 60 % 60, 2, to: &bytes)
    if form.precision >= .second {
      bytes.append(UInt8(ascii: ":"))
      Self.append(second % 60, 2, to: &bytes)
    }
    if form.precision == .fraction {
      bytes.append(UInt8(ascii: "."))
      var (rest, width) = (Int(fractions[UInt32(row)] ?? 0), 9)
      while width > 1, rest % 10 == 0 { (rest, width) = (rest / 10, width - 1) }
      Self.append(rest, width, to: &bytes)
    }
    guard let offset = form.offsetMinutes else { return }
    guard offset != 0 else { return bytes.append(UInt8(ascii: "Z")) }
    bytes.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    Self.append(abs(offset) / 60, 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Self.append(abs(offset) % 60, 2, to: &bytes)
  }

  /// Appends a number that is not negative, with zeros in front.
  private static func append(_ number: Int, _ width: Int, to bytes: inout [UInt8]) {
    var power = 1
    for _ in 1..<width { power *= 10 }
    while power > 0 {
      bytes.append(0x30 &+ UInt8(truncatingIfNeeded: number / power % 10))
      power /= 10
    }
  }

  /// Seconds to take from each form, for a policy's offset.
  func shifts(offsetMinutes: Int) -> [Int64] {
    known.map { Int64($0.offsetMinutes ?? offsetMinutes) * 60 }
  }
}

extension Int {
  /// The quotient rounded down, also below zero.
  func flooredQuotient(_ divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
