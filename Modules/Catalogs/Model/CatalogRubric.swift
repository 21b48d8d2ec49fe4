/// A rubric: criteria with levels.
public typealias CatalogRubric = CatalogPart<CatalogRole.Rubric>

extension CatalogRubric {
  /// The criteria, in the order of the file.
  public var criteria: [CatalogCriterion] {
    get { objects("CFRubricCriteria").map { CatalogCriterion(members: $0) } }
    set { members["CFRubricCriteria"] = .array(newValue.map { .object($0.members) }) }
  }
}

/// One thing that a rubric looks at.
public typealias CatalogCriterion = CatalogPart<CatalogRole.Criterion>

extension CatalogCriterion {
  /// The category.
  public var category: String? {
    get { text("category") }
    set { setText("category", newValue) }
  }

  /// The item it is about.
  public var item: CatalogLink? {
    get { link("CFItemURI") }
    set { members["CFItemURI"] = newValue?.value }
  }

  /// Its weight, as written.
  public var weightText: String? {
    get { text("weight") }
    set { setText("weight", newValue) }
  }

  /// The levels, in the order of the file.
  public var levels: [CatalogCriterionLevel] {
    get { objects("CFRubricCriterionLevels").map { CatalogCriterionLevel(members: $0) } }
    set { members["CFRubricCriterionLevels"] = .array(newValue.map { .object($0.members) }) }
  }
}

/// A level of a criterion.
public typealias CatalogCriterionLevel = CatalogPart<CatalogRole.CriterionLevel>

extension CatalogCriterionLevel {
  /// The name of the level.
  public var quality: String? {
    get { text("quality") }
    set { setText("quality", newValue) }
  }

  /// The points, as written.
  public var scoreText: String? {
    get { text("score") }
    set { setText("score", newValue) }
  }

  /// What learners at this level are told.
  public var feedback: String? {
    get { text("feedback") }
    set { setText("feedback", newValue) }
  }
}

extension CatalogObject {
  /// The objects of a list, without what is no object.
  func objects(_ name: String) -> [JSONObject] {
    members[name]?.array?.compactMap(\.object) ?? []
  }
}
