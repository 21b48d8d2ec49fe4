import Domain

/// What a method keeps of the scores of one learner in one target: 32 bytes, whatever they are.
struct LiveState {
  var first: UInt64 = 0
  var second: UInt64 = 0
  var third: UInt64 = 0
  /// How many scores there were.
  var count: UInt32 = 0
  /// How many levels are reached, or one of the marks of verdicts.
  var mark = Verdicts.Mark.notAssessed
}

/// A method that takes one score after another in constant time and space.
protocol LiveKernel: Sendable {
  /// What the number counts, as in ``ScoreKernel/unit``.
  var unit: Int64 { get }

  /// Takes the next score; the count is that before it.
  func add(_ score: Int32, to state: inout LiveState)

  /// The number after at least one score.
  func number(of state: LiveState) -> KernelNumber

  // Requirements, so that each kernel has a loop of its own in which its calls are inlined.

  /// Tells the next score of a place.
  func add(
    _ score: Int32, at place: Int, of states: inout [LiveState], _ judge: LevelJudge, _ minimum: Int
  ) -> LiveResults.Change?

  /// Tells many scores, each the next one of its place.
  func addAll(
    _ scores: [Int32], at places: [UInt32], of states: inout [LiveState], _ judge: LevelJudge,
    _ minimum: Int, _ body: (Int, LiveResults.Change) -> Void
  )
}

extension UInt64 {
  fileprivate init(_ number: Int64) { self.init(bitPattern: number) }
  fileprivate var signed: Int64 { Int64(bitPattern: self) }
}

struct LiveLatest: LiveKernel {
  let unit: Int64
  let isHighest: Bool

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    let keeps = isHighest && state.count > 0 && state.first.signed > Int64(score)
    state.first = keeps ? state.first : UInt64(Int64(score))
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber { KernelNumber(state.first.signed) }
}

/// Mean, sum and newest against older: the sum of all scores, and the newest.
struct LiveSum: LiveKernel {
  enum Use { case mean, sum, newest(NewestAgainstOlderKernel) }

  let basis: KernelBasis
  let use: Use
  var unit: Int64 { basis.unit }

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    state.first &+= UInt64(Int64(score))
    state.second = UInt64(Int64(score))
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber {
    let count = Int64(state.count)
    switch use {
    case .sum: return KernelNumber(state.first.signed)
    case .mean: return KernelNumber(state.first.signed, over: count)
    case .newest(let kernel):
      guard count > 1 else { return KernelNumber(state.first.signed) }
      let newest = state.second.signed
      let older = state.first.signed &- newest
      return KernelNumber(
        kernel.newest &* newest &* (count &- 1) &+ (kernel.whole &- kernel.newest) &* older,
        over: kernel.whole &* (count &- 1))
    }
  }
}

/// The numerator over `whole^(count - 1)`.
struct LiveDecay: LiveKernel {
  let kernel: DecayKernel
  var unit: Int64 { kernel.unit }

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    let count = Int(state.count)
    guard count > 0, count < kernel.limit else {
      // Past the limit the number is asked of the exact path.
      state.first = UInt64(Int64(score))
      return
    }
    let kept = kernel.whole &- kernel.newest
    let factor = kernel.divisor(of: count) ?? 0
    state.first = UInt64(kept &* state.first.signed &+ kernel.newest &* factor &* Int64(score))
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber {
    guard state.count <= kernel.limit, let divisor = kernel.divisor(of: Int(state.count)) else {
      return .exact
    }
    return KernelNumber(state.first.signed, over: divisor)
  }
}

/// Scores at the cut: their sum, and how many they are, in all or in a row.
struct LiveCounted: LiveKernel {
  let basis: KernelBasis
  let least: Int
  let isStreak: Bool
  var unit: Int64 { basis.unit }

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    if Int64(score) >= basis.cut {
      state.first &+= UInt64(Int64(score))
      state.second &+= 1
    } else if isStreak {
      (state.first, state.second) = (0, 0)
    }
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber {
    guard state.second >= UInt64(least), state.second > 0 else { return .notYet }
    return KernelNumber(state.first.signed, over: state.second.signed)
  }
}

