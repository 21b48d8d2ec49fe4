import Domain
import Grading

/// An evidence log that is the same in every run: some learners, each with the same targets, and 3
/// to 7 scores from 0 to 4 in halves for each of them, nearly in the order of their days.
struct InventedDistrict {
  var learners = 100_000
  var targets = 20
  /// One in so many rows is taken back; 0 for none.
  var voids = 100

  /// SplitMix64 of a number.
  static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private func count(_ learner: Int, _ target: Int) -> Int {
    3 + Int(Self.mixed(UInt64(learner * targets + target)) % 5)
  }

  /// How many rows there are.
  var rowCount: Int {
    var rows = 0
    for learner in 0..<learners { for target in 0..<targets { rows += count(learner, target) } }
    return rows
  }

  /// The scores of one learner, as a log has them: round by round, each of some days.
  func rows(of learner: Int, _ body: (_ target: Int, _ round: Int, _ day: Int, _ half: Int) -> Void)
  {
    for round in 0..<7 {
      for target in 0..<targets where round < count(learner, target) {
        let bits = Self.mixed(UInt64(learner) << 24 | UInt64(target) << 8 | UInt64(round) << 1 | 1)
        let day = round * 20 + Int(bits % 24)
        body(target, round, day, Int(bits >> 32) % 9)
      }
    }
  }

  /// 1 September 2025.
  static let firstDay: Int64 = 1_756_684_800

  func columns() throws -> EvidenceColumns {
    var columns = EvidenceColumns(capacity: rowCount)
    let states = (0...8).map { half in
      let number = ExactDecimal(half % 2 == 0 ? "\(half / 2)" : "\(half / 2).5") ?? .zero
      return columns.number(of: EvidenceState.assessed(.number(number, scale: "zero-to-four")))
    }
    let traits = (0..<7).map { round in
      columns.number(
        of: EvidenceTraits(
          kind: round % 3 == 0 ? .project : .quiz, purpose: .summative, attempt: 1 + round / 3))
    }
    let targets = (0..<self.targets).map { columns.number(of: CompetencyID("target-\($0)")) }
    var failure: (any Error)?
    for number in 0..<learners {
      let learner = columns.number(of: LearnerID("learner-\(number)"))
      rows(of: number) { target, round, day, half in
        let moment = Self.firstDay + Int64(day) * 86_400
        do {
          try columns.append(
            learner: learner, target: targets[target], state: states[half], traits: traits[round],
            occurred: moment, recorded: moment)
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
    guard voids > 0, let known = Instant(secondsSince1970: Self.firstDay + 200 * 86_400) else {
      return columns
    }
    for row in stride(from: 0, to: columns.count, by: voids) {
      try columns.reverse(row: row, recorded: known)
    }
    return columns
  }

  /// The same scores as numbers of halves, group by group, and whose they are.
  func scores() throws -> (scores: ScaledScores, learners: [UInt32], targets: [UInt32]) {
    var values: [Int32] = []
    var starts: [UInt32] = [0]
    var owners: [UInt32] = []
    var topics: [UInt32] = []
    values.reserveCapacity(rowCount)
    for learner in 0..<learners {
      var own = [[(day: Int, half: Int32)]](repeating: [], count: targets)
      rows(of: learner) { target, _, day, half in own[target].append((day, Int32(half))) }
      for (target, pieces) in own.enumerated() {
        let order = pieces.indices.sorted { (pieces[$0].day, $0) < (pieces[$1].day, $1) }
        values += order.map { pieces[$0].half }
        starts.append(UInt32(values.count))
        owners += [UInt32](repeating: UInt32(learner), count: pieces.count)
        topics += [UInt32](repeating: UInt32(target), count: pieces.count)
      }
    }
    return (try ScaledScores(values, unit: 2, starts: starts), owners, topics)
  }
}
