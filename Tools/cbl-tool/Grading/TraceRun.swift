import Domain
import Grading
import Interop
import TraceChecker

/// Goes through the traces of a file.
struct TraceRun {
  let path: String

  /// Works every trace out again.
  ///
  /// - Throws: ``ToolFailure`` with 65 when one of them does not follow.
  func check(isJSON: Bool) throws {
    var (count, faults) = (0, 0)
    var output = OutputText()
    if isJSON { try output.write("{\"faults\":[") }
    try forEach { place, bytes in
      count += 1
      do throws(TraceCheckerError) { try TraceCheck.check(json: bytes) } catch {
        if isJSON {
          try output.write(
            (faults == 0 ? "\n" : ",\n") + Self.json(error, line: place.line).compact)
        } else {
          Console.error("\(place): \(error)")
        }
        faults += 1
      }
    }
    if isJSON {
      let isAccepted = faults == 0 && count > 0
      try output.line(
        "],\"path\":\(JSONValue.text(path).compact),\"traces\":\(count),"
          + "\"accepted\":\(isAccepted)}")
      try output.flush()
    }
    guard faults == 0 else { throw ToolFailure.ended(65) }
    guard count > 0 else { throw ToolFailure(65, "\(path): there is no trace in it") }
    if !isJSON {
      try Console.print(
        "\(path): every step follows" + (count > 1 ? " in \(count) traces.\n" : ".\n"))
    }
  }

  /// Tells every trace.
  func tell(_ sentences: TraceSentences, isJSON: Bool) throws {
    var output = OutputText()
    var isFirst = true
    try forEach { place, bytes in
      let trace: DocumentValue
      do throws(DomainError) { trace = try DocumentReader.read(bytes) } catch {
        throw ToolFailure(65, "\(place): \(error)")
      }
      let lines = sentences.tell(trace)
      if isJSON {
        let value: JSONValue = [
          "learner": .optional(trace["learner"]?.text?.text),
          "sentences": .array(lines.map { .text($0) }),
        ]
        try output.write((isFirst ? "{\"traces\":[\n" : ",\n") + value.compact)
      } else {
        if !isFirst { try output.line() }
        for line in lines { try output.line(line) }
      }
      isFirst = false
    }
    if isJSON { try output.line(isFirst ? "{\"traces\":[]}" : "\n]}") }
    try output.flush()
    if isFirst { throw ToolFailure(65, "\(path): there is no trace in it") }
  }

  private static func json(_ error: TraceCheckerError, line: Int?) -> JSONValue {
    .object([
      ("line", line.map { .number($0) } ?? .null), ("code", .text("trace.\(error.code)")),
      ("pointer", .optional(error.place?.pointer)), ("message", .text(error.message)),
    ])
  }

  /// Gives each trace: the whole file when it is one document, else line by line.
  private func forEach(_ body: (Place, [UInt8]) throws -> Void) throws {
    let container = try Container.open(path)
    guard container.members.count == 1 else {
      throw ToolFailure(65, "\(path): traces stand in one file; this has several")
    }
    var lines = LineReader(try container.reader(of: 0), path: path)
    guard let first = try lines.next() else { return }
    // A document in many lines begins with a line that is none by itself.
    if (try? DocumentReader.read(first.bytes)) == nil {
      return try body(Place(file: path), first.bytes + lines.rest())
    }
    try body(Place(file: path, line: first.line), first.bytes)
    while let line = try lines.next() { try body(Place(file: path, line: line.line), line.bytes) }
  }
}

/// Reads a file line by line, passing over blank lines.
private struct LineReader: ~Copyable {
  private var reader: MemberReader
  private let path: String
  private var buffer: [UInt8] = []
  private var start = 0
  private var number = 0
  private var isAtEnd = false

  init(_ reader: consuming MemberReader, path: String) {
    self.reader = reader
    self.path = path
  }

  /// The next line that is not blank.
  mutating func next() throws -> (line: Int, bytes: [UInt8])? {
    while true {
      if let end = buffer[start...].firstIndex(of: 0x0A) {
        number += 1
        let line = buffer[start..<end]
        start = end + 1
        if line.contains(where: { $0 > 0x20 }) { return (number, Array(line)) }
      } else if isAtEnd {
        number += 1
        let line = buffer[start...]
        start = buffer.count
        return line.contains { $0 > 0x20 } ? (number, Array(line)) : nil
      } else {
        try fill()
      }
    }
  }

  /// What is left, with the line end that was taken.
  mutating func rest() throws -> [UInt8] {
    while !isAtEnd { try fill() }
    return [0x0A] + buffer[start...]
  }

  private mutating func fill() throws {
    buffer.removeFirst(start)
    start = 0
    guard buffer.count <= DocumentFile.limit else {
      throw ToolFailure(
        65, "\(path): a trace may have \(DocumentFile.limit >> 20) MB; this one is longer")
    }
    var block = [UInt8](repeating: 0, count: 1 << 18)
    let count = try unsafe block.withUnsafeMutableBytes { try unsafe reader.read(into: $0) }
    buffer += block[..<count]
    isAtEnd = count == 0
  }
}
