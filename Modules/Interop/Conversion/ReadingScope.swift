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

  private static let score: [RecordKind: [String]] = [
    .person: ["id"], .schoolClass: ["id"],
    .lineItem: ["id", "minimum", "maximum", "type", "scale", "scoreKind"],
    .scaleUse: ["owner", "ownerKind", "scale"],
    .alignment: ["status", "owner", "ownerKind", "target"],
    .result: [
      "id", "status", "class", "lineItem", "person", "score", "textScore", "maximum", "scale",
      "scoreKind", "state", "missing", "scoreDate", "submitted", "attempt", "rater",
    ],
    .evidence: [
      "status", "state", "person", "target", "score", "textScore", "maximum", "scaled", "scale",
      "kind", "purpose", "occurred", "attempt", "context", "depth", "trust", "rater",
    ],
  ]
  private static let single: [RecordKind: [String]] = [
    .targetResult: [
      "id", "status", "result", "person", "target", "state", "score", "textScore", "maximum",
      "scale", "date",
    ]
  ]

  /// What scores of learners in targets need.
  static let scores = ReadingScope(score)
  /// The same with scores that results give to single targets.
  static let scoresAndSingles = ReadingScope(score.merging(single) { first, _ in first })
  /// Scores of single targets alone.
  static let singles = ReadingScope(single)
}
