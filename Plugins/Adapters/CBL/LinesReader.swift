internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads records that stand one a line.
struct LinesReader: ~Copyable {
  private let input: AdapterInput
  private let request: AdapterRequest
  private var json = JSONReader()
  private var list = ByteBuffer(capacity: 256)
  private var scratch = ByteBuffer(capacity: 256)
  private var row: [Text] = []
  private var pairs: [Pair] = []
  private var rows = 0
  private var end: Int?
  private var last: KindInfo?

  /// A name and where its value stands.
  private struct Pair {
    var name: JSONString
    var text: Text
  }

  init(_ input: AdapterInput, request: AdapterRequest) {
    self.input = input
    self.request = request
  }

  mutating func read(into sink: inout RecordSink) throws(AdapterError) {
    for index in 0..<input.memberCount {
      var member = try JSONMember(input, member: index, request: request)
      rows = 0
      end = nil
      while try member.next(&sink) {
        for value in 0..<member.count where !member.isBlank(value) {
          try unsafe read(member.value(value), member, value, &sink)
        }
      }
      try checkEnd(member, sink)
    }
  }

  private func checkEnd(
    _ member: borrowing JSONMember, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    if let end, end == rows { return }
    let message =
      end == nil
      ? "the last line, which says how many records there are, is missing"
      : "there are \(rows) records and the last line says \(end ?? 0)"
    let isFatal = request.isStrict || end != nil
    let problem = RecordProblem(
      isFatal ? .fatal : .warning, "cbl.row_count", message + "; the file may not be whole",
      member: member.name)
    if isFatal { throw AdapterError(badData: problem) }
    try sink.host.report(problem)
  }

  private mutating func read(
    _ document: UnsafeRawBufferPointer, _ member: borrowing JSONMember, _ value: Int,
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    var kindName: Text?
    var isControl = false
    do throws(ScanningError) {
      try unsafe json.open(document)
      pairs.removeAll(keepingCapacity: true)
      try json.beginObject()
      while let key = try json.nextKey() {
        if kindName == nil, pairs.isEmpty, key.equals("format") || key.equals("end") {
          isControl = true
          try json.skipValue()
        } else if isControl {
          if key.equals("rows") {
            end = try unsafe Manifest.integer(json.number())
          } else {
            try json.skipValue()
          }
        } else if key.equals("record"), kindName == nil, pairs.isEmpty {
          kindName = try text(&sink)
        } else {
          pairs.append(Pair(name: key, text: try text(&sink)))
        }
      }
      try json.finish()
    } catch {
      rows += 1
      return try unsafe reject(
        error.code == .truncated ? "cbl.truncated" : "cbl.malformed", error.message, document,
        nil, member, value, sink)
    }
    if isControl { return }
    rows += 1
    guard let kindName, let info = info(kindName) else {
      return try unsafe reject(
        "cbl.unknown_kind", "the line must begin with the kind of its record", document, nil,
        member, value, sink)
    }
    try put(info, member, value, &sink)
  }

  /// The kind of a name; rows of one kind mostly come together.
  private mutating func info(_ name: Text) -> KindInfo? {
    if let last, unsafe name.rawBytes.elementsEqual(last.name.utf8) { return last }
    last = KindInfo.named(name.string)
    return last
  }

  private mutating func put(
    _ info: KindInfo, _ member: borrowing JSONMember, _ value: Int, _ sink: inout RecordSink
  ) throws(AdapterError) {
    row.removeAll(keepingCapacity: true)
    for _ in info.fields { row.append(.absent) }
    var next = 0
    for pair in pairs {
      guard let field = info.field(pair.name, from: next) else {
        try sink.host.report(
          RecordProblem(
            .warning, "cbl.unknown_field",
            "a field of this record is not known and its value was left out",
            member: member.name, line: member.line(of: value),
            value: String(decoding: pair.name.decoded, as: UTF8.self)))
        continue
      }
      row[field] = pair.text
      next = field + 1
    }
    try sink.put(info.kind, fields: row, origin: member.origin(of: value))
  }

  /// The text of the next value: texts, numbers and booleans as they are, arrays as lists.
  private mutating func text(_ sink: inout RecordSink) throws(ScanningError) -> Text {
    switch try json.kind() {
    case .string: return sink.text(try json.string(), scratch: &scratch)
    case .number: return unsafe Text(try unsafe json.number())
    case .boolean: return try json.boolean() ? Text("true") : Text("false")
    case .null:
      try json.null()
      return .absent
    case .array:
      try ListText.read(&json, into: &list)
      return unsafe sink.copy(list.bytes)
    case .object:
      throw ScanningError(
        .malformed, "a text, number, boolean or list was expected, not an object", line: 1,
        column: UInt64(json.offset + 1))
    }
  }

  private func reject(
    _ code: String, _ message: String, _ document: UnsafeRawBufferPointer, _ kind: cbl_kind?,
    _ member: borrowing JSONMember, _ value: Int, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        .rejected, code, "this record was left out: \(message)", member: member.name,
        line: member.line(of: value),
        raw: unsafe String(decoding: document.prefix(65_536), as: UTF8.self), kind: kind))
  }
}
