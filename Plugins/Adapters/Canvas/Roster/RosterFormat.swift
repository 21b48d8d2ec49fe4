internal import AdapterKit
internal import CAdapterABI

extension FormatInfo {
  /// The SIS import.
  static var canvasRoster: FormatInfo {
    let attribute = ["ownerKind", "owner", "vocabulary", "key", "value", "status"]
    var capabilities = sourceLayer
    capabilities.append(
      Capability(
        CBL_KIND_ATTRIBUTE, reads: attribute, reduces: attribute,
        rule: "Only attributes that a Canvas SIS import has are written."))
    for table in RosterTable.all where table.kind != CBL_KIND_ATTRIBUTE {
      var reads = table.columns.map(\.field).filter { !$0.isEmpty }
      var writes = table.columns.filter(\.isUsual).map(\.field).filter { !$0.isEmpty }
      let rare = table.columns.filter { !$0.isUsual }.map(\.field)
      var reduces = rare
      if table.kind == CBL_KIND_ENROLLMENT {
        reads += ["id", "state"]
        reduces += ["id", "state"]
      }
      if table.kind == CBL_KIND_PERSON {
        reads += ["agents", "enabled"]
        reduces += ["agents", "enabled"]
      }
      writes = writes.filter { !reduces.contains($0) }
      capabilities.append(
        Capability(
          table.kind, reads: reads, writes: writes, reduces: reduces,
          rule: "Columns that not every import has are written only when they were read."))
    }
    return FormatInfo(
      identifier: "canvas-sis", version: "1", title: "Canvas SIS import CSV",
      extensions: ["zip", "csv"], memberName: "users.csv",
      flags: [.reads, .writes, .severalMembers], capabilities: capabilities,
      options: textOptions)
  }

  /// How sure it is that the input is a SIS import.
  static func probeRoster(_ input: AdapterInput) throws(AdapterError) -> Probe {
    var found = 0
    let count = min(input.memberCount, 50)
    for member in 0..<count {
      let lines = try HeadLines(input, member: member)
      if RosterTable.index(of: (lines.rows.first ?? []).map { trimmed($0) }) != nil { found += 1 }
    }
    guard found > 0 else { return .no }
    return Probe(found == count ? 92 : 70, "headings of SIS import files")
  }
}
