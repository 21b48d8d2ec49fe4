import Domain

/// Evidence in the form of the evidence table, as the tool reads it.
struct EvidenceText {
  /// Whether each piece is an object on a line of its own.
  let isLines: Bool

  private static let columns = [
    "id", "learner", "lineItem", "target", "score", "maximum", "textScore", "scale", "date",
    "recorded", "status", "kind", "purpose", "attempt", "artefact", "context", "depth", "rater",
    "trust",
  ]

  /// The whole text.
  func text(of evidence: [Evidence]) -> String {
    var text = isLines ? "" : Self.columns.joined(separator: ",") + "\n"
    for piece in evidence {
      let cells = Self.cells(of: piece)
      if isLines {
        let pairs = Self.columns.compactMap { name in
          cells[name].map { (key: name, value: JSONValue.text($0)) }
        }
        text += JSONValue.object(pairs).compact + "\n"
      } else {
        text += Self.columns.map { Self.quoted(cells[$0] ?? "") }.joined(separator: ",") + "\n"
      }
    }
    return text
  }

  private static func cells(of piece: Evidence) -> [String: String] {
    var cells: [String: String] = [
      "id": piece.id.description, "learner": piece.learner.description,
      "date": piece.times.occurred.isoText, "recorded": piece.times.recorded.description,
      "kind": piece.kind.word.text, "purpose": piece.purpose.word.text,
      "trust": piece.trust.rawValue,
    ]
    cells["target"] = piece.competency?.description
    cells["lineItem"] = piece.assessment?.description
    cells["attempt"] = piece.attempt.map(String.init)
    cells["artefact"] = piece.artefact?.description
    cells["context"] = piece.context?.text
    cells["depth"] = piece.depth?.text
    cells["rater"] = piece.rater?.description
    switch piece.state {
    case .assessed(.level(let label, let scale)):
      cells["textScore"] = label.text
      cells["scale"] = scale.description
    case .assessed(.number(let number, let scale)):
      cells["score"] = number.description
      cells["scale"] = scale.description
    case .assessed(.points(let earned, let possible)):
      cells["score"] = earned.description
      cells["maximum"] = possible.description
    case .notAssessed(let reason): cells["status"] = reason.rawValue
    }
    return cells
  }

  private static func quoted(_ cell: String) -> String {
    let needs = cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    guard needs || cell.hasPrefix(" ") || cell.hasSuffix(" ") else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
