public import CAdapterABI

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
    let left = unsafe rawBytes
    let right = unsafe other.rawBytes
    var index = 0
    while index &+ 8 <= count {
      let one = unsafe left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let two = unsafe right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if one != two { return false }
      index &+= 8
    }
    while index < count {
      if unsafe left[index] != right[index] { return false }
      index &+= 1
    }
    return true
  }
}
