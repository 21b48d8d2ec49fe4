internal import AdapterHost
internal import Records

/// The texts of a batch by the names of its fields.
struct FieldTexts {
  private let batch: HostBatch
  private let places: [String: Int]

  init(_ batch: HostBatch) {
    self.batch = batch
    places = Self.places[batch.kind.number]
  }

  /// The text of a field, or `nil` when it is absent or blank.
  subscript(name: String, row: Int) -> String? {
    guard let field = places[name] else { return nil }
    let bytes = unsafe batch.text(field, of: row)
    return unsafe bytes.count > 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static let places: [[String: Int]] =
    [[:]]
    + RecordSchema.all.map { schema in
      Dictionary(
        schema.fields.map { ($0.name, $0.index) }, uniquingKeysWith: { first, _ in first })
    }
}

extension EvidenceFields {
  /// What a result says, with what its line item says where it says nothing itself.
  init(result fields: FieldTexts, _ row: Int, of work: ItemWork) {
    kind = work.kind
    state = fields["missing", row] == "true" ? "missing" : fields["state", row]
    score = fields["score", row]
    textScore = fields["textScore", row]
    maximum = fields["maximum", row] ?? work.maximum
    scale = fields["scale", row] ?? work.scale
    scoreKind = fields["scoreKind", row] ?? work.scoreKind
    rater = fields["rater", row]
    attempt = fields["attempt", row]
  }

  /// What the score of a single target says.
  init(targetResult fields: FieldTexts, _ row: Int) {
    kind = fields["result", row] == nil ? "rollup" : nil
    state = fields["state", row]
    score = fields["score", row]
    textScore = fields["textScore", row]
    maximum = fields["maximum", row]
    scale = fields["scale", row]
  }

  /// What an evidence record says.
  init(evidence fields: FieldTexts, _ row: Int) {
    kind = fields["kind", row]
    purpose = fields["purpose", row]
    state = fields["state", row]
    score = fields["score", row]
    textScore = fields["textScore", row]
    maximum = fields["maximum", row]
    scaled = fields["scaled", row]
    scale = fields["scale", row]
    rater = fields["rater", row]
    attempt = fields["attempt", row]
    context = fields["context", row]
    depth = fields["depth", row]
    trust = fields["trust", row]
  }

  /// The fields of a kind that its mark depends on.
  static func markFields(of kind: RecordKind) -> [Int] {
    let names: [String] =
      switch kind {
      case .result:
        [
          "missing", "state", "score", "textScore", "maximum", "scale", "scoreKind", "rater",
          "attempt",
        ]
      case .targetResult: ["state", "score", "textScore", "maximum", "scale"]
      default:
        [
          "kind", "purpose", "state", "score", "textScore", "maximum", "scaled", "scale", "rater",
          "attempt", "context", "depth", "trust",
        ]
      }
    let schema = RecordSchema.of(kind)
    return names.compactMap { schema.field($0)?.index }
  }
}

/// What the results of a line item have in common.
struct ItemWork: Hashable {
  var maximum: String?
  var kind: String?
  var scale: String?
  var scoreKind: String?

  init() {}

  init(_ fields: FieldTexts, _ row: Int) {
    maximum = fields["maximum", row]
    kind = fields["type", row]
    scale = fields["scale", row]
    scoreKind = fields["scoreKind", row]
  }
}
