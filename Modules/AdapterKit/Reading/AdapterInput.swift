public import CAdapterABI

/// The input: one or more members, each read from front to back.
@safe
public struct AdapterInput {
  let table: UnsafePointer<cbl_input>

  /// A view of the host's input, which must stay valid while the view is used.
  public init(_ table: UnsafePointer<cbl_input>) {
    unsafe self.table = table
  }

  /// The number of members.
  public var memberCount: Int { Int(unsafe table.pointee.member_count) }

  /// The name of a member, relative and with slashes.
  public func name(of member: Int) throws(AdapterError) -> String {
    try describe(member).name
  }

  /// The part of a member's name after the last slash.
  public func lastName(of member: Int) throws(AdapterError) -> String {
    let name = try describe(member).name
    guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name }
    return String(name[name.utf8.index(after: slash)...])
  }

  /// The number of bytes of a member, or `nil` when the host cannot tell.
  public func byteCount(of member: Int) throws(AdapterError) -> UInt64? {
    try describe(member).byteCount
  }

  /// The first bytes of a member.
  ///
  /// - Parameters:
  ///   - member: The index of the member.
  ///   - count: At most 65,536.
  public func head(of member: Int, count: Int = 65_536) throws(AdapterError) -> [UInt8] {
    var status: cbl_status = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var given = 0
      status = unsafe table.pointee.head(
        table.pointee.context, UInt32(member), buffer.baseAddress, count, &given)
      filled = status == 0 ? min(given, count) : 0
    }
    try AdapterError.check(status)
    return bytes
  }

  /// Goes to the first byte of a member; another one that is open is closed.
  public func open(_ member: Int) throws(AdapterError) {
    try AdapterError.check(unsafe table.pointee.open(table.pointee.context, UInt32(member)))
  }

  /// Fills a buffer from the open member.
  ///
  /// - Returns: The bytes given: fewer than asked for only at the end.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(AdapterError) -> Int {
    var given = 0
    try AdapterError.check(
      unsafe table.pointee.read(
        table.pointee.context, buffer.baseAddress, buffer.count, &given))
    return min(given, buffer.count)
  }

  private func describe(
    _ member: Int
  ) throws(AdapterError) -> (name: String, byteCount: UInt64?) {
    var entry = cbl_member()
    entry.size = UInt32(MemoryLayout<cbl_member>.size)
    try AdapterError.check(
      unsafe table.pointee.describe(table.pointee.context, UInt32(member), &entry))
    return (entry.name.string, entry.byte_count == .max ? nil : entry.byte_count)
  }
}
