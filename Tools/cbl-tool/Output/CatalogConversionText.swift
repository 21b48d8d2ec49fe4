import Catalogs
import Domain

/// What is told of a conversion of a catalog.
struct CatalogConversionText {
  let reading: CatalogReading
  let losses: LossReport
  let output: String

  /// The report for machines.
  var json: Catalogs.JSONValue {
    let catalog = reading.catalog
    let number = { (count: Int) in Catalogs.JSONValue.number(String(count)) }
    var members: [JSONObject.Member] = [
      .init("format", .string(reading.format.rawValue)),
      .init("output", .string(output)),
      .init("document", .string(catalog.identifier.text)),
      .init("items", number(catalog.items.count)),
      .init("associations", number(catalog.associations.count)),
      .init("findings", .array(reading.findings.map(Self.json))),
    ]
    members += losses.json.object?.members ?? []
    return .object(JSONObject(members))
  }

  private static func json(_ problem: Problem) -> Catalogs.JSONValue {
    let place = problem.place
    var members: [JSONObject.Member] = [
      .init("severity", .string(problem.severity.rawValue)),
      .init("code", .string(problem.code.description)),
      .init("message", .string(problem.message)),
    ]
    if let file = place.file { members.append(.init("file", .string(file))) }
    if let line = place.line { members.append(.init("line", .number(String(line)))) }
    if let column = place.column { members.append(.init("column", .number(String(column)))) }
    if let pointer = place.pointer { members.append(.init("pointer", .string(pointer))) }
    return .object(JSONObject(members))
  }

  /// The report for people: three places of each code, then the losses.
  func text(lossReport: String?) -> String {
    var shown: [Problem.Code: Int] = [:]
    var lines: [String] = []
    for finding in reading.findings {
      shown[finding.code, default: 0] += 1
      if shown[finding.code] ?? 0 <= 3 { lines.append(finding.description) }
    }
    for (code, count) in shown.sorted(by: { $0.key < $1.key }) where count > 3 {
      lines.append("and \(count - 3) more of \(code)")
    }
    let catalog = reading.catalog
    lines.append(
      "\(reading.format.title): \(catalog.items.count) items, "
        + "\(catalog.associations.count) links -> \(output.escapingControls())")
    if losses.isEmpty {
      lines.append("nothing was lost")
    } else if let lossReport {
      lines.append(
        "\(losses.entries.count) sorts of losses, see \(lossReport.escapingControls())")
    } else {
      lines += losses.entries.map { entry in
        "  \(entry.kind).\(entry.field.escapingControls()): \(entry.action.rawValue) "
          + "\(entry.count) times; \(entry.reason)"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
