/// Takes a catalog apart into one object a line, each inside of an object with the name of its kind.
enum JSONLinesWriter {
  /// The lines, with the document first.
  static func lines(of catalog: Catalog) -> [JSONValue] {
    var lines = [line(catalog.document.members, "CFDocument")]
    var others = catalog.otherMembers
    others["extensions"] = catalog.layout.frame["extensions"]
    if !others.members.isEmpty { lines.append(line(others, "CFPackage")) }
    for list in CASEList.allCases {
      lines += catalog.objects(of: list).map { line($0, list.kind.rawValue) }
    }
    return lines
  }

  private static func line(_ object: JSONObject, _ kind: String) -> JSONValue {
    .object(JSONObject([.init(kind, .object(object))]))
  }
}
