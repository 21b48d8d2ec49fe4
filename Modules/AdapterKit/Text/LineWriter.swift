internal import CAdapterABI
internal import Scanning

/// Writes a member line by line; with a source layer, unchanged lines come back as they were.
public struct LineWriter: ~Copyable {
  private static let flushSize = 1 << 18

  private let output: AdapterOutput
  private let layout: CSVLayout
  private let source: SourceMember?
  private var buffer = ByteBuffer(capacity: 1 << 12)
  private var encoded = ByteBuffer(capacity: 16)
  private var lines = 0
  private var pendingEnd = CSVLineEnd.none

  /// How many characters had no code in the encoding and were written as `?`.
  public private(set) var unencodable = 0

  /// Begins a member.
  ///
  /// - Parameters:
  ///   - output: The output.
  ///   - member: The name of the member.
  ///   - layout: How to write it; the source's layout wins when there is a source.
  ///   - source: How it was written, or `nil`.
  public init(
    output: AdapterOutput, member: String, layout: CSVLayout = .standard,
    source: SourceMember? = nil
  ) throws(AdapterError) {
    self.output = output
    self.layout = source?.layout ?? layout
    self.source = source
    try output.begin(member)
    if self.layout.hasByteOrderMark {
      buffer.append(self.layout.encoding.byteOrderMark)
      try unsafe output.write(buffer.bytes)
      buffer.removeAll()
    }
  }

  /// Writes a line above the data: the source's header, or the given one.
  public mutating func header(_ line: UnsafeRawBufferPointer) throws(AdapterError) {
    if let source, !source.header.isEmpty {
      buffer.append(source.header)
    } else {
      try endLine()
      unsafe buffer.append(line)
      pendingEnd = layout.lineEnd
    }
  }

  /// Writes a data line.
  ///
  /// - Parameter predicted: The line as rendered from its record, without a line end.
  public mutating func line(_ predicted: UnsafeRawBufferPointer) throws(AdapterError) {
    if let source {
      try insert(source, before: lines)
      if let residual = source.residuals[lines],
        residual.check == SourceRecorder.hex(unsafe hash64(predicted))
      {
        try put(residual)
        lines += 1
        return
      }
    }
    try endLine()
    unsafe buffer.append(predicted)
    pendingEnd = layout.lineEnd
    lines += 1
    if buffer.count >= Self.flushSize { try flush() }
  }

  private mutating func insert(_ source: SourceMember, before line: Int) throws(AdapterError) {
    guard let inserts = source.inserts[line] else { return }
    for residual in inserts { try put(residual) }
  }

  private mutating func put(_ residual: SourceMember.Residual) throws(AdapterError) {
    try endLine()
    buffer.append(residual.raw)
    pendingEnd = residual.lineEnd ?? layout.lineEnd
    if buffer.count >= Self.flushSize { try flush() }
  }

  /// Ends the line before, now that another one follows.
  @inline(__always)
  private mutating func endLine() throws(AdapterError) {
    guard pendingEnd != .none else { return }
    buffer.append(pendingEnd.literal)
    pendingEnd = .none
  }

  private mutating func flush() throws(AdapterError) {
    if layout.encoding == .utf8 {
      try unsafe output.write(buffer.bytes)
    } else {
      encoded.removeAll()
      if unsafe !encode(buffer.bytes, to: layout.encoding, into: &encoded) { unencodable += 1 }
      try unsafe output.write(encoded.bytes)
    }
    buffer.removeAll()
  }

  /// Writes what is left and ends the member.
  public mutating func finish() throws(AdapterError) {
    if let source {
      for line in source.inserts.keys.sorted() where line >= lines {
        try insert(source, before: line)
      }
    }
    if layout.hasFinalLineEnd { try endLine() }
    if let source { buffer.append(source.trailer) }
    try flush()
    try output.end()
  }
}
