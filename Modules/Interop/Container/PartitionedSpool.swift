// Unchecked: the spool cannot be copied and owns its descriptor and buffers alone.

/// A temporary file without a name that holds several sequences of bytes side by side.
///
/// Rows are dealt out by a key and read back one part after the other, so that each part fits in
/// memory. All parts share one file, one descriptor and one buffer size; memory is the number of
/// partitions times the size of a block, and a few bytes for each block written.
public struct PartitionedSpool: ~Copyable, @unchecked Sendable {
  private struct Partition {
    let buffer: WriteBuffer
    var blocks: [Range<Int>] = []
    var byteCount = 0
  }

  private let descriptor: Int32
  private var partitions: [Partition]
  private var end = 0
  private var current: (partition: Int, block: Int, offset: Int) = (0, 0, 0)

  /// Creates empty partitions.
  ///
  /// - Parameters:
  ///   - partitionCount: The number of partitions, at least one.
  ///   - blockBytes: The bytes gathered for a partition before they are written.
  ///   - folder: Where the bytes lie; without it the folder in `TMPDIR`, or `/tmp`.
  /// - Throws: ``InteropError`` when no file can be created there.
  public init(
    partitionCount: Int, blockBytes: Int = 65_536, in folder: String? = nil
  ) throws(InteropError) {
    precondition(partitionCount > 0 && blockBytes > 0)
    descriptor = try SpoolFile.anonymous(in: folder)
    partitions = (0..<partitionCount).map { _ in
      Partition(buffer: WriteBuffer(capacity: blockBytes))
    }
  }

  deinit {
    System.close(descriptor)
  }

  /// The number of partitions.
  public var partitionCount: Int { partitions.count }

  /// The number of bytes appended to a partition.
  ///
  /// - Parameter partition: The index of the partition.
  public func byteCount(of partition: Int) -> Int { partitions[partition].byteCount }

  /// Adds bytes at the end of a partition.
  ///
  /// - Parameters:
  ///   - bytes: The bytes, copied before the call returns.
  ///   - partition: The index of the partition.
  /// - Throws: ``InteropError`` when the disk is full or fails.
  public mutating func append(
    _ bytes: UnsafeRawBufferPointer, to partition: Int
  ) throws(InteropError) {
    let buffer = partitions[partition].buffer
    try unsafe buffer.append(bytes) { (block) throws(InteropError) in
      try unsafe write(block, partition)
    }
    partitions[partition].byteCount += bytes.count
  }

  /// Begins to read a partition at its first byte; what is buffered is written out.
  ///
  /// - Parameter partition: The index of the partition.
  /// - Throws: ``InteropError`` when the disk is full or fails.
  public mutating func rewind(to partition: Int) throws(InteropError) {
    let buffer = partitions[partition].buffer
    try unsafe buffer.flush { (block) throws(InteropError) in
      try unsafe write(block, partition)
    }
    current = (partition, 0, 0)
  }

  /// Fills a buffer with the next bytes of the partition named in ``rewind(to:)``.
  ///
  /// - Parameter buffer: The memory to fill.
  /// - Returns: The number of bytes, less than the buffer holds only at the end.
  /// - Throws: ``InteropError`` when reading fails.
  public mutating func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InteropError) -> Int {
    var filled = 0
    while filled < buffer.count, current.block < partitions[current.partition].blocks.count {
      let block = partitions[current.partition].blocks[current.block]
      let wanted = min(buffer.count - filled, block.count - current.offset)
      let part = unsafe UnsafeMutableRawBufferPointer(
        rebasing: buffer[filled..<(filled + wanted)])
      let count = try unsafe System.read(
        descriptor, into: part, at: block.lowerBound + current.offset, place: Self.place)
      guard count == wanted else { throw .changed(Self.place) }
      filled += count
      current.offset += count
      if current.offset == block.count {
        current.block += 1
        current.offset = 0
      }
    }
    return filled
  }

  private static let place = "temporary file"

  private mutating func write(
    _ block: UnsafeRawBufferPointer, _ partition: Int
  ) throws(InteropError) {
    try unsafe System.write(descriptor, block, at: end, place: Self.place)
    partitions[partition].blocks.append(end..<(end + block.count))
    end += block.count
  }
}
