internal import AdapterKit
internal import Scanning

/// How a row is written: as a line of a table or as an object.
struct RowStyle {
  let isJSON: Bool

  /// Appends a value with the quotes that it needs.
  @inline(__always)
  func append(_ value: UnsafeRawBufferPointer, to buffer: inout ByteBuffer) {
    if isJSON {
      unsafe JSONText.append(value, to: &buffer)
    } else {
      unsafe buffer.appendCSV(value)
    }
  }

  /// Appends a number; as text where JSON would not take it as one.
  @inline(__always)
  func append(number value: UnsafeRawBufferPointer, to buffer: inout ByteBuffer) {
    if isJSON, unsafe !JSONText.isNumber(value) {
      unsafe JSONText.append(value, to: &buffer)
    } else {
      unsafe buffer.append(value)
    }
  }
}

/// Texts that stay until the end, as they are written in a row.
struct PieceStore: ~Copyable {
  private var memory = ByteBuffer(capacity: 4_096)
  private var ends: [Int] = [0]

  /// Keeps a text and gives its number, from 0.
  mutating func add(_ text: Text, style: RowStyle) -> UInt32 {
    unsafe style.append(text.rawBytes, to: &memory)
    ends.append(memory.count)
    return UInt32(ends.count - 2)
  }

  /// Keeps a number's text.
  mutating func add(number text: Text, style: RowStyle) -> UInt32 {
    unsafe style.append(number: text.rawBytes, to: &memory)
    ends.append(memory.count)
    return UInt32(ends.count - 2)
  }

  /// The piece of an identifier; kept once when the host numbered it.
  mutating func shared(
    _ text: Text, _ number: UInt32, in known: inout [UInt32], style: RowStyle
  ) -> UInt32 {
    guard !text.isEmpty else { return nothing }
    guard number != nothing else { return add(text, style: style) }
    while known.count <= Int(number) { known.append(nothing) }
    if known[Int(number)] == nothing { known[Int(number)] = add(text, style: style) }
    return known[Int(number)]
  }

  /// Appends a kept text to a row.
  @inline(__always)
  func append(_ piece: UInt32, to buffer: inout ByteBuffer) {
    let start = ends[Int(piece)]
    let end = ends[Int(piece) &+ 1]
    unsafe buffer.append(UnsafeRawBufferPointer(rebasing: memory.bytes[start..<end]))
  }
}
