internal import AdapterKit
internal import CAdapterABI

extension FormatInfo {
  /// Moodle's outcomes.
  static var moodleOutcomes: FormatInfo {
    FormatInfo(
      identifier: "moodle-outcomes", version: "4", title: "Moodle outcomes",
      extensions: ["csv"], memberName: "outcomes.csv", flags: [.reads, .writes, .severalMembers],
      capabilities: sourceCapabilities + outcomes,
      options: textOptions.filter { $0.name == "encoding" })
  }

  private static var outcomes: [Capability] {
    let attribute = ["ownerKind", "owner", "vocabulary", "key", "value"]
    return [
      Capability(
        CBL_KIND_ATTRIBUTE, reads: attribute, reduces: attribute,
        rule: "Attributes of targets from Moodle become columns; others are left out."),
      Capability(
        CBL_KIND_DATASET, reads: ["id", "format", "intent", "systemName"],
        reduces: ["id", "format", "intent", "systemName"],
        rule: "The format itself says that the data is Moodle's; nothing else of it is written."),
      Capability(
        CBL_KIND_SCALE, reads: ["id", "title", "type", "description"],
        writes: ["title", "description"], reduces: ["id", "type"],
        rule: "A scale is written beside the outcomes that use it, by its title."),
      Capability(
        CBL_KIND_SCALE_LEVEL, reads: ["id", "scale", "label", "position"], writes: ["label"],
        reduces: ["id", "scale", "position"],
        rule: "Levels are written from the lowest; their place is their number."),
      Capability(
        CBL_KIND_FRAMEWORK, reads: ["id", "title"], reduces: ["id", "title"],
        rule: "A framework is a file, named after its identifier."),
      Capability(
        CBL_KIND_TARGET,
        reads: [
          "id", "framework", "code", "title", "statement", "type", "scale", "position",
        ],
        writes: ["code", "statement"],
        reduces: ["id", "framework", "title", "displayName", "type", "scale", "position"],
        needs: ["scale"],
        rule: "An outcome's short name is the code of the target, or its identifier; its name is "
          + "the title, or else the statement."),
    ]
  }
}

/// Recognises outcomes files by their headings.
enum OutcomeProbe {
  static func probe(_ input: AdapterInput) throws(AdapterError) -> Probe {
    for member in 0..<min(input.memberCount, 50) {
      guard let header = try HeadLines(input, member: member).rows.first else { continue }
      let names = Set(header.map { $0.trimmedBlanks.lowercased() })
      let known = OutcomeLayout.required.filter { names.contains($0.rawValue) }
      if known.count == OutcomeLayout.required.count { return Probe(98, "headings of outcomes") }
      if names.contains("outcome_name"), names.contains("outcome_shortname") {
        return Probe(90, "headings of outcomes")
      }
    }
    return .no
  }
}
