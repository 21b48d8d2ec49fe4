public import Domain

/// The rows of a log that stand from a point of view, by learner and target, in a policy's order.
///
/// Policies with the same order and offset share it, which is what makes trying others cheap.
public struct EvidenceGroups: Sendable {
  /// The log.
  public let columns: EvidenceColumns
  /// The point of view.
  public let asOf: AsOf
  /// By which date rows are ordered within a group.
  public let order: Policy.Order
  /// Minutes to the east of UTC, for dates without a zone.
  public let offsetMinutes: Int

  /// Rows, group by group, each group in order; ties keep the order of the log.
  private(set) var rows: [UInt32] = []
  /// Where each group begins, and past the last where it ends.
  private(set) var starts: [UInt32] = [0]
  private(set) var learners: [UInt32] = []
  private(set) var targets: [UInt32] = []

  /// The number of groups: pairs of a learner and a target with at least one row that stands.
  public var count: Int { learners.count }

  /// The number of rows that stand.
  public var rowCount: Int { rows.count }

  /// The learner of a group.
  public func learner(at group: Int) -> LearnerID { columns.learnerNames[learners[group]] }

  /// The target of a group.
  public func target(at group: Int) -> CompetencyID { columns.targetNames[targets[group]] }

  /// The number of rows of a group.
  public func rowCount(at group: Int) -> Int { Int(starts[group + 1] - starts[group]) }

  func range(of group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }

  /// Groups a log as a policy asks.
  ///
  /// Learners come in the order in which the log names them, and so do the targets of a learner.
  /// Rows without a target are in no group.
  ///
  /// - Parameters:
  ///   - columns: The log.
  ///   - policy: The policy, for its order and offset.
  ///   - asOf: The point of view; what occurred or was recorded later, reversals too, is left out.
  /// - Complexity: O(*n*) in the number of rows for a log in order, and O(*n* log *n*) at worst.
  public init(_ columns: EvidenceColumns, for policy: Policy, asOf: AsOf) {
    self.init(columns, order: policy.order, offsetMinutes: policy.offsetMinutes, asOf: asOf)
  }

  private init(_ columns: EvidenceColumns, order: Policy.Order, offsetMinutes: Int, asOf: AsOf) {
    self.columns = columns
    self.asOf = asOf
    self.order = order
    self.offsetMinutes = offsetMinutes
    var builder = GroupBuilder(columns, order: order, offsetMinutes: offsetMinutes, asOf: asOf)
    builder.build()
    rows = builder.rows
    starts = builder.starts
    learners = builder.learners
    targets = builder.targets
  }

  /// The same log from the same point of view, as another policy asks.
  ///
  /// - Complexity: O(1) when the policies have the same order and offset.
  public func regrouped(for policy: Policy) -> EvidenceGroups {
    guard policy.order != order || policy.offsetMinutes != offsetMinutes else { return self }
    return EvidenceGroups(columns, for: policy, asOf: asOf)
  }
}

/// Puts rows together learner by learner: by target with a counting sort, then by date.
private struct GroupBuilder {
  let columns: EvidenceColumns
  let filter: StandingFilter
  let keys: OrderKeys
  var rows: [UInt32] = []
  var starts: [UInt32] = []
  var learners: [UInt32] = []
  var targets: [UInt32] = []
  /// For each target the rows of the learner at hand, and then where its next row goes.
  private var places: [UInt32]
  private var touched: [UInt32] = []
  private var standing: [UInt32] = []
  private var moments: [Int64] = []

  init(_ columns: EvidenceColumns, order: Policy.Order, offsetMinutes: Int, asOf: AsOf) {
    self.columns = columns
    filter = StandingFilter(columns, offsetMinutes: offsetMinutes, asOf: asOf)
    keys = OrderKeys(columns, order: order, offsetMinutes: offsetMinutes)
    places = [UInt32](repeating: 0, count: columns.targetNames.count)
    rows.reserveCapacity(columns.count)
  }

  mutating func build() {
    let learners = columns.learners
    var isTogether = true
    for row in 1..<max(1, learners.count) where learners[row] < learners[row - 1] {
      isTogether = false
      break
    }
    let order = isTogether ? [] : orderByLearner()
    var start = 0
    while start < learners.count {
      let learner = learners[isTogether ? start : Int(order[start])]
      var end = start
      standing.removeAll(keepingCapacity: true)
      while end < learners.count {
        let row = isTogether ? end : Int(order[end])
        guard learners[row] == learner else { break }
        take(row)
        end += 1
      }
      put(learner)
      start = end
    }
    starts.append(UInt32(rows.count))
  }

  private func orderByLearner() -> [UInt32] {
    var next = [UInt32](repeating: 0, count: columns.learnerNames.count + 1)
    for learner in columns.learners { next[Int(learner) + 1] += 1 }
    for index in 1..<next.count { next[index] += next[index - 1] }
    var order = [UInt32](repeating: 0, count: columns.count)
    for (row, learner) in columns.learners.enumerated() {
      order[Int(next[Int(learner)])] = UInt32(row)
      next[Int(learner)] += 1
    }
    return order
  }

  @inline(__always)
  private mutating func take(_ row: Int) {
    let target = columns.targets[row]
    guard target != EvidenceColumns.none, filter.stands(row) else { return }
    if places[Int(target)] == 0 { touched.append(target) }
    places[Int(target)] += 1
    standing.append(UInt32(row))
  }

