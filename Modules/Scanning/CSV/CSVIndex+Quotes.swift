internal import CScanning

// Fields in quotes.
extension CSVIndex {
  /// Takes a quote; `false` when the chunk ends before its field does.
  mutating func quote(
    at place: Int, _ cursor: inout ScanCursor, _ count: Int, _ isFinal: Bool,
    _ record: inout OpenRecord
  ) throws(ScanningError) -> Bool {
    let fieldStart = unsafe endCount > record.firstEnd ? Int(ends[endCount - 1]) + 1 : record.start
    guard
      place == fieldStart
        || record.plainField != endCount && isBlank(from: fieldStart, to: place)
    else {
      record.plainField = endCount
      record.findings |= CSVFindings.bareQuote.rawValue
      return true
    }
    if place > fieldStart { record.findings |= CSVFindings.blankBeforeQuote.rawValue }
    return try quoted(from: place, fieldStart: fieldStart, &cursor, count, isFinal, &record)
  }

  func isBlank(from start: Int, to end: Int) -> Bool {
    for place in start..<end where unsafe base[place] != 0x20 { return false }
    return true
  }

  /// Takes a quoted field up to its end; `false` when the chunk ends first.
  mutating func quoted(
    from open: Int, fieldStart: Int, _ cursor: inout ScanCursor, _ count: Int, _ isFinal: Bool,
    _ record: inout OpenRecord
  ) throws(ScanningError) -> Bool {
    record.findings |= CSVFindings.quotedField.rawValue
    var isDoubled = false
    guard let close = closingQuote(&cursor, count, &isDoubled, &record.quotedLines) else {
      guard isFinal else { return false }
      throw ScanningError(
        .unclosedQuote,
        "the quote that opens here is never closed; close it or double it",
        line: firstLine + linesSeen + linesBefore(open), column: columnOf(open))
    }
    let after = close + 1
    if after == count, !isFinal { return false }
    let byte = unsafe after < count ? base[after] : 0x0A
    if byte != dialect.delimiter, byte != 0x0A, byte != 0x0D {
      guard let end = unquotedEnd(from: after, count, isFinal) else { return false }
      record.findings |= CSVFindings.textAfterQuote.rawValue
      rewrite(
        from: open + 1, to: close, tail: after..<end, isDoubled: isDoubled, &record.findings)
      cursor.jump(to: end)
    } else if isDoubled || open > fieldStart {
      rewrite(from: open + 1, to: close, tail: nil, isDoubled: isDoubled, &record.findings)
    }
    return true
  }

  /// Takes everything up to the quote that closes a field, and counts the line ends on the way.
  func closingQuote(
    _ cursor: inout ScanCursor, _ count: Int, _ isDoubled: inout Bool, _ lines: inout UInt64
  ) -> Int? {
    while cursor.fill(), let place = cursor.take() {
      let byte = unsafe base[place]
      let next = unsafe place + 1 < count ? base[place + 1] : 0
      if byte == dialect.quote {
        guard place + 1 < count, next == byte else { return place }
        isDoubled = true
        _ = cursor.fill()
        _ = cursor.take()
      } else if byte == 0x0A || (byte == 0x0D && next != 0x0A) {
        lines += 1
      }
    }
    return nil
  }

  /// Where text that follows a closing quote ends.
  func unquotedEnd(from start: Int, _ count: Int, _ isFinal: Bool) -> Int? {
    var place = start
    while place < count {
      let byte = unsafe base[place]
      if byte == dialect.delimiter || byte == 0x0A || byte == 0x0D { return place }
      place += 1
    }
    return isFinal ? count : nil
  }

  mutating func rewrite(
    from start: Int, to end: Int, tail: Range<Int>?, isDoubled: Bool, _ findings: inout UInt8
  ) {
    findings |= CSVFindings.rewritten.rawValue
    let field = UInt32(endCount)
    guard isDoubled || tail != nil else {
      rewrites.append(Rewrite(field: field, isInArena: false, start: start, count: end - start))
      return
    }
    let first = arena.count
    var place = start
    while place < end {
      let byte = unsafe base[place]
      arena.append(byte)
      place += byte == dialect.quote ? 2 : 1
    }
    if let tail {
      for place in tail { unsafe arena.append(base[place]) }
    }
    rewrites.append(
      Rewrite(field: field, isInArena: true, start: first, count: arena.count - first))
  }

  /// Line ends between two places; a carriage return and line feed count once.
  func countLines(from start: Int, to end: Int) -> UInt64 {
    var lines: UInt64 = 0
    var place = start
    while place < end {
      let byte = unsafe base[place]
      if byte == 0x0A || (byte == 0x0D && (unsafe place + 1 == end || base[place + 1] != 0x0A)) {
        lines += 1
      }
      place += 1
    }
    return lines
  }

  func linesBefore(_ place: Int) -> UInt64 {
    let start = recordCount > 0 ? nextStart(after: recordCount - 1) : 0
    return countLines(from: start, to: place)
  }

  func columnOf(_ place: Int) -> UInt64 {
    var start = place
    while unsafe start > 0 && base[start - 1] != 0x0A && base[start - 1] != 0x0D { start -= 1 }
    return UInt64(place - start + 1)
  }

  func nextStart(after record: Int) -> Int {
    let end = Int(unsafe ends[endCount(of: record) - 1])
    switch lineEnd(of: record) {
    case .none: return end
    case .lf, .cr: return end + 1
    case .crlf: return end + 2
    }
  }

  func endCount(of record: Int) -> Int {
    unsafe record + 1 < recordCount ? Int(records[record + 1].first_field) : closedEnds
  }
}
