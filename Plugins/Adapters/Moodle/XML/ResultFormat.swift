internal import AdapterKit
internal import CAdapterABI

extension FormatInfo {
  /// Moodle's grade export and import as XML.
  static var moodleGradesXML: FormatInfo {
    FormatInfo(
      identifier: "moodle-grades-xml", version: "4", title: "Moodle grade results XML",
      extensions: ["xml"], memberName: "results.xml",
      flags: [.reads, .writes, .grouped, .severalMembers],
      capabilities: sourceCapabilities + results)
  }

  private static var results: [Capability] {
    let attribute = ["ownerKind", "owner", "vocabulary", "key", "value"]
    return [
      Capability(
        CBL_KIND_ATTRIBUTE, reads: attribute, reduces: attribute,
        rule: "The state of a result from Moodle is written; other attributes are left out."),
      Capability(
        CBL_KIND_DATASET, reads: ["id", "format", "intent", "systemName", "created"],
        reduces: ["id", "format", "intent", "systemName", "created"],
        rule: "The format itself says that the data is Moodle's; nothing else of it is written."),
      Capability(
        CBL_KIND_CLASS, reads: ["id", "title"], reduces: ["id", "title"],
        rule: "A class is a file, named after the identifier of the class."),
      Capability(
        CBL_KIND_PERSON, reads: ["id", "identifier", "role"],
        reduces: ["id", "identifier", "role"],
        rule: "Learners with results are written by their identifier, or that of the record."),
      Capability(
        CBL_KIND_ENROLLMENT, reads: ["class", "person", "role"],
        reduces: ["class", "person", "role"],
        rule: "Learners with results in the file of a class count as its students."),
      Capability(
        CBL_KIND_LINE_ITEM, reads: ["id", "title", "class", "scoreKind"], writes: ["id"],
        reduces: ["title", "class", "scoreKind"],
        rule: "Items with results are written by their identifier, which stands for the title too."),
      Capability(
        CBL_KIND_RESULT,
        reads: ["id", "lineItem", "person", "class", "state", "score", "textScore", "comment"],
        writes: ["lineItem", "score", "comment"],
        reduces: ["id", "person", "class", "state", "textScore"], needs: ["lineItem", "person"],
        rule: "A result has a score, else words, else a dash; learners are named by ID number."),
    ]
  }
}

/// Recognises results files by their root.
enum ResultProbe {
  static func probe(_ input: AdapterInput) throws(AdapterError) -> Probe {
    for member in 0..<min(input.memberCount, 50) {
      let head = try input.head(of: member, count: 2_048).filter { $0 != 0 }
      let text = String(decoding: head, as: UTF8.self)
      if text.contains("<results batch") { return Probe(98, "the root element results") }
      if text.contains("<results>"), text.contains("<assignment>") {
        return Probe(90, "elements results and assignment")
      }
    }
    return .no
  }
}
