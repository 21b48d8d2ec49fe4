internal import AdapterHost
internal import Records

/// Numbers that are kept with a row.
struct RowNumbers {
  var group = UInt32.max
  var item = UInt32.max
  var person = UInt32.max
  /// Which fields were left out because their numbers say what they are.
  var restored: UInt32 = 0
}

/// Rows as bytes, for spools: numbers, an origin, then a length and bytes for each field.
///
/// The lengths are variable: 0 is absent, else one more than the count.
@safe
final class RowEncoder {
  private(set) var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    unsafe memory = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit {
    unsafe memory.deallocate()
  }

  var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: memory, count: count)
  }

  func removeAll() { count = 0 }

  private func reserve(_ room: Int) {
    guard count + room > capacity else { return }
    capacity = max(capacity * 2, count + room)
    let bigger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    unsafe bigger.copyMemory(from: memory, byteCount: count)
    unsafe memory.deallocate()
    unsafe memory = bigger
  }

  /// Appends a row.
  ///
  /// - Parameters:
  ///   - kept: The fields that are kept, a bit each; others come back absent.
  ///   - numbers: What is kept with the row.
  func append(
    _ row: Int, of batch: HostBatch, fields: Int, kept: UInt64, input: Int, numbers: RowNumbers
  ) {
    var room = RowDecoder.header + fields * 5
    for field in 0..<fields where kept & (1 << UInt64(field)) != 0 {
      room += unsafe batch.text(field, of: row).count
    }
    reserve(room)
    let start = count
    unsafe (memory + start + 4).storeBytes(of: numbers, as: RowNumbers.self)
    let origin = start + 4 + MemoryLayout<RowNumbers>.size
    unsafe (memory + origin).copyMemory(from: batch.rows + row * batch.stride, byteCount: 16)
    if input > 0 {
      let member = RowOrigin.member(batch.member(of: row), of: input)
      unsafe (memory + origin + 8).storeBytes(
        of: UInt32(truncatingIfNeeded: member), as: UInt32.self)
    }
    var at = start + RowDecoder.header
    for field in 0..<fields {
      guard kept & (1 << UInt64(field)) != 0 else {
        unsafe memory.storeBytes(of: 0, toByteOffset: at, as: UInt8.self)
        at += 1
        continue
      }
      let text = unsafe batch.text(field, of: row)
      var length = unsafe text.baseAddress == nil ? 0 : text.count + 1
      while length >= 0x80 {
        unsafe memory.storeBytes(
          of: UInt8(truncatingIfNeeded: length) | 0x80, toByteOffset: at, as: UInt8.self)
        length >>= 7
        at += 1
      }
      unsafe memory.storeBytes(of: UInt8(length), toByteOffset: at, as: UInt8.self)
      at += 1
      if text.count > 0, let base = text.baseAddress {
        unsafe (memory + at).copyMemory(from: base, byteCount: text.count)
        at += text.count
      }
    }
    unsafe (memory + start).storeBytes(of: UInt32(at - start), as: UInt32.self)
    count = at
  }
}

/// The member of a row together with its input, in one number.
enum RowOrigin {
  private static let shift = 20

  /// The number of a member of an input.
  static func member(_ member: Int, of input: Int) -> Int {
    (member & (1 << shift - 1)) | input << shift
  }

  /// The input and the member of a number.
  static func split(_ number: Int) -> (input: Int, member: Int) {
    (number >> shift, number & (1 << shift - 1))
  }
}

/// Reads rows back.
enum RowDecoder {
  /// Bytes before the fields: a size, the numbers, the origin.
  static let header = 4 + MemoryLayout<RowNumbers>.size + 16

  /// The byte count of the row at a place, or `nil` when it is not all there.
  static func size(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int? {
    guard offset + 4 <= bytes.count else { return nil }
    let size = Int(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    return offset + size <= bytes.count ? size : nil
  }

  /// The numbers that were kept with the row.
  static func numbers(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> RowNumbers {
    unsafe bytes.loadUnaligned(fromByteOffset: offset + 4, as: RowNumbers.self)
  }

  /// Fills a row whose texts point into the bytes.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, fields: Int,
    into row: UnsafeMutableRawPointer
  ) {
    guard let base = bytes.baseAddress else { return }
    unsafe row.copyMemory(from: base + offset + header - 16, byteCount: 16)
    var at = offset + header
    for field in 0..<fields {
      var length = 0
      var shift = 0
      while true {
        let byte = unsafe bytes[at]
        at += 1
        length |= Int(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      let cell = unsafe row + 16 + field * 16
      if length == 0 {
        unsafe cell.storeBytes(of: nil, as: UnsafeRawPointer?.self)
        unsafe cell.storeBytes(of: 0, toByteOffset: 8, as: Int.self)
      } else {
        unsafe cell.storeBytes(of: base + at, as: UnsafeRawPointer?.self)
        unsafe cell.storeBytes(of: length - 1, toByteOffset: 8, as: Int.self)
        at += length - 1
      }
    }
  }
}
