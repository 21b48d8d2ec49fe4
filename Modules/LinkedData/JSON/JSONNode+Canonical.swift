internal import Domain

extension JSONNode {
  /// The text of RFC 8785 (JCS): no blanks, members sorted by UTF-16 code units, shortest numbers.
  ///
  /// - Returns: UTF-8.
  /// - Throws: ``LinkedDataError`` with the code `malformedJSON` for a number that is infinite as a
  ///   double.
  /// - Complexity: O(*n* log *n*).
  public func canonicalBytes() throws(LinkedDataError) -> [UInt8] {
    var bytes: [UInt8] = []
    try appendCanonical(to: &bytes)
    return bytes
  }

  /// The value as compact JSON text in UTF-8, with members and numbers as they are.
  ///
  /// - Complexity: O(*n*).
  public func compactBytes() -> [UInt8] {
    var bytes: [UInt8] = []
    appendCompact(to: &bytes)
    return bytes
  }

  private func appendCanonical(to bytes: inout [UInt8]) throws(LinkedDataError) {
    switch self {
    case .number(let text):
      guard let number = JSONNumber.ecmaScript(text.text) else {
        throw LinkedDataError(
          .malformedJSON, "The number \(text) is too large for a double; write it as text.")
      }
      bytes += number
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        try element.appendCanonical(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      let sorted = object.members.sorted { DocumentValue.precedes($0.name, $1.name) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        DocumentValue.appendCanonical(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        try member.value.appendCanonical(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    default: appendCompact(to: &bytes)
    }
  }

  private func appendCompact(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .boolean(let value): bytes += (value ? "true" : "false").utf8
    case .number(let text): bytes += text.utf8
    case .string(let text): DocumentValue.appendCanonical(text, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.appendCompact(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        DocumentValue.appendCanonical(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.appendCompact(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
