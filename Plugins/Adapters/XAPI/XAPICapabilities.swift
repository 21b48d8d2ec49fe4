internal import AdapterKit
internal import CAdapterABI

/// What statements carry of each kind of record.
enum XAPICapabilities {
  static var all: [Capability] {
    [
      Capability(CBL_KIND_DATASET, reads: ["format", "intent"]),
      Capability(CBL_KIND_CLASS, reads: ["id"]),
      Capability(CBL_KIND_PERSON, reads: ["id", "name", "role", "email", "identifiers"]),
      Capability(
        CBL_KIND_LINE_ITEM,
        reads: ["id", "title", "class", "type", "minimum", "maximum", "scoreKind"]),
      Capability(CBL_KIND_ALIGNMENT, reads: ["ownerKind", "owner", "target"]),
      Capability(
        CBL_KIND_RESULT,
        reads: [
          "id", "lineItem", "person", "class", "state", "score", "scoreDate", "scoreKind",
          "maximum",
        ]),
      Capability(
        CBL_KIND_EVIDENCE,
        reads: [
          "id", "person", "class", "lineItem", "target", "kind", "state", "score", "minimum",
          "maximum", "scaled", "occurred", "recorded",
        ]),
      Capability(CBL_KIND_EVENT, reads: ["id", "person", "type", "time", "json"]),
      Capability(
        CBL_KIND_SOURCE_MEMBER, reads: ["id", "format", "dialect", "header", "trailer", "position"]),
      Capability(
        CBL_KIND_SOURCE_LINE, reads: ["member", "position", "check", "raw", "lineEnd"]),
    ]
  }
}
