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
  private var bytes: [UInt8] = []

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
    try write { $0 += part.utf8 }
  }

  /// Appends what a closure appends to bytes.
  func write(_ append: (inout [UInt8]) -> Void) throws(InteropError) {
    append(&bytes)
    if bytes.count >= 1 << 17 { try flush() }
  }

  /// Lets the file appear.
  func commit() throws(InteropError) {
    try flush()
    try container.end()
    try container.commit()
  }

  private func flush() throws(InteropError) {
    try container.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}

/// Results in one of their forms.
final class ResultFile {
  private let file: TextFile
  private let form: ResultForm
  private let grader: Grader
  private let asOf: AsOf
  /// What is written of learners.
  let rows: ResultRows
  private var isFirst = true

  init(_ file: TextFile, _ form: ResultForm, _ grader: Grader, _ asOf: AsOf) {
    self.file = file
    self.form = form
    self.grader = grader
    self.asOf = asOf
    rows = ResultRows(grader, asOf)
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

  /// Writes the results of a learner.
  func put(_ results: LearnerResults) throws(InteropError) {
    switch form {
    case .csv: try file.write { rows.append(results, to: &$0) }
    case .json: try file.write((isFirst ? "\n" : ",\n") + rows.json(results).compact)
    case .ndjson:
      guard case .members(let members) = rows.json(results) else { return }
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
}
