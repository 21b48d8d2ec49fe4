/// A sequence of bytes that is read from front to end.
protocol MemberInput: AnyObject {
  /// Fills `buffer` unless the end comes first, and gives the number of bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InteropError) -> Int
}

// Unchecked: the reader cannot be copied, owns its input alone, and every access is exclusive.

/// A member of a container that is read from front to end.
///
/// Reading costs one system call for each buffer of a plain file; there is no other copy of the
/// bytes. Checksums, sizes and changes of the file are checked at the end, so whoever trusts the
/// bytes reads until ``read(into:)`` gives 0.
///
/// The reader has one owner and may be handed to another thread.
public struct MemberReader: ~Copyable, @unchecked Sendable {
  private let input: any MemberInput

  init(_ input: any MemberInput) {
    self.input = input
  }

  /// Fills a buffer with the next bytes.
  ///
  /// Short reads and interruptions are handled: less than a full buffer means that the end follows.
  ///
  /// - Parameter buffer: The memory to fill; 64 to 256 KiB is fastest.
  /// - Returns: The number of bytes; 0 only at the end or for an empty buffer.
  /// - Throws: ``InteropError`` when reading fails, an archive is damaged or the input changed.
  public mutating func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InteropError) -> Int {
    guard unsafe !buffer.isEmpty else { return 0 }
    return try unsafe input.read(into: buffer)
  }

  /// The rest of the member, for members that are known to be small.
  ///
  /// - Parameter limit: The most bytes to take.
  /// - Returns: The bytes up to the end of the member.
  /// - Throws: ``InteropError`` with `limit` when the member is larger, or as ``read(into:)``.
  public mutating func readAll(upTo limit: Int) throws(InteropError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try unsafe chunk.withUnsafeMutableBufferPointer {
        (buffer) throws(InteropError) in
        try unsafe input.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > limit {
        throw InteropError(.limit, "the member is larger than the \(limit) bytes allowed here")
      }
    }
  }
}

/// A regular file, or a part of one, read by offset so that several readers can share it.
final class FileInput: MemberInput {
  private let file: OpenFile
  private var offset: Int
  private let end: Int
  private let isWholeFile: Bool

  /// Reads a whole file and checks at the end that it did not change.
  init(_ file: OpenFile) {
    self.file = file
    offset = 0
    end = Int(file.identity.size)
    isWholeFile = true
  }

  /// Reads a part of a file without any check; it may end early when the file shrank.
  init(_ file: OpenFile, part: Range<Int>) {
    self.file = file
    offset = part.lowerBound
    end = part.upperBound
    isWholeFile = false
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InteropError) -> Int {
    // A whole file is read past its noted end, because it may have grown.
    let wanted = isWholeFile ? buffer.count : min(buffer.count, end - offset)
    guard wanted > 0 else { return 0 }
    let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
    let count = try unsafe System.read(file.descriptor, into: part, at: offset, place: file.place)
    offset += count
    if isWholeFile, offset > end { throw .changed(file.place) }
    // A short read is the end for whoever reads, who may never ask again.
    if isWholeFile, count < wanted {
      guard offset == end else { throw .changed(file.place) }
      try file.checkUnchanged()
    }
    return count
  }
}
