#if CommandLine
  import Yams

  /// A part of a YAML file that knows its place.
  struct YAMLNode {
    let node: Node
    let path: String

    /// The text of a scalar, or the empty text.
    var text: String { node.scalar?.string ?? "" }

    /// Reads a file with one document.
    ///
    /// - Throws: ``ToolFailure`` with file, line and column.
    static func reading(_ text: String, path: String) throws -> YAMLNode {
      if let line = YAMLDepth.firstLineTooDeep(text) {
        throw ToolFailure(
          65, "\(path):\(line): too many lists and mappings lie in each other; make it flatter")
      }
      do {
        guard let node = try Yams.compose(yaml: text) else {
          throw ToolFailure(65, "\(path): the file is empty")
        }
        return YAMLNode(node: node, path: path)
      } catch let error as YamlError {
        throw ToolFailure(65, "\(path)\(describe(error))")
      }
    }

    private static func describe(_ error: YamlError) -> String {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        ":\(mark.line):\(mark.column): this is not valid YAML: \(problem)"
      case .duplicatedKeysInMapping(let duplicates, let context):
        ":\(context.mark.line):\(context.mark.column): a key stands there twice: "
          + duplicates.joined(separator: ", ")
      default: ": this is not valid YAML"
      }
    }

    /// The keys and values of a mapping.
    func pairs(_ what: String) throws -> [(key: YAMLNode, value: YAMLNode)] {
      guard let mapping = node.mapping else { throw fault("\(what) must be keys with values") }
      return try mapping.map { key, value in
        let key = YAMLNode(node: key, path: path)
        guard key.node.scalar != nil else { throw key.fault("a key must be plain text") }
        return (key, YAMLNode(node: value, path: path))
      }
    }

    /// The elements of a list.
    func elements(_ what: String) throws -> [YAMLNode] {
      guard let sequence = node.sequence else { throw fault("\(what) must be a list") }
      return sequence.map { YAMLNode(node: $0, path: path) }
    }

    /// The text of a scalar as it is written; numbers stay as they are.
    func scalar(_ what: String) throws -> String {
      guard let scalar = node.scalar else { throw fault("\(what) must be one text") }
      if scalar.style == .plain, scalar.string.isEmpty || scalar.string == "~" {
        throw fault("\(what) is missing; write \"\" for a blank text")
      }
      return scalar.string
    }

    /// A fault at this place.
    func fault(_ message: String) -> ToolFailure {
      let place = node.mark.map { "\(path):\($0.line):\($0.column)" } ?? path
      return ToolFailure(65, "\(place): \(message)")
    }
  }
#endif
