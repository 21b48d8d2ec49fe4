public import Domain

/// A school's rule for when a learner has mastered a target and may move on, as a value.
///
/// A policy reads no clock, catalog or setting: the same evidence and point of view give the same
/// results on every machine. Its ``digest`` names it; results carry that name.
public struct Policy: Hashable, Sendable {
  /// By which date observations are ordered; where it is missing, by when they occurred.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// When it was shown.
    case occurred
    /// When the work was due.
    case due
    /// When the work was handed in.
    case submitted
    /// When it entered the log.
    case recorded
  }

  /// How the items of one attempt at one assessment become one observation.
  public enum Grouping: String, Hashable, Sendable, CaseIterable {
    /// The points of all items are added up, and so are those that were possible.
    case pooled
    /// The mean of the items.
    case mean
    /// The best item.
    case highest
    /// The newest item.
    case latest
  }

  /// How points become a number on the scale.
  public enum Points: Hashable, Sendable {
    /// `100 * earned / possible`.
    case percent
    /// `earned / possible`.
    case share
    /// `earned / possible` times the number of the highest level.
    case scaled
    /// The points that were earned.
    case earned
    /// This share is worth the number of the cut and all points that of the highest level, with
    /// straight lines from 0 to the one and from there to the other.
    case masteredAt(Rational)
    /// The number of the last step whose share is reached; below the first, that of the lowest
    /// level.
    case steps([Step])

    /// A share of the points and what it is worth.
    public struct Step: Hashable, Sendable {
      /// From this share on.
      public var share: Rational
      /// The level that is reached.
      public var level: Identifier

      /// Creates a step.
      public init(share: Rational, level: Identifier) {
        self.share = share
        self.level = level
      }
    }
  }

  /// How levels of another scale are read.
  public struct Conversion: Hashable, Sendable {
    /// The scale that is translated.
    public var scale: ScaleID
    /// The level of this policy's scale for each level of the other; others are left out.
    public var levels: [Identifier: Identifier]

    /// Creates a conversion.
    public init(scale: ScaleID, levels: [Identifier: Identifier]) {
      self.scale = scale
      self.levels = levels
    }
  }

  /// How results are rounded: halves away from zero.
  public struct Rounding: Hashable, Sendable {
    /// How many places after the point are shown, 0 to 12.
    public var places: Int
    /// Whether the rounded number is compared with the cut, instead of the exact one.
    public var beforeCut: Bool

    /// Creates a rounding.
    public init(places: Int = 2, beforeCut: Bool = false) {
      self.places = places
      self.beforeCut = beforeCut
    }
  }

  /// Evidence that has to be there before a target is assessed.
  public struct Requirement: Hashable, Sendable {
    /// Which evidence.
    public var demand: EvidenceDemand
    /// How many pieces of it.
    public var least: Int

    /// Creates a requirement.
    public init(_ demand: EvidenceDemand, least: Int = 1) {
      self.demand = demand
      self.least = least
    }
  }

  /// A gate with a name.
  public struct NamedGate: Hashable, Sendable {
    /// The name, unique in the policy.
    public var name: Identifier
    /// Whether it is answered for each group of targets by itself, such as a content area.
    public var perGroup: Bool
    /// When it is open.
    public var gate: Gate

    /// Creates a gate.
    public init(_ name: Identifier, perGroup: Bool = false, _ gate: Gate) {
      self.name = name
      self.perGroup = perGroup
      self.gate = gate
    }
  }

  /// The identifier.
  public var id: Identifier
  /// The title.
  public var title: String
  /// The scale of the results; its cut is the policy's cut.
  public var scale: ProficiencyScale
  /// How levels of other scales are read.
  public var conversions: [Conversion]
  /// How points are read; `nil` leaves them out.
  public var points: Points?
  /// Which evidence counts.
  public var counts: EvidenceDemand
  /// By which date observations are ordered.
  public var order: Order
  /// How items of one assessment are grouped; `nil` for not at all.
  public var grouping: Grouping?
  /// How many observations a target needs before it is assessed, at least 1.
  public var minimum: Int
  /// What evidence a target needs before it is assessed.
  public var requires: [Requirement]
  /// How observations become one number.
  public var method: Method
  /// How results are rounded.
  public var rounding: Rounding
  /// Minutes to the east of UTC, for dates without a zone.
  public var offsetMinutes: Int
  /// The gates, in the order in which they are reported.
  public var gates: [NamedGate]

  /// Creates a policy and checks it.
  ///
  /// - Throws: ``GradingError`` when the parts do not fit together, with the pointer of the field
  ///   in the policy's document.
  public init(
    id: Identifier, title: String, scale: ProficiencyScale, conversions: [Conversion] = [],
    points: Points? = nil, counts: EvidenceDemand = EvidenceDemand(), order: Order = .occurred,
    grouping: Grouping? = nil, minimum: Int = 1, requires: [Requirement] = [], method: Method,
    rounding: Rounding = Rounding(), offsetMinutes: Int = 0, gates: [NamedGate] = []
  ) throws(GradingError) {
    self.id = id
    self.title = title
    self.scale = scale
    self.conversions = conversions
    self.points = points
    self.counts = counts
    self.order = order
    self.grouping = grouping
    self.minimum = minimum
    self.requires = requires
    self.method = method
    self.rounding = rounding
    self.offsetMinutes = offsetMinutes
    self.gates = gates
    try check()
  }

  /// The content hash: the SHA-256 hash of the canonical document.
  public var digest: SHA256.Digest { document.digest }
}