/// The last scores, up to eight of at most 255 above the least one, a byte for each.
struct LiveRing: LiveKernel {
  let basis: KernelBasis
  let base: Int32
  let last: Int
  /// How many have to be at the cut; `nil` for the mean.
  let least: Int?
  var unit: Int64 { basis.unit }

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    state.first = state.first &<< 8 | UInt64(UInt8(truncatingIfNeeded: score &- base))
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber {
    let size = min(last, Int(state.count))
    var (sum, count) = (Int64(0), Int64(0))
    for place in 0..<size {
      let score = Int64(state.first >> UInt64(place &* 8) & 0xFF) &+ Int64(base)
      let isTaken = least == nil || score >= basis.cut
      sum &+= isTaken ? score : 0
      count &+= isTaken ? 1 : 0
    }
    if let least, count < Int64(least) || count == 0 { return .notYet }
    return KernelNumber(sum, over: count)
  }
}

/// The score in the middle: how often each of up to 16 scores came.
struct LiveMedian: LiveKernel {
  let basis: KernelBasis
  let base: Int32
  let middle: Method.Middle
  var unit: Int64 { basis.unit }

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    var counts = ScoreCounts(low: state.first, high: state.second)
    counts.add(UInt64(truncatingIfNeeded: score &- base))
    (state.first, state.second) = (counts.low, counts.high)
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber {
    guard state.count <= UInt32(ScoreCounts.most) else { return .exact }
    let sums = ScoreCounts(low: state.first, high: state.second).summed()
    let count = Int(state.count)
    let lower = sums.place(ofRank: (count &- 1) &>> 1) &+ Int64(base)
    let higher = sums.place(ofRank: count &>> 1) &+ Int64(base)
    switch middle {
    case .lower: return KernelNumber(lower)
    case .higher: return KernelNumber(higher)
    case .mean: return KernelNumber(lower &+ higher, over: 2)
    }
  }
}

/// The score that comes most often: how often each of up to 16 scores came, and the mode so far.
///
/// Counts only rise, by one at a time, so another score becomes the mode only when it is the one
/// that came now; that also makes it the latest one of a tie.
struct LiveMode: LiveKernel {
  let basis: KernelBasis
  let base: Int32
  let tie: Method.Tie
  var unit: Int64 { basis.unit }

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    let place = UInt64(truncatingIfNeeded: score &- base)
    var counts = ScoreCounts(low: state.first, high: state.second)
    counts.add(place)
    (state.first, state.second) = (counts.low, counts.high)
    // Before the first score the mode so far, 0, has come no time.
    let (own, most) = (counts.count(place), counts.count(state.third))
    let wins =
      switch tie {
      case .highest: place > state.third
      case .lowest: place < state.third
      case .latest: true
      }
    state.third = own > most || (own == most && wins) ? place : state.third
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber {
    guard state.count <= UInt32(ScoreCounts.most) else { return .exact }
    return KernelNumber(Int64(state.third) &+ Int64(base))
  }
}

struct LiveCounter: LiveKernel {
  let kernel: CounterKernel
  var unit: Int64 { kernel.unit }

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    let before = state.count == 0 ? kernel.start : state.first.signed
    state.first = UInt64(kernel.next(before, score))
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber {
    Int(state.count) <= kernel.limit ? KernelNumber(state.first.signed) : .exact
  }
}

struct LiveTracing: LiveKernel {
  let kernel: TracingKernel
  var unit: Int64 { kernel.unit }

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    let before = state.count == 0 ? nil : Double(bitPattern: state.first)
    state.first = kernel.next(before, score).bitPattern
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber {
    BinaryRounding.number(Double(bitPattern: state.first))
  }
}

/// The sums of the line, in the order of the scores; the count of scores above zero, and the newest.
struct LivePowerLaw: LiveKernel {
  let kernel: PowerLawKernel
  var unit: Int64 { kernel.unit }

  @inline(__always)
  func add(_ score: Int32, to state: inout LiveState) {
    guard let y = kernel.logarithm(of: score) else { return }
    let taken = (state.third &>> 32) &+ 1
    state.third = taken &<< 32 | UInt64(UInt32(bitPattern: score))
    let x = kernel.place(Int(taken))
    state.first = (Double(bitPattern: state.first) + y).bitPattern
    state.second = (Double(bitPattern: state.second) + x * y).bitPattern
  }

  @inline(__always)
  func number(of state: LiveState) -> KernelNumber {
    kernel.number(
      taken: Int(state.third &>> 32),
      newest: Int32(bitPattern: UInt32(truncatingIfNeeded: state.third)),
      sumY: Double(bitPattern: state.first), sumXY: Double(bitPattern: state.second))
  }
}
