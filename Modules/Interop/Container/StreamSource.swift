import Synchronization

/// Standard input or a named pipe: read once, unless it was kept in a temporary file.
final class StreamSource: Sendable {
  private struct State {
    var head: [UInt8] = []
    var isAtEnd = false
    var isTaken = false
    var kept: OpenFile?
  }

  private let descriptor: Int32
  private let owner: OpenFile?
  let place: String
  // Guards the bytes read ahead and who reads on; readers themselves run outside of it.
  private let state = Mutex(State())

  /// - Parameter owner: Closes the descriptor at the end; standard input stays open.
  init(descriptor: Int32, owner: OpenFile?, place: String) {
    self.descriptor = descriptor
    self.owner = owner
    self.place = place
  }

  /// The first bytes, which stay in place for the reader.
  func head(_ count: Int) throws(InteropError) -> [UInt8] {
    try state.withLock { (state) throws(InteropError) in
      if let kept = state.kept {
        return try System.bytes(of: kept, from: 0, count: count)
      }
      guard !state.isTaken else { throw taken }
      try fill(&state, count)
      return Array(state.head.prefix(count))
    }
  }

  /// The temporary file that the stream was moved to, if it was.
  var kept: OpenFile? { state.withLock { $0.kept } }

  /// A reader from the first byte on; only one unless the stream was kept.
  func input() throws(InteropError) -> any MemberInput {
    try state.withLock { (state) throws(InteropError) in
      if let kept = state.kept { return FileInput(kept) }
      guard !state.isTaken else { throw taken }
      state.isTaken = true
      let head = state.head
      state.head = []
      return StreamInput(source: self, descriptor: descriptor, head: head)
    }
  }

  /// Moves the whole stream to a temporary file without a name.
  @discardableResult
  func keep() throws(InteropError) -> OpenFile {
    try state.withLock { (state) throws(InteropError) in
      if let kept = state.kept { return kept }
      guard !state.isTaken else { throw taken }
      let temporary = try SpoolFile.anonymous(in: nil)
      var isDone = false
      defer { if !isDone { System.close(temporary) } }
      var chunk = [UInt8](repeating: 0, count: 262_144)
      var bytes = state.head
      while !bytes.isEmpty {
        try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(InteropError) in
          try unsafe System.write(
            temporary, UnsafeRawBufferPointer(buffer), place: "temporary file")
        }
        let count = try unsafe chunk.withUnsafeMutableBufferPointer {
          (buffer) throws(InteropError) in
          try unsafe System.read(
            descriptor, into: UnsafeMutableRawBufferPointer(buffer), place: place)
        }
        bytes = Array(chunk[..<count])
      }
      guard let status = System.status(of: temporary) else {
        throw .reading(place, System.lastError)
      }
      let kept = OpenFile(
        descriptor: temporary, place: place, path: nil, identity: FileIdentity(status))
      isDone = true
      state.isTaken = true
      state.head = []
      state.kept = kept
      return kept
    }
  }

  private func fill(_ state: inout State, _ count: Int) throws(InteropError) {
    guard state.head.count < count, !state.isAtEnd else { return }
    var rest = [UInt8](repeating: 0, count: count - state.head.count)
    let got = try unsafe rest.withUnsafeMutableBufferPointer { (buffer) throws(InteropError) in
      try unsafe System.read(
        descriptor, into: UnsafeMutableRawBufferPointer(buffer), place: place)
    }
    if got < rest.count { state.isAtEnd = true }
    state.head.append(contentsOf: rest[..<got])
  }

  private var taken: InteropError {
    InteropError(
      .unreadable,
      "this input can be read only once; save it to a file and name the file instead",
      place: place)
  }
}

/// The bytes read ahead, then the stream itself.
private final class StreamInput: MemberInput {
  private let source: StreamSource
  private let descriptor: Int32
  private var head: [UInt8]
  private var used = 0

  init(source: StreamSource, descriptor: Int32, head: [UInt8]) {
    self.source = source
    self.descriptor = descriptor
    self.head = head
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InteropError) -> Int {
    let count = min(buffer.count, head.count - used)
    if count > 0 {
      unsafe buffer.copyBytes(from: head[used..<(used + count)])
      used += count
      if used == head.count {
        head = []
        used = 0
      }
    }
    guard count < buffer.count else { return count }
    let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
    return try unsafe count + System.read(descriptor, into: rest, place: source.place)
  }
}

extension System {
  /// Some bytes of a file, fewer when it ends before.
  static func bytes(of file: OpenFile, from: Int, count: Int) throws(InteropError) -> [UInt8] {
    // A file that is smaller than the count needs no buffer of its size.
    let available = max(0, min(count, Int(file.identity.size) - from))
    var bytes = [UInt8](repeating: 0, count: available)
    let got = try unsafe bytes.withUnsafeMutableBufferPointer { (buffer) throws(InteropError) in
      try unsafe read(
        file.descriptor, into: UnsafeMutableRawBufferPointer(buffer), at: from,
        place: file.place)
    }
    bytes.removeLast(available - got)
    return bytes
  }
}
