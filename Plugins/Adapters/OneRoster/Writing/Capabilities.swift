internal import AdapterKit
internal import CAdapterABI

/// What each version does with each kind, from its tables.
enum Capabilities {
  static func of(_ version: Version) -> [Capability] {
    let source = ["id", "format", "dialect", "header", "trailer", "position"]
    let line = ["member", "position", "check", "raw", "lineEnd"]
    let attribute = ["ownerKind", "owner", "vocabulary", "key", "value"]
    var all = [
      Capability(CBL_KIND_SOURCE_MEMBER, reads: source, writes: source),
      Capability(CBL_KIND_SOURCE_LINE, reads: line, writes: line),
      Capability(
        CBL_KIND_ATTRIBUTE, reads: attribute, writes: attribute,
        rule: "attributes are written as extension columns; those of other formats are not"),
      Capability(
        CBL_KIND_DATASET, reads: ["id", "format", "version", "intent", "systemName", "systemCode"],
        writes: version == .v10 ? [] : ["intent", "systemName", "systemCode"],
        reduces: ["id", "format", "version"], rule: "a package names its own format"),
    ]
    var kinds: [cbl_kind] = []
    for table in version.files where !kinds.contains(table.kind) { kinds.append(table.kind) }
    for kind in kinds { all.append(capability(kind, version)) }
    if version == .v12 { all.append(levels) }
    if version != .v12 {
      all.append(
        Capability(
          CBL_KIND_ROLE, reduces: ["id", "person", "role", "organization", "type"],
          rule: "the roles of a person become one role with several schools"))
    }
    return all
  }

  private static func capability(_ kind: cbl_kind, _ version: Version) -> Capability {
    let tables = version.files.filter { $0.kind == kind }
    var fields: [String] = []
    for table in tables {
      for column in table.columns where column.field >= 0 {
        let name = Column.name(of: column.field, kind: kind)
        if !fields.contains(name) { fields.append(name) }
      }
      if table.ownerKind != nil, !fields.contains("ownerKind") { fields.append("ownerKind") }
    }
    if !fields.contains("id") { fields.append("id") }
    var reduces = ["status", "modified"]
    var rule = "a bulk package does not say when records changed"
    switch kind {
    case CBL_KIND_PERSON:
      reduces += ["password", "name", "sortName", "role", "organizations"]
      if version != .v12 { reduces += ["primaryOrganization"] }
      if version == .v10 { reduces += ["identifiers"] }
      rule +=
        "; passwords are written when asked for, whole names are parted, and roles and "
        + "schools are written where the version has them"
    case CBL_KIND_DEMOGRAPHICS:
      reduces += ["id"]
      rule += "; demographics are known by their person"
    case CBL_KIND_RESULT:
      reduces += ["state"]
      rule += "; results without a grade that were not assigned are left out"
    default: break
    }
    return Capability(
      kind, reads: fields, writes: fields.filter { !reduces.contains($0) }, reduces: reduces,
      rule: rule)
  }

  private static let levels = Capability(
    CBL_KIND_SCALE_LEVEL,
    reads: ["id", "scale", "label", "position", "value", "low", "high", "description"],
    writes: ["scale", "label", "value", "low", "high"],
    reduces: ["id", "position", "description"],
    rule: "levels are written in the order of their values, with a value or a range")
}

extension Column {
  /// The name of a field.
  static func name(of field: Int, kind: cbl_kind) -> String {
    guard let info = unsafe cbl_kind_table(kind.rawValue) else { return "" }
    return unsafe info.pointee.fields[field].name.string
  }
}
