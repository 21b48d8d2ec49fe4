internal import AdapterKit
internal import CAdapterABI

extension FormatInfo {
  /// Moodle's competency frameworks.
  static var moodleCompetencies: FormatInfo {
    FormatInfo(
      identifier: "moodle-competencies", version: "4", title: "Moodle competency framework",
      extensions: ["csv"], memberName: "competencies.csv",
      flags: [.reads, .writes, .severalMembers], capabilities: sourceCapabilities + competencies,
      options: textOptions)
  }

  private static var competencies: [Capability] {
    let attribute = ["ownerKind", "owner", "vocabulary", "key", "value"]
    return [
      Capability(
        CBL_KIND_ATTRIBUTE, reads: attribute, reduces: attribute,
        rule: "Only numbers of scales and frameworks from Moodle are written."),
      Capability(
        CBL_KIND_DATASET, reads: ["id", "format", "intent", "systemName"],
        reduces: ["id", "format", "intent", "systemName"],
        rule: "The format itself says that the data is Moodle's; nothing else of it is written."),
      Capability(
        CBL_KIND_SCALE, reads: ["id", "title", "type"], reduces: ["id", "title", "type"],
        rule: "A scale is its levels; it is written beside what uses it."),
      Capability(
        CBL_KIND_SCALE_LEVEL, reads: ["id", "scale", "label", "position", "mastery", "default"],
        writes: ["label", "mastery", "default"], reduces: ["id", "scale", "position"],
        rule: "Levels are written from the lowest; their place is their number."),
      Capability(
        CBL_KIND_FRAMEWORK,
        reads: [
          "id", "title", "description", "descriptionFormat", "scale", "taxonomy", "identifier",
        ],
        writes: ["id", "title", "description", "descriptionFormat", "taxonomy"],
        reduces: ["scale", "identifier"],
        rule: "A framework's ID number is its identifier; its scale is written by its levels."),
      Capability(
        CBL_KIND_TARGET,
        reads: [
          "id", "framework", "code", "title", "statement", "type", "descriptionFormat", "scale",
          "ruleType", "ruleOutcome", "ruleConfig", "position", "number",
        ],
        writes: [
          "framework", "code", "title", "statement", "descriptionFormat", "ruleType",
          "ruleOutcome", "ruleConfig", "number",
        ],
        reduces: ["id", "displayName", "type", "scale", "position"],
        rule: "A competency's ID number is the code of the target, or its identifier; a target "
          + "without a title is called by its friendly name or code."),
      Capability(
        CBL_KIND_ASSOCIATION, reads: ["framework", "type", "fromTarget", "toTarget", "sequence"],
        writes: ["framework"], reduces: ["type", "fromTarget", "toTarget", "sequence"],
        rule: "Parents and relations are written by ID number, other associations left out."),
    ]
  }
}

/// Recognises competency files by their columns.
enum CompetencyProbe {
  static func probe(_ input: AdapterInput) throws(AdapterError) -> Probe {
    for member in 0..<min(input.memberCount, 50) {
      let verdict = judge(try HeadLines(input, member: member).rows)
      if verdict.confidence > 0 { return verdict }
    }
    return .no
  }

  static func judge(_ rows: [[String]]) -> Probe {
    guard let header = rows.first, (11...16).contains(header.count) else { return .no }
    let names = header.map { $0.trimmedBlanks.lowercased() }
    if names.contains("scale configuration"), names.contains("is framework") {
      return Probe(98, "headings of a competency framework")
    }
    guard header.count == 14, rows.count > 1 else { return .no }
    let data = rows.dropFirst().filter { $0.count == 14 }
    let flags = data.map { $0[12] }
    guard flags.count(where: { $0 == "1" }) == 1, flags.allSatisfy({ $0.isEmpty || $0 == "1" })
    else {
      return .no
    }
    let isConfigured = data.contains { $0[6].hasPrefix("[{") }
    return Probe(isConfigured ? 92 : 55, "14 columns and one framework row")
  }
}
