internal import Domain

/// Reads a package that was taken apart: one object a line, each inside of an object with the name
/// of its kind.
enum JSONLinesReader {
  /// Reads the objects of lines.
  static func read(_ values: [JSONValue], file: String?) throws(CatalogsError) -> CatalogReading {
    var package = JSONObject()
    var lists: [CASEList: [JSONValue]] = [:]
    var findings: [Problem] = []
    for value in values {
      guard let object = value.object, let member = object.members.first,
        object.members.count == 1
      else {
        findings.append(other(value, file))
        continue
      }
      if let list = CASEList.allCases.first(where: { $0.kind.rawValue == member.name }) {
        lists[list, default: []].append(member.value)
      } else if member.name == "CFDocument" {
        package["CFDocument"] = member.value
      } else if member.name == "CFPackage", let rest = member.value.object {
        for other in rest.members { package[other.name] = other.value }
      } else {
        findings.append(other(value, file))
      }
    }
    for list in CASEList.allCases {
      guard let objects = lists[list] else { continue }
      let path = list.isDefinition ? ["CFDefinitions", list.rawValue] : [list.rawValue]
      package.set(.array(objects), at: path[...])
    }
    if lists[.items] == nil { package["CFItems"] = .array([]) }
    var reading = try Catalog.reading(case: .object(package), file: file)
    reading.findings = findings + reading.findings
    reading.format = .jsonLines
    return reading
  }

  private static func other(_ value: JSONValue, _ file: String?) -> Problem {
    let line = value.object.map { Int($0.line) }
    return Problem(
      .error, "catalog.other_line",
      "The line holds no object with the name of one kind, such as {\"CFItem\": {…}}; it is left "
        + "out.", at: Place(file: file, line: line))
  }
}
