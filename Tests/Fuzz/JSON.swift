import Scanning

/// What the reader makes of a text is what the plain reader makes of it, and lines that match the
/// layout of others are sound.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (_, bytes) = unsafe input(start, count)
  let expected = JSONScalarOracle.tokens(of: bytes)
  must(jsonTokens(bytes) == expected, "the tokens differ")
  must(jsonIsSoundBySkipping(bytes) == (expected != nil), "skipping is not as strict as reading")
  checkLayouts(bytes)
  var output = ByteBuffer()
  if String(validating: bytes, as: UTF8.self) != nil {
    unsafe bytes.withUnsafeBytes { text in unsafe output.appendJSON(text) }
    let token = JSONScalarOracle.Token(.string, bytes)
    must(unsafe jsonTokens(Array(output.bytes)) == [token], "a written string comes back")
  }
  return 0
}

private func jsonTokens(_ bytes: [UInt8]) -> [JSONScalarOracle.Token]? {
  alone(bytes[...]) { text in
    var tokens: [JSONScalarOracle.Token] = []
    do throws(ScanningError) {
      var reader = try unsafe JSONReader(text)
      while true {
        let kind = try reader.next()
        var value = ByteBuffer()
        switch kind {
        case .end: return tokens
        case .key, .string, .number, .true, .false, .null: reader.unescapedString(into: &value)
        default: break
        }
        unsafe tokens.append(JSONScalarOracle.Token(kind, Array(value.bytes)))
      }
    } catch {
      must(error.line >= 1 && error.column >= 1, "an error without a place")
      return nil
    }
  }
}

/// Lines that match the layout of lines before them are sound.
private func checkLayouts(_ bytes: [UInt8]) {
  var layouts = JSONLayouts()
  for line in bytes.split(separator: 0x0A).prefix(16) {
    alone(line) { text in
      if let (_, length) = unsafe layouts.match(text) {
        let matched = Array(line.prefix(length))
        must(JSONScalarOracle.tokens(of: matched) != nil, "what matched is not sound")
        return
      }
      var reader = JSONReader()
      do throws(ScanningError) {
        try unsafe reader.open(text, traces: true)
        try reader.skipValue()
        try reader.finish()
        _ = unsafe layouts.learn(text, scalars: reader.scalars)
      } catch {
        layouts.miss()
      }
    }
  }
}

private func jsonIsSoundBySkipping(_ bytes: [UInt8]) -> Bool {
  alone(bytes[...]) { text in
    do throws(ScanningError) {
      var reader = try unsafe JSONReader(text)
      guard try unsafe reader.rawValue() != nil else { return false }
      return try reader.next() == .end
    } catch {
      return false
    }
  }
}
