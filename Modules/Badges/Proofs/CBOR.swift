/// The part of CBOR (RFC 8949) that proof values are written in: definite lengths, no tags inside.
enum CBOR: Hashable {
  case number(UInt64)
  case bytes([UInt8])
  case text(String)
  case array([CBOR])
  case map([Entry])

  /// An entry of a map.
  struct Entry: Hashable {
    var key: CBOR
    var value: CBOR
  }

  /// Reads one value; `nil` where the bytes are something else, or more than one value.
  init?(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    guard let value = CBOR(&rest, depth: 0), rest.isEmpty else { return nil }
    self = value
  }

  private init?(_ rest: inout ArraySlice<UInt8>, depth: Int) {
    guard depth < 8, let head = rest.popFirst(), let count = Self.count(head & 31, &rest) else {
      return nil
    }
    switch head >> 5 {
    case 0: self = .number(count)
    case 2:
      guard count <= UInt64(rest.count) else { return nil }
      self = .bytes(Array(rest.prefix(Int(count))))
      rest.removeFirst(Int(count))
    case 3:
      guard count <= UInt64(rest.count),
        let text = String(validating: rest.prefix(Int(count)), as: UTF8.self)
      else { return nil }
      self = .text(text)
      rest.removeFirst(Int(count))
    case 4:
      // Every element has a byte at least.
      guard count <= UInt64(rest.count) else { return nil }
      var elements: [CBOR] = []
      for _ in 0..<count {
        guard let element = CBOR(&rest, depth: depth + 1) else { return nil }
        elements.append(element)
      }
      self = .array(elements)
    case 5:
      guard count <= UInt64(rest.count / 2) else { return nil }
      var entries: [Entry] = []
      for _ in 0..<count {
        guard let key = CBOR(&rest, depth: depth + 1), let value = CBOR(&rest, depth: depth + 1)
        else { return nil }
        entries.append(Entry(key: key, value: value))
      }
      self = .map(entries)
    default: return nil
    }
  }

  private static func count(_ info: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt64? {
    guard info >= 24 else { return UInt64(info) }
    guard info <= 27 else { return nil }
    let size = 1 << Int(info - 24)
    guard rest.count >= size else { return nil }
    defer { rest.removeFirst(size) }
    return rest.prefix(size).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The value in its shortest form.
  var encoded: [UInt8] {
    switch self {
    case .number(let number): Self.head(0, number)
    case .bytes(let bytes): Self.head(2, UInt64(bytes.count)) + bytes
    case .text(let text): Self.head(3, UInt64(text.utf8.count)) + Array(text.utf8)
    case .array(let elements):
      Self.head(4, UInt64(elements.count)) + elements.flatMap(\.encoded)
    case .map(let entries):
      Self.head(5, UInt64(entries.count)) + entries.flatMap { $0.key.encoded + $0.value.encoded }
    }
  }

  private static func head(_ major: UInt8, _ count: UInt64) -> [UInt8] {
    let size = count < 24 ? 0 : count < 256 ? 1 : count < 65_536 ? 2 : count < 1 << 32 ? 4 : 8
    guard size > 0 else { return [major << 5 | UInt8(count)] }
    let info = UInt8(24 + size.trailingZeroBitCount)
    return [major << 5 | info]
      + stride(from: (size - 1) * 8, through: 0, by: -8).map {
        UInt8(truncatingIfNeeded: count >> UInt64($0))
      }
  }
}
