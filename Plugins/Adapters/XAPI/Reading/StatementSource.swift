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
    _ take: (inout RecordSink, Statement, UnsafeRawBufferPointer, cbl_origin)
      throws(AdapterError) -> Void
  ) throws(AdapterError) {
    var reader = StatementReader()
    var statement = Statement()
    for index in 0..<input.memberCount {
      var member = try JSONMember(input, member: index, request: request, wrapper: "statements")
      var recorder = StatementLayer(member: member.name, position: index, form: member.form)
      while try member.next(&sink) {
        for value in 0..<member.count {
          let document = unsafe member.value(value)
          if layer {
            try unsafe recorder.before(
              gap: member.form == .lines
                ? UnsafeRawBufferPointer(start: nil, count: 0) : member.gap(before: value),
              sink: &sink)
          }
          if member.form == .lines, member.isBlank(value) {
            if layer {
              try unsafe recorder.left(document, end: member.lineEnd(of: value), sink: &sink)
            }
            if reports { try reportBlank(member, value, sink) }
            continue
          }
          do throws(ScanningError) {
            try unsafe reader.read(document, into: &statement)
          } catch {
            if layer {
              try unsafe recorder.left(document, end: member.lineEnd(of: value), sink: &sink)
            }
            if reports { try report(error, member, value, sink) }
            continue
          }
          if layer { try recorder.statement(end: member.lineEnd(of: value), sink: &sink) }
          try unsafe take(&sink, statement, document, member.origin(of: value))
        }
      }
      if layer {
        try unsafe recorder.finish(
          trailer: member.trailer, encoding: member.encoding, hasMark: member.hasByteOrderMark,
          sink: &sink)
      }
    }
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
