/// What is wrong with the escapes of a string, by its place in the string.
struct JSONEscapeFault {
  var place: Int
  var message: StaticString
}

/// Checks the escapes of a string; `nil` when all are right.
func faultyEscape(in text: UnsafeRawBufferPointer) -> JSONEscapeFault? {
  var place = 0
  let count = text.count
  while place < count {
    guard unsafe text[place] == 0x5C else {
      place += 1
      continue
    }
    // A string never ends with an open escape: its quote would have been escaped.
    guard place + 1 < count else {
      return JSONEscapeFault(place: place, message: "an escape is cut")
    }
    switch unsafe text[place + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74:
      place += 2
    case 0x75:
      guard let unit = unsafe hexUnit(text, at: place + 2) else {
        return JSONEscapeFault(place: place, message: "\\u needs four hexadecimal digits")
      }
      if unit & 0xF800 == 0xD800 {
        guard unit < 0xDC00, unsafe lowSurrogate(text, at: place + 6) != nil else {
          return JSONEscapeFault(
            place: place, message: "half of a surrogate pair stands alone in an escape")
        }
        place += 6
      }
      place += 6
    default:
      return JSONEscapeFault(place: place, message: "this escape is not part of JSON")
    }
  }
  return nil
}

/// Appends a string with its escapes resolved; the escapes were checked before.
func appendUnescaped(_ text: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
  var place = 0
  let count = text.count
  while place < count {
    let byte = unsafe text[place]
    guard byte == 0x5C, place + 1 < count else {
      output.append(byte)
      place += 1
      continue
    }
    let escape = unsafe text[place + 1]
    place += 2
    switch escape {
    case 0x62: output.append(0x08)
    case 0x66: output.append(0x0C)
    case 0x6E: output.append(0x0A)
    case 0x72: output.append(0x0D)
    case 0x74: output.append(0x09)
    case 0x75:
      let unit = unsafe hexUnit(text, at: place) ?? 0xFFFD
      place += 4
      if unit & 0xFC00 == 0xD800, let low = unsafe lowSurrogate(text, at: place) {
        place += 6
        output.append(scalar: 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF)
      } else {
        output.append(scalar: unit)
      }
    default: output.append(escape)
    }
  }
}

/// The second half of a pair at a place.
private func lowSurrogate(_ text: UnsafeRawBufferPointer, at place: Int) -> UInt32? {
  guard unsafe place + 6 <= text.count && text[place] == 0x5C && text[place + 1] == 0x75,
    let unit = unsafe hexUnit(text, at: place + 2), unit & 0xFC00 == 0xDC00
  else { return nil }
  return unit
}

/// The number of four hexadecimal digits at a place.
private func hexUnit(_ text: UnsafeRawBufferPointer, at start: Int) -> UInt32? {
  guard start + 4 <= text.count else { return nil }
  var unit: UInt32 = 0
  for place in start..<start + 4 {
    let byte = unsafe text[place]
    switch byte {
    case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
    case 0x41...0x46, 0x61...0x66: unit = unit << 4 | UInt32((byte | 0x20) - 0x57)
    default: return nil
    }
  }
  return unit
}

/// The end of a JSON number that starts at a place, or `nil` when there is none.
func jsonNumberEnd(_ text: UnsafeRawBufferPointer, from start: Int) -> Int? {
  let count = text.count
  var place = start
  if unsafe place < count && text[place] == 0x2D { place += 1 }
  let first = place
  place = unsafe endOfDigits(text, from: place)
  guard place > first, unsafe place == first + 1 || text[first] != 0x30 else { return nil }
  if unsafe place < count && text[place] == 0x2E {
    let end = unsafe endOfDigits(text, from: place + 1)
    guard end > place + 1 else { return nil }
    place = end
  }
  if unsafe place < count && text[place] | 0x20 == 0x65 {
    place += 1
    if unsafe place < count && (text[place] == 0x2B || text[place] == 0x2D) { place += 1 }
    let end = unsafe endOfDigits(text, from: place)
    guard end > place else { return nil }
    place = end
  }
  return place
}

extension ByteBuffer {
  /// Appends bytes as a JSON string, with quotes and escapes.
  ///
  /// - Parameter text: Valid UTF-8; it is copied as it is but for quotes, backslashes and control
  ///   characters.
  /// - Complexity: O(*n*), eight bytes at a time where nothing is escaped.
  public mutating func appendJSON(_ text: UnsafeRawBufferPointer) {
    reserve(text.count + 2)
    append(0x22)
    var start = 0
    var place = 0
    while place < text.count {
      if place + 8 <= text.count,
        unsafe !mayNeedEscape(text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      {
        place += 8
        continue
      }
      let byte = unsafe text[place]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C {
        unsafe append(UnsafeRawBufferPointer(rebasing: text[start..<place]))
        appendEscape(of: byte)
        start = place + 1
      }
      place += 1
    }
    unsafe append(UnsafeRawBufferPointer(rebasing: text[start...]))
    append(0x22)
  }

  private mutating func appendEscape(of byte: UInt8) {
    append(0x5C)
    switch byte {
    case 0x22, 0x5C: append(byte)
    case 0x08: append(0x62)
    case 0x09: append(0x74)
    case 0x0A: append(0x6E)
    case 0x0C: append(0x66)
    case 0x0D: append(0x72)
    default:
      append("u00")
      append(0x30 + byte >> 4)
      append(byte & 15 < 10 ? 0x30 + byte & 15 : 0x57 + byte & 15)
    }
  }

  @inline(__always)
  private func mayNeedEscape(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let backslashes = word ^ (ones &* 0x5C)
    let found =
      ((word &- (ones &* 0x20)) & ~word) | ((quotes &- ones) & ~quotes)
      | ((backslashes &- ones) & ~backslashes)
    return found & (ones &* 0x80) != 0
  }
}
