internal import Records

/// A part of the kinds and fields that are read, for work that needs no more.
struct ReadingScope {
  /// The fields of each kind, as a mask; kinds that are not here are not read.
  let fields: [RecordKind: UInt64]

  /// The kinds, as a mask.
  var kinds: UInt64 { fields.keys.reduce(0) { $0 | $1.bit } }

  private init(_ names: [RecordKind: [String]]) {
    fields = Dictionary(
      uniqueKeysWithValues: names.map { kind, names in
        let schema = RecordSchema.of(kind)
        let mask = names.reduce(UInt64(0)) { mask, name in
          schema.field(name).map { mask | 1 << UInt64($0.index) } ?? mask
        }
        return (kind, mask)
      })
  }

  /// What scores of learners in targets need.
  static let scores = ReadingScope([
    .person: ["id"], .schoolClass: ["id"], .lineItem: ["id", "minimum", "maximum", "type"],
    .alignment: ["status", "owner", "ownerKind", "target"],
    .result: ["id", "status", "class", "lineItem", "person", "score", "scoreDate"],
    .evidence: ["status", "person", "target", "score", "maximum", "kind", "occurred"],
  ])
}
