import Domain

/// A page to print and hang up: columns of boxes with who is where.
struct WeekView {
  /// A box, such as a section with its learners.
  struct Box {
    var title: String
    var lines: [String]
  }

  /// A column, such as a block or a day.
  struct Column {
    var title: String
    var boxes: [Box]
  }

  var title: String
  var columns: [Column]

  /// Checks the name of the file before anything is planned.
  static func check(_ path: String?) throws {
    guard let path, !path.hasSuffix(".svg"), !path.hasSuffix(".html") else { return }
    throw ToolFailure.usage("--week is the name of a file that ends in .svg or .html, not \(path)")
  }

  /// Writes the page as what the end of the file's name says.
  func write(to path: String, force: Bool) throws {
    let target = try TextFile(path, force: force)
    try target.write(path.hasSuffix(".svg") ? svg : html)
    try target.commit()
  }

  /// A page of HTML.
  var html: String {
    var body = ""
    for column in columns {
      body += "<section><h2>\(Self.escaped(column.title))</h2>\n"
      for box in column.boxes {
        body += "<div><h3>\(Self.escaped(box.title))</h3>\n<ul>"
        body += box.lines.map { "<li>\(Self.escaped($0))</li>" }.joined() + "</ul></div>\n"
      }
      body += "</section>\n"
    }
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>\(Self.escaped(title))</title>
      <style>
      body { font: 10pt sans-serif } main { display: flex; flex-wrap: wrap; gap: 8px }
      section { flex: 1 0 14em } section > div { border: 1px solid #666; margin-bottom: 6px }
      h2 { font-size: 12pt } h3 { margin: 0; padding: 2px 6px; background: #eee; font-size: 10pt }
      ul { margin: 2px 6px; padding: 0; list-style: none } div { break-inside: avoid }
      </style></head><body><h1>\(Self.escaped(title))</h1><main>
      \(body)</main></body></html>

      """
  }

  /// A drawing, 200 units to a column and 14 to a line.
  var svg: String {
    let (width, line) = (200, 14)
    var (shapes, lowest) = ("", 60)
    for (number, column) in columns.enumerated() {
      let left = 10 + number * (width + 10)
      shapes += Self.text(column.title, left, 50, weight: "bold")
      var top = 60
      for box in column.boxes {
        let height = line * (box.lines.count + 1) + 8
        shapes +=
          "<rect x=\"\(left)\" y=\"\(top)\" width=\"\(width)\" height=\"\(height)\" "
          + "fill=\"white\" stroke=\"#666\"/>\n"
        shapes += Self.text(box.title, left + 6, top + line, weight: "bold")
        for (row, name) in box.lines.enumerated() {
          shapes += Self.text(name, left + 6, top + line * (row + 2), weight: "normal")
        }
        top += height + 6
      }
      lowest = max(lowest, top)
    }
    let total = 10 + max(1, columns.count) * (width + 10)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(total)" height="\(lowest + 10)" \
      viewBox="0 0 \(total) \(lowest + 10)" font-family="sans-serif" font-size="11">
      <title>\(Self.escaped(title))</title>
      <rect width="100%" height="100%" fill="white"/>
      \(Self.text(title, 10, 24, weight: "bold"))\(shapes)</svg>

      """
  }

  private static func text(_ text: String, _ x: Int, _ y: Int, weight: String) -> String {
    // What does not fit into a column is cut, so that columns stay apart.
    let shown = text.count > 32 ? text.prefix(31) + "…" : text[...]
    return
      "<text x=\"\(x)\" y=\"\(y)\" font-weight=\"\(weight)\">\(escaped(String(shown)))</text>\n"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.escapingControls().unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
