import AdapterKit
import CAdapterABI

/// Lists of people, an identifier and a name on each line with a tab between them.
struct TinyAdapter: GradebookAdapter {
  static let info = AdapterInfo(
    identifier: "org.example.tiny", version: "1.0", vendor: "Example", license: "MIT",
    formats: [
      FormatInfo(
        identifier: "tiny-swift", version: "1", title: "Tiny list of people (Swift)",
        extensions: ["tinys"], memberName: "people.tinys", flags: [.reads, .selfContained],
        capabilities: [Capability(CBL_KIND_PERSON, reads: ["id", "name"])])
    ])

  static func probe(_ input: AdapterInput, format: Int) throws(AdapterError) -> Probe {
    guard input.memberCount == 1, try input.name(of: 0).hasSuffix(".tinys") else { return .no }
    return Probe(90, "the name ends in .tinys")
  }

  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var lines = try CSVMember(input, member: 0, request: request, delimiter: 0x09)
    while try lines.next(&sink) {
      for line in 0..<lines.count {
        guard try lines.check(line, columns: 2, kind: CBL_KIND_PERSON, sink: sink) else {
          continue
        }
        var person = PersonRow()
        person.origin = lines.origin(of: line)
        person.id = lines.text(0, of: line)
        person.name = lines.text(1, of: line)
        try sink.put(person)
      }
    }
  }
}

private let table = AdapterTable(TinyAdapter.self)

// swift-format-ignore: AlwaysUseLowerCamelCase
/// Where the host finds the adapter.
@c @implementation
public func cbl_adapter_v1(_ hostMinor: UInt32) -> UnsafePointer<cbl_adapter>! {
  unsafe table.pointer
}
