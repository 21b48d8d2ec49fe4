import Domain
import Grading
import Interop

extension EvidenceReading {
  /// The way of reading that a policy asks for, the same for grading and for roll-ups.
  init(_ policy: Policy) {
    self.init(scale: policy.scale.id, top: policy.scale.levels.last?.number)
    otherScales = Set(policy.conversions.map(\.scale))
    readsPoints = policy.points != nil
    offsetMinutes = policy.offsetMinutes
    asksForRaters =
      policy.counts.raters != nil || policy.requires.contains { $0.demand.raters != nil }
  }
}
