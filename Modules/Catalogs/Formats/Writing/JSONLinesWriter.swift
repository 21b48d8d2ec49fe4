/// Writes a catalog as one object a line, each inside of an object with the name of its kind.
enum JSONLinesWriter {
  /// The lines, with the document first.
  static func bytes(of catalog: Catalog) -> [UInt8] {
    var bytes: [UInt8] = []
    append(catalog.document.members, "CFDocument", to: &bytes)
    var others = catalog.otherMembers
    others["extensions"] = catalog.layout.frame["extensions"]
    if !others.members.isEmpty { append(others, "CFPackage", to: &bytes) }
    for list in CASEList.allCases {
      for object in catalog.objects(of: list) { append(object, list.kind.rawValue, to: &bytes) }
    }
    return bytes
  }

  private static func append(_ object: JSONObject, _ kind: String, to bytes: inout [UInt8]) {
    bytes += JSONValue.object(JSONObject([.init(kind, .object(object))])).text()
    bytes.append(0x0A)
  }
}
