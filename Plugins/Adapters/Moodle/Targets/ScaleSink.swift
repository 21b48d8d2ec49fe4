internal import AdapterKit
internal import CAdapterABI

/// Puts scales once each, and gives them identifiers.
struct ScaleSink {
  private var names = ScaleNames()

  init() {}

  /// A scale and what makes it different from others.
  struct Scale {
    var id: String
    var title: String
    var description: String?
    var levels: [TargetTables.Level]
    /// Number of the scale in the source system.
    var number: String?
    /// A configuration that was not understood, as written.
    var configuration: String?

    fileprivate var key: [UInt8] {
      let parts = [
        id, title, description ?? "\u{1}", number ?? "\u{1}", configuration ?? "\u{1}",
      ]
      return Array(parts.joined(separator: "\u{1F}").utf8)
        + levels.flatMap { level in
          Array("\u{1F}\(level.label)\u{1E}\(level.isMastery)\(level.isDefault)".utf8)
        }
    }
  }

  /// Puts a scale and its levels when it is new.
  ///
  /// - Parameter hasFlags: Whether the source says which levels are mastery and default.
  /// - Returns: The identifier.
  mutating func put(
    _ scale: Scale, hasFlags: Bool, origin: cbl_origin, _ sink: inout RecordSink
  ) throws(AdapterError) -> String {
    let (id, isNew) = names.name(scale)
    guard isNew else { return id }
    let text = sink.copy(id)
    let extras: [(StaticString, String?)] = [
      ("scaleid", scale.number), ("scaleConfiguration", scale.configuration),
    ]
    for (name, value) in extras {
      guard let value else { continue }
      var row = AttributeRow()
      row.origin = origin
      row.owner_kind = Text("scale")
      row.owner = text
      row.vocabulary = Text("moodle")
      row.key = Text(name)
      row.value = sink.copy(value)
      try sink.put(row)
    }
    var row = ScaleRow()
    row.origin = origin
    row.id = text
    row.title = sink.copy(scale.title)
    row.type = Text("level")
    if let description = scale.description { row.description = sink.copy(description) }
    try sink.put(row)
    for (position, level) in scale.levels.enumerated() {
      var row = ScaleLevelRow()
      row.origin = origin
      row.id = sink.copy("\(id):\(position + 1)")
      row.scale = text
      row.label = sink.copy(level.label)
      row.position = sink.copy(String(position))
      if hasFlags {
        row.mastery = level.isMastery ? Text("true") : Text("false")
        row.is_default = level.isDefault ? Text("true") : Text("false")
      }
      try sink.put(row)
    }
    return id
  }
}

/// The identifiers of scales; equal scales have one.
struct ScaleNames {
  private var ids: [[UInt8]: String] = [:]
  private var taken: Set<String> = []

  init() {}

  /// The identifier of a scale, and whether the scale is new.
  mutating func name(_ scale: ScaleSink.Scale) -> (id: String, isNew: Bool) {
    let key = scale.key
    if let known = ids[key] { return (known, false) }
    let id = GradeHeadings.free(scale.id, in: &taken)
    ids[key] = id
    return (id, true)
  }
}
