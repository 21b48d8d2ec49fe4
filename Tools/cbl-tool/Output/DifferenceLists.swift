import Domain
import Interop
import Records

/// Takes differences one by one.
protocol DifferenceWriter: AnyObject {
  /// Takes a difference.
  func put(_ difference: RecordDifference) throws

  /// Ends the list with the counts.
  func finish(_ summary: DifferenceSummary) throws
}

/// Differences as lines.
final class DifferenceText: DifferenceWriter {
  private let limit: Int
  private var count = 0
  private var output = OutputText()

  init(limit: Int) {
    self.limit = limit
  }

  func put(_ difference: RecordDifference) throws {
    count += 1
    guard count <= limit else { return }
    let name = "\(difference.kind) \(difference.key.escapingControls())"
    switch difference.change {
    case .removed: try output.line("- \(name)")
    case .added: try output.line("+ \(name)")
    case .changed(let fields):
      try output.line("~ \(name)")
      for field in fields {
        try output.line(
          "    \(field.name): \(Self.shown(field.first)) -> \(Self.shown(field.second))")
      }
    }
  }

  func finish(_ summary: DifferenceSummary) throws {
    if limit > 0, count > limit {
      try output.line("and \(count - limit) more differences; --limit shows more")
    }
    let rows = summary.kinds.map { kind in
      [
        kind.kind.name, "\(kind.same)", "\(kind.changed)", "\(kind.added)", "\(kind.removed)",
      ]
    }
    for line in TextTable.lines(
      [["kind", "same", "changed", "added", "removed"]] + rows, leftAligned: 1)
    {
      try output.line(line)
    }
    for kind in summary.kinds where !kind.fieldsLeftOut.isEmpty {
      try output.line(
        "\(kind.kind): not compared, since one of the formats never has them: "
          + kind.fieldsLeftOut.joined(separator: ", "))
    }
    for kind in summary.kinds where kind.isMatchedByReferences {
      try output.line("\(kind.kind): matched by references, since some have no identifier")
    }
    if !summary.kindsLeftOut.isEmpty {
      let names = summary.kindsLeftOut.map(\.name).joined(separator: ", ")
      try output.line("not compared, since one of the formats has no place for them: \(names)")
    }
    try output.line(summary.isEqual ? "no differences" : "the inputs differ")
    try output.flush()
  }

  private static func shown(_ value: String?) -> String {
    value.map { "\"\($0.escapingControls())\"" } ?? "absent"
  }
}

/// Differences as one JSON document.
final class DifferenceJSON: DifferenceWriter {
  private let limit: Int
  private var count = 0
  private var output = OutputText()

  init(limit: Int) {
    self.limit = limit
  }

  func put(_ difference: RecordDifference) throws {
    count += 1
    guard count <= limit else { return }
    try output.write(count == 1 ? "{\n\"differences\": [\n" : ",\n")
    try output.write(Self.json(difference).compact)
  }

  func finish(_ summary: DifferenceSummary) throws {
    try output.write(count == 0 || limit == 0 ? "{\n\"differences\": [" : "\n")
    try output.line("],")
    try output.line("\"shown\": \(min(count, limit)),")
    try output.line("\"found\": \(count),")
    let kinds = JSONValue.array(summary.kinds.map(Self.json))
    try output.line("\"kinds\": \(kinds.compact),")
    let left = JSONValue.array(summary.kindsLeftOut.map { .text($0.name) })
    try output.line("\"kindsLeftOut\": \(left.compact),")
    try output.line("\"equal\": \(summary.isEqual)\n}")
    try output.flush()
  }

  private static func json(_ difference: RecordDifference) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = [
      ("kind", .text(difference.kind.name)), ("key", .text(difference.key)),
    ]
    switch difference.change {
    case .removed: pairs.append(("change", "removed"))
    case .added: pairs.append(("change", "added"))
    case .changed(let fields):
      pairs.append(("change", "changed"))
      pairs.append(
        (
          "fields",
          .array(
            fields.map { field in
              [
                "field": .text(field.name), "first": .optional(field.first),
                "second": .optional(field.second),
              ]
            })
        ))
    }
    return .object(pairs)
  }

  private static func json(_ kind: KindDifference) -> JSONValue {
    [
      "kind": .text(kind.kind.name), "same": .number(kind.same), "changed": .number(kind.changed),
      "added": .number(kind.added), "removed": .number(kind.removed),
      "matchedByReferences": .boolean(kind.isMatchedByReferences),
      "fieldsLeftOut": .array(kind.fieldsLeftOut.map { .text($0) }),
    ]
  }
}
