internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// The forms that the format wants of single values.
enum CellForm {
  /// Appends a list with commas between its elements.
  ///
  /// - Returns: Whether an element had to be changed.
  static func appendList(
    _ list: Text, _ type: CellType, encodesIdentifiers: Bool, to buffer: inout ByteBuffer
  ) -> Bool {
    var isReduced = false
    var start = 0
    for end in 0...list.count where end == list.count || list[end] == 0x1F {
      if start > 0 { buffer.append(UInt8(ascii: ",")) }
      let element = list.slice(start, end)
      start = end + 1
      if encodesIdentifiers, !Shape.isGUID(element) {
        appendIdentifier(element, to: &buffer)
        isReduced = true
      } else {
        isReduced = append(element, type, to: &buffer) || isReduced
      }
    }
    return isReduced
  }

  private static func append(
    _ element: Text, _ type: CellType, to buffer: inout ByteBuffer
  ) -> Bool {
    let isPair = type == .identifiers
    var isReduced = isPair && !element.contains(UInt8(ascii: ":"))
    if isPair { buffer.append(UInt8(ascii: "{")) }
    if isReduced { buffer.append("id:" as StaticString) }
    var start = 0
    var end = element.count
    while !isPair, start < end, element[start] == 0x20 { start += 1 }
    while !isPair, end > start, element[end - 1] == 0x20 { end -= 1 }
    if start > 0 || end < element.count { isReduced = true }
    for index in start..<end {
      let byte = element[index]
      switch byte {
      case UInt8(ascii: ",") where !isPair:
        buffer.append(UInt8(ascii: ";"))
        isReduced = true
      case UInt8(ascii: "}") where isPair:
        buffer.append(UInt8(ascii: ")"))
        isReduced = true
      default: buffer.append(byte)
      }
    }
    if isPair { buffer.append(UInt8(ascii: "}")) }
    return isReduced
  }

  /// Appends an identifier whose odd letters, and `@`, are `@` and two hexadecimal digits.
  static func appendIdentifier(_ text: Text, to buffer: inout ByteBuffer) {
    let digits = Array("0123456789ABCDEF".utf8)
    for index in 0..<text.count {
      let byte = text[index]
      if byte != UInt8(ascii: "@"), Shape.isGUID(text.slice(index, index + 1)) {
        buffer.append(byte)
      } else {
        buffer.append(UInt8(ascii: "@"))
        buffer.append(digits[Int(byte >> 4)])
        buffer.append(digits[Int(byte & 15)])
      }
    }
  }

  /// Appends a date that the column's type wants in another form.
  ///
  /// - Returns: How the date was reduced, or `nil` when it is written as it stands.
  static func appendDate(
    _ text: Text, _ type: CellType, to buffer: inout ByteBuffer
  ) -> Reduction? {
    switch type {
    case .date:
      if text.count > 10, Shape.isDay(text.slice(0, 10)) {
        unsafe buffer.append(text.slice(0, 10).rawBytes)
        return .day
      }
      return appendPadded(text, to: &buffer) ? .paddedDate : nil
    case .year:
      // The year in which the school year ends.
      let isSpan = text.count == 9 && Shape.isYear(text.slice(5, 9))
      guard isSpan || Shape.isDay(text) else { return nil }
      unsafe buffer.append((isSpan ? text.slice(5, 9) : text.slice(0, 4)).rawBytes)
      return .day
    default:
      guard appendPadded(text, to: &buffer) else { return nil }
      buffer.append("T00:00:00.000Z" as StaticString)
      return .paddedDate
    }
  }

  /// Appends a year or month as its first day.
  private static func appendPadded(_ text: Text, to buffer: inout ByteBuffer) -> Bool {
    guard text.count == 4 || text.count == 7, Shape.isYear(text.slice(0, 4)) else { return false }
    unsafe buffer.append(text.rawBytes)
    buffer.append(text.count == 4 ? "-01-01" as StaticString : "-01")
    return true
  }

  /// Bytes in which every line break became a blank; CR and LF together are one.
  static func withoutBreaks(_ text: Text) -> [UInt8] {
    var flat: [UInt8] = []
    flat.reserveCapacity(text.count)
    var last: UInt8 = 0
    for byte in text.array {
      if byte != 0x0A && byte != 0x0D {
        flat.append(byte)
      } else if !(byte == 0x0A && last == 0x0D) {
        flat.append(UInt8(ascii: " "))
      }
      last = byte
    }
    return flat
  }
}
