/// The name of a file without folders and extension.
func baseName(_ name: String) -> String {
  var bytes = Array(name.utf8)
  if let slash = bytes.lastIndex(of: UInt8(ascii: "/")) { bytes.removeSubrange(...slash) }
  if let point = bytes.lastIndex(of: UInt8(ascii: ".")), point > 0 {
    bytes.removeSubrange(point...)
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// Names of members, each given once, also on file systems that ignore capitals.
struct MemberNames {
  private var taken: Set<String> = []

  /// Keeps a name from being given.
  mutating func take(_ name: String) { taken.insert(name.lowercased()) }

  /// A name that any file system takes; what it does not take becomes `_`.
  ///
  /// - Returns: The name with its extension, and whether it is the text itself.
  mutating func make(
    _ text: String, extension suffix: String, otherwise: String
  ) -> (name: String, isExact: Bool) {
    var bytes: [UInt8] = []
    for byte in text.utf8.prefix(150) {
      let isForbidden = byte < 0x20 || byte == 0x7F || "/\\:*?\"<>|".utf8.contains(byte)
      bytes.append(isForbidden ? UInt8(ascii: "_") : byte)
    }
    while let last = bytes.last, last == 0x20 || last == 0x2E { bytes.removeLast() }
    while let first = bytes.first, first == 0x20 || first == 0x2E { bytes.removeFirst() }
    // A cut in the middle of a character leaves bytes that are no text.
    while let last = bytes.last, last >= 0x80, String(validating: bytes, as: UTF8.self) == nil {
      bytes.removeLast()
    }
    let base = bytes.isEmpty ? otherwise : String(decoding: bytes, as: UTF8.self)
    var name = base + suffix
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = "\(base)-\(number)\(suffix)"
      number += 1
    }
    return (name, name.utf8.elementsEqual((text + suffix).utf8))
  }
}
