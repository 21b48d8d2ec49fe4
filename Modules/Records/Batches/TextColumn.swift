/// A column of texts in one block of memory.
///
/// A text costs its bytes and four more. Texts are appended and never changed.
public struct TextColumn: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  /// An empty column.
  public init() {}

  /// The number of texts.
  public var count: Int { ends.count }

  /// Appends a text.
  ///
  /// - Precondition: The column stays below 4 GiB.
  /// - Complexity: O(*n*), amortised.
  public mutating func append(_ text: UnsafeRawBufferPointer) {
    unsafe bytes.append(contentsOf: text)
    precondition(bytes.count <= Int(UInt32.max), "a text column holds at most 4 GiB")
    ends.append(UInt32(bytes.count))
  }

  /// A text as a string of its own; invalid UTF-8 is repaired.
  public subscript(index: Int) -> String {
    String(decoding: bytes[range(index)], as: UTF8.self)
  }

  /// The bytes of a text.
  public func utf8(_ index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

  private func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }
}
