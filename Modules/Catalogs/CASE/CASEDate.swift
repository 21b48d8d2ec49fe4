internal import Domain

/// Dates and moments as files write them.
enum CASEDate {
  /// The moment that a text means: a day is its first moment, no zone is UTC, a blank may stand
  /// for the `T`.
  static func instant(_ text: String) -> Instant? {
    date(text)?.earliest(offsetMinutes: 0)
  }

  /// The date or moment that a text means.
  static func date(_ text: String) -> PartialDate? {
    let trimmed = text.trimmingBlanks()
    if let date = PartialDate(trimmed) { return date }
    guard let blank = trimmed.firstIndex(of: " ") else { return nil }
    return PartialDate(trimmed[..<blank] + "T" + trimmed[blank...].trimmingBlanks())
  }

  /// Whether a text is a moment with its offset, as the format has it.
  static func isStrictMoment(_ text: String) -> Bool { Instant(text) != nil }

  /// Whether a text is a day, as the format has it.
  static func isStrictDay(_ text: String) -> Bool { CalendarDate(text) != nil }
}
