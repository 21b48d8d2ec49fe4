#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Answers in practice: who answered what skill, right or wrong, in order of time.
///
/// Rows of one learner and skill keep their order; learners and skills may come in any.
public struct PracticeLog: Sendable {
  /// The names of the skills.
  public let skills: [String]
  let skillOfRow: [Int32]
  let learnerOfRow: [Int32]
  /// 0, 1, or 2 for no answer.
  let answers: [UInt8]
  let learnerCount: Int

  /// Creates a log from columns.
  ///
  /// - Parameters:
  ///   - skills: The names of the skills.
  ///   - learnerCount: How many learners there are.
  ///   - skillOfRow: The place of the skill of each row.
  ///   - learnerOfRow: The place of the learner of each row.
  ///   - answers: 1 for right, 0 for wrong, 2 for no answer.
  /// - Throws: ``AssessmentError`` when columns differ in length or places are out of range.
  public init(
    skills: [String], learnerCount: Int, skillOfRow: [Int32], learnerOfRow: [Int32],
    answers: [UInt8]
  ) throws(AssessmentError) {
    guard skillOfRow.count == answers.count, learnerOfRow.count == answers.count else {
      throw AssessmentError(.shape, "Skill, learner and answer are not of the same number of rows.")
    }
    guard skillOfRow.allSatisfy({ $0 >= 0 && Int($0) < skills.count }),
      learnerOfRow.allSatisfy({ $0 >= 0 && Int($0) < learnerCount }),
      answers.allSatisfy({ $0 <= 2 })
    else {
      throw AssessmentError(
        .wrongValue, "A row names a skill, learner or answer that is not there.")
    }
    self.skills = skills
    self.learnerCount = learnerCount
    self.skillOfRow = skillOfRow
    self.learnerOfRow = learnerOfRow
    self.answers = answers
  }

  /// The answers skill by skill, learner by learner; `nil` for a skill without any.
  ///
  /// - Complexity: O(*rows* + *skills* * *learners*).
  public func sequences() -> [AnswerSequences?] {
    let order = rowsBySkillAndLearner()
    var flat = [UInt8](repeating: 0, count: answers.count)
    for (place, row) in order.enumerated() { flat[place] = answers[Int(row)] }
    var result: [AnswerSequences?] = []
    var place = 0
    for skill in skills.indices {
      let begin = place
      var starts = [0]
      while place < order.count, skillOfRow[Int(order[place])] == Int32(skill) {
        if place > begin,
          learnerOfRow[Int(order[place])] != learnerOfRow[Int(order[place - 1])]
        {
          starts.append(place - begin)
        }
        place += 1
      }
      starts.append(place - begin)
      result.append(
        place > begin
          ? AnswerSequences(flat: Array(flat[begin..<place]), starts: starts) : nil)
    }
    return result
  }

  /// The rows skill by skill, learner by learner, each learner's in order.
  func rowsBySkillAndLearner() -> [Int32] {
    // Counted by learner first, then by skill: a stable sort in two passes.
    let byLearner = Self.order(learnerOfRow, count: learnerCount, of: nil)
    return Self.order(skillOfRow, count: skills.count, of: byLearner)
  }

  /// The natural logarithm, which the name of a log would hide.
  package static func logarithm(_ x: Double) -> Double { log(max(x, 1e-300)) }

  private static func order(_ keys: [Int32], count: Int, of rows: [Int32]?) -> [Int32] {
    var starts = [Int](repeating: 0, count: count + 1)
    for key in keys { starts[Int(key) + 1] += 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    var order = [Int32](repeating: 0, count: keys.count)
    for place in keys.indices {
      let row = rows.map { Int($0[place]) } ?? place
      let key = Int(keys[row])
      order[starts[key]] = Int32(row)
      starts[key] += 1
    }
    return order
  }

  /// How often each number of earlier right and wrong answers was followed by a right answer.
  func performanceCells(skill: Int) -> [PerformanceCell] { performanceCells()[skill] }

  /// For each skill the cells of earlier right and wrong answers.
  func performanceCells() -> [[PerformanceCell]] {
    var counts = [UInt32](repeating: 0, count: 2 * skills.count * learnerCount)
    var cells = [[UInt64: (right: Double, all: Double)]](repeating: [:], count: skills.count)
    for row in answers.indices where answers[row] < 2 {
      let (skill, learner) = (Int(skillOfRow[row]), Int(learnerOfRow[row]))
      let place = 2 * (skill * learnerCount + learner)
      let key = UInt64(counts[place]) << 32 | UInt64(counts[place + 1])
      let isRight = answers[row] == 1
      cells[skill][key, default: (0, 0)].right += isRight ? 1 : 0
      cells[skill][key, default: (0, 0)].all += 1
      counts[place + (isRight ? 0 : 1)] += 1
    }
    return cells.map { cells in
      cells.sorted { $0.key < $1.key }.map { key, sums in
        PerformanceCell(
          successes: Double(key >> 32), failures: Double(key & 0xFFFF_FFFF), right: sums.right,
          all: sums.all)
      }
    }
  }
}

/// Answers after the same numbers of right and wrong answers.
struct PerformanceCell {
  let successes: Double
  let failures: Double
  let right: Double
  let all: Double
}
