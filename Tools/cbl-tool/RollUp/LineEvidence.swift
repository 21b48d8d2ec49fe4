import Domain
import Grading
import Records
import Scanning

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Turns lines into rows of a log in columns.
///
/// What comes often, such as scores and dates, is read once and is a number afterwards. The tables
/// are emptied when they grow too large, so that memory stays constant.
struct LineEvidence: ~Copyable {
  /// How many different values a table holds before it is emptied.
  private static let most = 1 << 16

  private let fields: LineColumns
  private let learnerPlace: Int
  private let targetPlace: Int
  private let scorePlace: Int?
  private let maximumPlace: Int?
  private let levelPlace: Int?
  private let datePlace: Int?
  private let recordedPlace: Int?
  private let policy: Policy
  private let traitPlaces: [Int]
  private(set) var columns = EvidenceColumns()
  private var targets = Interner()
  private var states = Interner()
  private var dates = Interner()
  private var traits = Interner()
  private var targetNumbers: [UInt32] = []
  private var stateNumbers: [UInt32] = []
  private var traitNumbers: [UInt32] = []
  private var moments: [Int64] = []
  /// What is wrong with the last score that was.
  private var stateFault = ""
  private var key: [UInt8] = []
  private var places: [Range<Int>] = []
  private var learner: UInt32 = 0
  private(set) var learnerBytes: [UInt8] = []
  private var hasLearner = false

  init(_ fields: LineColumns, _ policy: Policy) {
    self.fields = fields
    // Both are among the fields, or there were no `LineColumns`.
    learnerPlace = fields[.learner] ?? 0
    targetPlace = fields[.target] ?? 0
    scorePlace = fields[.score]
    maximumPlace = fields[.maximum]
    levelPlace = fields[.level]
    datePlace = fields[.date]
    recordedPlace = fields[.recorded]
    self.policy = policy
    traitPlaces = fields.traits
  }

  /// Splits a line into its fields.
  ///
  /// - Returns: What is wrong with it, or `nil`.
  mutating func split(_ line: EvidenceLine) -> String? {
    places.removeAll(keepingCapacity: true)
    var start = 0
    let bytes = unsafe line.bytes
    for place in 0..<bytes.count where unsafe bytes[place] == 0x09 {
      places.append(start..<place)
      start = place + 1
    }
    places.append(start..<bytes.count)
    guard places.count == fields.fields.count else {
      return "has \(places.count) fields where \(fields.fields.count) are expected: "
        + fields.fields.map(\.rawValue).joined(separator: ", ") + ", with tabs between them"
    }
    guard !isBlank(line, learnerPlace) else {
      return "names no learner; give each line one"
    }
    return nil
  }

  /// Whether the line that was split is about another learner than the rows before.
  func isNewLearner(_ line: EvidenceLine) -> Bool {
    guard hasLearner else { return true }
    let own = unsafe bytes(line, learnerPlace)
    guard own.count == learnerBytes.count else { return true }
    return unsafe learnerBytes.withUnsafeBytes { other in
      guard let first = own.baseAddress, let second = other.baseAddress else {
        return false
      }
      return unsafe memcmp(first, second, other.count) != 0
    }
  }

  /// Makes the learner of the line that was split the one whose rows follow.
  mutating func beginLearner(_ line: EvidenceLine) -> String? {
    guard let name = unsafe Identifier(validating: bytes(line, learnerPlace)) else {
      return "names a learner in bytes that are not UTF-8; convert the input"
    }
    learnerBytes = unsafe Array(bytes(line, learnerPlace))
    learner = columns.number(of: LearnerID(name))
    hasLearner = true
    return nil
  }

  /// Adds the line that was split as a row.
  ///
  /// - Returns: What is wrong with it, or `nil`.
  mutating func add(_ line: EvidenceLine) throws -> String? {
    var target = EvidenceColumns.none
    if !isBlank(line, targetPlace) {
      guard let number = unsafe number(ofTarget: bytes(line, targetPlace)) else {
        return "names a target in bytes that are not UTF-8; convert the input"
      }
      target = number
    }
    guard let state = state(line) else { return stateFault }
    guard let occurred = moment(line, datePlace) else {
      return "has no date such as 2025-09-30 or 2025-09-30T14:05:00Z"
    }
    guard let recorded = recordedPlace == nil ? occurred : moment(line, recordedPlace) else {
      return "does not say when it was recorded, as 2025-09-30T14:05:00Z"
    }
    guard let traits = traits(line) else {
      return "has an attempt that is no whole number from 1, or a trust that is not self, claimed "
        + "or verified"
    }
    try columns.append(
      learner: learner, target: target, state: state, traits: traits, occurred: occurred,
      recorded: recorded)
    return nil
  }

  /// Takes all rows out; tables that have become large are begun again.
  mutating func removeRows() {
    hasLearner = false
    guard
      max(targets.count, states.count, dates.count, traits.count) > Self.most
    else { return columns.removeRows() }
    columns = EvidenceColumns()
    targets = Interner()
    states = Interner()
    dates = Interner()
    traits = Interner()
    (targetNumbers, stateNumbers, traitNumbers, moments) = ([], [], [], [])
  }

