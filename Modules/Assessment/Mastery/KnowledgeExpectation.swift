#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One expectation step of knowledge tracing: the log-likelihood and the expected counts.
struct KnowledgeExpectation {
  /// The log-likelihood.
  var likelihood = 0.0
  /// Learners who knew the skill at first.
  var first = 0.0
  /// Steps at which the skill was known, right answers at such steps, and answers there.
  var right = 0.0
  var answered = 0.0
  /// Steps before a move at which the skill was known.
  var before = 0.0
  /// Moves from not knowing to knowing, and back.
  var learned = 0.0
  var forgotten = 0.0

  /// The expectations for parameters.
  init(_ sequences: AnswerSequences, _ parameters: KnowledgeParameters) {
    // Odds grow with every right answer and stay in range for some hundred of them.
    if parameters.forget == 0, sequences.longest <= 256, parameters.learn < 0.999 {
      byOdds(sequences, parameters)
    } else {
      oneByOne(sequences, parameters)
    }
  }

  /// The parameters that fit the expectations best.
  func maximum(_ sequences: AnswerSequences, hasForgetting: Bool) -> KnowledgeParameters {
    let unknown = sequences.answerCount - answered
    let away = sequences.moveCount - before
    func share(_ part: Double, _ whole: Double, _ other: Double) -> Double {
      whole > 1e-12 ? min(1 - 1e-9, max(1e-9, part / whole)) : other
    }
    return KnowledgeParameters(
      prior: share(first, sequences.learnerCount, 0.5), learn: share(learned, away, 0.1),
      guess: share(sequences.rightCount - right, unknown, 0.2),
      slip: share(answered - right, answered, 0.1),
      forget: hasForgetting ? share(forgotten, before, 0.01) : 0)
  }

  /// Without forgetting, odds of knowing follow O = o e1 / e0 and o' = (O + learn) / (1 - learn),
  /// and the probability of all answers telescopes to the product of e0, (1 - learn) for each
  /// move, and (1 + O) / (1 + o) of last and first step. Backwards, knowing at a step is knowing at
  /// the next one times O / (O + learn). So a step costs one division.
  private mutating func byOdds(_ sequences: AnswerSequences, _ p: KnowledgeParameters) {
    let tables = BitTables(
      right: (1 - p.slip) / p.guess, wrong: p.slip / (1 - p.guess))
    var odds = [SIMD8<Double>](repeating: SIMD8(), count: max(1, sequences.longest))
    let learn = SIMD8<Double>(repeating: p.learn)
    let grow = SIMD8<Double>(repeating: 1 / (1 - p.learn))
    let start = SIMD8<Double>(repeating: p.prior / (1 - p.prior))
    let one = SIMD8<Double>(repeating: 1)
    var (sumFirst, sumRight, sumAnswered, sumBefore, sumLast) = (
      SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>()
    )
    var logs = 0.0
    unsafe odds.withUnsafeMutableBufferPointer { odds in
      unsafe sequences.rights.withUnsafeBufferPointer { rights in
        unsafe sequences.known.withUnsafeBufferPointer { known in
          for block in sequences.blocks {
            var o = start
            if block.isEven {
              for step in 0..<block.steps {
                let after = o * tables.ratio(unsafe rights[block.start + step])
                unsafe odds[step] = after
                o = (after + learn) * grow
              }
              let last = unsafe odds[block.steps - 1]
              var now = last / (one + last)
              let final = now
              var (right, all) = (
                now * tables.bit(unsafe rights[block.start + block.steps - 1]), now
              )
              var step = block.steps - 2
              while step >= 0 {
                let after = unsafe odds[step]
                now *= after / (after + learn)
                all += now
                right += now * tables.bit(unsafe rights[block.start + step])
                step -= 1
              }
              sumFirst += now * block.weights
              sumLast += final * block.weights
              sumRight += right * block.weights
              sumAnswered += all * block.weights
              sumBefore += (all - final) * block.weights
              logs += Self.logSum(one + last, block.weights)
            } else {
              var last = SIMD8<Double>()
              for step in 0..<block.steps {
                let there = tables.bit(unsafe known[block.start + step])
                let ratio = tables.ratio(unsafe rights[block.start + step])
                let after = o * (one + there * (ratio - one))
                unsafe odds[step] = after
                last = last.replacing(with: after, where: block.lengths .== Int64(step + 1))
                o = (after + learn) * grow
              }
              let final = last / (one + last)
              var now = SIMD8<Double>()
              var (right, answered, all) = (now, now, now)
              var step = block.steps - 1
              while step >= 0 {
                let after = unsafe odds[step]
                now *= after / (after + learn)
                now = now.replacing(with: final, where: block.lengths .== Int64(step + 1))
                all += now
                answered += now * tables.bit(unsafe known[block.start + step])
                right += now * tables.bit(unsafe rights[block.start + step])
                step -= 1
              }
              sumFirst += now * block.weights
              sumLast += final * block.weights
              sumRight += right * block.weights
              sumAnswered += answered * block.weights
              sumBefore += (all - final) * block.weights
              logs += Self.logSum(one + last, block.weights)
            }
          }
        }
      }
    }
    first = sumFirst.sum()
    right = sumRight.sum()
    answered = sumAnswered.sum()
    before = sumBefore.sum()
    learned = sumLast.sum() - first
    let wrong = sequences.answerCount - sequences.rightCount
    likelihood =
      logs + sequences.rightCount * log(p.guess) + wrong * log(1 - p.guess)
      + sequences.moveCount * log(1 - p.learn)
      + sequences.learnerCount * log(1 - p.prior)
  }

