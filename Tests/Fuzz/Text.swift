import Scanning

/// Text of any encoding becomes the same valid UTF-8 in pieces of any size, and comes back when it
/// is written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (choice, bytes) = unsafe input(start, count)
  let isValid = String(validating: bytes, as: UTF8.self) != nil
  alone(bytes[...]) { text in
    must(unsafe isValidUTF8(text) == isValid, "the library sees UTF-8 otherwise")
    _ = unsafe TextEncoding.detect(text)
    _ = unsafe hash64(text, seed: UInt64(choice))
  }
  for encoding in TextEncoding.allCases where encoding != .utf8 {
    let whole = decoded(bytes, encoding, step: 1 << 20)
    must(decoded(bytes, encoding, step: step(choice)) == whole, "the text depends on the pieces")
    guard let whole else { continue }
    must(String(validating: whole, as: UTF8.self) != nil, "the text is not UTF-8")
    var output = ByteBuffer()
    let isWhole = unsafe whole.withUnsafeBytes { utf8 in
      unsafe encode(utf8, to: encoding, into: &output)
    }
    must(unsafe isWhole && Array(output.bytes) == bytes, "the text does not come back")
  }
  return 0
}

private func decoded(_ bytes: [UInt8], _ encoding: TextEncoding, step: Int) -> [UInt8]? {
  var transcoder = Transcoder(from: encoding)
  var output = ByteBuffer()
  var (start, end) = (0, 0)
  do throws(ScanningError) {
    while end < bytes.count {
      end = min(bytes.count, end + step)
      let isFinal = end == bytes.count
      start += try alone(bytes[start..<end]) { chunk throws(ScanningError) in
        try unsafe transcoder.decode(chunk, isFinal: isFinal, into: &output)
      }
    }
  } catch {
    return nil
  }
  must(start == bytes.count, "bytes are left at the end")
  return unsafe Array(output.bytes)
}
