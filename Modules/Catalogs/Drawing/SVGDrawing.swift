internal import Domain

/// Draws a picture as SVG.
struct SVGDrawing {
  private let picture: GraphPicture
  private let hasStates: Bool
  private let boxWidth: Double
  private let boxHeight: Double
  private let rowHeight: Double
  private let columnWidth: Double
  private let left = 24.0
  private let top: Double
  private let layout: LayeredLayout
  /// The nodes with an edge, which are laid out.
  private let linked: [Int]
  /// The nodes without one, which stand in rows below.
  private let single: [Int]
  private let layerOf: [Int]

  init(_ picture: GraphPicture) {
    self.picture = picture
    hasStates = picture.nodes.contains { $0.state != nil }
    let hasNotes = picture.nodes.contains { $0.note != nil }
    let longest = picture.nodes.map { min($0.label.count, SVGDrawing.longestLabel) }.max() ?? 8
    boxWidth = max(Double(longest) * 7.6 + 16, hasNotes ? 126 : hasStates ? 84 : 56)
    boxHeight = hasNotes ? 48 : hasStates ? 36 : 24
    rowHeight = boxHeight + 8
    columnWidth = boxWidth + 72
    top = hasStates ? 104 : 76
    var isLinked = [Bool](repeating: false, count: picture.nodes.count)
    for edge in picture.edges {
      isLinked[edge.from] = true
      isLinked[edge.to] = true
    }
    linked = picture.nodes.indices.filter { isLinked[$0] }
    single = picture.nodes.indices.filter { !isLinked[$0] }
    // Layers that show nothing take no room.
    let levels = Set(linked.map { picture.nodes[$0].level }).sorted()
    var column: [Int: Int] = [:]
    for (place, level) in levels.enumerated() { column[level] = place }
    layerOf = picture.nodes.map { column[$0.level] ?? 0 }
    var numbers: [Int: Int] = [:]
    for (number, node) in linked.enumerated() { numbers[node] = number }
    layout = LayeredLayout(
      layer: linked.map { [layerOf] in layerOf[$0] },
      edges: picture.edges.map { (numbers[$0.from] ?? 0, numbers[$0.to] ?? 0) })
  }

  private static let longestLabel = 22

  var text: String {
    let columns = (linked.map { layerOf[$0] }.max() ?? -1) + 1
    let perRow = max(columns, 8)
    let singleRows = (single.count + perRow - 1) / perRow
    let mapBottom = top + (linked.isEmpty ? 0 : layout.rowCount * rowHeight)
    let width = left * 2 + Double(max(columns, min(perRow, single.count), 3)) * columnWidth
    let height = mapBottom + (single.isEmpty ? 0 : 48 + Double(singleRows) * rowHeight) + 24
    var parts: [String] = [head(width, height)]
    parts.append(heading(columns))
    parts.append("<g class=\"links\">\n" + edges.joined(separator: "\n") + "\n</g>")
    parts.append("<g class=\"items\">")
    for (number, node) in linked.enumerated() {
      parts.append(
        box(node, x(layerOf[node]), top + layout.rows[number] * rowHeight))
    }
    if !single.isEmpty {
      let y = mapBottom + 40
      parts.append(
        "<text class=\"level\" x=\"\(SVGText.number(left))\" y=\"\(SVGText.number(y - 12))\">"
          + "Without links</text>")
      for (place, node) in single.enumerated() {
        parts.append(
          box(node, x(place % perRow), y + Double(place / perRow) * rowHeight))
      }
    }
    parts.append("</g>\n</svg>\n")
    return parts.joined(separator: "\n")
  }

  private func x(_ column: Int) -> Double { left + Double(column) * columnWidth }

  // MARK: Frame

