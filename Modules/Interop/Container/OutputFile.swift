#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A descriptor with a buffer in front of it; every write is checked.
final class OutputFile {
  static let bufferBytes = 262_144

  let place: String
  /// Whether bytes that are written already can be replaced.
  let canReplace: Bool
  /// The number of bytes written, in the buffer too.
  private(set) var count = 0

  private let buffer: WriteBuffer
  private var descriptor: Int32
  private let isOwner: Bool

  /// - Parameters:
  ///   - isOwner: Whether the descriptor is closed at the end.
  ///   - buffer: An empty buffer to use, when one is at hand.
  init(
    descriptor: Int32, place: String, isOwner: Bool, canReplace: Bool, buffer: WriteBuffer? = nil
  ) {
    self.buffer = buffer ?? WriteBuffer(capacity: Self.bufferBytes)
    self.descriptor = descriptor
    self.place = place
    self.isOwner = isOwner
    self.canReplace = canReplace
  }

  deinit {
    if isOwner, descriptor >= 0 { System.close(descriptor) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(InteropError) {
    count += bytes.count
    try unsafe buffer.append(bytes) { (full) throws(InteropError) in
      try unsafe System.write(descriptor, full, place: place)
    }
  }

  func write(_ bytes: [UInt8]) throws(InteropError) {
    try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(InteropError) in
      try unsafe write(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Lets `fill` put bytes straight into the buffer and say how many.
  func fill(
    _ fill: (UnsafeMutableRawBufferPointer) throws(InteropError) -> Int
  ) throws(InteropError) {
    if unsafe buffer.free.isEmpty { try flush() }
    let added = try unsafe fill(buffer.free)
    buffer.advance(by: added)
    count += added
  }

  func flush() throws(InteropError) {
    try unsafe buffer.flush { (full) throws(InteropError) in
      try unsafe System.write(descriptor, full, place: place)
    }
  }

  /// Replaces bytes that were written before.
  func replace(at position: Int, with bytes: [UInt8]) throws(InteropError) {
    precondition(canReplace && position + bytes.count <= count)
    let written = count - buffer.count
    let outside = max(0, min(bytes.count, written - position))
    if outside > 0 {
      try unsafe bytes.withUnsafeBufferPointer { (all) throws(InteropError) in
        let part = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(all)[..<outside])
        try unsafe System.write(descriptor, part, at: position, place: place)
      }
    }
    for index in outside..<bytes.count {
      buffer.replace(at: position + index - written, with: bytes[index])
    }
  }

  /// Writes all bytes so far to another file; this one must have been opened for reading too.
  func copy(to other: OutputFile) throws(InteropError) {
    try flush()
    var position = 0
    while position < count {
      try unsafe other.fill { (free) throws(InteropError) in
        let added = try unsafe System.read(descriptor, into: free, at: position, place: place)
        guard added > 0 else { throw .reading(place, EIO) }
        position += added
        return added
      }
    }
  }

  /// Writes out the buffer and closes the descriptor, if it is ours.
  func finish(synchronizes: Bool) throws(InteropError) {
    try flush()
    guard isOwner else { return }
    if synchronizes { try System.synchronize(descriptor, place: place) }
    let closing = descriptor
    descriptor = -1
    try System.closeChecked(closing, place: place)
  }
}

extension System {
  /// Closes a descriptor and reports what could not be written until now.
  static func closeChecked(_ descriptor: Int32, place: String) throws(InteropError) {
    #if canImport(Glibc)
      let result = Glibc.close(descriptor)
    #elseif canImport(Musl)
      let result = Musl.close(descriptor)
    #else
      let result = Darwin.close(descriptor)
    #endif
    // After an interruption the descriptor is closed all the same.
    guard result == 0 || errno == EINTR else { throw .writing(place, errno) }
  }

  /// Whether a folder lies at the path, through links.
  static func isFolder(_ path: String) -> Bool {
    guard let status = status(at: path, followLinks: true) else { return false }
    return FileType(status) == .folder
  }
}
