internal import Domain
internal import Scanning

extension JSONNode {
  /// What a reader accepts at most, so that hostile input costs little.
  public struct Limits: Hashable, Sendable {
    /// How many bytes the text may have.
    public var bytes: Int
    /// How many arrays and objects may lie in each other, at most 512.
    public var depth: Int

    /// Creates limits.
    public init(bytes: Int = 16 << 20, depth: Int = 64) {
      self.bytes = bytes
      self.depth = depth
    }
  }

  /// Reads one strict JSON text (RFC 8259) in UTF-8.
  ///
  /// Refused are names that come twice in an object, halves of surrogate pairs, control characters,
  /// a byte order mark, bytes after the value, and what passes the limits.
  ///
  /// - Parameters:
  ///   - bytes: The whole text.
  ///   - limits: What is accepted at most.
  /// - Throws: ``LinkedDataError`` with the code `malformedJSON`, `repeatedName` or `limitExceeded`
  ///   and the line and column.
  /// - Complexity: O(*n*); nothing recurses.
  public init(reading bytes: [UInt8], limits: Limits = Limits()) throws(LinkedDataError) {
    guard bytes.count <= min(limits.bytes, Int(UInt32.max) - 1) else {
      throw LinkedDataError(
        .limitExceeded,
        "The document has \(bytes.count) bytes, at most \(limits.bytes) are read; split it.")
    }
    let result: Result<JSONNode, ScanningError> = unsafe bytes.withUnsafeBytes { buffer in
      do throws(ScanningError) {
        var reader = JSONReader(limits: JSONLimits(depth: limits.depth, numberBytes: 1_024))
        try unsafe reader.open(buffer)
        return .success(try JSONNode(reading: &reader))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let value): self = value
    case .failure(let error): throw LinkedDataError(error)
    }
  }

  /// Reads one strict JSON text.
  ///
  /// - Throws: As for bytes.
  public init(reading text: String, limits: Limits = Limits()) throws(LinkedDataError) {
    try self.init(reading: Array(text.utf8), limits: limits)
  }

  private struct Open {
    var isObject: Bool
    var offset: Int
    var members: [JSONObject.Member] = []
    var elements: [JSONNode] = []
    var name: Identifier = ""
    var nameOffset = 0
  }

  private init(reading reader: inout JSONReader) throws(ScanningError) {
    var stack: [Open] = []
    var result = JSONNode.null
    while true {
      let value: JSONNode
      switch try reader.next() {
      case .beginObject:
        stack.append(Open(isObject: true, offset: reader.offset))
        continue
      case .beginArray:
        stack.append(Open(isObject: false, offset: reader.offset))
        continue
      case .endObject, .endArray:
        guard let open = stack.popLast() else { continue }
        value =
          open.isObject
          ? .object(JSONObject(unique: open.members, offset: open.offset)) : .array(open.elements)
      case .key:
        if let top = stack.indices.last {
          stack[top].name = Self.text(reader)
          stack[top].nameOffset = reader.offset
        }
        continue
      case .string: value = .string(Self.text(reader))
      case .number: value = .number(Self.text(reader))
      case .true: value = .boolean(true)
      case .false: value = .boolean(false)
      case .null: value = .null
      case .end:
        self = result
        return
      }
      guard let top = stack.indices.last else {
        result = value
        continue
      }
      if stack[top].isObject {
        stack[top].members.append(
          JSONObject.Member(stack[top].name, value, offset: stack[top].nameOffset))
      } else {
        stack[top].elements.append(value)
      }
    }
  }

  private static func text(_ reader: borrowing JSONReader) -> Identifier {
    guard reader.hasEscapes else {
      return Identifier(unsafe String(decoding: reader.text, as: UTF8.self))
    }
    var plain = ByteBuffer()
    reader.unescapedString(into: &plain)
    return Identifier(unsafe String(decoding: plain.bytes, as: UTF8.self))
  }
}

extension LinkedDataError {
  /// The error that a fault of the scanner is.
  init(_ error: ScanningError) {
    let code: Code =
      switch error.code {
      case .limit: .limitExceeded
      case .duplicate: .repeatedName
      default: .malformedJSON
      }
    self.init(
      code, "The text is no sound JSON: \(error.message).",
      at: Place(line: Int(error.line), column: Int(error.column)))
  }
}
