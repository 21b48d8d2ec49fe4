internal import AdapterKit
internal import CAdapterABI

/// Copies of texts that live as long as the keeper.
// Blocks never move and are freed by this type alone.
@safe
final class TextKeeper {
  private static let blockSize = 1 << 16

  private var blocks: [UnsafeMutableRawBufferPointer] = unsafe []
  private var used = TextKeeper.blockSize

  deinit { unsafe blocks.forEach { block in unsafe block.deallocate() } }

  /// A copy of a text; absent stays absent.
  func keep(_ text: Text) -> Text {
    guard text.count > 0 else { return text }
    if unsafe blocks.isEmpty || used + text.count > blocks[blocks.count - 1].count {
      let size = max(Self.blockSize, text.count)
      unsafe blocks.append(.allocate(byteCount: size, alignment: 16))
      used = 0
    }
    let place = unsafe UnsafeMutableRawBufferPointer(
      rebasing: blocks[blocks.count - 1][used..<used + text.count])
    unsafe place.copyMemory(from: text.rawBytes)
    used += text.count
    return unsafe Text(UnsafeRawBufferPointer(place))
  }

  /// A copy of bytes.
  func keep(_ bytes: [UInt8]) -> Text {
    guard !bytes.isEmpty else { return .blank }
    return Text.lend(bytes) { keep($0) }
  }

  /// A copy of a string.
  func keep(_ string: String) -> Text { keep(Array(string.utf8)) }

  /// A copy of a row with copies of its texts.
  func keep<Row: RecordRow>(_ row: Row, of kind: cbl_kind) -> Row {
    var copy = row
    guard let info = unsafe cbl_kind_table(kind.rawValue) else { return copy }
    for field in 0..<Int(unsafe info.pointee.field_count) {
      let offset = Column.offset(of: field)
      unsafe withUnsafeMutableBytes(of: &copy) { bytes in
        let text = unsafe bytes.load(fromByteOffset: offset, as: Text.self)
        unsafe bytes.storeBytes(of: keep(text), toByteOffset: offset, as: Text.self)
      }
    }
    return copy
  }
}
