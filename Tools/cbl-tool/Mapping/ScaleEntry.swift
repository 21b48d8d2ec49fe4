#if CommandLine
  /// A named mapping from the levels of one scale to those of another.
  struct ScaleEntry {
    /// The identifier of the scale that is read.
    private(set) var from: String?
    /// The identifier of the scale that is written.
    private(set) var to: String?
    /// The fields that hold levels.
    private(set) var fields: [YAMLNode] = []
    /// What each level becomes.
    private(set) var levels: [(old: YAMLNode, new: String)] = []
    /// What the mapping cannot keep, in the words of the school.
    private(set) var loss: String?

    /// Reads an entry and checks that it says what it loses.
    init(name: String, _ node: YAMLNode) throws {
      for (key, value) in try node.pairs("the scale mapping \(name)") {
        switch key.text {
        case "from": from = try value.scalar("from")
        case "to": to = try value.scalar("to")
        case "fields": fields = try value.elements("fields")
        case "loss": loss = try value.scalar("loss")
        case "levels":
          levels = try value.pairs("levels").map {
            ($0.key, try $0.value.scalar("what \($0.key.text) becomes"))
          }
        default:
          throw key.fault(
            "there is no key '\(key.text)'; there are: from, to, fields, levels, loss")
        }
      }
      guard !levels.isEmpty else { throw node.fault("the scale mapping \(name) has no levels") }
      guard !fields.isEmpty else {
        throw node.fault(
          "the scale mapping \(name) has no fields; add them, such as: fields: [result.textScore]")
      }
      guard (from == nil) == (to == nil) else {
        throw node.fault("the scale mapping \(name) wants both from and to, or neither")
      }
      try requireLoss(name, node)
    }

    /// Levels that become the same cannot be told apart again, and the mapping must say so.
    private func requireLoss(_ name: String, _ node: YAMLNode) throws {
      var sources: [String: String] = [:]
      for (old, new) in levels {
        if let other = sources[new], loss == nil {
          throw old.fault(
            "the scale mapping \(name) makes '\(other)' and '\(old.text)' the same; "
              + "say what is lost with loss:")
        }
        sources[new] = old.text
      }
      _ = node
    }
  }
#endif
