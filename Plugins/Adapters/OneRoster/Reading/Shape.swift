internal import AdapterKit
internal import CAdapterABI

/// Tests of the form of a cell, over bytes; the loops over rows call them.
enum Shape {
  /// Whether a text is `-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?` and not out of range.
  static func isNumber(_ text: Text) -> Bool {
    let count = text.count
    var index = 0
    if count > 0, text[0] == UInt8(ascii: "-") { index = 1 }
    let whole = index
    while index < count, isDigit(text[index]) { index &+= 1 }
    let digits = index - whole
    guard digits > 0, digits < 300 else { return false }
    if index == count { return true }
    if text[index] == UInt8(ascii: ".") {
      index += 1
      let fraction = index
      while index < count, isDigit(text[index]) { index &+= 1 }
      guard index > fraction else { return false }
      if index == count { return true }
    }
    guard text[index] | 0x20 == UInt8(ascii: "e") else { return false }
    index += 1
    if index < count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
      index += 1
    }
    guard index < count, count - index <= 3 else { return false }
    var exponent = 0
    while index < count, isDigit(text[index]) {
      exponent = exponent * 10 + Int(text[index] - 48)
      index += 1
    }
    return index == count && exponent + digits <= 308
  }

  /// Whether a text is a day that exists, `2024-02-29`.
  static func isDay(_ text: Text) -> Bool {
    text.isPlainDay || text.count == 10 && isDayText(text)
  }

  /// Whether a text is an instant, `2012-04-23T18:25:43.511Z`, with any zone.
  static func isInstant(_ text: Text) -> Bool {
    if text.isPlainInstant { return true }
    guard text.count >= 20, text[10] == UInt8(ascii: "T"), isDayText(text),
      let end = timeEnd(text, from: 11)
    else { return false }
    return isZone(text, from: end)
  }

  /// Whether a text is a day, a blank or `T`, and a time of the day with or without a zone.
  static func isLooseInstant(_ text: Text) -> Bool {
    guard text.count >= 19, isDayText(text), text[10] | 0x20 == 0x74 || text[10] == 0x20,
      let end = timeEnd(text, from: 11)
    else { return false }
    return end == text.count || isZone(text, from: end)
  }

  /// Whether a text is a year of four digits.
  static func isYear(_ text: Text) -> Bool {
    text.count == 4 && number(text, 0, 4) ?? 0 > 0
  }

  /// Whether a text has the form of a sourcedId: fewer than 256 of `0-9 a-z A-Z . - _ / @`.
  static func isGUID(_ text: Text) -> Bool {
    text.count < 256 && text.isPlainIdentifier
  }

  /// Whether a byte is an ASCII digit.
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  /// Whether a day of the Gregorian calendar exists.
  static func isDay(year: Int, month: Int, day: Int) -> Bool {
    guard year > 0, month >= 1, month <= 12, day >= 1 else { return false }
    switch month {
    case 2: return day <= (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28)
    case 4, 6, 9, 11: return day <= 30
    default: return day <= 31
    }
  }

  private static func isDayText(_ text: Text) -> Bool {
    guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = number(text, 0, 4), let month = number(text, 5, 2),
      let day = number(text, 8, 2)
    else { return false }
    return isDay(year: year, month: month, day: day)
  }

  /// The place after `HH:MM:SS` and a fraction, or `nil`.
  private static func timeEnd(_ text: Text, from start: Int) -> Int? {
    guard text.count >= start + 8, text[start + 2] == UInt8(ascii: ":"),
      text[start + 5] == UInt8(ascii: ":"),
      let hour = number(text, start, 2), hour < 24,
      let minute = number(text, start + 3, 2), minute < 60,
      let second = number(text, start + 6, 2), second < 61
    else { return nil }
    var end = start + 8
    if end < text.count, text[end] == UInt8(ascii: ".") {
      let fraction = end + 1
      end = fraction
      while end < text.count, isDigit(text[end]) { end += 1 }
      if end == fraction { return nil }
    }
    return end
  }

  private static func isZone(_ text: Text, from start: Int) -> Bool {
    let count = text.count - start
    if count == 1 { return text[start] == UInt8(ascii: "Z") }
    guard count == 6, text[start] == UInt8(ascii: "+") || text[start] == UInt8(ascii: "-"),
      text[start + 3] == UInt8(ascii: ":"),
      let hour = number(text, start + 1, 2), hour < 24,
      let minute = number(text, start + 4, 2)
    else { return false }
    return minute < 60
  }

  /// The number that so many digits are, or `nil`.
  static func number(_ text: Text, _ start: Int, _ count: Int) -> Int? {
    var value = 0
    for index in start..<start + count {
      let digit = text[index] &- 48
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}
