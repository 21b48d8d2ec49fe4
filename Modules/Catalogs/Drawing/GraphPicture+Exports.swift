internal import Domain

// The graph for other programs.
extension GraphPicture {
  /// The picture in the language of Graphviz, one cluster for each group.
  public var dot: String {
    var lines = ["digraph catalog {", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    lines.append("  label=\(GraphPicture.quoted(title));")
    var groups: [String] = []
    for node in nodes {
      if let group = node.group, !groups.contains(group) { groups.append(group) }
    }
    for (place, node) in nodes.enumerated() where node.group == nil {
      lines.append("  \(dotNode(place, node))")
    }
    for (number, group) in groups.enumerated() {
      lines.append("  subgraph cluster_\(number) {")
      lines.append("    label=\(GraphPicture.quoted(group));")
      for (place, node) in nodes.enumerated() where node.group == group {
        lines.append("    \(dotNode(place, node))")
      }
      lines.append("  }")
    }
    for edge in edges {
      var style: [String] = []
      if edge.strength == .soft { style.append("style=dotted") }
      if edge.strength == .alternative { style.append("style=dashed") }
      if edge.isImplied { style.append("color=gray80") }
      let rest = style.isEmpty ? "" : " [\(style.joined(separator: ", "))]"
      lines.append("  n\(edge.from) -> n\(edge.to)\(rest);")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private func dotNode(_ place: Int, _ node: Node) -> String {
    var label = GraphPicture.quoted(node.label)
    // The line break is one of Graphviz, all else is text.
    for words in [node.state?.label, node.note].compactMap({ $0 }) {
      label = String(label.dropLast()) + "\\n" + String(GraphPicture.quoted(words).dropFirst())
    }
    var attributes = ["label=\(label)", "tooltip=\(GraphPicture.quoted(node.statement))"]
    if let address = node.address { attributes.append("URL=\(GraphPicture.quoted(address))") }
    switch node.state {
    case .mastered: attributes.append("style=\"rounded,filled,bold\"")
    case .readyNext: attributes.append("penwidth=3")
    case .blocked: attributes.append("style=\"rounded,dashed\"")
    case .open, nil: break
    }
    return "n\(place) [\(attributes.joined(separator: ", "))];"
  }

  private static func quoted(_ text: String) -> String {
    var safe = "\""
    for character in PlainText.oneLine(text) {
      if character == "\"" || character == "\\" { safe += "\\" }
      safe.append(character)
    }
    return safe + "\""
  }

  /// The picture in the language of Mermaid, for documents.
  ///
  /// Its readers take 500 edges and 50,000 characters by default, so it is for parts of a graph.
  public var mermaid: String {
    var lines = [
      "---", "title: \(JSONText.quoted(PlainText.oneLine(title)))", "---", "flowchart LR",
    ]
    for (place, node) in nodes.enumerated() {
      let state = [node.state?.label, node.note].compactMap { $0.map { "<br/>\($0)" } }.joined()
      lines.append("  n\(place)[\"\(GraphPicture.entities(node.label))\(state)\"]")
      if let state = node.state { lines.append("  class n\(place) \(state.rawValue)") }
    }
    for edge in edges {
      let arrow = edge.strength == .strict && !edge.isImplied ? "-->" : "-.->"
      lines.append("  n\(edge.from) \(arrow) n\(edge.to)")
    }
    if nodes.contains(where: { $0.state != nil }) {
      lines += [
        "  classDef mastered fill:#cfe8cf,stroke:#1e5c1e,stroke-width:2px",
        "  classDef open fill:#fdf3c4,stroke:#6b5900",
        "  classDef readyNext fill:#ffffff,stroke:#0b4f9c,stroke-width:3px",
        "  classDef blocked fill:#e6e6e6,stroke:#666666,stroke-dasharray:4 3",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text with the signs that Mermaid takes for its own as numbered entities.
  private static func entities(_ text: String) -> String {
    var safe = ""
    for scalar in PlainText.oneLine(text).unicodeScalars {
      if "\"#&<>;`[]{}()|\\".unicodeScalars.contains(scalar) {
        safe += "#\(scalar.value);"
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// The picture as GraphML.
  public var graphML: String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">",
    ]
    for (name, target, type) in [
      ("label", "node", "string"), ("statement", "node", "string"), ("group", "node", "string"),
      ("state", "node", "string"), ("note", "node", "string"), ("level", "node", "int"),
      ("address", "node", "string"), ("strength", "edge", "string"), ("implied", "edge", "boolean"),
    ] {
      lines.append(
        "  <key id=\"\(name)\" for=\"\(target)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>")
    }
    lines.append("  <graph id=\"catalog\" edgedefault=\"directed\">")
    for node in nodes {
      let facts: [(String, String?)] = [
        ("label", node.label), ("statement", node.statement), ("group", node.group),
        ("state", node.state?.rawValue), ("note", node.note), ("level", String(node.level)),
        ("address", node.address),
      ]
      let data = facts.compactMap { name, value in
        value.map { "<data key=\"\(name)\">\(SVGText.escaped($0))</data>" }
      }
      lines.append(
        "    <node id=\"\(SVGText.escaped(node.identifier.text))\">\(data.joined())</node>")
    }
    for edge in edges {
      let ends = [edge.from, edge.to].map { SVGText.escaped(nodes[$0].identifier.text) }
      lines.append(
        "    <edge source=\"\(ends[0])\" target=\"\(ends[1])\">"
          + "<data key=\"strength\">\(edge.strength)</data>"
          + "<data key=\"implied\">\(edge.isImplied)</data></edge>")
    }
    return (lines + ["  </graph>", "</graphml>"]).joined(separator: "\n") + "\n"
  }

  /// The picture as JSON: `{"title": ..., "nodes": [...], "edges": [...]}`.
  public var json: String {
    let nodes = nodes.map { node in
      let facts: [(String, JSONValue?)] = [
        ("id", .string(node.identifier.text)), ("label", .string(node.label)),
        ("statement", .string(node.statement)), ("group", node.group.map { .string($0) }),
        ("address", node.address.map { .string($0) }),
        ("state", node.state.map { .string($0.rawValue) }),
        ("note", node.note.map { .string($0) }), ("level", .number(String(node.level))),
      ]
      return JSONValue.object(
        JSONObject(facts.compactMap { name, value in value.map { .init(name, $0) } }))
    }
    let edges = edges.map { edge in
      JSONValue.object(
        JSONObject([
          .init("from", .string(self.nodes[edge.from].identifier.text)),
          .init("to", .string(self.nodes[edge.to].identifier.text)),
          .init("strength", .string("\(edge.strength)")),
          .init("implied", .boolean(edge.isImplied)),
        ]))
    }
    let whole = JSONValue.object(
      JSONObject([
        .init("title", .string(title)), .init("nodes", .array(nodes)),
        .init("edges", .array(edges)),
      ]))
    return String(decoding: whole.text(.indented), as: UTF8.self)
  }
}

/// Strings as JSON and YAML write them.
enum JSONText {
  /// The text between quotes.
  static func quoted(_ text: String) -> String {
    String(decoding: JSONValue.string(text).text(.compact), as: UTF8.self)
  }
}
