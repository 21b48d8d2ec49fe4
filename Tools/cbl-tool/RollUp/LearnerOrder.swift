/// Sees to it that the lines of a learner come together.
///
/// A learner that comes after all others in byte order cannot have been there before. For others
/// the hashes of those that were there are looked at; the table holds a million of them, and past
/// that the input has to be in order.
struct LearnerOrder {
  /// How many learners are remembered.
  static let most = 1 << 20

  private var greatest: [UInt8] = []
  private var seen: Set<UInt64> = []
  private let seed = UInt64.random(in: .min ... .max)

  /// Takes the next learner.
  ///
  /// - Returns: What is wrong, or `nil`.
  mutating func take(_ learner: [UInt8]) -> String? {
    let hash = learner.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    if greatest.lexicographicallyPrecedes(learner) {
      greatest = learner
      if seen.count < Self.most { seen.insert(hash) }
      return nil
    }
    guard seen.count < Self.most else {
      return "is not in order; past \(Self.most) learners sort the lines by learner, as bytes"
    }
    guard seen.insert(hash).inserted else {
      return "is about a learner whose lines came before; group the lines by learner, with sort or "
        + "ORDER BY"
    }
    return nil
  }
}
