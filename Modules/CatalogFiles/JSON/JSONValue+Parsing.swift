public import Catalogs
internal import Domain
internal import Scanning

extension JSONValue {
  /// Reads a JSON text: UTF-8 or UTF-16, with or without a byte order mark.
  ///
  /// At most 512 objects and lists may be inside each other. Nothing recurses.
  ///
  /// - Parameters:
  ///   - bytes: The whole text.
  ///   - file: The name of the file, for errors.
  /// - Throws: `CatalogsError` for text that is not JSON.
  /// - Complexity: O(*n*).
  public init(parsing bytes: [UInt8], file: String? = nil) throws(CatalogsError) {
    try self.init(parsing: CatalogText.utf8(bytes, file: file), line: 1, file: file)
  }

  /// Reads a JSON text that is UTF-8 without a byte order mark.
  ///
  /// - Parameters:
  ///   - text: The whole text.
  ///   - line: The number of its first line.
  ///   - file: The name of the file, for errors.
  init(parsing text: ArraySlice<UInt8>, line: Int, file: String?) throws(CatalogsError) {
    guard text.count < Int(UInt32.max) else {
      throw CatalogsError(
        .limit, "The file has \(text.count) bytes; less than 4 GiB are read. Split it.",
        at: Place(file: file))
    }
    let result: Result<JSONValue, ScanningError> = unsafe text.withUnsafeBytes { buffer in
      do throws(ScanningError) {
        var tree = JSONTree(line: UInt32(clamping: line))
        return .success(try unsafe tree.parse(buffer))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let value): self = value
    case .failure(let error): throw CatalogText.error(error, "JSON", file: file)
    }
  }
}

/// Builds a tree from tokens, with a stack of its own.
private struct JSONTree {
  private struct Open {
    var isObject: Bool
    var line: UInt32
    var column: UInt32
    var members: [JSONObject.Member] = []
    var elements: [JSONValue] = []
    var name = ""
  }

  private var stack: [Open] = []
  private var names = [String](repeating: "", count: 256)
  // Lines are counted along the way: asking the reader costs the whole text before the place.
  private var line: UInt32
  private let firstLine: UInt32
  private var lineStart = 0
  private var counted = 0

  init(line: UInt32) {
    self.line = line
    firstLine = line
  }

  mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(ScanningError) -> JSONValue {
    var reader = JSONReader(limits: CatalogText.limits)
    try unsafe reader.open(bytes, line: UInt64(firstLine))
    var result = JSONValue.null
    while true {
      let value: JSONValue
      switch try reader.next() {
      case .beginObject, .beginArray:
        let place = reader.offset
        unsafe count(to: place, in: bytes)
        let isObject = unsafe bytes[place] == UInt8(ascii: "{")
        stack.append(
          Open(
            isObject: isObject, line: line,
            column: UInt32(truncatingIfNeeded: place - lineStart + 1)))
        continue
      case .endObject, .endArray:
        guard let open = stack.popLast() else { continue }
        value =
          open.isObject
          ? .object(JSONObject(unique: open.members, line: open.line, column: open.column))
          : .array(open.elements)
      case .key:
        if let top = stack.indices.last { stack[top].name = name(of: reader) }
        continue
      case .string: value = .string(CatalogText.string(reader))
      case .number: value = unsafe .number(String(decoding: reader.text, as: UTF8.self))
      case .true: value = .boolean(true)
      case .false: value = .boolean(false)
      case .null: value = .null
      case .end: return result
      }
      if let top = stack.indices.last {
        if stack[top].isObject {
          stack[top].members.append(JSONObject.Member(stack[top].name, value))
        } else {
          stack[top].elements.append(value)
        }
      } else {
        result = value
      }
    }
  }

  /// The name of a member. Long names repeat in every object and share their memory.
  private mutating func name(of reader: borrowing JSONReader) -> String {
    let bytes = unsafe reader.text
    // Names of up to 15 bytes need no memory of their own.
    guard bytes.count > 15, !reader.hasEscapes else { return CatalogText.string(reader) }
    let slot = unsafe Int(truncatingIfNeeded: hash64(bytes)) & (names.count - 1)
    let isKnown = unsafe names[slot].utf8.withContiguousStorageIfAvailable { known in
      unsafe known.elementsEqual(bytes)
    }
    if isKnown != true { unsafe names[slot] = String(decoding: bytes, as: UTF8.self) }
    return names[slot]
  }

  private mutating func count(to place: Int, in bytes: UnsafeRawBufferPointer) {
    while counted < place {
      if unsafe bytes[counted] == 0x0A {
        line &+= 1
        lineStart = counted + 1
      }
      counted += 1
    }
  }
}
