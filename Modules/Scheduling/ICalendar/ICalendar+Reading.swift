public import Domain

extension ICalendar {
  /// The largest stream that is read, in bytes.
  static let mostBytes = 16 << 20

  /// Reads a stream.
  ///
  /// An event that is wrong is reported with its line and left out; the others are read.
  ///
  /// - Parameters:
  ///   - text: The stream; line ends may be CRLF or LF.
  ///   - problems: Takes what is wrong with events and lines.
  /// - Throws: ``SchedulingError`` with the code `malformed` when it is no iCalendar stream or is cut
  ///   short, `limitExceeded` when it is too large.
  public init(
    _ text: String, reporting problems: some ProblemReporter
  ) throws(SchedulingError) {
    guard text.utf8.count <= Self.mostBytes else {
      throw SchedulingError(
        .limitExceeded, "The calendar has more than \(Self.mostBytes >> 20) MB; split it.")
    }
    self.init(productID: "")
    var reader = ICalendarReader(problems: problems)
    for (number, line) in ICalendarReader<ProblemList>.unfolded(text) {
      try reader.take(line, number, into: &self)
    }
    guard reader.isDone else {
      throw SchedulingError(
        .malformed,
        reader.hasBegun
          ? "The calendar is cut short: END:VCALENDAR is missing."
          : "This is no calendar: BEGIN:VCALENDAR is missing.")
    }
    zones = reader.zones.compactMap { SchoolTimeZone.named($0) }
  }
}

/// One pass through the lines of a stream.
private struct ICalendarReader<Reporter: ProblemReporter> {
  let problems: Reporter
  var hasBegun = false
  var isDone = false
  var zones: [String] = []
  private var components: [String] = []
  private var lines: [(number: Int, line: ContentLine)] = []
  private var begun = 0

  init(problems: Reporter) {
    self.problems = problems
  }

  /// The lines without their folds, each with the number of its first line.
  static func unfolded(_ text: String) -> [(Int, Substring)] {
    var result: [(Int, String)] = []
    let bytes = text.utf8
    var (start, number) = (bytes.startIndex, 1)
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.endIndex
      var line = Substring(bytes[start..<end])
      if line.utf8.last == 13 { line = Substring(line.utf8.dropLast()) }
      if let first = line.utf8.first, first == 32 || first == 9, !result.isEmpty {
        result[result.count - 1].1 += Substring(line.utf8.dropFirst())
      } else if !line.isEmpty {
        result.append((number, String(line)))
      }
      number += 1
      start = end < bytes.endIndex ? bytes.index(after: end) : end
    }
    return result.map { ($0.0, $0.1[...]) }
  }

  mutating func take(
    _ text: Substring, _ number: Int, into calendar: inout ICalendar
  ) throws(SchedulingError) {
    guard let line = ContentLine(text) else {
      report("ical.line", "The line has no name, parameters and value; it is left out.", number)
      return
    }
    guard !isDone else {
      report("ical.after_end", "The line stands after END:VCALENDAR; it is left out.", number)
      return
    }
    switch line.name {
    case "BEGIN": try begin(line.value.uppercased(), number)
    case "END": try end(line.value.uppercased(), number, &calendar)
    default:
      if components.count == 1 { take(line, into: &calendar) }
      if components.count == 2, components[1] == "VEVENT" { lines.append((number, line)) }
      if components == ["VCALENDAR", "VTIMEZONE"], line.name == "TZID" { zones.append(line.value) }
    }
  }

  private mutating func begin(_ name: String, _ number: Int) throws(SchedulingError) {
    guard hasBegun ? !components.isEmpty : name == "VCALENDAR", components.count < 8 else {
      throw SchedulingError(
        .malformed, "BEGIN:\(name) stands where a calendar cannot have it.",
        at: Place(line: number))
    }
    hasBegun = true
    components.append(name)
    if components.count == 2 { (lines, begun) = ([], number) }
    if components.count == 3, components[1] == "VEVENT" {
      report("ical.component", "\(name) inside of an event is not read.", number)
    }
  }

  private mutating func end(
    _ name: String, _ number: Int, _ calendar: inout ICalendar
  ) throws(SchedulingError) {
    guard components.last == name else {
      throw SchedulingError(
        .malformed,
        "END:\(name) closes nothing that is open; \(components.last ?? "nothing") is open.",
        at: Place(line: number))
    }
    if components == ["VCALENDAR", "VEVENT"] {
      do throws(SchedulingError) { calendar.events.append(try CalendarEvent(lines)) } catch {
        problems.report(
          Problem(.rejected, "ical.event", error.message, at: error.place ?? Place(line: begun)))
      }
    }
    components.removeLast()
    isDone = components.isEmpty
  }

  private func take(_ line: ContentLine, into calendar: inout ICalendar) {
    switch line.name {
    case "PRODID": calendar.productID = ContentLine.unescaped(line.value)
    case "NAME": calendar.name = ContentLine.unescaped(line.value)
    case "X-WR-CALNAME":
      if calendar.name == nil { calendar.name = ContentLine.unescaped(line.value) }
    case "COLOR": calendar.color = ContentLine.unescaped(line.value)
    case "SOURCE": calendar.source = line.value
    case "REFRESH-INTERVAL":
      if line.value.hasPrefix("P"), line.value.hasSuffix("D") {
        calendar.refreshDays = Int(line.value.dropFirst().dropLast())
      }
    default: break
    }
  }

  private func report(_ code: Problem.Code, _ message: String, _ number: Int) {
    problems.report(Problem(.warning, code, message, at: Place(line: number)))
  }
}

