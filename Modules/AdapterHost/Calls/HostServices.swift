public import Records

/// The members of an input, as an adapter may read them.
public protocol MemberSource: AnyObject {
  /// The number of members.
  var memberCount: Int { get }
  /// The name of a member, relative and with slashes.
  func memberName(_ index: Int) -> String
  /// The number of bytes of a member, or `nil` when it cannot be told.
  func memberByteCount(_ index: Int) -> UInt64?
  /// Copies the first bytes of a member without opening it; up to 65,536 are kept.
  ///
  /// - Returns: How many bytes were copied.
  func copyHead(of index: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int
  /// Goes to the first byte of a member; another one that is open is closed.
  func openMember(_ index: Int) throws
  /// Fills the buffer from the open member; fewer bytes only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

  /// A member that is a plain file, for an adapter in another process, which then reads it itself.
  ///
  /// - Returns: The file, or `nil` when the bytes have to be read with ``read(into:)``.
  func lendMember(_ index: Int) throws -> LentMember?
  /// How many bytes of lent members were read so far, as the reader says.
  func lentBytesWereRead(_ count: UInt64)
  /// Checks that the members that were lent are still what they were; called at the end.
  func checkLentMembers() throws
}

extension MemberSource {
  /// No member is lent.
  public func lendMember(_ index: Int) throws -> LentMember? { nil }
  /// Nothing is done.
  public func lentBytesWereRead(_ count: UInt64) {}
  /// Nothing is checked.
  public func checkLentMembers() throws {}
}

/// A plain file that an adapter in another process may read.
public struct LentMember: Hashable, Sendable {
  /// The descriptor; it stays open until the source is gone.
  public let descriptor: Int32
  /// The number of bytes.
  public let byteCount: UInt64

  /// A file.
  public init(descriptor: Int32, byteCount: UInt64) {
    self.descriptor = descriptor
    self.byteCount = byteCount
  }
}

/// The members of an output, as an adapter may write them.
public protocol MemberTarget: AnyObject {
  /// Begins a member.
  func beginMember(_ name: String) throws
  /// Appends bytes to the member.
  func write(_ bytes: UnsafeRawBufferPointer) throws
  /// Ends the member.
  func endMember() throws
}

/// Takes what an adapter says during a call.
public protocol AdapterListener: AnyObject {
  /// A problem; `rejected` and `skipped` stand for one row of a kind.
  func adapterReported(_ report: AdapterReport) throws
  /// Values or records that a writer could not carry.
  func adapterLost(_ loss: AdapterLoss) throws
  /// How far the work is.
  func adapterProgressed(_ done: UInt64, of total: UInt64) throws
}

/// Takes the batches that a reader gives.
public protocol BatchSink: AnyObject {
  /// Takes a batch that was checked; its rows are borrowed for the call.
  func put(_ batch: HostBatch) throws
}

/// A problem that an adapter reported.
public struct AdapterReport: Hashable, Sendable {
  /// How bad a report is.
  public enum Severity: Int32, Hashable, Sendable, Comparable {
    /// Worth knowing; nothing is lost.
    case note
    /// Read, but not as the format's rules have it.
    case warning
    /// One row has no record and needs none.
    case skipped
    /// One row was left out because it is wrong.
    case rejected
    /// The work cannot go on.
    case fatal

    /// Orders from harmless to fatal.
    public static func < (left: Severity, right: Severity) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// How bad it is.
  public var severity: Severity
  /// A stable code.
  public var code: String
  /// What was found, what was expected, how to repair it.
  public var message: String
  /// Name of the member.
  public var member: String
  /// Line, from 1; 0 when there is none.
  public var line: UInt64
  /// Column, from 1; 0 when there is none.
  public var column: UInt64
  /// The value at fault.
  public var value: String
  /// The row as written.
  public var raw: String
  /// Kind of the record that the row would have been.
  public var kind: RecordKind?

  /// A report.
  public init(
    _ severity: Severity, _ code: String, _ message: String, member: String = "",
    line: UInt64 = 0, column: UInt64 = 0, value: String = "", raw: String = "",
    kind: RecordKind? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.member = member
    self.line = line
    self.column = column
    self.value = value
    self.raw = raw
    self.kind = kind
  }
}

/// Values or records that a writer could not carry.
public struct AdapterLoss: Hashable, Sendable {
  /// The kind of record.
  public var kind: RecordKind
  /// The field, or `nil` for whole records.
  public var field: Int?
  /// Whether a poorer form was kept.
  public var isReduced: Bool
  /// How many.
  public var count: Int
  /// Why, as a sentence.
  public var reason: String
  /// Identifier of one such record.
  public var example: String
}

/// A batch from an adapter: a run of rows of one kind.
@safe
public struct HostBatch {
  /// The kind.
  public let kind: RecordKind
  /// The number of rows.
  public let count: Int
  @usableFromInline package let rows: UnsafeRawPointer
  @usableFromInline package let stride: Int
  /// Whether what the rows say of themselves is believed.
  package let isTrusted: Bool

  package init(
    kind: RecordKind, count: Int, rows: UnsafeRawPointer, stride: Int, isTrusted: Bool = false
  ) {
    self.kind = kind
    self.count = count
    unsafe self.rows = unsafe rows
    self.stride = stride
    self.isTrusted = isTrusted
  }

  /// Whether a row was checked by an adapter that is trusted.
  @inline(__always)
  package func isChecked(_ row: Int) -> Bool {
    guard isTrusted else { return false }
    let flags = unsafe (rows + row &* stride).load(fromByteOffset: 12, as: UInt32.self)
    return flags & 1 != 0
  }

  /// Some of the rows, as a batch of their own.
  package func slice(_ range: Range<Int>) -> HostBatch {
    unsafe HostBatch(
      kind: kind, count: range.count, rows: rows + range.lowerBound &* stride, stride: stride)
  }

  /// The bytes of a field of a row; the base address is `nil` when the field is absent.
  ///
  /// - Precondition: The batch was checked: a text with a count has an address.
  @inlinable
  package func text(_ field: Int, of row: Int) -> UnsafeRawBufferPointer {
    let (start, count) = unsafe cell(field, of: row)
    return unsafe UnsafeRawBufferPointer(start: start, count: count)
  }

  /// The address and count of a field of a row, as the adapter gave them.
  @inlinable
  package func cell(_ field: Int, of row: Int) -> (start: UnsafeRawPointer?, count: Int) {
    let offset: Int = row &* stride &+ 16 &+ field &* 16
    let cell: UnsafeRawPointer = unsafe rows + offset
    return unsafe (
      cell.load(as: UnsafeRawPointer?.self), cell.load(fromByteOffset: 8, as: Int.self)
    )
  }

  /// The line of a row, from 1; 0 when there is none.
  @inline(__always)
  package func line(of row: Int) -> UInt64 {
    unsafe (rows + row &* stride).load(as: UInt64.self)
  }

  /// The index of a row's member.
  @inline(__always)
  package func member(of row: Int) -> Int {
    Int(unsafe (rows + row &* stride).load(fromByteOffset: 8, as: UInt32.self))
  }
}
