/// A rule by which an event comes again (RRULE, RFC 5545, section 3.3.10), in days.
public struct RecurrenceRule: Hashable, Sendable {
  /// The step of a rule.
  public enum Frequency: String, Hashable, Sendable, CaseIterable {
    /// Every day.
    case daily = "DAILY"
    /// Every week.
    case weekly = "WEEKLY"
    /// Every month.
    case monthly = "MONTHLY"
    /// Every year.
    case yearly = "YEARLY"
  }

  /// A weekday, or the *n*-th one of a month or year.
  public struct Weekday: Hashable, Sendable {
    /// 1 for Monday to 7.
    public var day: Int
    /// Which one; `nil` for every one, negative from the end.
    public var nth: Int?

    /// Creates a weekday.
    public init(_ day: Int, nth: Int? = nil) {
      self.day = day
      self.nth = nth
    }
  }

  /// The step.
  public var frequency: Frequency
  /// How many steps lie between two rounds; at least 1.
  public var interval = 1
  /// How many occurrences there are, the first one counted.
  public var count: Int?
  /// The last time at which it may occur.
  public var until: EventTime?
  /// The weekdays.
  public var weekdays: [Weekday] = []
  /// The days of the month; negative from the end.
  public var monthDays: [Int] = []
  /// The months.
  public var months: [Int] = []
  /// Which ones of each round; negative from the end.
  public var positions: [Int] = []
  /// The first day of weeks, 1 for Monday.
  public var weekStart = 1

  /// Creates a rule that repeats every step.
  public init(_ frequency: Frequency) {
    self.frequency = frequency
  }

  static let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  /// The rule as a value of RFC 5545.
  public var text: String {
    var parts = ["FREQ=\(frequency.rawValue)"]
    if interval != 1 { parts.append("INTERVAL=\(interval)") }
    if let count { parts.append("COUNT=\(count)") }
    if let until { parts.append("UNTIL=\(until.text)") }
    func list(_ name: String, _ values: [String]) {
      if !values.isEmpty { parts.append("\(name)=\(values.joined(separator: ","))") }
    }
    list("BYMONTH", months.map(String.init))
    list("BYMONTHDAY", monthDays.map(String.init))
    list("BYDAY", weekdays.map { ($0.nth.map(String.init) ?? "") + Self.names[$0.day - 1] })
    list("BYSETPOS", positions.map(String.init))
    if weekStart != 1 { parts.append("WKST=\(Self.names[weekStart - 1])") }
    return parts.joined(separator: ";")
  }

  /// Reads a rule.
  ///
  /// - Throws: ``SchedulingError`` with the code `malformed` for anything that is no rule, and for
  ///   rules with hours, minutes, seconds, days of the year or numbers of weeks, which are not read.
  public init(_ text: String) throws(SchedulingError) {
    var rule: RecurrenceRule?
    var seen: Set<String> = []
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map {
      $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }
    let frequency = parts.first { $0.first?.uppercased() == "FREQ" }?.last
    if let frequency, let known = Frequency(rawValue: frequency.uppercased()) {
      rule = RecurrenceRule(known)
    }
    guard var rule else {
      throw Self.malformed(text, "it needs FREQ as DAILY, WEEKLY, MONTHLY or YEARLY")
    }
    for part in parts {
      guard part.count == 2, seen.insert(part[0].uppercased()).inserted else {
        throw Self.malformed(text, "a part has no value or comes twice")
      }
      try rule.take(part[0].uppercased(), part[1].uppercased(), of: text)
    }
    guard rule.count == nil || rule.until == nil else {
      throw Self.malformed(text, "it has both COUNT and UNTIL; keep one")
    }
    self = rule
  }

  private mutating func take(
    _ name: String, _ value: String, of text: String
  ) throws(SchedulingError) {
    func numbers(_ range: ClosedRange<Int>) throws(SchedulingError) -> [Int] {
      var result: [Int] = []
      for word in value.split(separator: ",", omittingEmptySubsequences: false) {
        guard let number = Int(word), range.contains(number), number != 0 else {
          throw Self.malformed(text, "\(name) has \"\(word)\"")
        }
        result.append(number)
      }
      return result
    }
    switch name {
    case "FREQ": break
    case "INTERVAL": interval = try numbers(1...100_000)[0]
    case "COUNT": count = try numbers(1...100_000)[0]
    case "UNTIL":
      guard let time = EventTime(value, zone: nil) else {
        throw Self.malformed(text, "UNTIL is \"\(value)\"; write 20261231 or 20261231T235959Z")
      }
      until = time
    case "BYMONTH": months = try numbers(1...12)
    case "BYMONTHDAY": monthDays = try numbers(-31...31)
    case "BYSETPOS": positions = try numbers(-366...366)
    case "WKST": weekStart = try Self.weekday(value[...], of: text).day
    case "BYDAY":
      weekdays = []
      for word in value.split(separator: ",") { weekdays.append(try Self.weekday(word, of: text)) }
    default: throw Self.malformed(text, "the part \(name) is not read")
    }
  }

  private static func weekday(
    _ word: Substring, of text: String
  ) throws(SchedulingError) -> Weekday {
    let number = word.dropLast(2)
    guard let day = names.firstIndex(of: String(word.suffix(2))),
      number.isEmpty || Int(number).map({ $0 != 0 && abs($0) <= 53 }) == true
    else { throw malformed(text, "\"\(word)\" is no weekday such as MO or -1FR") }
    return Weekday(day + 1, nth: Int(number))
  }

  private static func malformed(_ text: String, _ reason: String) -> SchedulingError {
    SchedulingError(.malformed, "The rule \"\(text)\" cannot be used: \(reason).")
  }
}