  /// Makes the groups of a learner from the rows that were taken.
  private mutating func put(_ learner: UInt32) {
    guard !standing.isEmpty else { return }
    touched.sort()
    let base = rows.count
    var place = UInt32(base)
    for target in touched {
      starts.append(place)
      learners.append(learner)
      targets.append(target)
      let count = places[Int(target)]
      places[Int(target)] = place
      place += count
    }
    rows.append(contentsOf: standing)
    moments.removeAll(keepingCapacity: true)
    moments.append(contentsOf: repeatElement(0, count: standing.count))
    for row in standing {
      let target = Int(columns.targets[Int(row)])
      let place = Int(places[target])
      rows[place] = row
      moments[place - base] = keys.seconds(Int(row))
      places[target] += 1
    }
    var start = base
    for target in touched {
      let end = Int(places[Int(target)])
      sort(start..<end, base)
      start = end
      places[Int(target)] = 0
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Sorts a group by date; most logs are nearly in order already.
  private mutating func sort(_ range: Range<Int>, _ base: Int) {
    if range.count > 48 {
      let sorted = range.sorted { first, second in
        let (left, right) = (moments[first - base], moments[second - base])
        guard left == right else { return left < right }
        return keys.isTieBefore(rows[first], rows[second])
      }
      let ordered = sorted.map { rows[$0] }
      rows.replaceSubrange(range, with: ordered)
      return
    }
    for index in range.dropFirst() {
      let (row, moment) = (rows[index], moments[index - base])
      var place = index
      while place > range.lowerBound {
        let before = moments[place - 1 - base]
        guard before > moment || (before == moment && keys.isTieBefore(row, rows[place - 1]))
        else { break }
        rows[place] = rows[place - 1]
        moments[place - base] = before
        place -= 1
      }
      guard place < index else { continue }
      rows[place] = row
      moments[place - base] = moment
    }
  }
}

/// Which rows stand from a point of view.
private struct StandingFilter {
  private let columns: EvidenceColumns
  private let asOf: AsOf
  private let shifts: [Int64]
  /// A bit for each row that was taken back; empty when there is none.
  private var reversed: [UInt64] = []

  init(_ columns: EvidenceColumns, offsetMinutes: Int, asOf: AsOf) {
    self.columns = columns
    self.asOf = asOf
    shifts = columns.occurred.shifts(offsetMinutes: offsetMinutes)
    guard !columns.reversals.isEmpty else { return }
    reversed = [UInt64](repeating: 0, count: columns.count / 64 + 1)
    for (row, moment) in columns.reversals where moment <= asOf.known {
      reversed[Int(row / 64)] |= 1 << UInt64(row % 64)
    }
  }

  @inline(__always)
  func stands(_ row: Int) -> Bool {
    let moment = columns.occurred.seconds[row] - shifts[Int(columns.occurred.forms[row])]
    let recorded = columns.recorded.seconds[row]
    if moment >= asOf.occurred.secondsSince1970 || recorded >= asOf.known.secondsSince1970 {
      guard isBefore(moment, columns.occurred, row, asOf.occurred),
        isBefore(recorded, columns.recorded, row, asOf.known)
      else { return false }
    }
    guard moment >= OrderKeys.moments.lowerBound else { return false }
    return reversed.isEmpty || reversed[row / 64] >> UInt64(row % 64) & 1 == 0
  }

  private func isBefore(_ seconds: Int64, _ column: TimeColumn, _ row: Int, _ limit: Instant)
    -> Bool
  {
    guard seconds == limit.secondsSince1970 else { return seconds < limit.secondsSince1970 }
    return column.fractions[UInt32(row)] ?? 0 <= limit.nanoseconds
  }
}

/// The moments by which rows are ordered.
private struct OrderKeys {
  /// The seconds that an `Instant` can have: years 1 to 9999.
  static let moments: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  private let column: TimeColumn
  private let fallback: TimeColumn
  private let shifts: [Int64]
  private let fallbackShifts: [Int64]
  private let hasFractions: Bool

  init(_ columns: EvidenceColumns, order: Policy.Order, offsetMinutes: Int) {
    fallback = columns.occurred
    column =
      switch order {
      case .occurred: columns.occurred
      case .due: columns.due ?? columns.occurred
      case .submitted: columns.submitted ?? columns.occurred
      case .recorded: columns.recorded
      }
    shifts = column.shifts(offsetMinutes: offsetMinutes)
    fallbackShifts = fallback.shifts(offsetMinutes: offsetMinutes)
    hasFractions = !column.fractions.isEmpty || !fallback.fractions.isEmpty
  }

  @inline(__always)
  func seconds(_ row: Int) -> Int64 {
    let form = column.forms[row]
    let moment =
      form == TimeColumn.none
      ? fallback.seconds[row] - fallbackShifts[Int(fallback.forms[row])]
      : column.seconds[row] - shifts[Int(form)]
    return Self.moments.contains(moment) ? moment : .min
  }

  /// Whether a row comes before another one with the same seconds.
  @inline(__always)
  func isTieBefore(_ first: UInt32, _ second: UInt32) -> Bool {
    guard hasFractions else { return first < second }
    return (fraction(first), first) < (fraction(second), second)
  }

  private func fraction(_ row: UInt32) -> Int32 {
    guard seconds(Int(row)) != .min else { return 0 }
    let own = column.forms[Int(row)] == TimeColumn.none ? fallback : column
    return own.fractions[row] ?? 0
  }
}
