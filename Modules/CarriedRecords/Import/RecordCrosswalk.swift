public import Domain

/// How the targets and scales of one school stand at another: a versioned document that the
/// receiving school writes.
///
/// Its form is that of ``schema``.
public struct RecordCrosswalk: Hashable, Sendable {
  /// The levels of one scale on another.
  public struct Scale: Hashable, Sendable {
    /// The scale of the other school.
    public var source: ScaleID
    /// For each of its levels the level here.
    public var levels: [Identifier: Identifier]

    /// Creates a mapping.
    public init(from source: ScaleID, levels: [Identifier: Identifier]) {
      self.source = source
      self.levels = levels
    }
  }

  /// The name of the document.
  public var id: Identifier
  /// For each target of the other school those here that it is evidence for; none says that it has
  /// no counterpart.
  public var targets: [CompetencyID: [CompetencyID]]
  /// The scales.
  public var scales: [Scale]

  /// Creates a crosswalk.
  public init(id: Identifier, targets: [CompetencyID: [CompetencyID]], scales: [Scale] = []) {
    self.id = id
    self.targets = targets
    self.scales = scales
  }

  /// Reads a crosswalk.
  ///
  /// - Throws: `DomainError` with the pointer of the field, also for a target or scale that is
  ///   mapped twice.
  public init(document: DocumentValue) throws(DomainError) {
    let root = DocumentNode(document)
    try root.need("crosswalk").expect(1 as DocumentValue)
    id = try root.need("id").text()
    targets = [:]
    for item in try root.need("targets").items {
      let from = CompetencyID(try item.need("from").text())
      let to = try item.need("to")
      guard to.value.elements != nil, to.words.count == to.items.count else {
        throw to.malformed("an array of targets")
      }
      guard targets.updateValue(to.words.map { CompetencyID($0) }, forKey: from) == nil else {
        throw item.unexpected("The target \(from) is mapped twice; write all of its targets once.")
      }
    }
    scales = []
    for item in root["scales"]?.items ?? [] {
      let source = ScaleID(try item.need("from").text())
      var levels: [Identifier: Identifier] = [:]
      let node = try item.need("levels")
      guard let members = node.value.members else { throw node.malformed("an object of levels") }
      for member in members {
        guard let level = member.value.text else { throw node.malformed("levels as texts") }
        levels[member.name] = level
      }
      guard !scales.contains(where: { $0.source == source }) else {
        throw item.unexpected("The scale \(source) is mapped twice.")
      }
      scales.append(Scale(from: source, levels: levels))
    }
  }

  /// The JSON Schema (draft 2020-12) of crosswalks.
  public static let schema: [UInt8] = PackageResources.record_crosswalk_schema_json

  /// The targets here that are named, each once, sorted.
  public var named: [CompetencyID] { Set(targets.values.joined()).sorted() }

  /// Refuses levels that the scale of a policy does not have.
  ///
  /// - Throws: `DomainError` that names the level.
  public func check(levelsOf scale: ProficiencyScale) throws(DomainError) {
    for mapping in scales {
      for (source, level) in mapping.levels.sorted(by: { $0.key < $1.key })
      where scale.rank(of: level) == nil {
        throw DomainError(
          .invalidMapping,
          "The crosswalk \(id) makes \(level) of \(source), and the scale \(scale.id) has no such "
            + "level; it has " + scale.levels.map(\.label.text).joined(separator: ", ") + ".")
      }
    }
  }
}
