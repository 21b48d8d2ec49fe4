public import CAdapterABI
public import CScanning

/// Text that is borrowed for one call: UTF-8 bytes that somebody else owns.
///
/// A text is absent (the source has no such field), blank (the field is empty) or has bytes.
public typealias Text = cbl_text

extension Text {
  /// The field does not occur in the source.
  @inlinable
  public static var absent: Text { unsafe Text(bytes: nil, count: 0) }

  /// The field occurs and is empty.
  @inlinable
  public static var blank: Text { Text("") }

  /// A text over borrowed bytes; blank when there are none.
  ///
  /// The bytes must stay alive and unmoved until the batch that holds the text was put.
  @inlinable
  public init(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else {
      self = .blank
      return
    }
    unsafe self.init(bytes: start.assumingMemoryBound(to: CChar.self), count: bytes.count)
  }

  /// A text that lives as long as the program.
  @inlinable
  public init(_ literal: StaticString) {
    unsafe self.init(
      bytes: UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self),
      count: literal.utf8CodeUnitCount)
  }

  /// Whether the field does not occur in the source.
  @inlinable
  public var isAbsent: Bool { unsafe bytes == nil }

  /// Whether the field occurs and is empty.
  @inlinable
  public var isBlank: Bool { unsafe bytes != nil && count == 0 }

  /// Whether the field is absent or blank.
  @inlinable
  public var isEmpty: Bool { count == 0 }

  /// The bytes; valid as long as the text is.
  @inlinable
  public var rawBytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: bytes, count: count)
  }

  /// The text as a string of its own.
  ///
  /// - Complexity: O(*n*); allocates. Not for loops over rows.
  public var string: String { unsafe String(decoding: rawBytes, as: UTF8.self) }

  /// Whether the bytes are those of a literal.
  @inlinable
  public func equals(_ literal: StaticString) -> Bool {
    equals(Text(literal))
  }

  /// Whether the bytes are the same; absent and blank are not.
  @inlinable
  public func equals(_ other: Text) -> Bool {
    guard count == other.count else { return false }
    guard count > 0 else { return isAbsent == other.isAbsent }
    guard let left = unsafe bytes, let right = unsafe other.bytes else { return false }
    return unsafe cbl_same(
      UnsafeRawPointer(left).assumingMemoryBound(to: UInt8.self),
      UnsafeRawPointer(right).assumingMemoryBound(to: UInt8.self), count) != 0
  }

  /// Whether the text is a day such as `2025-09-28`, known at a glance; the 29th of February and
  /// other forms want a closer look.
  @inlinable
  public var isPlainDay: Bool {
    guard count == 10, let bytes = unsafe bytes else { return false }
    return unsafe cbl_plain_day(UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self)) != 0
  }

  /// Whether the text is an instant such as `2025-09-28T14:05:00.000Z`, known at a glance; other
  /// forms want a closer look.
  @inlinable
  public var isPlainInstant: Bool {
    guard count == 24, let bytes = unsafe bytes else { return false }
    return unsafe cbl_plain_instant(
      UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self)) != 0
  }

  /// Whether the text has only `0-9 a-z A-Z . - _ / @`.
  @inlinable
  public var isPlainIdentifier: Bool {
    guard let bytes = unsafe bytes else { return true }
    return unsafe cbl_is_identifier(
      UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count) != 0
  }
}
