/// A method that is a sum of scores, each times a factor, or the greatest of them, as a table for up
/// to eight scores.
///
/// Groups of different size cost the same few multiplications, so that the processor has nothing to
/// guess. The sum is the kernel's own, in another order.
struct ShortForm {
  /// How many scores the table knows.
  static let most = 8

  /// For each number of scores a factor for each place, 0 past the last one; for the greatest score
  /// what is added instead, which past the last one is too little to matter.
  private var factors = [Int64](repeating: 0, count: (most + 1) * most)
  /// For each number of scores the levels, times the divisor; `max` where nothing is assessed.
  private var thresholds: [Int64] = []
  private let levels: Int
  private let minimum: Int
  /// How many scores the table is right for.
  private let known: Int
  private let limit: Int
  private let isGreatest: Bool

  /// - Returns: `nil` for a kernel that is neither, or whose levels are not plain numbers.
  init?(_ kernel: some ScoreKernel, _ judge: LevelJudge, minimum: Int) {
    isGreatest = kernel.isGreatest
    guard judge.isPlain, kernel.limit >= 1, isGreatest || kernel.factor(of: 0, in: 1) != nil
    else { return nil }
    limit = kernel.limit
    known = min(Self.most, limit)
    levels = judge.thresholds.count
    self.minimum = minimum
    thresholds = [Int64](repeating: .max, count: (Self.most + 1) * levels)
    for count in 1...max(1, known) {
      guard let divisor = kernel.divisor(of: count) else { return nil }
      for place in 0..<Self.most {
        let factor = isGreatest ? 0 : kernel.factor(of: min(place, count - 1), in: count)
        guard let factor else { return nil }
        factors[count * Self.most + place] =
          place < count ? factor : isGreatest ? Int64.min / 2 : 0
      }
      for (level, threshold) in judge.thresholds.enumerated() {
        thresholds[count * levels + level] = threshold &* divisor
      }
    }
  }

  /// Judges all groups, those that the table does not know with the kernel.
  func run(
    _ scores: ScaledScores, _ kernel: some ScoreKernel, _ judge: LevelJudge,
    _ numerators: inout [Int64], _ marks: inout [UInt8], _ exact: inout [Int]
  ) {
    // Past the last scores there is nothing to read eight of.
    let last = scores.values.count - Self.most
    let values = scores.values.span
    let starts = scores.starts.span
    let factors = factors.span
    let thresholds = thresholds.span
    var start = 0
    for group in 0..<scores.count {
      let end = unsafe Int(starts[unchecked: group &+ 1])
      let size = end &- start
      if size <= known, start <= last, size >= minimum {
        let row = size &* Self.most
        var number: Int64 = isGreatest ? .min : 0
        if isGreatest {
          for place in 0..<Self.most {
            let score = unsafe Int64(values[unchecked: start &+ place])
            number = unsafe max(number, score &+ factors[unchecked: row &+ place])
          }
        } else {
          for place in 0..<Self.most {
            let score = unsafe Int64(values[unchecked: start &+ place])
            unsafe number &+= score &* factors[unchecked: row &+ place]
          }
        }
        var mark: UInt8 = 0
        for level in 0..<levels {
          unsafe mark &+= number >= thresholds[unchecked: size &* levels &+ level] ? 1 : 0
        }
        numerators.append(number)
        marks.append(mark)
      } else {
        let number = answer(scores, start, size, kernel)
        let mark = judge.mark(number)
        if mark == Verdicts.Mark.exact { exact.append(group) }
        numerators.append(number.numerator)
        marks.append(mark)
      }
      start = end
    }
  }

  private func answer(
    _ scores: ScaledScores, _ start: Int, _ size: Int, _ kernel: some ScoreKernel
  ) -> KernelNumber {
    guard size >= minimum else { return .notAssessed }
    guard size <= limit else { return .exact }
    var sink = NoSteps()
    let own = unsafe scores.values.span.extracting(unchecked: start..<(start &+ size))
    return kernel.number(own, own, &sink)
  }
}
