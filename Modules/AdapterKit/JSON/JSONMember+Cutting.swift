internal import CAdapterABI
internal import Scanning

// Where lines and values begin and end.
extension JSONMember {
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  mutating func cutLines() -> Int {
    let bytes = unsafe text.bytes
    var start = 0
    while start < bytes.count {
      let end = unsafe Self.find(0x0A, in: bytes, from: start)
      guard end < bytes.count || text.isFinal else { break }
      var last = end
      var lineEnd = CSVLineEnd.none
      if end < bytes.count {
        lineEnd = .lf
        if last > start, unsafe bytes[last - 1] == 0x0D {
          lineEnd = .crlf
          last -= 1
        }
      }
      entries.append(
        Entry(start: start, count: last - start, line: line, gap: 0, lineEnd: lineEnd))
      line += 1
      start = end + 1
    }
    return min(start, bytes.count)
  }

  static func find(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    let pattern = 0x0101_0101_0101_0101 &* UInt64(byte)
    var at = start
    while at &+ 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ pattern
      let hits = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if hits != 0 { return at &+ UInt64(littleEndian: hits).trailingZeroBitCount >> 3 }
      at &+= 8
    }
    while at < bytes.count, unsafe bytes[at] != byte { at &+= 1 }
    return at
  }

  mutating func cutValues() throws(AdapterError) -> Int {
    let bytes = unsafe text.bytes
    var previous = 0
    var at = 0
    while true {
      let isOpening = form == .array && !hasValues && entries.isEmpty
      var mark = false
      if isOpening, at == 0, let wrappedAt {
        for index in 0..<wrappedAt where unsafe bytes[index] == 0x0A { line += 1 }
        at = wrappedAt
      }
      while at < bytes.count {
        let byte = unsafe bytes[at]
        if byte == 0x0A { line += 1 }
        if !Self.isBlank(byte) {
          guard form == .array, !mark, byte == (isOpening ? 0x5B : 0x2C) else { break }
          mark = true
        }
        at += 1
      }
      guard at < bytes.count else { break }
      if form == .array, unsafe bytes[at] == 0x5D {
        try unsafe checkEnd(bytes, at, mayEnd: isOpening ? mark : !mark)
        return previous
      }
      guard form == .values || mark else {
        throw AdapterError(
          badData: problem("json.malformed", "a comma or the end of the array was expected"))
      }
      guard var end = unsafe jsonValueEnd(bytes, from: at, isFinal: text.isFinal) else {
        if text.isFinal {
          throw AdapterError(
            badData: problem("json.truncated", "the file ends in the middle of a value"))
        }
        break
      }
      // A comma or bracket where no array is open is no value, but it must be passed.
      if form == .values, end == at { end += 1 }
      entries.append(
        Entry(start: at, count: end - at, line: line, gap: at - previous, lineEnd: .none))
      line += unsafe Self.lineCount(UnsafeRawBufferPointer(rebasing: bytes[at..<end]))
      previous = end
      at = end
    }
    if text.isFinal, form == .array {
      throw AdapterError(
        badData: problem("json.truncated", "the file ends before the array does"))
    }
    // Lines of the rest are counted again with the next chunk.
    for index in previous..<at where unsafe bytes[index] == 0x0A { line -= 1 }
    return previous
  }

  /// The number of line ends in bytes.
  private static func lineCount(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lines: UInt64 = 0
    var place = unsafe find(0x0A, in: bytes, from: 0)
    while place < bytes.count {
      lines += 1
      place = unsafe find(0x0A, in: bytes, from: place + 1)
    }
    return lines
  }

  private mutating func checkEnd(
    _ bytes: UnsafeRawBufferPointer, _ bracket: Int, mayEnd: Bool
  ) throws(AdapterError) {
    guard mayEnd else {
      throw AdapterError(badData: problem("json.malformed", "a value must follow a comma"))
    }
    if wrappedAt != nil {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[(bracket + 1)...])
      guard unsafe !text.isFinal || JSONWrapper.isClosed(by: rest) else {
        throw AdapterError(
          badData: problem("json.truncated", "the object around the array does not end after it"))
      }
      return
    }
    for index in bracket + 1..<max(bytes.count, bracket + 1) {
      guard unsafe Self.isBlank(bytes[index]) else {
        throw AdapterError(
          badData: problem("json.malformed", "nothing may follow the end of the array"))
      }
    }
  }

  func problem(_ code: String, _ message: String) -> RecordProblem {
    RecordProblem(.fatal, code, message, member: name, line: line)
  }
}
