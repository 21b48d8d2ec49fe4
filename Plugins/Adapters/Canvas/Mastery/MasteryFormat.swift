internal import AdapterKit
internal import CAdapterABI

extension FormatInfo {
  /// The Learning Mastery export.
  static var canvasMastery: FormatInfo {
    FormatInfo(
      identifier: "canvas-mastery", version: "1", title: "Canvas Learning Mastery CSV",
      extensions: ["csv"], memberName: "mastery.csv",
      flags: [.reads, .writes, .grouped, .spreadsheet, .severalMembers],
      capabilities: sourceLayer + [
        Capability(
          CBL_KIND_ATTRIBUTE, reads: ["ownerKind", "owner", "vocabulary", "key", "value"],
          reduces: ["ownerKind", "owner", "vocabulary", "key", "value"],
          rule: "Only what same-format write-back needs is written."),
        Capability(
          CBL_KIND_CLASS, reads: ["id", "title"], reduces: ["id", "title"],
          rule: "A class is known by the name of its file."),
        Capability(
          CBL_KIND_PERSON,
          reads: ["id", "givenName", "familyName", "name", "sortName", "identifier", "role"],
          writes: ["id", "identifier"],
          reduces: ["givenName", "familyName", "name", "sortName", "role"],
          rule: "The name is written once, as it is sorted; everybody with a row is a student."),
        Capability(
          CBL_KIND_ENROLLMENT, reads: ["class", "person", "role"], writes: ["person"],
          reduces: ["class", "role"],
          rule: "Students are written as rows; other people of the class are left out."),
        Capability(
          CBL_KIND_TARGET, reads: ["id", "title", "type", "mastery", "position"],
          writes: ["title"], reduces: ["id", "type", "mastery", "position"],
          rule: "A target with results is written by its title, and its points beside results."),
        Capability(
          CBL_KIND_TARGET_RESULT,
          reads: ["target", "person", "class", "state", "score", "mastery"],
          writes: ["person", "score"], reduces: ["target", "class", "state", "mastery"],
          needs: ["target", "person", "score"],
          rule: "A cell holds the score alone."),
      ], options: textOptions)
  }

  /// How sure it is that the input is a Learning Mastery export.
  static func probeMastery(_ input: AdapterInput) throws(AdapterError) -> Probe {
    guard input.memberCount > 0 else { return .no }
    let rows = try HeadLines(input, member: 0).rows
    guard let headers = rows.first, headers.count >= 3 else { return .no }
    guard let plan = MasteryPlan(headers: headers.map { FormulaGuard.equation.removed(from: $0) })
    else {
      return .no
    }
    if plan.outcomes.isEmpty { return Probe(90, "headings of learners, without outcomes") }
    if plan.isEnglish { return Probe(96, "headings ending in result and mastery points") }
    guard plan.outcomes.contains(where: { $0.path.contains(" > ") }) else { return .no }
    return Probe(50, "pairs of headings that begin with the same path")
  }
}
