import Scanning

/// What the reader makes of a text is what the plain reader makes of it; lines and elements of an
/// array are found in pieces of any size.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (choice, bytes) = unsafe input(start, count)
  let expected = JSONScalarOracle.tokens(of: bytes)
  must(jsonTokens(bytes) == expected, "the tokens differ")
  must(jsonIsSoundBySkipping(bytes) == (expected != nil), "skipping is not as strict as reading")
  if let elements = arrayElements(bytes, step: step(choice)) {
    let joined = Array("[".utf8) + Array(elements.joined(separator: [0x2C])) + Array("]".utf8)
    // Elements are not checked by the splitter, so only sound texts can be compared.
    if expected != nil { must(JSONScalarOracle.tokens(of: joined) == expected, "elements differ") }
  } else if expected?.first?.kind == .beginArray {
    must(false, "a sound array was not split")
  }
  let whole = jsonLines(bytes, step: 1 << 20)
  must(jsonLines(bytes, step: step(choice)) == whole, "lines depend on the pieces")
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

private func arrayElements(_ bytes: [UInt8], step: Int) -> [[UInt8]]? {
  var splitter = JSONArraySplitter()
  var elements: [[UInt8]] = []
  var (start, end) = (0, 0)
  do throws(ScanningError) {
    while end < bytes.count {
      end = min(bytes.count, end + step)
      let piece = bytes[start..<end]
      start += try alone(piece) { chunk throws(ScanningError) in
        let used = try unsafe splitter.scan(chunk)
        for index in 0..<splitter.elementCount {
          unsafe elements.append(Array(splitter.element(index)))
        }
        return used
      }
    }
    try splitter.finish()
    return elements
  } catch {
    return nil
  }
}

private func jsonLines(_ bytes: [UInt8], step: Int) -> [[UInt8]] {
  var index = NDJSONIndex()
  var lines: [[UInt8]] = []
  var (start, end) = (0, 0)
  while end < bytes.count {
    end = min(bytes.count, end + step)
    let isFinal = end == bytes.count
    start += alone(bytes[start..<end]) { chunk in
      let used = (try? unsafe index.scan(chunk, isFinal: isFinal)) ?? 0
      for line in 0..<index.lineCount {
        must(index.number(of: line) == UInt64(lines.count + 1), "a line number is wrong")
        unsafe lines.append(Array(index.line(line)))
      }
      return used
    }
  }
  must(start == bytes.count, "bytes are left at the end")
  return lines
}
