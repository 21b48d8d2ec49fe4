public import Domain

/// How the rows of an input become evidence, where the rows alone do not say it.
public struct EvidenceReading: Hashable, Sendable {
  /// The scale of scores that name none and have no maximum.
  public var scale: ScaleID
  /// The number of the highest level of that scale; `nil` when its levels have no numbers.
  public var top: ExactDecimal?
  /// Other scales whose levels are understood.
  public var otherScales: Set<ScaleID>
  /// Whether points are understood. Where they are not, points out of ``top`` are a number on the
  /// scale, which is the same.
  public var readsPoints: Bool
  /// Minutes to the east of UTC, for times without a zone.
  public var offsetMinutes: Int
  /// Whether a line item that is aligned to no target is a target itself.
  public var usesLineItems: Bool
  /// Whether it matters who judged a score; otherwise roll-ups do not tell raters apart.
  public var asksForRaters: Bool

  /// Creates a way of reading.
  public init(
    scale: ScaleID, top: ExactDecimal?, otherScales: Set<ScaleID> = [], readsPoints: Bool = true,
    offsetMinutes: Int = 0, usesLineItems: Bool = false,
    asksForRaters: Bool = false
  ) {
    self.scale = scale
    self.top = top
    self.otherScales = otherScales
    self.readsPoints = readsPoints
    self.offsetMinutes = offsetMinutes
    self.usesLineItems = usesLineItems
    self.asksForRaters = asksForRaters
  }
}

/// What one or more inputs say beside the evidence that was handed on.
public struct EvidenceInput: Sendable {
  /// A target that the input describes.
  public struct Target: Hashable, Sendable {
    /// The identifier.
    public var id: CompetencyID
    /// The code that people know it by.
    public var code: Identifier?
    /// What it is part of.
    public var parents: [CompetencyID]

    /// Creates a target.
    public init(id: CompetencyID, code: Identifier? = nil, parents: [CompetencyID] = []) {
      self.id = id
      self.code = code
      self.parents = parents
    }
  }

  /// The targets that the input describes, in its order.
  public var targets: [Target]
  /// How many rows have no date: they count as the oldest, in the order of the input.
  public var undated: Int
  /// What was read.
  public var report: ConversionReport
}
