public import Domain
public import LinkedData

/// What can be achieved.
public struct Achievement: JSONModel {
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

  /// The types.
  public var types: [Identifier] {
    get { texts("type") }
    set { set("type", newValue) }
  }

  /// The name.
  public var name: Identifier? {
    get { text("name") }
    set { set("name", newValue) }
  }

  /// What it is, in words.
  public var description: Identifier? {
    get { text("description") }
    set { set("description", newValue) }
  }

  /// The kind of achievement, such as `Competency`.
  public var achievementType: Identifier? {
    get { text("achievementType") }
    set { set("achievementType", newValue) }
  }

  /// What it is awarded for, as Markdown.
  public var criteriaNarrative: Identifier? {
    get { json["criteria"]?["narrative"]?.string }
    set {
      var inner = json["criteria"]?.object ?? JSONObject()
      inner["narrative"] = newValue.map { .string($0) }
      json["criteria"] = .object(inner)
    }
  }

  /// What it is aligned to.
  public var alignments: [Alignment] {
    get { models("alignment") }
    set { set("alignment", newValue) }
  }

  /// Which results there can be.
  public var resultDescriptions: [ResultDescription] {
    get { models("resultDescription") }
    set { set("resultDescription", newValue) }
  }

  /// Keywords.
  public var tags: [Identifier] {
    get { texts("tag") }
    set { set("tag", newValue) }
  }

  /// Who made the achievement.
  public var creator: Profile? {
    get { model("creator") }
    set { set("creator", newValue) }
  }

  /// The code that people use.
  public var humanCode: Identifier? {
    get { text("humanCode") }
    set { set("humanCode", newValue) }
  }
}

/// An item of a catalog that an achievement or a result is aligned to.
public struct Alignment: JSONModel {
  /// The object.
  public var json: JSONObject

  /// Takes an object as it is.
  public init(json: JSONObject) {
    self.json = json
  }

  /// The statement of the item.
  public var targetName: Identifier? {
    get { text("targetName") }
    set { set("targetName", newValue) }
  }

  /// The URI of the item.
  public var targetURL: Identifier? {
    get { text("targetUrl") }
    set { set("targetUrl", newValue) }
  }

  /// The identifier or code of the item.
  public var targetCode: Identifier? {
    get { text("targetCode") }
    set { set("targetCode", newValue) }
  }

  /// The title of the catalog.
  public var targetFramework: Identifier? {
    get { text("targetFramework") }
    set { set("targetFramework", newValue) }
  }

  /// The kind of item, such as `CFItem`.
  public var targetType: Identifier? {
    get { text("targetType") }
    set { set("targetType", newValue) }
  }
}
