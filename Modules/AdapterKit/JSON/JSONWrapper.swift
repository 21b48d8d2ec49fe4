/// An object around an array of values, as web services answer: `{"statements": [...], "more": ""}`.
public enum JSONWrapper {
  /// Where the array of a name opens, when a text begins with an object that has it.
  ///
  /// Members before it may be texts only.
  ///
  /// - Parameters:
  ///   - text: The first bytes.
  ///   - name: The name of the member.
  /// - Returns: The place of the bracket, or `nil`.
  public static func opening(of text: UnsafeRawBufferPointer, named name: String) -> Int? {
    var at = unsafe blanks(text, from: 0)
    guard unsafe at < text.count && text[at] == UInt8(ascii: "{") else { return nil }
    while true {
      at = unsafe blanks(text, from: at + 1)
      guard let keyEnd = unsafe stringEnd(text, from: at) else { return nil }
      let isNamed = unsafe text[(at + 1)..<(keyEnd - 1)].elementsEqual(name.utf8)
      at = unsafe blanks(text, from: keyEnd)
      guard unsafe at < text.count && text[at] == UInt8(ascii: ":") else { return nil }
      at = unsafe blanks(text, from: at + 1)
      guard at < text.count else { return nil }
      if isNamed { return unsafe text[at] == UInt8(ascii: "[") ? at : nil }
      guard let valueEnd = unsafe stringEnd(text, from: at) else { return nil }
      at = unsafe blanks(text, from: valueEnd)
      guard unsafe at < text.count && text[at] == UInt8(ascii: ",") else { return nil }
    }
  }

  /// Whether what follows the array ends the object.
  static func isClosed(by rest: UnsafeRawBufferPointer) -> Bool {
    let first = unsafe blanks(rest, from: 0)
    guard let last = unsafe rest.lastIndex(where: { !isBlank($0) }), first <= last else {
      return false
    }
    guard unsafe rest[last] == UInt8(ascii: "}") else { return false }
    return unsafe first == last || rest[first] == UInt8(ascii: ",")
  }

  /// The place after a string that begins at a place, or `nil` when none does.
  private static func stringEnd(_ text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard unsafe start < text.count && text[start] == UInt8(ascii: "\"") else { return nil }
    var at = start + 1
    while at < text.count {
      let byte = unsafe text[at]
      if byte == UInt8(ascii: "\"") { return at + 1 }
      at += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private static func blanks(_ text: UnsafeRawBufferPointer, from start: Int) -> Int {
    var at = start
    while at < text.count, unsafe isBlank(text[at]) { at += 1 }
    return at
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
