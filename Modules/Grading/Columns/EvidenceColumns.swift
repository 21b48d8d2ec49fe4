public import Domain

/// An evidence log as columns of numbers, for roll-ups over many learners.
///
/// Learners, targets, scores and traits are told once each and are numbers in the rows, so that a
/// row takes 34 bytes, and its identifier 4 bytes and its text. Nothing that a result depends on is
/// lost: ``evidence(at:)`` gives a row back. Not kept are the names of other systems, the
/// provenance, and how a date was written where it was not ISO 8601.
///
/// Rows may come in any order; grouping is fastest when those of a learner come together.
public struct EvidenceColumns: Sendable {
  /// Stands for "none" among targets.
  public static let none = UInt32.max

  private(set) var learners: [UInt32] = []
  var targets: [UInt32] = []
  private(set) var states: [UInt32] = []
  private(set) var traits: [UInt32] = []
  private(set) var occurred = TimeColumn()
  private(set) var recorded = TimeColumn()
  /// Only there once a row has one.
  private(set) var due: TimeColumn?
  private(set) var submitted: TimeColumn?
  private(set) var assessments: [UInt32] = []
  private(set) var artefacts: [UInt32] = []
  var identifiers = IdentifierColumn()
  /// When rows were taken back.
  private(set) var reversals: [UInt32: Instant] = [:]

  private(set) var learnerNames = NumberedValues<LearnerID>()
  var targetNames = NumberedValues<CompetencyID>()
  private(set) var stateValues = NumberedValues<EvidenceState>()
  private(set) var traitValues = NumberedValues<EvidenceTraits>()
  private(set) var assessmentNames = NumberedValues<ID<Assessment>>()
  private(set) var artefactNames = NumberedValues<ID<Artefact>>()

  /// Creates an empty log.
  ///
  /// - Parameter capacity: For how many rows room is made; more may come.
  public init(capacity: Int = 0) {
    guard capacity > 0 else { return }
    learners.reserveCapacity(capacity)
    targets.reserveCapacity(capacity)
    states.reserveCapacity(capacity)
    traits.reserveCapacity(capacity)
    occurred.reserve(capacity)
    recorded.reserve(capacity)
  }

  /// The number of rows.
  public var count: Int { learners.count }

  /// The number of a learner; a new one gets the next number.
  public mutating func number(of learner: LearnerID) -> UInt32 { learnerNames.number(of: learner) }

  /// The number of a target; a new one gets the next number.
  public mutating func number(of target: CompetencyID) -> UInt32 { targetNames.number(of: target) }

  /// The number of a score, or of why there is none; a new one gets the next number.
  public mutating func number(of state: EvidenceState) -> UInt32 { stateValues.number(of: state) }

  /// The number of traits; new ones get the next number.
  public mutating func number(of traits: EvidenceTraits) -> UInt32 {
    traitValues.number(of: traits)
  }

  /// Adds a row by numbers that this log gave, named by the number of the row.
  ///
  /// - Parameters:
  ///   - learner: The learner.
  ///   - target: The target, or ``none``.
  ///   - state: The score, or why there is none.
  ///   - traits: What else is known of it.
  ///   - occurred: Seconds from 1970-01-01T00:00Z to when the learner showed it.
  ///   - recorded: Seconds to when it entered the log.
  /// - Throws: ``GradingError`` with the code `invalidEvidence` for a number that was not given, a
  ///   moment outside of the years 1 to 9999 or rows that have identifiers, or `limitExceeded`.
  /// - Complexity: O(1), amortised.
  public mutating func append(
    learner: UInt32, target: UInt32, state: UInt32, traits: UInt32, occurred: Int64,
    recorded: Int64
  ) throws(GradingError) {
    guard learner < learnerNames.count, target < targetNames.count || target == Self.none,
      state < stateValues.count, traits < traitValues.count, identifiers.count == 0,
      Instant(secondsSince1970: occurred) != nil, Instant(secondsSince1970: recorded) != nil
    else {
      throw GradingError(
        .invalidEvidence,
        "Row \(count) has a number that was not given before, or a moment outside of the years 1 "
          + "to 9999, or comes after rows with identifiers; ask number(of:) for numbers.")
    }
    try checkRoom()
    learners.append(learner)
    targets.append(target)
    states.append(state)
    self.traits.append(traits)
    self.occurred.append(utc: occurred, precision: .second)
    self.recorded.append(utc: recorded, precision: .second)
    padOptionalColumns()
  }

