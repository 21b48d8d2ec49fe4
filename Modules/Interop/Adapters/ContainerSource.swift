internal import AdapterHost

/// The members of a container, for an adapter.
final class ContainerSource: MemberSource {
  private let container: Container
  private var reader: MemberReader?
  private var heads: [Int: [UInt8]] = [:]

  /// The file that was lent last.
  private var lent: OpenFile?
  private var ownBytesRead: UInt64 = 0
  private var lentBytesRead: UInt64 = 0

  /// The bytes read so far.
  var bytesRead: UInt64 { ownBytesRead + lentBytesRead }

  init(_ container: Container) {
    self.container = container
  }

  var memberCount: Int { container.members.count }

  func memberName(_ index: Int) -> String { container.members[index].name }

  func memberByteCount(_ index: Int) -> UInt64? {
    container.members[index].byteCount.map(UInt64.init)
  }

  func copyHead(of index: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let head: [UInt8]
    if let known = heads[index] {
      head = known
    } else {
      head = try container.head(of: index, count: 65_536)
      // Few heads are kept, so that a folder of many files costs little.
      if heads.count >= 64 { heads.removeAll() }
      heads[index] = head
    }
    let count = min(head.count, buffer.count)
    unsafe buffer.copyBytes(from: head.prefix(count))
    return count
  }

  func openMember(_ index: Int) throws {
    reader = nil
    reader = try container.reader(of: index)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = unsafe try reader?.read(into: buffer) ?? 0
    ownBytesRead += UInt64(count)
    return count
  }

  func lendMember(_ index: Int) throws -> LentMember? {
    // Whoever opens a member is done with the one before.
    try checkLentMembers()
    lent = try container.plainFile(of: index)
    return lent.map {
      LentMember(descriptor: $0.descriptor, byteCount: UInt64($0.identity.size))
    }
  }

  func lentBytesWereRead(_ count: UInt64) { lentBytesRead = count }

  func checkLentMembers() throws {
    let file = lent
    lent = nil
    try file?.checkUnchanged()
  }
}

/// An output container, for an adapter.
final class OutputMembers: MemberTarget {
  private let output: OutputContainer

  init(_ output: OutputContainer) {
    self.output = output
  }

  func beginMember(_ name: String) throws { try output.begin(member: name) }

  func write(_ bytes: UnsafeRawBufferPointer) throws { try unsafe output.write(bytes) }

  func endMember() throws { try output.end() }
}
