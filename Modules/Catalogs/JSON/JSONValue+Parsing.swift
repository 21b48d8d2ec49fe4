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
  /// - Throws: ``CatalogsError`` for text that is not JSON.
  /// - Complexity: O(*n*).
  public init(parsing bytes: [UInt8], file: String? = nil) throws(CatalogsError) {
    let text = try JSONValue.plainText(bytes, file: file)
    let result: Result<JSONValue, CatalogsError> = unsafe text.withUnsafeBytes { buffer in
      do throws(ScanningError) {
        var tree = JSONTree()
        return .success(try unsafe tree.parse(buffer))
      } catch {
        return .failure(JSONValue.failure(error, file: file))
      }
    }
    self = try result.get()
  }

  /// The failure of a text that is no JSON.
  static func failure(_ error: ScanningError, file: String?) -> CatalogsError {
    let place = Place(
      file: file, line: Int(error.line), column: Int(error.column),
      pointer: error.pointer.isEmpty ? nil : error.pointer)
    let code: CatalogsError.Code =
      switch error.code {
      case .limit: .limit
      case .encoding: .encoding
      default: .malformed
      }
    return CatalogsError(code, "The file is not sound JSON: \(error.message).", at: place)
  }

  /// The text as UTF-8 without a byte order mark.
  static func plainText(
    _ bytes: [UInt8], file: String?
  ) throws(CatalogsError) -> ArraySlice<UInt8> {
    let detected = unsafe bytes.withUnsafeBytes { unsafe TextEncoding.detect($0) }
    let body = bytes.dropFirst(detected.markLength)
    switch detected.encoding {
    case .utf16LE, .utf16BE:
      let isLittle = detected.encoding == .utf16LE
      var units: [UInt16] = []
      units.reserveCapacity(body.count / 2)
      var index = body.startIndex
      while index + 1 < body.endIndex {
        let (first, second) = (UInt16(body[index]), UInt16(body[index + 1]))
        units.append(isLittle ? second << 8 | first : first << 8 | second)
        index += 2
      }
      guard body.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self)
      else {
        throw CatalogsError(
          .encoding, "The file looks like UTF-16 but is not valid; save it as UTF-8.",
          at: Place(file: file))
      }
      return Array(text.utf8)[...]
    default:
      return body
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
  // Lines are counted along the way: asking the reader costs the whole text before the place.
  private var line: UInt32 = 1
  private var lineStart = 0
  private var counted = 0

  mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(ScanningError) -> JSONValue {
    var reader = JSONReader(
      limits: JSONLimits(depth: 512, stringBytes: 16 << 20, numberBytes: 64, members: 100_000))
    try unsafe reader.open(bytes)
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
        if let top = stack.indices.last { stack[top].name = JSONTree.text(of: reader) }
        continue
      case .string: value = .string(JSONTree.text(of: reader))
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

  private static func text(of reader: borrowing JSONReader) -> String {
    guard reader.hasEscapes else { return unsafe String(decoding: reader.text, as: UTF8.self) }
    var plain = ByteBuffer()
    reader.unescapedString(into: &plain)
    return unsafe String(decoding: plain.bytes, as: UTF8.self)
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
