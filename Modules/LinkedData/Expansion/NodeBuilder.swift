internal import Domain

/// A node that is being expanded.
struct NodeBuilder {
  /// The name of the member that the node is the value of.
  let property: Identifier?
  /// The terms before those of the types of the node: types are looked up in these.
  let typeScoped: ActiveContext
  /// Whether the node is a literal of JSON.
  let isJSON: Bool
  /// The members so far.
  var result = JSONObject()

  init(property: Identifier?, typeScoped: ActiveContext, isJSON: Bool) {
    self.property = property
    self.typeScoped = typeScoped
    self.isJSON = isJSON
  }

  /// Adds values to a property.
  mutating func add(_ values: JSONNode, to property: Identifier) {
    result.updateArray(property) { elements in
      if case .array(let more) = values { elements += more } else { elements.append(values) }
    }
  }

  /// Adds nodes that have this one as the value of a property.
  mutating func addReverse(
    _ values: [JSONNode], to property: Identifier
  ) throws(LinkedDataError) {
    for value in values where value[Keyword.value] != nil || value[Keyword.list] != nil {
      throw LinkedDataError(
        .invalidReversePropertyValue, "A value of a reverse property is no node.")
    }
    var reverse = result[Keyword.reverse]?.object ?? JSONObject()
    reverse.updateArray(property) { $0 += values }
    result[Keyword.reverse] = .object(reverse)
  }
}
