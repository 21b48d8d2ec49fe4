extension Catalog {
  /// The catalog as a package that is built as the file was that it was read from.
  ///
  /// What was not changed has the same members in the same order, with the same wrong shapes and
  /// unknown members, so that reading and writing change nothing. A catalog that was not read is
  /// built as the format has it.
  public var source: JSONValue {
    var package = layout.frame
    if document.members.members.isEmpty {
      if layout.frame["CFDocument"] != nil { package["CFDocument"] = .object(JSONObject()) }
    } else {
      let value = JSONValue.object(document.members)
      package["CFDocument"] =
        layout.wrapsDocument ? .object(JSONObject([.init("CFDocument", value)])) : value
    }
    for list in CASEList.allCases {
      let slot = layout.slots[list] ?? CASELayout.Slot()
      let objects = objects(of: list)
      // What stood there instead of a list stays until there is something for a list.
      guard !objects.isEmpty || (slot.instead == nil && !slot.path.isEmpty) else { continue }
      let path =
        slot.path.isEmpty
        ? (list.isDefinition ? ["CFDefinitions", list.rawValue] : [list.rawValue]) : slot.path
      package.set(.array(elements(objects, slot)), at: path[...])
    }
    var value = JSONValue.object(package)
    for outer in layout.outer.reversed() {
      var object = outer
      object["CFPackage"] = value
      value = .object(object)
    }
    return value
  }

  private func elements(_ objects: [JSONObject], _ slot: CASELayout.Slot) -> [JSONValue] {
    var elements: [JSONValue] = []
    elements.reserveCapacity(objects.count + slot.strays.count)
    var rest = objects[...]
    while !rest.isEmpty || slot.strays[elements.count] != nil {
      if let stray = slot.strays[elements.count] {
        elements.append(stray)
      } else if let object = rest.popFirst() {
        let value = JSONValue.object(object)
        let wrapper = slot.wrappers[elements.count]
        elements.append(wrapper.map { .object(JSONObject([.init($0, value)])) } ?? value)
      }
    }
    return elements
  }
}