  private func head(_ width: Double, _ height: Double) -> String {
    let size = [width, height].map(SVGText.number)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size[0])" height="\(size[1])" \
      viewBox="0 0 \(size[0]) \(size[1])" role="img" aria-labelledby="map-title map-text">
      <title id="map-title">\(SVGText.escaped(picture.title))</title>
      <desc id="map-text">\(SVGText.escaped(picture.textAlternative))</desc>
      <style>
      text { font-family: "DejaVu Sans", Verdana, sans-serif; font-size: 12px; fill: #1a1a1a; }
      .title { font-size: 18px; font-weight: bold; }
      .level, .state { font-size: 10px; fill: #404040; }
      .box { fill: #ffffff; stroke: #333333; stroke-width: 1; }
      .mastered { fill: #cfe8cf; stroke: #1e5c1e; stroke-width: 2; }
      .open { fill: #fdf3c4; stroke: #6b5900; stroke-width: 1.5; }
      .readyNext { fill: #ffffff; stroke: #0b4f9c; stroke-width: 3; }
      .blocked { fill: #e6e6e6; stroke: #666666; stroke-dasharray: 4 3; }
      .link { fill: none; stroke: #7a7a7a; stroke-width: 1; }
      .choice { stroke-dasharray: 8 3; }
      .soft { stroke-dasharray: 2 3; }
      .implied { stroke: #c9c9c9; }
      </style>
      <defs>
      <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
      orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#5a5a5a"/></marker>
      <pattern id="lines" width="6" height="6" patternUnits="userSpaceOnUse" \
      patternTransform="rotate(45)"><path d="M0 0 V6" stroke="#1e5c1e" stroke-opacity="0.35"/>\
      </pattern>
      <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">\
      <circle cx="2" cy="2" r="1" fill="#6b5900" fill-opacity="0.45"/></pattern>
      <pattern id="cross" width="8" height="8" patternUnits="userSpaceOnUse">\
      <path d="M0 0 L8 8 M8 0 L0 8" stroke="#666666" stroke-opacity="0.3"/></pattern>
      </defs>
      <rect width="100%" height="100%" fill="#ffffff"/>
      """
  }

  private func heading(_ columns: Int) -> String {
    let count = picture.nodes.count
    var lines = [
      "<text class=\"title\" x=\"24\" y=\"32\">\(SVGText.escaped(picture.title))</text>",
      "<text class=\"level\" x=\"24\" y=\"50\">\(count) item\(count == 1 ? "" : "s"), "
        + "\(picture.edges.count) link\(picture.edges.count == 1 ? "" : "s"), from left to right: "
        + "what comes first stands left of what builds on it</text>",
    ]
    if hasStates { lines.append(legend) }
    let levels = Set(linked.map { picture.nodes[$0].level }).sorted()
    for column in 0..<columns {
      lines.append(
        "<text class=\"level\" x=\"\(SVGText.number(x(column)))\" "
          + "y=\"\(SVGText.number(top - 8))\">Level \(levels[column])</text>")
    }
    return lines.joined(separator: "\n")
  }

  private var legend: String {
    var x = left
    return LearningState.allCases.map { state in
      let count = picture.nodes.count { $0.state == state }
      let text = "\(state.label): \(count)"
      let shape = shape(state, x, 60, 22, 16)
      defer { x += 44 + Double(text.count) * 7.6 }
      return shape
        + "<text x=\"\(SVGText.number(x + 28))\" y=\"73\">\(SVGText.escaped(text))</text>"
    }.joined(separator: "\n")
  }

  // MARK: Items

  private func shape(
    _ state: LearningState?, _ x: Double, _ y: Double, _ width: Double, _ height: Double
  ) -> String {
    let frame =
      "x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\" width=\"\(SVGText.number(width))\" "
      + "height=\"\(SVGText.number(height))\" rx=\"4\""
    let pattern: String? =
      switch state {
      case .mastered: "lines"
      case .open: "dots"
      case .blocked: "cross"
      case .readyNext, nil: nil
      }
    let name = state.map { "box \($0.rawValue)" } ?? "box"
    return "<rect class=\"\(name)\" \(frame)/>"
      + (pattern.map { "<rect \(frame) fill=\"url(#\($0))\"/>" } ?? "")
  }

  private func box(_ number: Int, _ x: Double, _ y: Double) -> String {
    let node = picture.nodes[number]
    let middle = x + boxWidth / 2
    var label = node.label
    if label.count > SVGDrawing.longestLabel {
      label = label.prefix(SVGDrawing.longestLabel - 1) + "…"
    }
    var title = "\(node.label): \(node.statement)"
    if let state = node.state { title += " (\(state.label))" }
    if let note = node.note { title += " (\(note))" }
    var text =
      "<g><title>\(SVGText.escaped(title))</title>" + shape(node.state, x, y, boxWidth, boxHeight)
      + "<text x=\"\(SVGText.number(middle))\" y=\"\(SVGText.number(y + 16))\" "
      + "text-anchor=\"middle\">\(SVGText.escaped(label))</text>"
    for (line, words) in [node.state?.label, node.note].compactMap({ $0 }).enumerated() {
      let base = SVGText.number(y + 29 + 12 * Double(line))
      text +=
        "<text class=\"state\" x=\"\(SVGText.number(middle))\" y=\"\(base)\" "
        + "text-anchor=\"middle\">\(SVGText.escaped(words))</text>"
    }
    return text + "</g>"
  }

  // MARK: Links

  private var edges: [String] {
    var lines = layout.routes.map { route in
      line(picture.edges[route.edge], path(route))
    }
    // Links of a cycle stay within a column or go back.
    var numbers: [Int: Int] = [:]
    for (number, node) in linked.enumerated() { numbers[node] = number }
    for edge in picture.edges where layerOf[edge.from] >= layerOf[edge.to] {
      let ends = [edge.from, edge.to].map { node in
        (
          x(layerOf[node]) + boxWidth,
          top + layout.rows[numbers[node] ?? 0] * rowHeight + boxHeight / 2
        )
      }
      let bow = max(ends[0].0, ends[1].0) + 40
      lines.append(
        line(
          edge,
          "M\(point(ends[0])) C\(point((bow, ends[0].1))) \(point((bow, ends[1].1))) "
            + point(ends[1])))
    }
    return lines
  }

  private func line(_ edge: GraphPicture.Edge, _ path: String) -> String {
    var name = "link"
    if edge.strength == .alternative { name += " choice" }
    if edge.strength == .soft { name += " soft" }
    if edge.isImplied { name += " implied" }
    return "<path class=\"\(name)\" d=\"\(path)\" marker-end=\"url(#tip)\"/>"
  }

  private func path(_ route: LayeredLayout.Route) -> String {
    var text = ""
    for (step, row) in route.places.enumerated() {
      let y = top + row * rowHeight + boxHeight / 2
      let column = x(route.firstLayer + step)
      if step == 0 {
        text = "M\(point((column + boxWidth, y)))"
        continue
      }
      let before = top + route.places[step - 1] * rowHeight + boxHeight / 2
      let (from, to) = (column - (columnWidth - boxWidth), column - 2)
      let middle = (from + to) / 2
      text += " C\(point((middle, before))) \(point((middle, y))) \(point((to, y)))"
      if step < route.places.count - 1 { text += " H\(SVGText.number(column + boxWidth))" }
    }
    return text
  }

  private func point(_ point: (Double, Double)) -> String {
    "\(SVGText.number(point.0)) \(SVGText.number(point.1))"
  }
}

extension GraphPicture {
  /// The picture as SVG 1.1: layers from left to right, each state with a pattern, a frame and its
  /// name.
  ///
  /// The same picture gives the same bytes. The title and the graph as a list of words are inside,
  /// for those who do not see it; ``html`` has that list as one of the page.
  ///
  /// - Complexity: O(*n* log *n*) in nodes and edges, times the number of layers.
  public var svg: String { SVGDrawing(self).text }
}
