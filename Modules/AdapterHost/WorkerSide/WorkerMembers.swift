#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The members of an input, as a worker gets them: asked for, or read from a lent file.
final class WorkerMembers: MemberSource {
  private let link: WorkerLink
  private let progress: WorkerListener
  private let members: [(name: String, byteCount: UInt64?)]
  /// The open member, when it is a lent file, and how far it was read.
  private var file: Int32?
  private var offset: Int64 = 0

  init(
    _ link: WorkerLink, _ members: [(name: String, byteCount: UInt64?)], _ progress: WorkerListener
  ) {
    self.link = link
    self.members = members
    self.progress = progress
  }

  deinit { closeFile() }

  var memberCount: Int { members.count }

  func memberName(_ index: Int) -> String { members[index].name }

  func memberByteCount(_ index: Int) -> UInt64? { members[index].byteCount }

  func copyHead(of index: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let wanted = min(buffer.count, 65_536)
    link.output.begin(.wantsHead)
    link.output.append(UInt32(index))
    link.output.append(UInt32(wanted))
    link.output.end()
    return try unsafe takeGiven(into: buffer)
  }

  func openMember(_ index: Int) throws {
    closeFile()
    link.output.begin(.wantsMember)
    link.output.append(UInt32(index))
    link.output.end()
    let (type, _) = link.receive()
    if type == .lent { file = link.takeFile() }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var done = 0
    while done < buffer.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = try unsafe readSome(into: rest)
      if count == 0 { break }
      done += count
    }
    return done
  }

  private func readSome(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if let file {
      let count = unsafe pread(file, buffer.baseAddress, buffer.count, off_t(offset))
      if count < 0, errno == EINTR { return try unsafe readSome(into: buffer) }
      guard count >= 0 else {
        throw AdapterHostError(
          .inputOutput, "a member cannot be read: " + (unsafe String(cString: strerror(errno))),
          adapter: "")
      }
      offset += Int64(count)
      progress.lentBytes(count)
      return count
    }
    let wanted = min(buffer.count, FrameLimit.wantedBytes)
    link.output.begin(.wantsBytes)
    link.output.append(UInt32(wanted))
    link.output.end()
    return try unsafe takeGiven(into: buffer)
  }

  private func takeGiven(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var (type, frame) = link.receive()
    guard type == .given else { throw FrameFault(reason: "the host gives \(type)") }
    let bytes = unsafe try frame.counted()
    guard bytes.count <= buffer.count else { throw FrameFault(reason: "the host gives too much") }
    unsafe buffer.copyMemory(from: bytes)
    return bytes.count
  }

  private func closeFile() {
    if let file { close(file) }
    file = nil
    offset = 0
  }
}

/// The members of an output, as a worker gives them.
final class WorkerOutput: MemberTarget {
  private let link: WorkerLink
  private var pending: [UInt8] = []
  /// Bytes that were given.
  private(set) var count: UInt64 = 0

  private static let block = 1 << 18

  init(_ link: WorkerLink) {
    self.link = link
    pending.reserveCapacity(Self.block)
  }

  func beginMember(_ name: String) throws {
    link.output.begin(.beginMember)
    link.output.append(name)
    link.output.end()
    link.sendSoon()
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    // Adapters write cell by cell or megabytes at once; frames are of one size.
    if pending.count + bytes.count > Self.block { flush() }
    if bytes.count < Self.block {
      unsafe pending.append(contentsOf: bytes)
      return
    }
    var done = 0
    while done < bytes.count {
      let part = min(Self.block, bytes.count - done)
      unsafe put(UnsafeRawBufferPointer(rebasing: bytes[done..<done + part]))
      done += part
    }
  }

  func endMember() throws {
    flush()
    link.output.put(.endMember)
    link.sendSoon()
  }

  /// Passes on what was written.
  func flush() {
    guard !pending.isEmpty else { return }
    unsafe pending.withUnsafeBytes { bytes in unsafe put(bytes) }
    pending.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    link.output.begin(.bytes)
    link.output.append(UInt32(bytes.count))
    unsafe link.output.append(bytes)
    link.output.end()
    link.sendSoon()
  }
}
