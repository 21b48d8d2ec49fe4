/// Reads JSON one byte at a time, by the grammar of RFC 8259.
///
/// It is slow and plain on purpose: what ``JSONReader`` makes of a text must be what this makes.
package struct JSONScalarOracle {
  /// A token with its value; strings have their escapes resolved.
  package struct Token: Hashable {
    /// The kind.
    package var kind: JSONToken
    /// The value of a key or string, the letters of other words.
    package var value: [UInt8]

    /// A token.
    package init(_ kind: JSONToken, _ value: [UInt8] = []) {
      self.kind = kind
      self.value = value
    }
  }

  private struct Fault: Error {}

  private let bytes: [UInt8]
  private let depthLimit: Int
  private var place = 0
  private var tokens: [Token] = []

  /// The tokens of a text, or `nil` when it is not sound.
  package static func tokens(of bytes: [UInt8], depthLimit: Int = 64) -> [Token]? {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    var oracle = JSONScalarOracle(bytes: bytes, depthLimit: depthLimit)
    do throws(Fault) {
      try oracle.value(depth: 0)
      oracle.skipBlanks()
      guard oracle.place == bytes.count else { return nil }
      return oracle.tokens
    } catch {
      return nil
    }
  }

  private init(bytes: [UInt8], depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      place += 1
    }
  }

  private mutating func take(_ byte: UInt8) throws(Fault) {
    guard next == byte else { throw Fault() }
    place += 1
  }

  private mutating func take(_ word: String, _ kind: JSONToken) throws(Fault) {
    for byte in word.utf8 { try take(byte) }
    tokens.append(Token(kind, Array(word.utf8)))
  }

  private mutating func value(depth: Int) throws(Fault) {
    skipBlanks()
    guard let byte = next else { throw Fault() }
    switch byte {
    case UInt8(ascii: "{"):
      guard depth < depthLimit else { throw Fault() }
      try object(depth: depth + 1)
    case UInt8(ascii: "["):
      guard depth < depthLimit else { throw Fault() }
      try array(depth: depth + 1)
    case UInt8(ascii: "\""): tokens.append(Token(.string, try string()))
    case UInt8(ascii: "t"): try take("true", .true)
    case UInt8(ascii: "f"): try take("false", .false)
    case UInt8(ascii: "n"): try take("null", .null)
    default: try number()
    }
  }

  private mutating func object(depth: Int) throws(Fault) {
    try take(UInt8(ascii: "{"))
    tokens.append(Token(.beginObject))
    var names: Set<[UInt8]> = []
    skipBlanks()
    if next != UInt8(ascii: "}") {
      while true {
        skipBlanks()
        let name = try string()
        guard names.insert(name).inserted else { throw Fault() }
        tokens.append(Token(.key, name))
        skipBlanks()
        try take(UInt8(ascii: ":"))
        try value(depth: depth)
        skipBlanks()
        guard next == UInt8(ascii: ",") else { break }
        place += 1
      }
    }
    try take(UInt8(ascii: "}"))
    tokens.append(Token(.endObject))
  }

  private mutating func array(depth: Int) throws(Fault) {
    try take(UInt8(ascii: "["))
    tokens.append(Token(.beginArray))
    skipBlanks()
    if next != UInt8(ascii: "]") {
      while true {
        try value(depth: depth)
        skipBlanks()
        guard next == UInt8(ascii: ",") else { break }
        place += 1
      }
    }
    try take(UInt8(ascii: "]"))
    tokens.append(Token(.endArray))
  }

  private mutating func string() throws(Fault) -> [UInt8] {
    try take(UInt8(ascii: "\""))
    var value: [UInt8] = []
    while true {
      guard let byte = next, byte >= 0x20 else { throw Fault() }
      place += 1
      if byte == UInt8(ascii: "\"") { return value }
      if byte != UInt8(ascii: "\\") {
        value.append(byte)
        continue
      }
      value += Array(String(try escape()).utf8)
    }
  }

  private mutating func escape() throws(Fault) -> Unicode.Scalar {
    guard let byte = next else { throw Fault() }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try unit()
      if let scalar = Unicode.Scalar(first) { return scalar }
      try take(UInt8(ascii: "\\"))
      try take(UInt8(ascii: "u"))
      let second = try unit()
      guard first < 0xDC00, (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) * 0x400 + second - 0xDC00)
      else { throw Fault() }
      return scalar
    default: throw Fault()
    }
  }

  private mutating func unit() throws(Fault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw Fault()
      }
      unit = unit * 16 + UInt32(digit)
      place += 1
    }
    return unit
  }

  private mutating func number() throws(Fault) {
    let start = place
    if next == UInt8(ascii: "-") { place += 1 }
    if next == UInt8(ascii: "0") { place += 1 } else { try digits() }
    if next == UInt8(ascii: ".") {
      place += 1
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      place += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
      try digits()
    }
    guard place - start <= 64 else { throw Fault() }
    tokens.append(Token(.number, Array(bytes[start..<place])))
  }

  private mutating func digits() throws(Fault) {
    let start = place
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
    guard place > start else { throw Fault() }
  }
}
