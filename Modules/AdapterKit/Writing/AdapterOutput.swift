public import CAdapterABI

/// The output: members, written one after the other.
@safe
public struct AdapterOutput {
  let table: UnsafePointer<cbl_output>

  /// A view of the host's output, which must stay valid while the view is used.
  public init(_ table: UnsafePointer<cbl_output>) {
    unsafe self.table = table
  }

  /// Begins a member.
  ///
  /// - Parameter name: Relative, with slashes.
  public func begin(_ name: String) throws(AdapterError) {
    let status = withText(name) { name in
      unsafe table.pointee.begin(table.pointee.context, name)
    }
    try AdapterError.check(status)
  }

  /// Appends bytes to the member; large pieces are cheaper than small ones.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(AdapterError) {
    try AdapterError.check(
      unsafe table.pointee.write(table.pointee.context, bytes.baseAddress, bytes.count))
  }

  /// Ends the member.
  public func end() throws(AdapterError) {
    try AdapterError.check(unsafe table.pointee.end(table.pointee.context))
  }
}
