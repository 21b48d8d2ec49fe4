/// The answers of learners to one skill, each learner's in order.
///
/// Answers are kept as bits, eight learners of like numbers of answers side by side.
public struct AnswerSequences: Sendable {
  /// Eight learners.
  struct Block: Sendable {
    /// Where their answers begin.
    var start: Int
    /// The number of answers of the longest.
    var steps: Int
    /// The number of answers of each.
    var lengths: SIMD8<Int64>
    /// How many learners each stands for.
    var weights: SIMD8<Double>
    /// Whether all have the same number of answers and none is missing.
    var isEven: Bool
  }

  /// Right answers, a bit for each learner of a block, step after step.
  let rights: [UInt8]
  /// Answers that are there.
  let known: [UInt8]
  let blocks: [Block]
  /// How many learners there are.
  public let learnerCount: Double
  /// How many answers there are.
  public let answerCount: Double
  /// The right ones among them.
  let rightCount: Double
  /// Steps from one answer to the next.
  let moveCount: Double
  /// The most answers of one learner.
  let longest: Int

  /// Creates sequences from rows.
  ///
  /// - Parameters:
  ///   - rows: For each learner the answers in order; `nil` for a step without an answer.
  ///   - weights: How many learners each row stands for.
  /// - Throws: ``AssessmentError`` when there is no answer or weights do not fit.
  public init(rows: [[Bool?]], weights: [Double]? = nil) throws(AssessmentError) {
    guard rows.contains(where: { !$0.isEmpty }) else {
      throw AssessmentError(.empty, "There are no answers; nothing can be traced.")
    }
    guard weights.map({ $0.count == rows.count }) ?? true else {
      throw AssessmentError(
        .shape, "There are \(weights?.count ?? 0) weights for \(rows.count) rows.")
    }
    var flat: [UInt8] = []
    var starts = [0]
    for row in rows {
      for answer in row { flat.append(answer.map { $0 ? 1 : 0 } ?? 2) }
      starts.append(flat.count)
    }
    self.init(flat: flat, starts: starts, weights: weights)
  }

  /// Creates sequences from one list of answers: 0, 1, or 2 for a step without an answer.
  ///
  /// - Parameters:
  ///   - flat: All answers, learner after learner.
  ///   - starts: Where each learner's answers begin, and the end.
  ///   - weights: How many learners each stands for.
  package init(flat: [UInt8], starts: [Int], weights: [Double]? = nil) {
    let lengths = zip(starts.dropFirst(), starts).map { $0 - $1 }
    var counts: [Int: [Int]] = [:]
    for (learner, length) in lengths.enumerated() where length > 0 {
      counts[length, default: []].append(learner)
    }
    let order = counts.sorted { $0.key < $1.key }.flatMap(\.value)
    var builder = BlockBuilder(flat: flat, starts: starts, weights: weights)
    for first in stride(from: 0, to: order.count, by: 8) {
      builder.add(order[first..<min(order.count, first + 8)])
    }
    rights = builder.rights
    known = builder.known
    blocks = builder.blocks
    learnerCount = builder.learners
    answerCount = builder.answers
    rightCount = builder.right
    moveCount = builder.moves
    longest = lengths.max() ?? 0
  }

  /// The answers of each learner with the weight, for methods that go one by one.
  func forEachLearner(_ body: (_ answers: [Bool?], _ weight: Double) -> Void) {
    for block in blocks {
      for lane in 0..<8 where block.weights[lane] > 0 {
        let answers = (0..<Int(block.lengths[lane])).map { step -> Bool? in
          let bit = UInt8(1) << UInt8(lane)
          guard known[block.start + step] & bit != 0 else { return nil }
          return rights[block.start + step] & bit != 0
        }
        body(answers, block.weights[lane])
      }
    }
  }
}

private struct BlockBuilder {
  let flat: [UInt8]
  let starts: [Int]
  let weights: [Double]?
  var rights: [UInt8] = []
  var known: [UInt8] = []
  var blocks: [AnswerSequences.Block] = []
  var learners = 0.0
  var answers = 0.0
  var right = 0.0
  var moves = 0.0

  init(flat: [UInt8], starts: [Int], weights: [Double]?) {
    self.flat = flat
    self.starts = starts
    self.weights = weights
  }

  mutating func add(_ chosen: ArraySlice<Int>) {
    var block = AnswerSequences.Block(
      start: rights.count, steps: 0, lengths: SIMD8(), weights: SIMD8(), isEven: true)
    for (lane, learner) in chosen.enumerated() {
      let length = starts[learner + 1] - starts[learner]
      block.steps = max(block.steps, length)
      block.lengths[lane] = Int64(length)
      block.weights[lane] = weights?[learner] ?? 1
    }
    let steps = block.steps
    rights.append(contentsOf: repeatElement(0, count: steps))
    known.append(contentsOf: repeatElement(0, count: steps))
    for (lane, learner) in chosen.enumerated() {
      let bit = UInt8(1) << UInt8(lane)
      let weight = block.weights[lane]
      let start = starts[learner]
      var (there, correct) = (0, 0)
      for step in 0..<Int(block.lengths[lane]) {
        let answer = flat[start + step]
        guard answer < 2 else { continue }
        known[block.start + step] |= bit
        there += 1
        correct += Int(answer)
        if answer == 1 { rights[block.start + step] |= bit }
      }
      if there < steps { block.isEven = false }
      learners += weight
      answers += weight * Double(there)
      right += weight * Double(correct)
      moves += weight * Double(max(0, Int(block.lengths[lane]) - 1))
    }
    if chosen.count < 8 { block.isEven = false }
    blocks.append(block)
  }
}