  private func bytes(_ line: EvidenceLine, _ place: Int) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: line.bytes[places[place]])
  }

  /// Nothing, or `\N`, which is how Hive, Spark and PostgreSQL write it.
  private func isBlank(_ line: EvidenceLine, _ place: Int) -> Bool {
    let range = places[place]
    if range.isEmpty { return true }
    return unsafe range.count == 2 && line.bytes[range.lowerBound] == 0x5C
      && line.bytes[range.lowerBound + 1] == 0x4E
  }

  private mutating func number(ofTarget bytes: UnsafeRawBufferPointer) -> UInt32? {
    let (number, isNew) = unsafe targets.insert(bytes)
    if isNew {
      let name = unsafe Identifier(validating: bytes)
      // A number for bad bytes too, so that the tables stay in step.
      targetNumbers.append(
        name.map { columns.number(of: CompetencyID($0)) } ?? EvidenceColumns.none)
    }
    let own = targetNumbers[Int(number)]
    return own == EvidenceColumns.none ? nil : own
  }

  private mutating func state(_ line: EvidenceLine) -> UInt32? {
    key.removeAll(keepingCapacity: true)
    addToKey(line, scorePlace)
    addToKey(line, maximumPlace)
    addToKey(line, levelPlace)
    let (number, isNew) = Self.insert(key, into: &states)
    if isNew {
      // The reading ends with the first score that is wrong.
      let state = makeState(line)
      stateNumbers.append(state.map { columns.number(of: $0) } ?? EvidenceColumns.none)
    }
    let own = stateNumbers[Int(number)]
    return own == EvidenceColumns.none ? nil : own
  }

  private static func insert(_ key: [UInt8], into table: inout Interner) -> (UInt32, Bool) {
    unsafe key.withUnsafeBytes { bytes in unsafe table.insert(bytes) }
  }

  private mutating func addToKey(_ line: EvidenceLine, _ place: Int?) {
    if let place, !isBlank(line, place) { unsafe key.append(contentsOf: bytes(line, place)) }
    key.append(0x09)
  }

  /// The state of the line; `nil` when the score is wrong, and then ``stateFault`` says why.
  private mutating func makeState(_ line: EvidenceLine) -> EvidenceState? {
    guard let state = readState(line) else {
      stateFault =
        "has a score that is no number; write such as 3.5, or nothing where there is none"
      return nil
    }
    let traits = EvidenceTraits(kind: "unstated", purpose: "unstated")
    if let problem = policy.problem(with: state, of: traits), problem.severity == .rejected {
      stateFault = "is wrong. \(problem.message)"
      return nil
    }
    return state
  }

  private func readState(_ line: EvidenceLine) -> EvidenceState? {
    if let level = word(line, .level) {
      return .assessed(.level(level, scale: policy.scale.id))
    }
    guard let score = word(line, .score) else { return .notAssessed(.unstated) }
    guard let earned = Self.decimal(score) else { return nil }
    guard let maximum = word(line, .maximum) else {
      return .assessed(.number(earned, scale: policy.scale.id))
    }
    return Self.decimal(maximum).map { .assessed(.points(earned, of: $0)) }
  }

  private static func decimal(_ word: Identifier) -> ExactDecimal? {
    var text = word.text
    let isPlain = text.withUTF8 { bytes in
      unsafe parseDecimal(UnsafeRawBufferPointer(bytes)) != nil
    }
    return isPlain ? ExactDecimal(word.text) : nil
  }

  private func word(_ line: EvidenceLine, _ field: LineColumns.Field) -> Identifier? {
    guard let place = fields[field], !isBlank(line, place) else { return nil }
    return unsafe Identifier(validating: bytes(line, place))
  }

  /// The moment of a field; without such a field all are the same, so that lines keep their order.
  private mutating func moment(_ line: EvidenceLine, _ place: Int?) -> Int64? {
    guard let place else { return 0 }
    let (number, isNew) = unsafe dates.insert(bytes(line, place))
    if isNew {
      let date = unsafe PartialDate(String(decoding: bytes(line, place), as: UTF8.self))
      let moment = date?.earliest(offsetMinutes: policy.offsetMinutes)
      moments.append(moment?.secondsSince1970 ?? .min)
    }
    let own = moments[Int(number)]
    return own == .min ? nil : own
  }

  private mutating func traits(_ line: EvidenceLine) -> UInt32? {
    key.removeAll(keepingCapacity: true)
    for place in traitPlaces { addToKey(line, place) }
    let (number, isNew) = Self.insert(key, into: &traits)
    if isNew {
      traitNumbers.append(makeTraits(line).map { columns.number(of: $0) } ?? EvidenceColumns.none)
    }
    let own = traitNumbers[Int(number)]
    return own == EvidenceColumns.none ? nil : own
  }

  private func makeTraits(_ line: EvidenceLine) -> EvidenceTraits? {
    var traits = EvidenceTraits(kind: "unstated", purpose: "unstated")
    if let kind = word(line, .kind) { traits.kind = EvidenceKind(word: kind) }
    if let purpose = word(line, .purpose) { traits.purpose = EvidencePurpose(word: purpose) }
    if let attempt = word(line, .attempt) {
      guard let number = Int(attempt.text), number >= 1 else { return nil }
      traits.attempt = number
    }
    if let trust = word(line, .trust) {
      guard let own = Trust(rawValue: trust.text) else { return nil }
      traits.trust = own
    }
    traits.context = word(line, .context)
    traits.rater = word(line, .rater).map { ID($0) }
    return traits
  }
}
