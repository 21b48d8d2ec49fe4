/// A source of the present moment.
///
/// No module reads the time by itself: whoever needs it is given a clock, so that the same input
/// gives the same output. May be called from several threads at the same time.
public protocol Clock: Sendable {
  /// The present moment; later calls do not have to give later moments.
  func now() -> Instant
}

/// A clock that always shows the same moment.
public struct FixedClock: Clock, Hashable {
  /// The moment that is shown.
  public var instant: Instant

  /// Creates a clock that stands still.
  public init(_ instant: Instant) {
    self.instant = instant
  }

  /// The moment that is shown.
  public func now() -> Instant { instant }
}
