extension DocumentValue {
  /// The text of RFC 8785: no blanks, members sorted by UTF-16 code units, shortest numbers.
  ///
  /// Equal values have the same text, so that its hash names the value.
  ///
  /// - Complexity: O(*n* log *n*) in the size of the value.
  public var canonicalText: String {
    var bytes: [UInt8] = []
    appendCanonical(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The SHA-256 hash of ``canonicalText``.
  public var digest: SHA256.Digest {
    var bytes: [UInt8] = []
    appendCanonical(to: &bytes)
    return SHA256.hash(bytes)
  }

  private func appendCanonical(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += Array("null".utf8)
    case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
    case .number(let number): bytes += Array(number.ecmaScriptText.utf8)
    case .string(let text): DocumentValue.appendCanonical(text, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.appendCanonical(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      // What was read from canonical text is in order already.
      let isSorted = members.indices.dropFirst().allSatisfy {
        DocumentValue.precedes(members[$0 - 1].name, members[$0].name)
      }
      let sorted =
        isSorted ? members : members.sorted { DocumentValue.precedes($0.name, $1.name) }
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in sorted.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        DocumentValue.appendCanonical(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.appendCanonical(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Whether a name comes first by its UTF-16 code units.
  package static func precedes(_ left: Identifier, _ right: Identifier) -> Bool {
    // Below U+E000 bytes have the same order as code units, and are there without conversion.
    let isPlain = left.utf8.allSatisfy { $0 < 0xEE } && right.utf8.allSatisfy { $0 < 0xEE }
    return isPlain
      ? left < right : left.text.utf16.lexicographicallyPrecedes(right.text.utf16)
  }

  /// Appends a text in quotes, as RFC 8785 writes it.
  package static func appendCanonical(_ text: Identifier, to bytes: inout [UInt8]) {
    appendCanonical(text.utf8, to: &bytes)
  }

  /// Appends a text in quotes, as RFC 8785 writes it.
  ///
  /// - Parameters:
  ///   - text: The bytes of the text, which are UTF-8.
  ///   - bytes: What is appended to.
  package static func appendCanonical(utf8 text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    appendCanonical(text, to: &bytes)
  }

  private static func appendCanonical(
    _ text: some Collection<UInt8>, to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "\""))
    // Most texts have nothing to escape.
    if text.contains(where: isEscaped) {
      for byte in text { appendEscaped(byte, to: &bytes) }
    } else {
      bytes.append(contentsOf: text)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func appendEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case 0x08: bytes += Array("\\b".utf8)
    case 0x09: bytes += Array("\\t".utf8)
    case 0x0A: bytes += Array("\\n".utf8)
    case 0x0C: bytes += Array("\\f".utf8)
    case 0x0D: bytes += Array("\\r".utf8)
    case 0..<0x20:
      bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: bytes.append(byte)
    }
  }
}

extension ExactDecimal {
  /// Whether a reader that keeps numbers as IEEE doubles gives the same number back.
  ///
  /// Up to 15 digits always survive (IEEE 754-2008, 5.12.2), and whole numbers to 2^53.
  package var survivesBinaryReaders: Bool {
    if places == 0, unscaled.magnitude <= 9_007_199_254_740_992 { return true }
    return significantDigits.utf8.count <= 15
  }

  private var significantDigits: String {
    let digits = unscaled.magnitude.description
    let zeros = digits.utf8.reversed().prefix { $0 == UInt8(ascii: "0") }.count
    return String(digits.dropLast(zeros))
  }

  /// The text that ECMAScript, and with it RFC 8785, gives such a number.
  var ecmaScriptText: String {
    guard !isZero else { return "0" }
    let digits = significantDigits
    // The point stands after this many digits (`n` in ECMA-262, Number::toString).
    let point = unscaled.magnitude.description.utf8.count - places
    guard !(-5...21).contains(point) else { return description }
    let first = digits.prefix(1)
    let rest = digits.dropFirst()
    let sign = isNegative ? "-" : ""
    let exponent = point - 1
    return "\(sign)\(first)\(rest.isEmpty ? "" : ".")\(rest)e\(exponent < 0 ? "" : "+")\(exponent)"
  }
}
