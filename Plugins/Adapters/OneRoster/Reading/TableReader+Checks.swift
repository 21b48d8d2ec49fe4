internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension TableReader {
  /// Checks a row as text: its width, its quotes and its bytes.
  ///
  /// - Returns: Whether its cells can be read; else the row was reported.
  mutating func checkText(
    _ record: Int, _ member: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool {
    let width = member.fieldCount(record)
    let expected = plan.headers.count
    if width != expected || member.rawRecord(record).count < expected {
      guard try checkWidth(record, member, &sink) else { return false }
    }
    let findings = member.findings(of: record)
    guard !findings.isEmpty else { return true }
    if !findings.isDisjoint(with: [.textAfterQuote, .containsNUL, .invalidUTF8]) {
      for (finding, code, message) in Self.textFaults where findings.contains(finding) {
        try sink.host.report(problem(.rejected, Finding(code, message), record, member))
        return false
      }
    }
    if findings.contains(.bareQuote) {
      try note(.bareQuote, 0, .absent, record, member, sink.host)
    }
    if findings.contains(.quotedField) {
      let raw = member.rawRecord(record)
      if raw.hasLineBreak {
        let finding = Finding(
          "oneroster.line_break", "cells must not hold line breaks; write a blank instead")
        try note(finding, 0, .absent, record, member, sink.host)
      }
    }
    return true
  }

  private static var textFaults: [(CSVFindings, String, String)] {
    [
      (
        .textAfterQuote, "csv.text_after_quote",
        "text follows a closing quote; double the quotes inside the field"
      ),
      (.containsNUL, "csv.nul", "the row holds a byte of 0; take it out"),
      (
        .invalidUTF8, "csv.invalid_utf8",
        "the row is not valid UTF-8; save the file as UTF-8, or name its encoding "
          + "(--encoding)"
      ),
    ]
  }

  private mutating func checkWidth(
    _ record: Int, _ member: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) -> Bool {
    let width = member.fieldCount(record)
    let expected = plan.headers.count
    if member.isBlank(record) || member.rawRecord(record).count == width - 1 {
      let finding = Finding("csv.blank_line", "the line is blank")
      try sink.host.report(problem(.skipped, finding, record, member))
      return false
    }
    if width < expected {
      let finding = Finding(
        "csv.row_too_short",
        "the row has \(width) cells and the headings \(expected); add the missing delimiters")
      try sink.host.report(problem(.rejected, finding, record, member, column: width))
      return false
    }
    if width > expected {
      let finding = Finding(
        "csv.row_too_long",
        "the row has \(width) cells and the headings \(expected); take the last ones out")
      try note(finding, expected + 1, .absent, record, member, sink.host)
    }
    return true
  }

  /// Fills fields that no cell has, and checks the row as a whole.
  mutating func finishRow(
    _ record: Int, _ member: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    let row = unsafe rows.row
    if let ownerKind = table.ownerKind {
      unsafe row.storeBytes(of: Text(ownerKind), toByteOffset: ownerKindOffset, as: Text.self)
    }
    if ownerOffset != Column.offset(of: 0) {
      let id = unsafe row.load(fromByteOffset: ownerOffset, as: Text.self)
      unsafe row.storeBytes(of: id, toByteOffset: Column.offset(of: 0), as: Text.self)
    }
    if let mode {
      let status = unsafe row.load(fromByteOffset: Column.offset(of: 1), as: Text.self)
      let modified = unsafe row.load(fromByteOffset: Column.offset(of: 2), as: Text.self)
      if mode == .bulk, status.count > 0 || modified.count > 0 {
        if forbiddenRows >= ProblemLimiter.limit, !context.request.isStrict {
          forbiddenRows += 1
        } else {
          forbiddenRows += 1
          try note(.forbiddenInBulk, 0, status, record, member, sink.host)
        }
      } else if mode == .delta, status.count == 0 || modified.count == 0 {
        try note(.blankInDelta, 0, status, record, member, sink.host)
      }
    }
    if table.kind == CBL_KIND_PERSON { try checkPerson(record, member, &sink) }
    if let subjects { try checkSubjects(subjects, record, member, &sink) }
    if let levelsColumn { try readLevels(levelsColumn, record, member, &sink) }
  }

  private mutating func checkPerson(
    _ record: Int, _ member: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    let person = unsafe rows.row.load(as: PersonRow.self)
    if person.username.contains(UInt8(ascii: " ")) {
      try note(.usernameBlank, 0, person.username, record, member, sink.host)
    }
    if person.password.count > 0, !hasPassword {
      hasPassword = true
      try sink.host.report(
        RecordProblem(
          .warning, "oneroster.password_clear",
          "the file holds passwords; they are left out of outputs unless asked for",
          member: file.memberName, line: member.line(of: record), kind: table.kind))
    }
  }

  private mutating func checkSubjects(
    _ subjects: (texts: Int, codes: Int), _ record: Int, _ member: borrowing CSVMember,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    let row = unsafe rows.row
    let texts = unsafe row.load(fromByteOffset: subjects.texts, as: Text.self)
    let codes = unsafe row.load(fromByteOffset: subjects.codes, as: Text.self)
    guard texts.count > 0, codes.count > 0 else { return }
    if texts.occurrences(of: 0x1F) != codes.occurrences(of: 0x1F) {
      try note(.subjectCount, 0, codes, record, member, sink.host)
    }
  }

  /// Checks the levels of a scale; their records are made in a second reading of the file.
  private mutating func readLevels(
    _ column: Int, _ record: Int, _ member: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    let text = member.text(column, of: record)
    guard text.count > 0 else { return }
    guard let levels = ScaleLevels(text) else {
      unread.append((column, text))
      try note(.scaleValue, column + 1, text, record, member, sink.host)
      return
    }
    if context.request.wantsSourceLayer {
      let rendered = levels.rendered
      renderer?.setExtra(sink.copy(rendered), column: column)
    }
  }
}

extension Finding {
  /// A whole file that says when rows changed.
  static let forbiddenInBulk = Finding(
    "row.field_forbidden_in_bulk",
    "status and dateLastModified must be blank in a bulk file; blank them, or write delta in the "
      + "manifest")
  /// A file of changes that does not say what changed.
  static let blankInDelta = Finding(
    "oneroster.required_blank", "status and dateLastModified must have values in a delta file")
  static let usernameBlank = Finding("oneroster.username_blank", "the username holds a blank")
  static let subjectCount = Finding(
    "oneroster.list_lengths", "subjects and subjectCodes must have as many elements")
  static let scaleValue = Finding(
    "oneroster.scale_value", "write the levels as {A:90},{B:80} or {A:90-100}; the text is kept")
}
