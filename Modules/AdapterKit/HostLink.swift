public import CAdapterABI

/// The host, as an adapter sees it during a call.
@safe
public struct HostLink: Copyable {
  @usableFromInline let table: UnsafePointer<cbl_host>

  /// A link to the host's table, which must stay valid while the link is used.
  public init(_ table: UnsafePointer<cbl_host>) {
    unsafe self.table = table
  }

  /// Tells the user about a problem.
  ///
  /// A problem of severity `skipped` or `rejected` stands for exactly one row.
  ///
  /// - Throws: ``AdapterError`` when the host asks to stop.
  public func report(_ problem: RecordProblem) throws(AdapterError) {
    let status = unsafe problem.withTable { pointer in
      unsafe table.pointee.report(table.pointee.context, pointer)
    }
    try AdapterError.check(status)
  }

  /// Counts values or records that the writer could not carry.
  ///
  /// - Parameters:
  ///   - kind: The kind of record.
  ///   - field: The field, from 0, or `nil` for whole records.
  ///   - reduced: Whether a poorer form was kept.
  ///   - count: How many.
  ///   - reason: Why, as a sentence.
  ///   - example: Identifier of one such record.
  /// - Throws: ``AdapterError`` when the host asks to stop.
  public func lose(
    _ kind: cbl_kind, field: Int?, reduced: Bool = false, count: Int, reason: String,
    example: String = ""
  ) throws(AdapterError) {
    let status = withText(reason) { reason in
      withText(example) { example in
        var loss = cbl_loss(
          size: UInt32(MemoryLayout<cbl_loss>.size), kind: kind.rawValue,
          field: field.map(UInt32.init) ?? .max, reduced: reduced ? 1 : 0,
          count: UInt64(count), reason: reason, example: example)
        return unsafe table.pointee.lose(table.pointee.context, &loss)
      }
    }
    try AdapterError.check(status)
  }

  /// Tells how far the work is, in units of the adapter's choice.
  ///
  /// - Throws: ``AdapterError`` when the host asks to stop.
  public func progress(_ done: UInt64, of total: UInt64) throws(AdapterError) {
    try AdapterError.check(unsafe table.pointee.progress(table.pointee.context, done, total))
  }
}

extension RecordProblem {
  func withTable(_ body: (UnsafePointer<cbl_problem>) -> cbl_status) -> cbl_status {
    withText(code) { code in
      withText(message) { message in
        withText(member) { member in
          withText(value) { value in
            withText(raw) { raw in
              var problem = cbl_problem(
                size: UInt32(MemoryLayout<cbl_problem>.size), severity: severity.rawValue,
                code: code, message: message, member: member, line: line, column: column,
                value: value, raw: raw, kind: kind?.rawValue ?? 0, reserved: 0)
              return unsafe body(&problem)
            }
          }
        }
      }
    }
  }
}

/// Lends the bytes of a string for one call.
func withText<Value>(_ string: String, _ body: (Text) -> Value) -> Value {
  var string = string
  return string.withUTF8 { bytes in unsafe body(Text(UnsafeRawBufferPointer(bytes))) }
}
