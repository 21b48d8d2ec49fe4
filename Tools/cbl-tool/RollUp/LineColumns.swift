/// What the fields of a line of evidence are.
struct LineColumns {
  /// A field that is read.
  enum Field: String, CaseIterable {
    case learner, target, date, score, maximum, level, recorded
    case kind, purpose, attempt, context, trust, rater
    /// A field that is passed over.
    case skip
  }

  /// The fields of a line that nobody describes.
  static let standard = "learner,target,date,score,maximum"

  /// The fields, in the order of the line.
  let fields: [Field]
  private let places: [Field: Int]

  /// Reads the names of fields with commas between them.
  ///
  /// - Throws: ``ToolFailure`` for an unknown or doubled name, and without a learner, a target, and
  ///   a score or level.
  init(_ text: String) throws {
    var fields: [Field] = []
    var places: [Field: Int] = [:]
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let field = Field(rawValue: String(name)) else {
        let names = Field.allCases.map(\.rawValue).joined(separator: ", ")
        throw ToolFailure.usage("--columns: there is no field '\(name)'; there are: \(names)")
      }
      guard field == .skip || places[field] == nil else {
        throw ToolFailure.usage("--columns: '\(name)' stands there twice; name each field once")
      }
      places[field] = fields.count
      fields.append(field)
    }
    guard places[.learner] != nil, places[.target] != nil,
      places[.score] != nil || places[.level] != nil
    else {
      throw ToolFailure.usage(
        "--columns: lines need a learner, a target, and a score or a level; the usual fields are "
          + Self.standard)
    }
    self.fields = fields
    self.places = places
  }

  /// The place of a field in a line.
  subscript(field: Field) -> Int? { places[field] }

  /// The fields that tell of evidence what a policy may ask beside its score.
  var traits: [Int] {
    [.kind, .purpose, .attempt, .context, .trust, .rater].compactMap { places[$0] }
  }
}
