internal import AdapterHost

/// One file of an input, in memory.
struct SampleMember: Hashable, Sendable {
  var name: String
  var bytes: [UInt8]
}

/// One input: its members, and the format that it is a sample of where that is told.
struct Sample: Sendable {
  var name: String
  var format: LoadedFormat?
  var members: [SampleMember]

  /// The bytes of all members.
  var byteCount: Int { members.reduce(0) { $0 + $1.bytes.count } }

  /// The same members with other bytes in one of them.
  func replacing(_ member: Int, _ bytes: [UInt8]) -> [SampleMember] {
    var changed = members
    changed[member].bytes = bytes
    return changed
  }
}
