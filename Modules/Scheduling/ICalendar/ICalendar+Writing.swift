private import Domain

extension ICalendar {
  /// The stream as text with CRLF, folded at 75 octets.
  ///
  /// The same value gives the same bytes.
  public var text: String {
    var text = ""
    func line(_ line: String) { ContentLine.fold(line, into: &text) }
    line("BEGIN:VCALENDAR")
    line("VERSION:2.0")
    line("PRODID:\(ContentLine.escaped(productID))")
    line("CALSCALE:GREGORIAN")
    line("METHOD:PUBLISH")
    if let name {
      line("NAME:\(ContentLine.escaped(name))")
      line("X-WR-CALNAME:\(ContentLine.escaped(name))")
    }
    if let color { line("COLOR:\(ContentLine.escaped(color))") }
    if let source { line("SOURCE;VALUE=URI:\(Self.oneLine(source))") }
    if let refreshDays { line("REFRESH-INTERVAL;VALUE=DURATION:P\(refreshDays)D") }
    for zone in zones { zone.lines.forEach(line) }
    for event in events { event.lines.forEach(line) }
    line("END:VCALENDAR")
    return text
  }

  static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 }))
  }
}

extension CalendarEvent {
  fileprivate var lines: [String] {
    var lines = [
      "BEGIN:VEVENT", "UID:\(ContentLine.escaped(uid))", "DTSTAMP:\(EventTime.moment(stamp).text)",
      "SEQUENCE:\(sequence)", "DTSTART\(start.parameters):\(start.text)",
    ]
    if let end { lines.append("DTEND\(end.parameters):\(end.text)") }
    lines.append("SUMMARY:\(ContentLine.escaped(summary))")
    if let details { lines.append("DESCRIPTION:\(ContentLine.escaped(details))") }
    if let location { lines.append("LOCATION:\(ContentLine.escaped(location))") }
    if !categories.isEmpty {
      lines.append("CATEGORIES:\(categories.map(ContentLine.escaped).joined(separator: ","))")
    }
    if let color { lines.append("COLOR:\(ContentLine.escaped(color))") }
    if isCancelled { lines.append("STATUS:CANCELLED") }
    if let recurrence { lines.append("RRULE:\(recurrence.text)") }
    lines += exceptions.map { "EXDATE\($0.parameters):\($0.text)" }
    lines += others.map(\.text)
    return lines + ["END:VEVENT"]
  }
}

extension SchoolTimeZone {
  fileprivate var lines: [String] {
    var lines = ["BEGIN:VTIMEZONE", "TZID:\(ContentLine.escaped(name))"]
    lines += observance("STANDARD", from: daylightOffset, to: standardOffset, ends)
    if let begins {
      lines += observance("DAYLIGHT", from: standardOffset, to: daylightOffset, begins)
    }
    return lines + ["END:VTIMEZONE"]
  }

  private func observance(
    _ kind: String, from before: Int, to after: Int, _ change: Change?
  ) -> [String] {
    // Rules of today are taken to hold since 2007, when the youngest of those known began.
    let start = change.flatMap { nthWeekday(7, nth: $0.nth, month: $0.month, year: 2007) }
    let time = start.map {
      EventTime.wall($0, second: (change?.minute ?? 0) * 60, zone: nil).text
    }
    var lines = [
      "BEGIN:\(kind)", "DTSTART:\(time ?? "19700101T000000")",
      "TZOFFSETFROM:\(Self.offset(before))",
      "TZOFFSETTO:\(Self.offset(after))",
    ]
    if let change {
      lines.append("RRULE:FREQ=YEARLY;BYMONTH=\(change.month);BYDAY=\(change.nth)SU")
    }
    return lines + ["END:\(kind)"]
  }

  private static func offset(_ minutes: Int) -> String {
    (minutes < 0 ? "-" : "+") + digits(abs(minutes) / 60, 2) + digits(abs(minutes) % 60, 2)
  }
}
