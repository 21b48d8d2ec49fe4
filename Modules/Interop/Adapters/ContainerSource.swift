internal import AdapterHost

/// The members of a container, for an adapter.
final class ContainerSource: MemberSource {
  private let container: Container
  private var reader: MemberReader?
  private var heads: [Int: [UInt8]] = [:]

  /// The bytes read so far.
  private(set) var bytesRead: UInt64 = 0

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
    bytesRead += UInt64(count)
    return count
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
