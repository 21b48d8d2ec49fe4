import AdapterKit
import CAdapterABI

/// Tables of scores: a line for each learner, a column for each assignment.
enum TemplateAdapter: GradebookAdapter {
  static let info = AdapterInfo(
    identifier: "org.example.template-format", version: "0.1.0", vendor: "Example",
    license: "Apache-2.0",
    formats: [
      FormatInfo(
        identifier: "template-format", version: "1", title: "Template table of scores",
        extensions: ["csv"], memberName: "scores.csv", flags: [.reads],
        capabilities: [
          Capability(CBL_KIND_PERSON, reads: ["id"]),
          Capability(CBL_KIND_LINE_ITEM, reads: ["id", "title"]),
          Capability(CBL_KIND_RESULT, reads: ["lineItem", "person", "state", "score"]),
        ])
    ])

  static func probe(_ input: AdapterInput, format: Int) throws(AdapterError) -> Probe {
    guard input.memberCount == 1 else { return .no }
    let head = try input.head(of: 0, count: 8)
    return head.starts(with: Array("learner,".utf8)) ? Probe(80, "begins with learner") : .no
  }

  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var member = try CSVMember(input, member: 0, request: request)
    var titles: [String] = []
    while try member.next(&sink) {
      for record in 0..<member.count {
        if titles.isEmpty {
          titles = member.strings(of: record)
          for title in titles.dropFirst() {
            var row = LineItemRow()
            row.id = sink.copy(title)
            row.title = row.id
            try sink.put(row)
          }
        } else if try member.check(
          record, columns: titles.count, kind: CBL_KIND_PERSON, sink: sink)
        {
          try put(record, of: member, titles, into: &sink)
        }
      }
    }
  }

  private static func put(
    _ record: Int, of member: borrowing CSVMember, _ titles: [String], into sink: inout RecordSink
  ) throws(AdapterError) {
    var person = PersonRow()
    person.origin = member.origin(of: record)
    person.id = member.text(0, of: record)
    try sink.put(person)
    for column in 1..<titles.count where !member.text(column, of: record).isEmpty {
      var row = ResultRow()
      row.origin = person.origin
      (row.person, row.line_item) = (person.id, sink.copy(titles[column]))
      (row.state, row.score) = (Text("graded"), member.text(column, of: record))
      try sink.put(row)
    }
  }
}

private let table = AdapterTable(TemplateAdapter.self)

// swift-format-ignore: AlwaysUseLowerCamelCase
/// Where the host finds the adapter.
@c @implementation
public func cbl_adapter_v1(_ hostMinor: UInt32) -> UnsafePointer<cbl_adapter>! {
  unsafe table.pointer
}
