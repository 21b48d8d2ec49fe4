public import Domain

/// A year-round rota: the school is open longer than any teacher works, and every day has enough
/// staff.
///
/// Such as 200 days of a school whose teachers work at most 180.
public struct StaffRota: Hashable, Sendable {
  /// The staff, in the order given.
  public let staff: [Identifier]
  /// The days off of each member of the staff, as numbers of days of the school, in order.
  public let daysOff: [[Int]]
  /// How many days the school is open.
  public let dayCount: Int

  /// Makes a rota.
  ///
  /// Days off come in one run where that can be; no day ever falls below what it needs.
  ///
  /// - Parameters:
  ///   - staff: The members of the staff.
  ///   - required: How many are needed on each day.
  ///   - mostDays: How many days each works at most.
  /// - Throws: ``SchedulingError`` with the code `capacity`, saying by how much, when there are too
  ///   few; with `duplicateIdentifier` when a member is named twice.
  /// - Complexity: O(*days* · *staff*).
  public init(
    staff: [Identifier], required: [Int], mostDays: Int
  ) throws(SchedulingError) {
    try Self.check(staff, required, mostDays)
    let rest = max(0, required.count - mostDays)
    let room = required.map { staff.count - $0 }
    self.staff = staff
    dayCount = required.count
    daysOff = Self.runs(staff.count, room, rest) ?? Self.spread(staff.count, room, rest)
  }

  private static func check(
    _ staff: [Identifier], _ required: [Int], _ mostDays: Int
  ) throws(SchedulingError) {
    guard Set(staff).count == staff.count else {
      throw SchedulingError(
        .duplicateIdentifier, "A member of the staff is named twice; name each once.")
    }
    guard !required.isEmpty, mostDays > 0, required.allSatisfy({ $0 >= 0 }) else {
      throw SchedulingError(
        .wrongValue, "A rota needs days, a number of staff for each, and at least 1 day of work.")
    }
    for (day, count) in required.enumerated() where count > staff.count {
      throw SchedulingError(
        .capacity,
        "Day \(day + 1) needs \(count) of the staff and there are \(staff.count): "
          + "\(count - staff.count) too few. Add staff or ask for fewer.")
    }
    let (needed, offered) = (required.reduce(0, +), staff.count * min(mostDays, required.count))
    guard needed <= offered else {
      throw SchedulingError(
        .capacity,
        "The days need \(needed) days of work and \(staff.count) of the staff give at most "
          + "\(offered): \(needed - offered) too few. Add staff or raise the limit of \(mostDays).")
    }
  }

  /// Gives everybody one run of days off, one after another through the lanes of free places.
  private static func runs(_ staff: Int, _ room: [Int], _ rest: Int) -> [[Int]]? {
    var result: [[Int]] = []
    var (lane, day) = (0, 0)
    let lanes = room.max() ?? 0
    while result.count < staff, rest > 0 {
      guard lane < lanes else { return nil }
      let end = day + rest
      if end <= room.count, (day..<end).allSatisfy({ room[$0] > lane }) {
        result.append(Array(day..<end))
        day = end
      } else {
        day += 1
      }
      if day + rest > room.count { (lane, day) = (lane + 1, 0) }
    }
    return rest == 0 ? Array(repeating: [], count: staff) : result
  }

  /// Gives each day's free places to those with the fewest days off, so that they differ by one.
  private static func spread(_ staff: Int, _ room: [Int], _ rest: Int) -> [[Int]] {
    var result: [[Int]] = Array(repeating: [], count: staff)
    for day in room.indices {
      let order = (0..<staff).sorted { (result[$0].count, $0) < (result[$1].count, $1) }
      for member in order.prefix(room[day]) where result[member].count < rest {
        result[member].append(day)
      }
    }
    return result
  }

  /// How many of the staff work on each day.
  public var present: [Int] {
    var counts = Array(repeating: staff.count, count: dayCount)
    for days in daysOff { for day in days { counts[day] -= 1 } }
    return counts
  }
}
