internal import CScanning

/// An index of the whole lines in one chunk of newline-delimited JSON.
///
/// Lines end with a line feed, before which a carriage return is left out. The index points into
/// the chunk, whose bytes must stay alive and unmoved while lines are read; its own memory is
/// reused from chunk to chunk.
@safe
public struct NDJSONIndex: ~Copyable {
  private struct Line {
    var start: UInt32
    var end: UInt32
  }

  private let lineBytes: Int
  private var base: UnsafePointer<UInt8>?
  private var lines: [Line] = []
  private var linesBefore: UInt64 = 0
  private var lastIsOpen = false

  /// An index at the start of a text.
  ///
  /// - Parameter lineBytes: The largest line that is read.
  public init(lineBytes: Int = 32 << 20) {
    self.lineBytes = lineBytes
  }

  /// Cuts bytes into lines.
  ///
  /// - Parameters:
  ///   - bytes: The chunk, less than 4 GiB; it begins where a line begins.
  ///   - isFinal: Whether the input ends with these bytes.
  /// - Returns: How many bytes the whole lines take; the rest begins the next chunk.
  /// - Throws: ``ScanningError`` when a line passes the limit.
  /// - Complexity: O(*n*).
  public mutating func scan(
    _ bytes: UnsafeRawBufferPointer, isFinal: Bool
  ) throws(ScanningError) -> Int {
    precondition(bytes.count < Int(UInt32.max), "a chunk has less than 4 GiB")
    linesBefore += UInt64(lines.count)
    lines.removeAll(keepingCapacity: true)
    lastIsOpen = false
    unsafe base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    guard let base = unsafe base else { return 0 }
    let count = bytes.count
    var start = 0
    while start < count {
      let end = unsafe Int(cbl_find(base, Int64(start), Int64(count), 0x0A))
      guard end - start <= lineBytes else {
        throw ScanningError(
          .limit, "this line is larger than \(lineBytes) bytes",
          line: linesBefore + UInt64(lines.count) + 1, column: 1)
      }
      guard end < count || isFinal else { return start }
      lastIsOpen = end == count
      let hasReturn = unsafe end > start && base[end - 1] == 0x0D
      lines.append(
        Line(
          start: UInt32(truncatingIfNeeded: start),
          end: UInt32(truncatingIfNeeded: hasReturn ? end - 1 : end)))
      start = min(end + 1, count)
    }
    return count
  }

  /// The number of whole lines in the chunk.
  public var lineCount: Int { lines.count }

  /// A line without its end; valid until the next scan.
  public func line(_ index: Int) -> UnsafeRawBufferPointer {
    let line = lines[index]
    return unsafe UnsafeRawBufferPointer(
      start: base.map { unsafe $0 + Int(line.start) }, count: Int(line.end - line.start))
  }

  /// The number of a line in the whole text, from 1.
  public func number(of index: Int) -> UInt64 { linesBefore + UInt64(index) + 1 }

  /// Whether a line holds nothing but blanks and tabs.
  public func isBlank(_ index: Int) -> Bool {
    unsafe line(index).allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  /// Whether a line has a line end.
  ///
  /// The last line may have none. When it also is no whole JSON value, the input was cut.
  public func hasLineEnd(_ index: Int) -> Bool { !(lastIsOpen && index == lines.count - 1) }
}
