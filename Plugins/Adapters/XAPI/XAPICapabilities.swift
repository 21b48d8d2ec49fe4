internal import AdapterKit
internal import CAdapterABI

/// What statements carry of each kind of record.
enum XAPICapabilities {
  static var all: [Capability] {
    let made = "Becomes part of new statements, unless statements that were read are passed on."
    let layer = ["id", "format", "dialect", "header", "trailer", "position"]
    let line = ["member", "position", "check", "raw", "lineEnd"]
    let event = ["id", "person", "type", "time", "json"]
    return [
      Capability(CBL_KIND_SOURCE_MEMBER, reads: layer, writes: layer),
      Capability(CBL_KIND_SOURCE_LINE, reads: line, writes: line),
      Capability(
        CBL_KIND_DATASET, reads: ["format", "intent"], reduces: ["format", "intent"],
        rule: "Statements say themselves what they are."),
      Capability(CBL_KIND_CLASS, reads: ["id"], reduces: ["id"], rule: made),
      Capability(
        CBL_KIND_PERSON, reads: ["id", "name", "role", "email", "identifiers"],
        reduces: ["id", "name", "givenName", "familyName", "role", "email", "identifiers"],
        rule: made),
      Capability(
        CBL_KIND_LINE_ITEM,
        reads: ["id", "title", "class", "type", "minimum", "maximum", "scoreKind"],
        reduces: ["id", "title", "class", "type", "minimum", "maximum", "scoreKind"], rule: made),
      Capability(
        CBL_KIND_ALIGNMENT, reads: ["ownerKind", "owner", "target"],
        reduces: ["ownerKind", "owner", "target"], rule: made),
      Capability(
        CBL_KIND_RESULT,
        reads: [
          "id", "lineItem", "person", "class", "state", "score", "scoreDate", "scoreKind",
          "maximum",
        ],
        reduces: [
          "id", "status", "lineItem", "person", "class", "state", "score", "scoreDate",
          "scoreKind", "maximum",
        ], needs: ["lineItem", "person"], rule: made),
      Capability(
        CBL_KIND_EVIDENCE,
        reads: [
          "id", "person", "class", "lineItem", "target", "kind", "state", "score", "minimum",
          "maximum", "scaled", "occurred", "recorded",
        ],
        reduces: [
          "id", "person", "class", "lineItem", "target", "state", "score", "minimum", "maximum",
          "scaled", "occurred",
        ], needs: ["person", "lineItem"], rule: made),
      Capability(CBL_KIND_EVENT, reads: event, writes: event),
    ]
  }
}