  private static func logSum(_ values: SIMD8<Double>, _ weights: SIMD8<Double>) -> Double {
    var sum = 0.0
    for lane in 0..<8 where weights[lane] > 0 { sum += weights[lane] * log(values[lane]) }
    return sum
  }

  /// Forwards and backwards for each learner, with forgetting and for any number of answers.
  private mutating func oneByOne(_ sequences: AnswerSequences, _ p: KnowledgeParameters) {
    sequences.forEachLearner { answers, weight in
      var (after, priors) = ([Double](), [Double]())
      var known = p.prior
      for answer in answers {
        priors.append(known)
        var now = known
        if let answer {
          let one = known * (answer ? 1 - p.slip : p.slip)
          let other = (1 - known) * (answer ? p.guess : 1 - p.guess)
          likelihood += weight * log(one + other)
          now = one / (one + other)
        }
        after.append(now)
        known = now * (1 - p.forget) + (1 - now) * p.learn
      }
      guard var now = after.last else { return }
      for step in stride(from: answers.count - 1, through: 0, by: -1) {
        if step < answers.count - 1 {
          let (a, next) = (after[step], priors[step + 1])
          let stayed = next > 0 ? a * (1 - p.forget) / next * now : 0
          let lost = next < 1 ? a * p.forget / (1 - next) * (1 - now) : 0
          learned += weight * (now - stayed)
          forgotten += weight * lost
          now = stayed + lost
          before += weight * now
        }
        guard let answer = answers[step] else { continue }
        answered += weight * now
        if answer { right += weight * now }
      }
      first += weight * now
    }
  }
}

/// Numbers for eight bits at once.
private struct BitTables {
  private let ratios: InlineTable
  private let bits: InlineTable

  init(right: Double, wrong: Double) {
    ratios = InlineTable(set: right, clear: wrong)
    bits = InlineTable(set: 1, clear: 0)
  }

  @inline(__always)
  func ratio(_ byte: UInt8) -> SIMD8<Double> { ratios[byte] }

  @inline(__always)
  func bit(_ byte: UInt8) -> SIMD8<Double> { bits[byte] }
}

private struct InlineTable {
  private let rows: [SIMD4<Double>]

  init(set: Double, clear: Double) {
    rows = (0..<16).map { nibble in
      var row = SIMD4<Double>()
      for lane in 0..<4 { row[lane] = nibble >> lane & 1 == 1 ? set : clear }
      return row
    }
  }

  @inline(__always)
  subscript(byte: UInt8) -> SIMD8<Double> {
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe SIMD8(lowHalf: rows[Int(byte & 15)], highHalf: rows[Int(byte >> 4)])
    }
  }
}
