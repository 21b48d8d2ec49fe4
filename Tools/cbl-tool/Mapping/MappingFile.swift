import Interop
import Records

/// What a mapping file says: defaults, replaced values, scale mappings and persons who are one.
struct MappingFile {
  /// Defaults, replacements and persons, as the conversion takes them.
  private(set) var mapping = RecordMapping()
  /// The losses that the scale mappings state.
  private(set) var statedLosses: [String] = []

  #if CommandLine
    /// Reads a file.
    ///
    /// - Throws: ``ToolFailure`` with the place of the first fault.
    init(path: String) throws {
      let container = try Container.open(path)
      var reader = try container.reader(of: 0)
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      let count = try unsafe bytes.withUnsafeMutableBytes { try unsafe reader.read(into: $0) }
      guard count < bytes.count else {
        throw ToolFailure(65, "\(path): a mapping file may have 1 MB; this one is longer")
      }
      guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
        throw ToolFailure(65, "\(path): the mapping file is not UTF-8; save it as UTF-8")
      }
      try self.init(text: text, path: path)
    }

    /// Reads the text of a file.
    init(text: String, path: String) throws {
      let root = try YAMLNode.reading(text, path: path)
      for (key, value) in try root.pairs("the mapping file") {
        switch key.text {
        case "defaults": try takeDefaults(value)
        case "values": try takeValues(value)
        case "scales": try takeScales(value)
        default: try takeSame(key, value)
        }
      }
    }

    /// Takes groups of identifiers of one and the same thing: `samePerson`, `sameClass`, ...
    private mutating func takeSame(_ key: YAMLNode, _ node: YAMLNode) throws {
      guard let kind = Self.sameKinds[key.text] else {
        let others = Self.sameKinds.keys.sorted().joined(separator: ", ")
        throw key.fault(
          "there is no key '\(key.text)'; there are: defaults, values, scales, \(others)")
      }
      var same: [String: String] = [:]
      for group in try node.elements(key.text) {
        let ids = try group.elements("a group of \(key.text)").map {
          try $0.scalar("an identifier of a \(kind)")
        }
        guard ids.count >= 2, let kept = ids.first else {
          throw group.fault("a group wants the identifier to keep and at least one more")
        }
        for id in ids.dropFirst() where id != kept {
          if let other = same[id], other != kept {
            throw group.fault("'\(id)' stands in two groups of \(key.text); put them into one")
          }
          same[id] = kept
        }
      }
      if let id = same.values.first(where: { same[$0] != nil }) {
        throw node.fault("'\(id)' is kept by one group and replaced by another; put them into one")
      }
      mapping.same[kind] = same
    }

    private static let sameKinds: [String: RecordKind] = [
      "samePerson": .person, "sameClass": .schoolClass, "sameLineItem": .lineItem,
      "sameOrganization": .organization, "sameAcademicSession": .academicSession,
      "sameCourse": .course, "sameTarget": .target,
    ]

    private mutating func takeDefaults(_ node: YAMLNode) throws {
      for (kind, fields) in try node.pairs("defaults") {
        for (name, value) in try fields.pairs("the defaults of \(kind.text)") {
          let field = try Self.field(kind: kind.text, name: name.text, at: name)
          mapping.defaults[field] = try value.scalar("the default of \(kind.text).\(name.text)")
        }
      }
    }

    private mutating func takeValues(_ node: YAMLNode) throws {
      for (key, table) in try node.pairs("values") {
        let field = try Self.field(key)
        for (old, new) in try table.pairs("the values of \(key.text)") {
          try replace(field, old.text, by: new.scalar("what \(old.text) becomes"), at: old)
        }
      }
    }

    private mutating func takeScales(_ node: YAMLNode) throws {
      for (name, body) in try node.pairs("scales") {
        let scale = try ScaleEntry(name: name.text, body)
        for field in try scale.fields.map(Self.field) {
          for (old, new) in scale.levels { try replace(field, old.text, by: new, at: old) }
        }
        if let from = scale.from, let to = scale.to {
          for kind in ["result", "targetResult", "evidence", "lineItem"] {
            let field = try Self.field(kind: kind, name: "scale", at: name)
            try replace(field, from, by: to, at: name)
          }
        }
        if let loss = scale.loss { statedLosses.append("scale mapping \(name.text): \(loss)") }
      }
    }

    private mutating func replace(
      _ field: RecordMapping.Field, _ old: String, by new: String, at node: YAMLNode
    ) throws {
      if let other = mapping.replacements[field]?[old], other != new {
        throw node.fault(
          "'\(old)' becomes '\(other)' and '\(new)' in the same field; leave one of the two")
      }
      mapping.replacements[field, default: [:]][old] = new
    }

    private static func field(_ node: YAMLNode) throws -> RecordMapping.Field {
      let parts = node.text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw node.fault("'\(node.text)' is no field; write kind.field, such as result.textScore")
      }
      return try field(kind: String(parts[0]), name: String(parts[1]), at: node)
    }

    private static func field(
      kind: String, name: String, at node: YAMLNode
    ) throws -> RecordMapping.Field {
      do throws(InteropError) {
        return try RecordMapping.Field(kind: kind, field: name)
      } catch {
        throw node.fault(error.message)
      }
    }
  #endif
}
