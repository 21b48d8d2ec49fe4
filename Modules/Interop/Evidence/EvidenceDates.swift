internal import Domain
internal import Scanning

/// Reads the dates of rows, each text once as long as it is remembered.
struct EvidenceDates {
  private struct Entry {
    var text: [UInt8] = []
    var date: PartialDate?
  }

  private static let places = 1_024
  private let offsetMinutes: Int
  private var entries = [Entry](repeating: Entry(), count: places)

  /// - Parameter offsetMinutes: Minutes to the east of UTC, for times without a zone.
  init(offsetMinutes: Int) {
    self.offsetMinutes = offsetMinutes
  }

  /// A date; `nil` for a blank text.
  mutating func date(
    _ text: UnsafeRawBufferPointer, _ what: StaticString
  ) throws(EvidenceFault) -> PartialDate? {
    guard text.count > 0 else { return nil }
    let place = unsafe Int(truncatingIfNeeded: hash64(text)) & (Self.places - 1)
    if unsafe !entries[place].text.elementsEqual(text) || entries[place].text.isEmpty {
      let bytes = unsafe Array(text)
      entries[place] = Entry(text: bytes, date: PartialDate(String(decoding: bytes, as: UTF8.self)))
    }
    if let date = entries[place].date { return date }
    throw EvidenceFault(
      "evidence.not_a_date",
      "the \(what) is no day or time of the years 1 to 9999, such as 2025-09-30 or "
        + "2025-09-30T14:05:00Z; correct it", unsafe String(decoding: text, as: UTF8.self))
  }

  /// When it was shown; `nil` where the source does not say.
  mutating func occurred(_ text: UnsafeRawBufferPointer) throws(EvidenceFault) -> PartialDate? {
    guard let date = try unsafe date(text, "date") else { return nil }
    if date.earliest(offsetMinutes: offsetMinutes) != nil { return date }
    throw EvidenceFault(
      "evidence.date_out_of_range",
      "the date lies outside of the years 1 to 9999 in UTC; correct it", date.source)
  }

  /// When it entered the log; before all others where the source does not say.
  mutating func recorded(_ text: UnsafeRawBufferPointer) throws(EvidenceFault) -> Instant {
    let date = try unsafe date(text, "time of recording") ?? Self.undated
    // The first day of all has no moment to the east of UTC; nothing came before it.
    if let moment = date.earliest(offsetMinutes: date == Self.undated ? 0 : offsetMinutes) {
      return moment
    }
    throw EvidenceFault(
      "evidence.date_out_of_range",
      "the time of recording lies outside of the years 1 to 9999 in UTC; correct it", date.source)
  }

  /// The day of evidence whose source gives none: before all others.
  static let undated: PartialDate = {
    guard let first = CalendarDate(year: 1, month: 1, day: 1) else {
      preconditionFailure("1 January of the year 1 is a day")
    }
    return PartialDate(first)
  }()
}
