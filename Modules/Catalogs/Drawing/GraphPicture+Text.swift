// The same graph in words.
extension GraphPicture {
  /// The graph as lines: each level, under it its items, under them what builds on each.
  public var textAlternative: String {
    let dependents = dependents
    var lines = ["\(title): \(nodes.count) items, \(edges.count) links."]
    for (level, items) in levels {
      lines.append("Level \(level)")
      for item in items {
        lines.append("  \(words(item))")
        let next = dependents[item]
        if !next.isEmpty {
          lines.append("    leads to " + next.map { nodes[$0].label }.joined(separator: ", "))
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// A page with the picture and, below it, the graph as nested lists.
  public var html: String {
    let dependents = dependents
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width\">",
      "<title>\(SVGText.escaped(title))</title>", "<style>",
      "body { font-family: sans-serif; margin: 1rem; }", "figure { margin: 0; overflow: auto; }",
      "</style>", "</head>", "<body>", "<figure>", svg + "</figure>",
      "<h2>The same as a list</h2>", "<ul>",
    ]
    for (level, items) in levels {
      lines.append("<li>Level \(level)<ul>")
      for item in items {
        let text = SVGText.escaped(words(item))
        let name =
          nodes[item].address.map { "<a href=\"\(SVGText.escaped($0))\">\(text)</a>" } ?? text
        let next = dependents[item]
        let list = next.map { "<li>\(SVGText.escaped(nodes[$0].label))</li>" }.joined()
        lines.append("<li>\(name)\(next.isEmpty ? "" : "<ul>\(list)</ul>")</li>")
      }
      lines.append("</ul></li>")
    }
    return (lines + ["</ul>", "</body>", "</html>"]).joined(separator: "\n") + "\n"
  }

  private var levels: [(level: Int, items: [Int])] {
    Dictionary(grouping: nodes.indices) { nodes[$0].level }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.sorted()) }
  }

  private var dependents: [[Int]] {
    var next = [[Int]](repeating: [], count: nodes.count)
    for edge in edges { next[edge.from].append(edge.to) }
    return next
  }

  private func words(_ item: Int) -> String {
    let node = nodes[item]
    var text = node.label
    if let state = node.state { text += ", \(state.label)" }
    if let note = node.note { text += ", \(note)" }
    return "\(text): \(PlainText.summary(node.statement))"
  }
}
