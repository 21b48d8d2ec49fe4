internal import CScanning
internal import Records

/// Whether the bytes of a field have the form that its type asks for.
enum ValueCheck {
  /// What is wrong with a value, or `nil`.
  @inline(__always)
  static func fault(
    of bytes: UnsafeRawBufferPointer, type: RecordFieldType
  ) -> ValueFault? {
    guard unsafe isUTF8(bytes) else { return .utf8 }
    switch type {
    case .number: return unsafe isDecimal(bytes) ? nil : .number
    case .date: return unsafe isDate(bytes) ? nil : .date
    case .boolean: return unsafe isBoolean(bytes) ? nil : .boolean
    default: return nil
    }
  }

  @inline(__always)
  static func isBoolean(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == 4 || bytes.count == 5 else { return false }
    let word = unsafe UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
    if bytes.count == 4 { return word == 0x6575_7274 }
    return unsafe word == 0x736C_6166 && bytes[4] == UInt8(ascii: "e")
  }

  /// Whether the bytes are `-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
  @inline(__always)
  static func isDecimal(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    let count = bytes.count
    if unsafe count > 0 && bytes[0] == 0x2D { index = 1 }
    var digits = 0
    while index < count, unsafe bytes[index] &- 0x30 < 10 {
      index += 1
      digits += 1
    }
    guard digits > 0 else { return false }
    if index == count { return true }
    return unsafe isDecimalTail(bytes, from: index)
  }

  private static func isDecimalTail(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var index = start
    let count = bytes.count
    if unsafe bytes[index] == 0x2E {
      let first = index + 1
      index = first
      while index < count, unsafe bytes[index] &- 0x30 < 10 { index += 1 }
      guard index > first else { return false }
    }
    guard index < count else { return true }
    guard unsafe bytes[index] | 0x20 == 0x65 else { return false }
    index += 1
    if index < count, unsafe bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
    let first = index
    while index < count, unsafe bytes[index] &- 0x30 < 10 { index += 1 }
    return index > first && index == count
  }

  /// Whether the bytes are an ISO 8601 year, month, date or instant of the real calendar.
  @inline(__always)
  static func isDate(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) {
      if bytes.count == 10, unsafe cbl_plain_day(text) != 0 { return true }
      if bytes.count == 24, unsafe cbl_plain_instant(text) != 0 { return true }
    }
    return unsafe isDateSlowly(bytes)
  }

  private static func isDateSlowly(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = bytes.count
    guard count >= 4, let year = unsafe digits(bytes, 0, 4), year > 0 else { return false }
    if count == 4 { return true }
    guard count >= 7, unsafe bytes[4] == 0x2D, let month = unsafe digits(bytes, 5, 2),
      (1...12).contains(month)
    else { return false }
    if count == 7 { return true }
    guard count >= 10, unsafe bytes[7] == 0x2D, let day = unsafe digits(bytes, 8, 2), day > 0,
      day <= days(in: month, year)
    else { return false }
    return unsafe count == 10 || isTime(bytes)
  }

  private static func days(in month: Int, _ year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  private static func isTime(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = bytes.count
    guard count >= 16, unsafe bytes[10] == 0x54, unsafe bytes[13] == 0x3A,
      let hour = unsafe digits(bytes, 11, 2), let minute = unsafe digits(bytes, 14, 2),
      hour <= 24, minute < 60, hour < 24 || minute == 0
    else { return false }
    var index = 16
    if index < count, unsafe bytes[index] == 0x3A {
      guard count >= 19, let second = unsafe digits(bytes, 17, 2), second <= 60 else {
        return false
      }
      index = 19
      if index < count, unsafe bytes[index] == 0x2E || bytes[index] == 0x2C {
        index += 1
        let first = index
        while index < count, unsafe bytes[index] &- 0x30 < 10 { index += 1 }
        guard index > first else { return false }
      }
    }
    return unsafe isZone(bytes, from: index)
  }

  private static func isZone(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    let count = bytes.count
    guard start < count else { return true }
    if unsafe bytes[start] == 0x5A { return start + 1 == count }
    guard unsafe bytes[start] == 0x2B || bytes[start] == 0x2D,
      let hours = unsafe digits(bytes, start + 1, 2), hours <= 23
    else { return false }
    if start + 3 == count { return true }
    let minutesAt = unsafe bytes[start + 3] == 0x3A ? start + 4 : start + 3
    guard let minutes = unsafe digits(bytes, minutesAt, 2), minutes < 60 else { return false }
    return minutesAt + 2 == count
  }

  @inline(__always)
  private static func digits(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int? {
    guard start + count <= bytes.count else { return nil }
    var value = 0
    for index in start..<(start + count) {
      let digit = unsafe bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  /// Whether the bytes are valid UTF-8; fast for ASCII.
  @inline(__always)
  static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      return true
    }
    return unsafe cbl_high_bits(text, bytes.count) == 0 || isUTF8Slowly(bytes)
  }

  private static func isUTF8Slowly(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < bytes.count {
      let first = unsafe bytes[index]
      if first < 0x80 {
        index += 1
        continue
      }
      let length: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch first {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, low) = (3, 0xA0)
      case 0xED: (length, high) = (3, 0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, low) = (4, 0x90)
      case 0xF4: (length, high) = (4, 0x8F)
      case 0xF1...0xF3: length = 4
      default: return false
      }
      guard index + length <= bytes.count else { return false }
      for offset in 1..<length {
        let byte = unsafe bytes[index + offset]
        let isFirst = offset == 1
        guard byte >= (isFirst ? low : 0x80), byte <= (isFirst ? high : 0xBF) else { return false }
      }
      index += length
    }
    return true
  }
}

/// A column of cells whose values have a form.
@safe
struct FormedColumn {
  private let cells: UnsafeRawPointer
  private let count: Int
  private let stride: Int

  /// - Parameter cells: The first row's cell: the address of the bytes, then their count.
  init(cells: UnsafeRawPointer, count: Int, stride: Int) {
    unsafe self.cells = unsafe cells
    self.count = count
    self.stride = stride
  }

  /// Whether a value that is there lacks the form of its type.
  func hasFault(_ type: RecordFieldType) -> Bool {
    switch type {
    case .number: unsafe hasFault { unsafe ValueCheck.isDecimal($0) }
    case .date: unsafe hasFault { unsafe ValueCheck.isDate($0) }
    case .boolean: unsafe hasFault { unsafe ValueCheck.isBoolean($0) }
    default: false
    }
  }

  @inline(__always)
  private func hasFault(_ isRight: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    for row in 0..<count {
      let cell = unsafe cells + row &* stride
      let bytes = unsafe UnsafeRawBufferPointer(
        start: cell.load(as: UnsafeRawPointer?.self),
        count: cell.load(fromByteOffset: 8, as: Int.self))
      if bytes.count > 0, unsafe !isRight(bytes) { return true }
    }
    return false
  }
}

/// What is wrong with a value.
enum ValueFault: String {
  case utf8 = "record.invalid_utf8"
  case number = "record.not_a_number"
  case date = "record.not_a_date"
  case boolean = "record.not_a_boolean"

  /// What was expected.
  var expectation: String {
    switch self {
    case .utf8: "is not valid UTF-8"
    case .number: "is not a decimal number such as 85 or 3.5"
    case .date: "is not a date such as 2025-09-30 or 2025-09-30T14:05:00Z"
    case .boolean: "is neither true nor false"
    }
  }
}
