public import Domain
public import LinkedData

/// Which result an achievement can have.
public struct ResultDescription: JSONModel {
  /// The object.
  public var json: JSONObject

  /// Takes an object as it is.
  public init(json: JSONObject) {
    self.json = json
  }

  /// The identifier.
  public var id: Identifier? {
    get { text("id") }
    set { set("id", newValue) }
  }

  /// The name.
  public var name: Identifier? {
    get { text("name") }
    set { set("name", newValue) }
  }

  /// The kind of result, such as `RubricCriterionLevel`.
  public var resultType: Identifier? {
    get { text("resultType") }
    set { set("resultType", newValue) }
  }

  /// The values that are allowed, from low to high.
  public var allowedValues: [Identifier] {
    get { texts("allowedValue") }
    set { set("allowedValue", newValue) }
  }

  /// The levels, from low to high.
  public var levels: [RubricCriterionLevel] {
    get { models("rubricCriterionLevel") }
    set { set("rubricCriterionLevel", newValue) }
  }

  /// The identifier of the level that is asked for.
  public var requiredLevel: Identifier? {
    get { text("requiredLevel") }
    set { set("requiredLevel", newValue) }
  }

  /// The least value.
  public var valueMin: Identifier? {
    get { text("valueMin") }
    set { set("valueMin", newValue) }
  }

  /// The greatest value.
  public var valueMax: Identifier? {
    get { text("valueMax") }
    set { set("valueMax", newValue) }
  }
}

/// A level of a result.
public struct RubricCriterionLevel: JSONModel {
  /// The object.
  public var json: JSONObject

  /// Takes an object as it is.
  public init(json: JSONObject) {
    self.json = json
  }

  /// The identifier.
  public var id: Identifier? {
    get { text("id") }
    set { set("id", newValue) }
  }

  /// The name.
  public var name: Identifier? {
    get { text("name") }
    set { set("name", newValue) }
  }

  /// The rank, as text.
  public var level: Identifier? {
    get { text("level") }
    set { set("level", newValue) }
  }

  /// The points, as text.
  public var points: Identifier? {
    get { text("points") }
    set { set("points", newValue) }
  }
}

/// A result of a learner.
public struct AchievementResult: JSONModel {
  /// The object.
  public var json: JSONObject

  /// Takes an object as it is.
  public init(json: JSONObject) {
    self.json = json
  }

  /// The identifier of its description.
  public var resultDescription: Identifier? {
    get { text("resultDescription") }
    set { set("resultDescription", newValue) }
  }

  /// The identifier of the level that was reached.
  public var achievedLevel: Identifier? {
    get { text("achievedLevel") }
    set { set("achievedLevel", newValue) }
  }

  /// The value, as text.
  public var value: Identifier? {
    get { text("value") }
    set { set("value", newValue) }
  }

  /// The status, such as `Completed`.
  public var status: Identifier? {
    get { text("status") }
    set { set("status", newValue) }
  }

  /// What it is aligned to.
  public var alignments: [Alignment] {
    get { models("alignment") }
    set { set("alignment", newValue) }
  }
}
