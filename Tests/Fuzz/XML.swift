import Scanning

/// What is read as XML is balanced, and comes back when it is written out again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (_, bytes) = unsafe input(start, count)
  guard let tokens = xmlTokens(bytes) else { return 0 }
  var output = ByteBuffer()
  for token in tokens { write(token, to: &output) }
  must(unsafe joined(xmlTokens(Array(output.bytes))) == joined(tokens), "another document")
  return 0
}

private func xmlTokens(_ bytes: [UInt8]) -> [XMLToken]? {
  alone(bytes[...]) { text in
    var tokens: [XMLToken] = []
    var open: [String] = []
    var reader = unsafe XMLReader(text)
    do throws(ScanningError) {
      while true {
        let token = try reader.next()
        switch token {
        case .startElement(let name, _): open.append(name)
        case .endElement(let name): must(open.popLast() == name, "an end tag without its start")
        case .text: must(!open.isEmpty, "text outside the root")
        case .end:
          must(open.isEmpty && !tokens.isEmpty, "the root is not closed")
          return tokens
        }
        must(reader.depth <= XMLReader.maximumDepth, "too deep")
        tokens.append(token)
      }
    } catch {
      must(error.line >= 1 && error.column >= 1, "an error without a place")
      return nil
    }
  }
}

/// The tokens with texts that follow each other made one.
private func joined(_ tokens: [XMLToken]?) -> [XMLToken]? {
  guard let tokens else { return nil }
  var result: [XMLToken] = []
  for token in tokens {
    guard case .text(let text) = token else {
      result.append(token)
      continue
    }
    guard !text.isEmpty else { continue }
    if case .text(let before)? = result.last {
      result[result.count - 1] = .text(before + text)
    } else {
      result.append(token)
    }
  }
  return result
}

private func write(_ token: XMLToken, to output: inout ByteBuffer) {
  switch token {
  case .startElement(let name, let attributes):
    output.append("<" + name)
    for attribute in attributes {
      output.append(" " + attribute.name + "=\"")
      write(attribute.value, to: &output)
      output.append("\"")
    }
    output.append(">")
  case .endElement(let name): output.append("</" + name + ">")
  case .text(let text): write(text, to: &output)
  case .end: break
  }
}

private func write(_ text: String, to output: inout ByteBuffer) {
  for scalar in text.unicodeScalars {
    let mustEscape = scalar.value < 0x20 || "<>&\"'".unicodeScalars.contains(scalar)
    if mustEscape {
      output.append("&#\(scalar.value);")
    } else {
      output.append(String(Character(scalar)))
    }
  }
}
