internal import AdapterKit
internal import CAdapterABI

extension FormatInfo {
  /// The outcomes file.
  static var canvasOutcomes: FormatInfo {
    let attribute = ["ownerKind", "owner", "vocabulary", "key", "value"]
    let target = [
      "id", "title", "statement", "displayName", "type", "mastery", "method", "methodValue",
      "number", "scale", "status",
    ]
    return FormatInfo(
      identifier: "canvas-outcomes", version: "1", title: "Canvas outcomes CSV",
      extensions: ["csv"], memberName: "outcomes.csv", flags: [.reads, .writes],
      capabilities: sourceLayer + [
        Capability(
          CBL_KIND_ATTRIBUTE, reads: attribute, reduces: attribute,
          rule: "Only attributes of targets from a Canvas outcomes file are written."),
        Capability(
          CBL_KIND_SCALE, reads: ["id", "title", "type", "mastery"],
          reduces: ["id", "title", "type", "mastery"],
          rule: "A scale is written as the ratings of each outcome that uses it."),
        Capability(
          CBL_KIND_SCALE_LEVEL, reads: ["id", "scale", "label", "position", "value"],
          reduces: ["id", "scale", "label", "position", "value"],
          rule: "Levels become ratings of each outcome that uses the scale, the highest first."),
        Capability(
          CBL_KIND_TARGET, reads: target,
          writes: ["statement", "displayName", "number", "status"],
          reduces: ["id", "title", "type", "mastery", "method", "methodValue", "scale"],
          rule: "Whatever has children becomes a group, which has neither method nor ratings."),
        Capability(
          CBL_KIND_ASSOCIATION, reads: ["id", "type", "fromTarget", "toTarget", "sequence"],
          writes: ["fromTarget", "toTarget"], reduces: ["id", "type", "sequence"],
          rule: "Only parents are written."),
      ], options: textOptions)
  }

  /// How sure it is that the input is an outcomes file.
  static func probeOutcomes(_ input: AdapterInput) throws(AdapterError) -> Probe {
    guard input.memberCount > 0 else { return .no }
    let headers = try HeadLines(input, member: 0).rows.first ?? []
    guard headers.contains("vendor_guid"), headers.contains("object_type") else { return .no }
    return Probe(97, "headings vendor_guid and object_type")
  }
}
