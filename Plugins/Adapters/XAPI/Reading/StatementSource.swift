internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Walks over all statements of an input, once for each kind of record that is wanted.
///
/// One pass a kind keeps the kinds in order without keeping records, so memory is that of a chunk
/// whatever the input's size. The common case, evidence alone, is one pass.
struct StatementSource {
  let input: AdapterInput
  let request: AdapterRequest

  /// Reads every statement.
  ///
  /// - Parameters:
  ///   - sink: Flushed before texts of a chunk die.
  ///   - reports: Whether to report what is wrong; only in the first pass.
  ///   - layer: Takes what stands between the statements, or `nil`.
  ///   - take: Called with each statement that is valid.
  func walk(
    _ sink: inout RecordSink, reports: Bool, layer: Bool = false,
    _ take: (inout RecordSink, borrowing Statement, UnsafeRawBufferPointer, cbl_origin)
      throws(AdapterError) -> Void
  ) throws(AdapterError) {
    var walk = Walk(reports: reports, layer: layer)
    for index in 0..<input.memberCount {
      var member = try JSONMember(input, member: index, request: request, wrapper: "statements")
      var recorder = StatementLayer(member: member.name, position: index, form: member.form)
      while try member.next(&sink, cutsLines: false) {
        if member.form == .lines {
          try unsafe walkLines(&member, &walk, &recorder, &sink, take)
        } else {
          for value in 0..<member.count {
            try unsafe read(value, of: member, &walk, &recorder, &sink, take)
          }
        }
      }
      if layer {
        try unsafe recorder.finish(
          trailer: member.trailer, encoding: member.encoding, hasMark: member.hasByteOrderMark,
          sink: &sink)
      }
    }
  }

  /// What is kept from statement to statement.
  private struct Walk: ~Copyable {
    let reports: Bool
    let layer: Bool
    var reader = StatementReader()
    var statement = Statement()
  }

  /// Reads the lines of a chunk.
  ///
  /// A line is first looked at as one more statement like the last; then its end need not be looked
  /// for either.
  private func walkLines(
    _ member: inout JSONMember, _ walk: inout Walk, _ recorder: inout StatementLayer,
    _ sink: inout RecordSink,
    _ take: (inout RecordSink, borrowing Statement, UnsafeRawBufferPointer, cbl_origin)
      throws(AdapterError) -> Void
  ) throws(AdapterError) {
    while true {
      if let length = unsafe walk.reader.predict(member.rest, into: &walk.statement),
        member.takeLine(length)
      {
        if walk.layer { try recorder.statement(end: member.lineEnd(of: 0), sink: &sink) }
        try unsafe take(&sink, walk.statement, member.value(0), member.origin(of: 0))
      } else {
        guard member.cutLine() else { return }
        try unsafe read(0, of: member, &walk, &recorder, &sink, take)
      }
    }
  }

  /// Reads one value.
  private func read(
    _ value: Int, of member: borrowing JSONMember, _ walk: inout Walk,
    _ recorder: inout StatementLayer, _ sink: inout RecordSink,
    _ take: (inout RecordSink, borrowing Statement, UnsafeRawBufferPointer, cbl_origin)
      throws(AdapterError) -> Void
  ) throws(AdapterError) {
    let document = unsafe member.value(value)
    if walk.layer {
      try unsafe recorder.before(
        gap: member.form == .lines
          ? UnsafeRawBufferPointer(start: nil, count: 0) : member.gap(before: value),
        sink: &sink)
    }
    if member.form == .lines, member.isBlank(value) {
      if walk.layer {
        try unsafe recorder.left(document, end: member.lineEnd(of: value), sink: &sink)
      }
      if walk.reports { try reportBlank(member, value, sink) }
      return
    }
    do throws(ScanningError) {
      let known =
        member.form == .lines ? nil : unsafe walk.reader.predict(document, into: &walk.statement)
      if known != document.count { try unsafe walk.reader.read(document, into: &walk.statement) }
    } catch {
      if walk.layer {
        try unsafe recorder.left(document, end: member.lineEnd(of: value), sink: &sink)
      }
      if walk.reports { try report(error, member, value, sink) }
      return
    }
    if walk.layer { try recorder.statement(end: member.lineEnd(of: value), sink: &sink) }
    try unsafe take(&sink, walk.statement, document, member.origin(of: value))
  }

  private func reportBlank(
    _ member: borrowing JSONMember, _ value: Int, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        .note, "json.blank_line", "a blank line was passed over", member: member.name,
        line: member.line(of: value)))
  }

  private func report(
    _ error: ScanningError, _ member: borrowing JSONMember, _ value: Int,
    _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    let document = unsafe member.value(value)
    let isCut =
      error.code == .truncated && member.lineEnd(of: value) == .none
      && member.form == .lines
    let code = isCut ? "xapi.truncated" : "xapi.malformed"
    let message =
      isCut
      ? "the last statement is cut off; the file was not copied whole"
      : "this statement was left out: \(error.message)"
    try sink.host.report(
      RecordProblem(
        .rejected, code, message, member: member.name,
        line: member.line(of: value) + error.line - 1, column: error.column,
        raw: unsafe String(decoding: document.prefix(65_536), as: UTF8.self),
        kind: sink.wants(CBL_KIND_EVENT) ? CBL_KIND_EVENT : CBL_KIND_EVIDENCE))
  }
}
