#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Unchecked: the spool cannot be copied and owns its descriptor and buffer alone.

/// A temporary file without a name that is written once and then read back.
///
/// It holds what does not fit in bounded memory. The file vanishes with its owner, also when the
/// process is killed.
public struct SpoolFile: ~Copyable, @unchecked Sendable {
  private let descriptor: Int32
  private let buffer: WriteBuffer
  private var readOffset = 0

  /// The number of bytes appended so far.
  public private(set) var byteCount = 0

  /// Creates an empty spool.
  ///
  /// - Parameter folder: Where its bytes lie; without it the folder in `TMPDIR`, or `/tmp`.
  /// - Throws: ``InteropError`` when no file can be created there.
  public init(in folder: String? = nil) throws(InteropError) {
    descriptor = try Self.anonymous(in: folder)
    buffer = WriteBuffer(capacity: 262_144)
  }

  deinit {
    System.close(descriptor)
  }

  /// Adds bytes at the end.
  ///
  /// - Parameter bytes: The bytes, copied before the call returns.
  /// - Throws: ``InteropError`` when the disk is full or fails.
  public mutating func append(_ bytes: UnsafeRawBufferPointer) throws(InteropError) {
    try unsafe buffer.append(bytes) { (full) throws(InteropError) in
      try unsafe System.write(descriptor, full, place: Self.place)
    }
    byteCount += bytes.count
  }

  /// Writes out what is buffered and begins to read at the first byte.
  ///
  /// - Throws: ``InteropError`` when the disk is full or fails.
  public mutating func rewind() throws(InteropError) {
    try unsafe buffer.flush { (full) throws(InteropError) in
      try unsafe System.write(descriptor, full, place: Self.place)
    }
    readOffset = 0
  }

  /// Fills a buffer with the next bytes; call ``rewind()`` first.
  ///
  /// - Parameter buffer: The memory to fill.
  /// - Returns: The number of bytes, less than the buffer holds only at the end.
  /// - Throws: ``InteropError`` when reading fails.
  public mutating func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InteropError) -> Int {
    let count = try unsafe System.read(
      descriptor, into: buffer, at: readOffset, place: Self.place)
    readOffset += count
    return count
  }

  private static let place = "temporary file"

  /// A descriptor of a new file that has no name.
  static func anonymous(in folder: String?) throws(InteropError) -> Int32 {
    let folder = folder ?? temporaryFolder
    #if os(Linux)
      let descriptor = System.open(folder, O_RDWR | temporaryFlag, mode: 0o600)
      if descriptor >= 0 { return descriptor }
    #endif
    // Not every file system can make a file without a name; then the name goes at once.
    let path = "\(folder)/.cbl-\(getpid())-\(TemporaryName.random()).spool"
    let named = System.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
    guard named >= 0 else { throw .creating(folder, System.lastError) }
    unsafe unlink(path)
    return named
  }

  private static var temporaryFolder: String {
    guard let value = unsafe getenv("TMPDIR") else { return "/tmp" }
    let folder = unsafe String(cString: value)
    return folder.isEmpty ? "/tmp" : folder
  }

  #if os(Linux)
    // O_TMPFILE is a macro that Swift does not see: its own bit and O_DIRECTORY.
    private static let temporaryFlag = 0o20000000 | O_DIRECTORY
  #endif
}
