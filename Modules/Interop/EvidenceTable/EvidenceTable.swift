public import Records

/// Evidence as columns of numbers, learner by learner: what a roll-up reads.
///
/// Row *i* of every column is one observation of one learner on one target. The rows of a learner
/// stand together, in the order of the input; ``rows(of:)`` gives their range. Learners, targets
/// and line items are numbers from 0 in the order in which the input names them; the text columns
/// give their identifiers. A score is `mantissa * 10^exponent`, exactly as the source writes it.
///
/// A row takes 37 bytes.
public struct EvidenceTable: Sendable {
  /// What a row says of the work.
  public enum State: UInt8, Hashable, Sendable {
    /// It was scored.
    case graded
    /// It was scored in part.
    case partiallyGraded
    /// It was handed in and has no score.
    case submitted
    /// It was not handed in.
    case notSubmitted
    /// The learner is excused.
    case exempt
    /// It was not assigned to the learner.
    case notAssigned
    /// Somebody says that there is no score.
    case noGrade
    /// A word that this version does not know.
    case other

    init(_ token: UnsafeRawBufferPointer) {
      guard token.count > 0 else {
        self = .graded
        return
      }
      let words: [(StaticString, State)] = [
        ("graded", .graded), ("partiallyGraded", .partiallyGraded), ("submitted", .submitted),
        ("notSubmitted", .notSubmitted), ("exempt", .exempt), ("notAssigned", .notAssigned),
        ("noGrade", .noGrade),
      ]
      let known = words.first { word, _ in
        unsafe token.elementsEqual(
          UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
      }
      self = known?.1 ?? .other
    }
  }

  /// Stands for "none" in the number columns.
  public static let none = UInt32.max
  /// Stands for "no time" in ``times``.
  public static let noTime = Int64.min

  /// The learner of each row.
  public internal(set) var learners: [UInt32] = []
  /// The target of each row, or ``none``.
  public internal(set) var targets: [UInt32] = []
  /// The line item of each row, or ``none``.
  public internal(set) var lineItems: [UInt32] = []
  /// The mantissa of each row's score; 0 where ``states`` says that there is none.
  public internal(set) var mantissas: [Int64] = []
  /// The power of ten of each row's score.
  public internal(set) var exponents: [Int8] = []
  /// Seconds from 1970-01-01T00:00Z, a date counting from its midnight; or ``noTime``.
  public internal(set) var times: [Int64] = []
  /// The state of each row.
  public internal(set) var states: [State] = []
  /// Whether each row has a score.
  public internal(set) var hasScore: [Bool] = []
  /// The greatest score of each row's line item as a share of one score point: its mantissa, and
  /// its power of ten in ``maximumExponents``; 0 when it is not known.
  public internal(set) var maximumMantissas: [Int64] = []
  /// The power of ten of each row's greatest score.
  public internal(set) var maximumExponents: [Int8] = []

  /// The identifiers of the learners.
  public internal(set) var learnerNames = TextColumn()
  /// The identifiers of the targets.
  public internal(set) var targetNames = TextColumn()
  /// The identifiers of the line items.
  public internal(set) var lineItemNames = TextColumn()
  /// Where the rows of each learner start, and past the last where they end.
  public internal(set) var starts: [Int] = [0]

  init() {}

  /// The number of rows.
  public var count: Int { learners.count }

  /// The number of learners.
  public var learnerCount: Int { learnerNames.count }

  /// The rows of a learner.
  ///
  /// - Complexity: O(1).
  public func rows(of learner: Int) -> Range<Int> { starts[learner]..<starts[learner + 1] }

  /// Puts the rows of each learner together by a counting sort; the order within is kept.
  mutating func group() {
    var places = [Int](repeating: 0, count: learnerNames.count + 1)
    for learner in learners { places[Int(learner) + 1] += 1 }
    for index in 1..<max(1, places.count) { places[index] += places[index - 1] }
    starts = places
    var order = [Int](repeating: 0, count: learners.count)
    for row in learners.indices {
      let learner = Int(learners[row])
      order[places[learner]] = row
      places[learner] += 1
    }
    learners = order.map { learners[$0] }
    targets = order.map { targets[$0] }
    lineItems = order.map { lineItems[$0] }
    mantissas = order.map { mantissas[$0] }
    exponents = order.map { exponents[$0] }
    times = order.map { times[$0] }
    states = order.map { states[$0] }
    hasScore = order.map { hasScore[$0] }
    maximumMantissas = order.map { maximumMantissas[$0] }
    maximumExponents = order.map { maximumExponents[$0] }
  }
}
