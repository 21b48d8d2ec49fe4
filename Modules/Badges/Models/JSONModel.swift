package import Domain
public import LinkedData

/// A typed view of a JSON object; members that the type does not know stay as they are.
///
/// Lists are read as arrays and as single values, and written as arrays.
public protocol JSONModel: Hashable, Sendable {
  /// The object.
  var json: JSONObject { get set }

  /// Takes an object as it is.
  init(json: JSONObject)
}

extension JSONModel {
  /// A member that is a text.
  package func text(_ name: Identifier) -> Identifier? { json[name]?.string }

  /// Sets a member to a text, or removes it.
  package mutating func set(_ name: Identifier, _ text: Identifier?) {
    json[name] = text.map { .string($0) }
  }

  /// A member that is one text or several.
  package func texts(_ name: Identifier) -> [Identifier] {
    (json[name]?.asArray ?? []).compactMap(\.string)
  }

  /// Sets a member to an array of texts; an empty one removes it.
  package mutating func set(_ name: Identifier, _ texts: [Identifier]) {
    json[name] = texts.isEmpty ? nil : .array(texts.map { .string($0) })
  }

  /// A member that is a moment.
  package func moment(_ name: Identifier) -> Instant? { text(name).flatMap { Instant($0.text) } }

  /// Sets a member to a moment, or removes it.
  package mutating func set(_ name: Identifier, _ moment: Instant?) {
    json[name] = moment.map { JSONNode($0.description) }
  }

  /// A member that is an object of a type.
  package func model<Model: JSONModel>(_ name: Identifier) -> Model? {
    json[name]?.object.map { Model(json: $0) }
  }

  /// Sets a member to an object, or removes it.
  package mutating func set<Model: JSONModel>(_ name: Identifier, _ model: Model?) {
    json[name] = model.map { .object($0.json) }
  }

  /// A member that is one object of a type or several.
  package func models<Model: JSONModel>(_ name: Identifier) -> [Model] {
    (json[name]?.asArray ?? []).compactMap { $0.object.map { Model(json: $0) } }
  }

  /// Sets a member to an array of objects; an empty one removes it.
  package mutating func set<Model: JSONModel>(_ name: Identifier, _ models: [Model]) {
    json[name] = models.isEmpty ? nil : .array(models.map { .object($0.json) })
  }
}
