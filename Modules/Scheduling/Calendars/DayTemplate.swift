public import Domain

/// The blocks of a school day, which any number of days follow.
public struct DayTemplate: Hashable, Sendable {
  /// A run of minutes with one use.
  public struct Block: Hashable, Sendable {
    /// What a block is for.
    public enum Use: String, Hashable, Sendable, CaseIterable {
      /// Core instruction.
      case core
      /// Support, X-block or learning goal time.
      case support
      /// Advisory.
      case advisory
      /// Anything that learners choose.
      case elective
      /// Meals, breaks and ways.
      case pause
    }

    /// The title, such as `Block 3`.
    public var title: Identifier
    /// What it is for.
    public var use: Use
    /// The minute of the day at which it begins.
    public var start: Int
    /// The minute of the day at which it ends.
    public var end: Int

    /// Creates a block.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - use: What it is for.
    ///   - start: The minute of the day, 0 to 1,439.
    ///   - end: The minute of the day, up to 1,440.
    public init(_ title: Identifier, _ use: Use, start: Int, end: Int) {
      self.title = title
      self.use = use
      self.start = start
      self.end = end
    }

    /// How many minutes it has.
    public var minutes: Int { end - start }
  }

  /// The title.
  public let title: String
  /// The blocks, in the order of the day; they do not overlap.
  public let blocks: [Block]

  /// Creates a template.
  ///
  /// - Throws: ``SchedulingError`` when a block has no length or leaves the day, two overlap, or a
  ///   title comes twice.
  public init(title: String, blocks: [Block]) throws(SchedulingError) {
    for block in blocks {
      guard block.start < block.end else {
        throw SchedulingError(
          .zeroLength,
          "Block \"\(block.title)\" of \"\(title)\" goes from \(clock(block.start)) to "
            + "\(clock(block.end)); let it end after it begins.")
      }
      guard block.start >= 0, block.end <= 1_440 else {
        throw SchedulingError(
          .wrongValue, "Block \"\(block.title)\" of \"\(title)\" leaves the day; stay in 24 hours.")
      }
    }
    let blocks = blocks.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    for (first, second) in zip(blocks, blocks.dropFirst()) where second.start < first.end {
      throw SchedulingError(
        .doubleBooking,
        "Blocks \"\(first.title)\" and \"\(second.title)\" of \"\(title)\" overlap from "
          + "\(clock(second.start)) to \(clock(min(first.end, second.end))); move one.")
    }
    guard Set(blocks.map(\.title)).count == blocks.count else {
      throw SchedulingError(
        .duplicateIdentifier, "Two blocks of \"\(title)\" have one title; name each apart.")
    }
    self.title = title
    self.blocks = blocks
  }

  /// The minutes from the first block to the end of the last one; 480 for a day of eight hours.
  public var length: Int { (blocks.last?.end ?? 0) - (blocks.first?.start ?? 0) }

  /// The minutes of all blocks with a use.
  public func minutes(of use: Block.Use) -> Int {
    blocks.reduce(0) { $0 + ($1.use == use ? $1.minutes : 0) }
  }

  /// The first block with a use that begins at or after a minute of the day.
  public func next(_ use: Block.Use, from minute: Int) -> Block? {
    blocks.first { $0.use == use && $0.start >= minute }
  }
}

/// A minute of the day as `08:05`.
func clock(_ minute: Int) -> String {
  minute < 0 ? "-\(clock(-minute))" : "\(digits(minute / 60, 2)):\(digits(minute % 60, 2))"
}