  /// Takes a row back.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - recorded: When that entered the log.
  /// - Throws: ``GradingError`` with the code `invalidEvidence` when there is no such row or it was
  ///   taken back before.
  public mutating func reverse(row: Int, recorded: Instant) throws(GradingError) {
    guard row >= 0, row < count, reversals[UInt32(row)] == nil else {
      throw GradingError(
        .invalidEvidence,
        "Row \(row) is not there or was taken back before; there are \(count) rows.")
    }
    reversals[UInt32(row)] = recorded
  }

  /// Takes all rows, reversals and learners out; the other numbers that were given stay.
  public mutating func removeRows() {
    learnerNames = NumberedValues()
    learners.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
    traits.removeAll(keepingCapacity: true)
    occurred.removeAll()
    recorded.removeAll()
    due?.removeAll()
    submitted?.removeAll()
    assessments.removeAll(keepingCapacity: true)
    artefacts.removeAll(keepingCapacity: true)
    identifiers.removeAll()
    reversals.removeAll(keepingCapacity: true)
  }

  func checkRoom() throws(GradingError) {
    // Row numbers take 4 bytes, and the last number means "none".
    guard count < Int(UInt32.max) - 1 else {
      throw GradingError(
        .limitExceeded, "A log in columns has room for 4 billion rows; split it by learner.")
    }
  }

  private mutating func padOptionalColumns() {
    due?.append(nil)
    submitted?.append(nil)
    if !assessments.isEmpty { assessments.append(Self.none) }
    if !artefacts.isEmpty { artefacts.append(Self.none) }
  }

  /// Adds a piece whose identifier was checked.
  mutating func append(checked piece: Evidence) {
    Self.append(piece.times.due, to: &due, after: count)
    Self.append(piece.times.submitted, to: &submitted, after: count)
    Self.append(piece.assessment.map { assessmentNames.number(of: $0) }, to: &assessments, count)
    Self.append(piece.artefact.map { artefactNames.number(of: $0) }, to: &artefacts, count)
    learners.append(learnerNames.number(of: piece.learner))
    targets.append(piece.competency.map { targetNames.number(of: $0) } ?? Self.none)
    states.append(stateValues.number(of: piece.state))
    traits.append(traitValues.number(of: EvidenceTraits(piece)))
    occurred.append(piece.times.occurred)
    recorded.append(piece.times.recorded)
    identifiers.append(piece.id.identifier)
  }

  /// Finds a row by the identifier it was given.
  mutating func row(of id: EvidenceID) -> Int? { identifiers.row(of: id.identifier) }

  // A column that only some rows need begins with the first of them.
  private static func append(
    _ date: PartialDate?, to column: inout TimeColumn?, after done: Int
  ) {
    if column == nil, date != nil {
      var made = TimeColumn()
      for _ in 0..<done { made.append(nil) }
      column = made
    }
    column?.append(date)
  }

  private static func append(_ number: UInt32?, to column: inout [UInt32], _ done: Int) {
    guard number != nil || !column.isEmpty else { return }
    if column.isEmpty { column = [UInt32](repeating: none, count: done) }
    column.append(number ?? none)
  }
}

/// Values that are told once and are numbers elsewhere.
struct NumberedValues<Value: Hashable & Sendable>: Sendable {
  private(set) var values: [Value] = []
  private var numbers: [Value: UInt32] = [:]

  var count: Int { values.count }

  mutating func number(of value: Value) -> UInt32 {
    if let number = numbers[value] { return number }
    let number = UInt32(values.count)
    values.append(value)
    numbers[value] = number
    return number
  }

  func find(_ value: Value) -> UInt32? { numbers[value] }

  subscript(number: UInt32) -> Value { values[Int(number)] }
}
