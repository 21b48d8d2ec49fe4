/// Which number comes first in dates such as `9/6/2023`.
public enum DateOrder: UInt8, Hashable, Sendable {
  /// Not known; dates that can be read in two ways are ambiguous.
  case unknown
  /// The day.
  case dayFirst
  /// The month.
  case monthFirst
}

/// Decides the order of day and month in a column of dates.
///
/// A cell proves an order when one of its first two numbers is more than 12.
public struct DateOrderFinder: Hashable, Sendable {
  private var provesDay = false
  private var provesMonth = false

  /// A finder for one column.
  public init() {}

  /// Takes one cell of the column into account.
  public mutating func observe(_ cell: UnsafeRawBufferPointer) {
    let end = unsafe endOfDigits(cell, from: 0)
    guard end == 1 || end == 2, end + 1 < cell.count else { return }
    let separator = unsafe cell[end]
    guard separator == 0x2F || separator == 0x2D else { return }
    let secondEnd = unsafe endOfDigits(cell, from: end + 1)
    guard secondEnd - end == 2 || secondEnd - end == 3, secondEnd < cell.count,
      unsafe cell[secondEnd] == separator,
      let first = unsafe fixedDigits(cell, 0, end),
      let second = unsafe fixedDigits(cell, end + 1, secondEnd - end - 1)
    else { return }
    if first > 12, second <= 12 { provesDay = true }
    if second > 12, first <= 12 { provesMonth = true }
  }

  /// What the cells so far say; unknown when they say nothing or contradict each other.
  public var decision: DateOrder {
    provesDay == provesMonth ? .unknown : provesDay ? .dayFirst : .monthFirst
  }
}
