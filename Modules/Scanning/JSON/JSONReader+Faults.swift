// Where a reader is, and what is wrong there.
extension JSONReader {
  /// The place of the last token as an RFC 6901 pointer, such as `/result/score/0`.
  public var pointer: String {
    var path = ""
    for level in 0..<depth {
      let frame = unsafe frames + level
      if unsafe !frame.pointee.isObject {
        unsafe path += "/\(max(0, frame.pointee.count - 1))"
      } else if unsafe frame.pointee.keyEnd > 0 {
        let (start, end) = unsafe (frame.pointee.keyStart, frame.pointee.keyEnd)
        var name = ByteBuffer()
        unsafe appendUnescaped(
          UnsafeRawBufferPointer(start: base + start, count: end - start), to: &name)
        path += "/"
        for scalar in unsafe String(decoding: name.bytes, as: UTF8.self).unicodeScalars {
          switch scalar {
          case "~": path += "~0"
          case "/": path += "~1"
          default: path.unicodeScalars.append(scalar)
          }
        }
      }
    }
    return path
  }

  func position(of place: Int) -> (line: UInt64, column: UInt64) {
    var line = firstLine
    var lineStart = 0
    for index in 0..<min(place, length) where unsafe base[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    return (line, UInt64(place - lineStart + 1))
  }

  func fault(_ code: ScanningError.Code, _ message: String, at place: Int) -> ScanningError {
    let (line, column) = position(of: place)
    return ScanningError(code, message, line: line, column: column, pointer: pointer)
  }

  /// The fault that something else stands where a value comes.
  func expected(_ message: String) -> ScanningError {
    fault(.malformed, message, at: nextPlace)
  }
}
