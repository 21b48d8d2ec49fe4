internal import Catalogs

/// Takes files apart that have one JSON text a line.
enum JSONLines {
  /// The lines of a file that begins with a whole object and goes on after it; `nil` for others.
  static func values(
    of text: ArraySlice<UInt8>, file: String?, isForced: Bool
  ) throws(CatalogsError) -> [JSONValue]? {
    let isBlank = { (line: ArraySlice<UInt8>) in line.allSatisfy { $0 <= 0x20 } }
    guard let start = text.firstIndex(where: { $0 > 0x20 }) else { return nil }
    if !isForced {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.endIndex
      let first = text[start..<end]
      guard !isBlank(text[end...]), first.last(where: { $0 > 0x20 }) == UInt8(ascii: "}"),
        (try? JSONValue(parsing: first, line: 1, file: file)) != nil
      else { return nil }
    }
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    var values: [JSONValue] = []
    for (index, line) in lines.enumerated() where !isBlank(line) {
      values.append(try JSONValue(parsing: line, line: index + 1, file: file))
    }
    return values
  }
}