extension CalendarEvent {
  fileprivate init(_ lines: [(number: Int, line: ContentLine)]) throws(SchedulingError) {
    func fail(_ message: String, _ number: Int?) -> SchedulingError {
      SchedulingError(.malformed, message, at: number.map { Place(line: $0) })
    }
    func times(_ line: ContentLine, _ number: Int) throws(SchedulingError) -> [EventTime] {
      var times: [EventTime] = []
      for value in line.value.split(separator: ",", omittingEmptySubsequences: false) {
        guard let time = EventTime(String(value), zone: line["TZID"]) else {
          throw fail(
            "\(line.name) is \"\(value)\"; write 20260824, 20260824T090000 or 20260824T090000Z.",
            number)
        }
        times.append(time)
      }
      return times
    }
    guard let uid = lines.first(where: { $0.line.name == "UID" })?.line.value, !uid.isEmpty else {
      throw fail("The event has no UID; give it one.", nil)
    }
    guard let start = lines.first(where: { $0.line.name == "DTSTART" }),
      let time = try times(start.line, start.number).first
    else { throw fail("The event has no DTSTART; give it one.", nil) }
    guard let made = lines.first(where: { $0.line.name == "DTSTAMP" }),
      case .moment(let moment)? = EventTime(made.line.value, zone: nil)
    else { throw fail("The event has no DTSTAMP such as 20260824T090000Z; give it one.", nil) }
    self.init(uid: ContentLine.unescaped(uid), stamp: moment, summary: "", start: time)
    for (number, line) in lines {
      switch line.name {
      case "UID", "DTSTART", "DTSTAMP": break
      case "DTEND": end = try times(line, number).first
      case "EXDATE": exceptions += try times(line, number)
      case "SEQUENCE": sequence = Int(line.value) ?? 0
      case "SUMMARY": summary = ContentLine.unescaped(line.value)
      case "DESCRIPTION": details = ContentLine.unescaped(line.value)
      case "LOCATION": location = ContentLine.unescaped(line.value)
      case "CATEGORIES": categories += ContentLine.list(line.value)
      case "COLOR": color = ContentLine.unescaped(line.value)
      case "STATUS" where line.value.uppercased() == "CANCELLED": isCancelled = true
      case "RRULE" where recurrence == nil: recurrence = try RecurrenceRule(line.value)
      default: others.append(line)
      }
    }
    if let end, end.order < time.order {
      throw SchedulingError(
        .impossibleWindow, "The event \"\(self.uid)\" ends before it begins; exchange the times.")
    }
  }
}
