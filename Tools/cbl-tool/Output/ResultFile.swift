import Domain
import Grading
import Interop

/// The form of a file of results.
enum ResultForm: String, CaseIterable {
  /// A table: a row for each target and each gate of a learner.
  case csv
  /// One document.
  case json
  /// One object a line for each learner.
  case ndjson

  /// The form that the ending of a path names, CSV when it names none.
  init(path: String) {
    let name = path.lowercased()
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    if plain.hasSuffix(".json") {
      self = .json
    } else if plain.hasSuffix(".ndjson") || plain.hasSuffix(".jsonl") {
      self = .ndjson
    } else {
      self = .csv
    }
  }
}

/// A file of text that appears only when it is complete.
final class TextFile {
  private let container: OutputContainer
  private var text = ""

  /// Begins the file, so that a place where nothing can be written is known before the work.
  init(_ path: String, force: Bool) throws {
    var options = OutputOptions()
    options.force = force
    options.holdsBack = true
    container = try OutputContainer.create(
      path,
      kind: OutputKind(
        path: path, hasSeveralMembers: false, endings: ["csv", "json", "ndjson", "jsonl"]),
      options: options)
    try container.begin(member: "results")
  }

  /// Appends text.
  func write(_ part: String) throws(InteropError) {
    text += part
    if text.utf8.count >= 1 << 17 { try flush() }
  }

  /// Lets the file appear.
  func commit() throws(InteropError) {
    try flush()
    try container.end()
    try container.commit()
  }

  private func flush() throws(InteropError) {
    try container.write(Array(text.utf8))
    text = ""
  }
}

/// Results in one of their forms.
final class ResultFile {
  private let file: TextFile
  private let form: ResultForm
  private let grader: Grader
  private let asOf: AsOf
  private var isFirst = true

  init(_ file: TextFile, _ form: ResultForm, _ grader: Grader, _ asOf: AsOf) {
    self.file = file
    self.form = form
    self.grader = grader
    self.asOf = asOf
  }

  /// Writes what stands before the first learner.
  func begin() throws(InteropError) {
    switch form {
    case .csv: try file.write(ResultRows.columns.joined(separator: ",") + "\n")
    case .json:
      let heading = JSONValue.object(ResultRows.heading(grader, asOf)).compact.dropLast()
      try file.write("\(heading),\n\"learners\":[")
    case .ndjson: break
    }
  }

  /// Writes the report on a learner.
  func put(_ report: LearnerReport) throws(InteropError) {
    let rows = ResultRows(grader: grader, report: report)
    switch form {
    case .csv:
      for row in rows.table {
        try file.write(row.map(Self.cell).joined(separator: ",") + "\n")
      }
    case .json:
      try file.write((isFirst ? "\n" : ",\n") + rows.json.compact)
    case .ndjson:
      guard case .members(let members) = rows.json else { return }
      let heading = ResultRows.heading(grader, asOf).map {
        JSONMember(key: $0.key, value: $0.value)
      }
      try file.write(JSONValue.members(heading + members).compact + "\n")
    }
    isFirst = false
  }

  /// Writes what stands after the last learner, and lets the file appear.
  func commit() throws(InteropError) {
    if form == .json { try file.write("\n]}\n") }
    try file.commit()
  }

  /// A cell of RFC 4180; it is in quotes only where it has to be.
  private static func cell(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      ![UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D].contains(byte)
    }
    let hasBlankEnd = [text.utf8.first, text.utf8.last].contains(UInt8(ascii: " "))
    if isPlain, !hasBlankEnd { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
