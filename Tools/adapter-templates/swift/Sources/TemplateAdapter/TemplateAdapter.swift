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
      for line in 0..<member.count {
        guard !titles.isEmpty else {
          titles = member.strings(of: line)
          for title in titles.dropFirst() {
            var item = LineItemRow()
            (item.id, item.title) = (sink.copy(title), sink.copy(title))
            try sink.put(item)
          }
          continue
        }
        let count = titles.count
        guard try member.check(line, columns: count, kind: CBL_KIND_PERSON, sink: sink)
        else { continue }
        var person = PersonRow()
        (person.origin, person.id) = (member.origin(of: line), member.text(0, of: line))
        try sink.put(person)
        for column in 1..<titles.count where !member.text(column, of: line).isEmpty {
          var result = ResultRow()
          (result.origin, result.person) = (person.origin, person.id)
          (result.state, result.score) = (Text("graded"), member.text(column, of: line))
          result.line_item = sink.copy(titles[column])
          try sink.put(result)
        }
      }
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
