internal import AdapterKit
internal import CAdapterABI

/// What the evidence table does with each kind of record.
enum EvidenceCapabilities {
  /// - Parameter kept: The columns that are written when the user names none.
  static func all(kept: [EvidenceColumn]) -> [Capability] {
    let kept = kept.compactMap(\.evidenceFieldName)
    let every = EvidenceColumn.allCases.compactMap(\.evidenceFieldName)
    let row = "Becomes part of the rows of evidence, from which it is not read back."
    let member = ["id", "format", "dialect", "header", "trailer", "position"]
    let line = ["member", "position", "check", "raw", "lineEnd"]
    return [
      Capability(CBL_KIND_SOURCE_MEMBER, reads: member, writes: member),
      Capability(CBL_KIND_SOURCE_LINE, reads: line, writes: line),
      Capability(
        CBL_KIND_LINE_ITEM,
        reduces: ["id", "title", "class", "minimum", "maximum", "type", "scoreKind", "scale"],
        rule: row),
      Capability(CBL_KIND_SCALE_USE, reduces: ["ownerKind", "owner", "scale"], rule: row),
      Capability(
        CBL_KIND_ALIGNMENT, reduces: ["ownerKind", "owner", "target"], needs: ["owner", "target"],
        rule: row),
      Capability(
        CBL_KIND_RESULT,
        reduces: [
          "id", "status", "modified", "lineItem", "person", "class", "state", "score", "textScore",
          "scoreDate", "comment", "scoreKind", "maximum", "scale", "rater", "attempt",
        ],
        needs: ["lineItem", "person"],
        rule: "A scored result becomes one row for each target of its line item; the option "
          + "columns chooses the fields."),
      Capability(
        CBL_KIND_TARGET_RESULT,
        reduces: [
          "id", "status", "modified", "person", "class", "target", "state", "score", "textScore",
          "maximum", "scale", "date",
        ],
        rule: "Written as rows of evidence when the option targetScores is own."),
      Capability(
        CBL_KIND_EVIDENCE, reads: every, writes: kept,
        reduces: every.filter { !kept.contains($0) },
        rule: "Written when the option columns names it."),
    ]
  }
}
