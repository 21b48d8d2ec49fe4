import Assessment
import Domain

/// A drawing of panels one below the other, as SVG for screens and paper.
///
/// Colours tell apart what is drawn also without colour sight (Okabe and Ito 2008), and every panel
/// has a title that screen readers find.
struct SVGPlot {
  /// One panel with axes.
  struct Panel {
    /// What is drawn.
    enum Mark {
      case line([(x: Double, y: Double)], name: String)
      case bar(x: Double, y: Double, width: Double)
      case point(x: Double, y: Double, name: String)
      /// A value with its interval in a row that has a name.
      case interval(low: Double, value: Double, high: Double, row: Int)
      /// A line from top to bottom.
      case border(x: Double, name: String)
    }

    var title: String
    var xName: String
    var yName: String
    var x: ClosedRange<Double>
    var y: ClosedRange<Double>
    /// Names of rows in place of the numbers of the y axis.
    var rows: [String] = []
    var marks: [Mark] = []
  }

  private static let colours = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000",
  ]
  private static let (width, left, right, top, bottom) = (720.0, 150.0, 20.0, 34.0, 46.0)
  var panels: [Panel]

  /// The drawing as text.
  var text: String {
    var body = ""
    var y = 0.0
    for panel in panels {
      let height = panel.rows.isEmpty ? 300 : Self.top + Self.bottom + 18 * Double(panel.rows.count)
      body += "<g transform=\"translate(0 \(Self.number(y)))\">\n"
      body += Self.draw(panel, height)
      body += "</g>\n"
      y += height
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.number(Self.width))\" "
      + "height=\"\(Self.number(y))\" viewBox=\"0 0 \(Self.number(Self.width)) \(Self.number(y))\" "
      + "font-family=\"sans-serif\" font-size=\"11\">\n"
      + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\(body)</svg>\n"
  }

  /// Writes the drawing; the file appears whole, or not at all.
  func write(to path: String) throws {
    guard path.lowercased().hasSuffix(".svg") else {
      throw ToolFailure.usage("--svg wants a path that ends with .svg, not '\(path)'")
    }
    let file = try TextFile(path, force: true)
    try file.write(text)
    try file.commit()
  }

  private static func draw(_ panel: Panel, _ height: Double) -> String {
    let frame = Frame(panel, height)
    var text =
      "<title>\(escaped(panel.title))</title>\n"
      + "<text x=\"\(number(left))\" y=\"20\" font-weight=\"bold\">\(escaped(panel.title))</text>\n"
    text += axes(panel, frame, height)
    var colour = 0
    for mark in panel.marks {
      text += draw(mark, frame, colours[colour % colours.count], colour)
      if case .line = mark { colour += 1 }
    }
    return text
  }

  /// Where numbers lie.
  private struct Frame {
    let (x, y): (ClosedRange<Double>, ClosedRange<Double>)
    let (bottom, height): (Double, Double)

    init(_ panel: Panel, _ height: Double) {
      (x, y) = (panel.x, panel.y)
      bottom = height - SVGPlot.bottom
      self.height = bottom - SVGPlot.top
    }

    func across(_ value: Double) -> Double {
      let share = (value - x.lowerBound) / max(1e-12, x.upperBound - x.lowerBound)
      let inside = min(1.0, max(0.0, share))
      return SVGPlot.left + inside * (SVGPlot.width - SVGPlot.left - SVGPlot.right)
    }

    func up(_ value: Double) -> Double {
      let share = (value - y.lowerBound) / max(1e-12, y.upperBound - y.lowerBound)
      return bottom - min(1.0, max(0.0, share)) * height
    }

    func row(_ row: Int) -> Double { SVGPlot.top + 18 * Double(row) + 9 }
  }

  private static func axes(_ panel: Panel, _ frame: Frame, _ height: Double) -> String {
    let (start, end) = (left, width - right)
    var text =
      "<path d=\"M\(number(start)) \(number(top))V\(number(frame.bottom))H\(number(end))\" "
    text += "fill=\"none\" stroke=\"#444\"/>\n"
    for tick in ticks(panel.x) {
      let x = frame.across(tick)
      text +=
        "<path d=\"M\(number(x)) \(number(frame.bottom))v4\" stroke=\"#444\"/><text x=\"\(number(x))\" "
        + "y=\"\(number(frame.bottom + 16))\" text-anchor=\"middle\">\(label(tick))</text>\n"
    }
    for (row, name) in panel.rows.enumerated() {
      text +=
        "<text x=\"\(number(left - 8))\" y=\"\(number(frame.row(row) + 4))\" text-anchor=\"end\">"
        + "\(escaped(String(name.prefix(22))))</text>\n"
    }
    if panel.rows.isEmpty {
      for tick in ticks(panel.y) {
        let y = frame.up(tick)
        text +=
          "<path d=\"M\(number(left)) \(number(y))h-4\" stroke=\"#444\"/><text "
          + "x=\"\(number(left - 8))\" y=\"\(number(y + 4))\" text-anchor=\"end\">\(label(tick))</text>\n"
      }
    }
    text +=
      "<text x=\"\(number((start + end) / 2))\" y=\"\(number(height - 10))\" text-anchor=\"middle\">"
      + "\(escaped(panel.xName))</text>\n"
    text +=
      "<text transform=\"translate(14 \(number((top + frame.bottom) / 2))) rotate(-90)\" "
      + "text-anchor=\"middle\">\(escaped(panel.yName))</text>\n"
    return text
  }

  private static func draw(
    _ mark: Panel.Mark, _ frame: Frame, _ colour: String, _ order: Int
  ) -> String {
    switch mark {
    case .line(let points, let name):
      let path = points.enumerated().map { place, point in
        "\(place == 0 ? "M" : "L")\(number(frame.across(point.x))) \(number(frame.up(point.y)))"
      }.joined()
      let dash = order >= colours.count ? " stroke-dasharray=\"5 3\"" : ""
      return "<path d=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.5\"\(dash)>"
        + "<title>\(escaped(name))</title></path>\n"
    case .bar(let x, let y, let width):
      let (a, b) = (frame.across(x - width / 2), frame.across(x + width / 2))
      let top = frame.up(y)
      return "<rect x=\"\(number(a))\" y=\"\(number(top))\" width=\"\(number(max(1, b - a - 1)))\" "
        + "height=\"\(number(frame.bottom - top))\" fill=\"#56B4E9\"/>\n"
    case .point(let x, let y, let name):
      let (a, b) = (frame.across(x), frame.up(y))
      return "<circle cx=\"\(number(a))\" cy=\"\(number(b))\" r=\"3\" fill=\"#D55E00\"/><text "
        + "x=\"\(number(a + 5))\" y=\"\(number(b + 4))\">\(escaped(String(name.prefix(16))))</text>\n"
    case .interval(let low, let value, let high, let row):
      let y = frame.row(row)
      return "<path d=\"M\(number(frame.across(low))) \(number(y))H\(number(frame.across(high)))\" "
        + "stroke=\"#0072B2\" stroke-width=\"1.5\"/><circle cx=\"\(number(frame.across(value)))\" "
        + "cy=\"\(number(y))\" r=\"3.5\" fill=\"#D55E00\"/>\n"
    case .border(let x, let name):
      return "<path d=\"M\(number(frame.across(x))) \(number(top))V\(number(frame.bottom))\" "
        + "stroke=\"#888\" stroke-dasharray=\"3 3\"/><text x=\"\(number(frame.across(x) + 3))\" "
        + "y=\"\(number(top + 8))\" fill=\"#555\">\(escaped(name))</text>\n"
    }
  }

  /// Four to ten round numbers within a range.
  private static func ticks(_ range: ClosedRange<Double>) -> [Double] {
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite else { return [range.lowerBound] }
    var step = 1.0
    while step * 8 < span { step *= 10 }
    while step > span { step /= 10 }
    if span / step < 4 { step /= span / step < 2 ? 5 : 2 }
    var tick = (range.lowerBound / step).rounded(.up) * step
    var list: [Double] = []
    while tick <= range.upperBound + step * 1e-9, list.count < 40 {
      list.append(tick)
      tick += step
    }
    return list
  }

  private static func label(_ value: Double) -> String {
    let text = Figures.text(value, places: 3)
    guard text.contains(".") else { return text }
    let plain = String(text.reversed().drop { $0 == "0" }.reversed())
    return plain.hasSuffix(".") ? String(plain.dropLast()) : plain
  }

  private static func number(_ value: Double) -> String { Figures.text(value, places: 1) }

  private static func escaped(_ text: String) -> String {
    text.escapingControls().reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
  }
}
