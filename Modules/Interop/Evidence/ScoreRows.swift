public import Domain
public import Records

// Unchecked for memory: the blocks have one owner and are freed with it.

/// Scores of learners in targets, 16 bytes each, in parts that are read one after the other.
///
/// All rows of a learner are in one part, in the order of the input. Rows lie in memory until they
/// take more than a limit; then all of them move to a temporary file without a name.
@safe
public final class ScoreRows {
  /// One score of one learner in one target.
  public struct Row: Hashable, Sendable {
    /// The learner, a number from 0 in the order in which the input names them.
    public var learner: UInt32
    /// The target, a number likewise.
    public var target: UInt32
    /// The place of the score among ``scores``.
    public var score: UInt32
    /// When, for ``seconds(of:)``.
    public var time: UInt32
  }

  /// What a row's score is, and what else is known of the work.
  public struct Score: Hashable, Sendable {
    /// The score; one is there.
    public var state: EvidenceState
    /// What it is beside its score; the rater only where the reading asks for raters.
    public var traits: EvidenceTraits
  }

  /// How many parts there are.
  public static let partCount = 64
  static let blockRows = 512

  /// The identifiers of the learners.
  public internal(set) var learnerNames = TextColumn()
  /// The identifiers of the targets.
  public internal(set) var targetNames = TextColumn()
  /// The different scores.
  public internal(set) var scores: [Score] = []
  /// The number of rows.
  public private(set) var count = 0
  /// How many results named no target, or had no score, and gave no row.
  public internal(set) var leftOut = 0
  /// Whether the rows are in a temporary file.
  public var isSpilled: Bool { hasSpool }

  @safe
  private struct Part {
    var blocks: [UnsafeMutablePointer<Row>] = unsafe []
    var count = 0
  }

  private var parts = [Part](repeating: Part(), count: partCount)
  private let limit: Int
  private var spool: PartitionedSpool?
  private var hasSpool = false
  /// Moments outside of the years 1970 to 2105.
  private var rareTimes: [Int64] = []
  private static let firstRare = UInt32(0xFFF0_0000)
  /// Stands for a source that does not say when.
  static let noTime = Int64.min

  /// - Parameter limit: How many bytes of rows stay in memory.
  init(limit: Int) {
    self.limit = limit
  }

  deinit {
    free()
  }

  /// Adds a row to the part of its learner.
  @inline(__always)
  func append(_ row: Row) throws(InteropError) {
    count &+= 1
    let part = Int(row.learner) & (Self.partCount - 1)
    guard !hasSpool else { return try write(row, part) }
    let place = parts[part].count & (Self.blockRows - 1)
    if place == 0 { try addBlock(part) }
    guard !hasSpool else { return try write(row, part) }
    unsafe parts[part].blocks[parts[part].blocks.count - 1][place] = row
    parts[part].count &+= 1
  }

  private func addBlock(_ part: Int) throws(InteropError) {
    guard count * MemoryLayout<Row>.stride <= limit else { return try spill() }
    unsafe parts[part].blocks.append(.allocate(capacity: Self.blockRows))
  }

  /// Moves all rows to a temporary file.
  private func spill() throws(InteropError) {
    spool = try PartitionedSpool(partitionCount: Self.partCount)
    hasSpool = true
    for index in parts.indices {
      var left = parts[index].count
      for place in unsafe parts[index].blocks.indices {
        let block = unsafe parts[index].blocks[place]
        let rows = unsafe UnsafeBufferPointer(start: block, count: min(left, Self.blockRows))
        try unsafe spool?.append(UnsafeRawBufferPointer(rows), to: index)
        left -= rows.count
      }
    }
    free()
  }

  private func write(_ row: Row, _ part: Int) throws(InteropError) {
    try unsafe withUnsafeBytes(of: row) { (bytes) throws(InteropError) in
      try unsafe spool?.append(bytes, to: part)
    }
  }

  private func free() {
    for part in parts {
      for place in unsafe part.blocks.indices { unsafe part.blocks[place].deallocate() }
    }
    parts = [Part](repeating: Part(), count: Self.partCount)
  }

  /// Hands the rows of a part to a closure, in runs.
  ///
  /// - Parameters:
  ///   - part: The part, from 0 to ``partCount`` - 1.
  ///   - body: Takes the next rows, borrowed for the call.
  /// - Throws: ``InteropError`` when the temporary file cannot be read, and what the closure throws.
  public func read(part: Int, _ body: (Span<Row>) throws -> Void) throws {
    guard hasSpool else {
      var left = parts[part].count
      for place in unsafe parts[part].blocks.indices {
        let block = unsafe parts[part].blocks[place]
        let rows = unsafe UnsafeBufferPointer(start: block, count: min(left, Self.blockRows))
        try body(unsafe rows.span)
        left -= rows.count
      }
      return
    }
    try spool?.rewind(to: part)
    let empty = Row(learner: 0, target: 0, score: 0, time: 0)
    var room = [Row](repeating: empty, count: 4_096)
    while true {
      let count = try unsafe room.withUnsafeMutableBytes { (bytes) throws(InteropError) in
        try unsafe spool?.read(into: bytes) ?? 0
      }
      guard count > 0 else { return }
      try body(room.span.extracting(first: count / MemoryLayout<Row>.stride))
    }
  }

  /// Seconds from 1970-01-01T00:00Z of the time of a row; `nil` when the source does not say.
  public func seconds(of time: UInt32) -> Int64? {
    guard time >= Self.firstRare else { return Int64(time) }
    let seconds = rareTimes[Int(time - Self.firstRare)]
    return seconds == Self.noTime ? nil : seconds
  }

  /// A moment in the 4 bytes of a row.
  func time(_ seconds: Int64) throws(InteropError) -> UInt32 {
    if seconds >= 0, seconds < Int64(Self.firstRare) { return UInt32(seconds) }
    if let known = rareTimes.firstIndex(of: seconds) { return Self.firstRare + UInt32(known) }
    guard rareTimes.count < 4_096 else {
      throw InteropError(
        .limit, "more than 4096 different times lie outside of the years 1970 to 2105; correct them"
      )
    }
    rareTimes.append(seconds)
    return Self.firstRare + UInt32(rareTimes.count - 1)
  }
}
