internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Reads results files: one class for each file.
enum ResultReader {
  static func read(
    _ input: AdapterInput, request: AdapterRequest, into sink: inout RecordSink
  ) throws(AdapterError) {
    var shared = SharedResults()
    for member in 0..<input.memberCount {
      let document = try ResultDocument(input, member: member)
      var reader = ResultMemberReader(
        name: document.name, layout: document.layout, member: member, request: request)
      reader.style.classID = GradeHeadings.free(baseName(document.name), in: &shared.classes)
      try reader.read(document, &sink, &shared)
      try sink.flush()
    }
  }
}

/// What several results files of one input have in common.
struct SharedResults {
  var classes: Set<String> = []
  var items: Set<[UInt8]> = []
  var people: Set<[UInt8]> = []
  var results: Set<[UInt8]> = []
  var hasDataset = false
}

/// Reads one results file into records.
struct ResultMemberReader {
  /// One `result` element as read.
  struct Element {
    var state: String?
    var assignment: String?
    var student: String?
    var score: String?
    var feedback: String?
    /// Elements that Moodle does not have.
    var others: [(name: String, value: String)] = []
    /// Elements with elements inside: text that was not escaped.
    var nested: String?
    var line: UInt64 = 0
  }

  let name: String
  let layout: CSVLayout
  let member: Int
  let isStrict: Bool
  let keepsLines: Bool
  var style = ResultStyle()
  private(set) var batch = ""
  private var enrolled: Set<[UInt8]> = []
  private var lineOffset = 0
  private var line: UInt64 = 1

  init(name: String, layout: CSVLayout, member: Int, request: AdapterRequest) {
    self.name = name
    self.layout = layout
    self.member = member
    isStrict = request.isStrict
    keepsLines = request.wantsSourceLayer
  }

  /// Puts the records of the file.
  mutating func read(
    _ document: ResultDocument, _ sink: inout RecordSink, _ shared: inout SharedResults
  ) throws(AdapterError) {
    let bytes = document.bytes
    var failure: AdapterError?
    unsafe bytes.withUnsafeBytes { bytes in
      do throws(AdapterError) {
        try unsafe read(bytes, &sink, &shared)
      } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ sink: inout RecordSink, _ shared: inout SharedResults
  ) throws(AdapterError) {
    var reader = unsafe XMLReader(bytes)
    try begin(&reader)
    var recorder = SourceRecorder(member: name, format: "moodle-grades-xml", position: member)
    var start = reader.offset
    unsafe learnStyle(bytes, from: start)
    try putFrame(&sink, &shared)
    var predicted = ByteBuffer()
    if keepsLines {
      withText(Array(batch.utf8)) { ResultValues.appendHeader(batch: $0, to: &predicted) }
      let raw = unsafe Text(UnsafeRawBufferPointer(rebasing: bytes[0..<start]))
      try unsafe recorder.line(
        raw: raw, predicted: predicted.bytes, end: .none, usual: .none, sink: &sink)
    }
    while let element = try unsafe next(&reader, bytes) {
      predicted.removeAll()
      let isKept = try put(element, &predicted, &sink, &shared)
      let end = reader.offset
      let raw = unsafe Text(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      start = end
      guard keepsLines else { continue }
      if isKept {
        try unsafe recorder.line(
          raw: raw, predicted: predicted.bytes, end: .none, usual: .none, sink: &sink)
      } else {
        try recorder.unrecorded(raw: raw, end: .none, usual: .none, sink: &sink)
      }
    }
    guard keepsLines else { return }
    predicted.removeAll()
    ResultValues.appendTrailer(style, to: &predicted)
    let raw = unsafe Text(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    try unsafe recorder.line(
      raw: raw, predicted: predicted.bytes, end: .none, usual: .none, sink: &sink)
    try recorder.finish(layout: layout, sink: &sink)
  }

  // MARK: Elements

  private func token(_ reader: inout XMLReader) throws(AdapterError) -> XMLToken {
    do throws(ScanningError) {
      return try reader.next()
    } catch {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "moodle.xml_malformed",
          "\(error.message); older versions export feedback without writing & as &amp; and < as "
            + "&lt;: correct the feedback, or export without it", member: name,
          line: error.line, column: error.column))
    }
  }

  private mutating func begin(_ reader: inout XMLReader) throws(AdapterError) {
    guard case .startElement(let root, let attributes) = try token(&reader), root == "results"
    else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "moodle.xml_root", "the document must begin with the element results",
          member: name, line: 1))
    }
    batch = attributes.first { $0.name == "batch" }?.value ?? ""
  }

  /// What stands between the first elements is taken for the style of all.
  private mutating func learnStyle(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    var place = start
    var blanks: [UInt8] = []
    while place < bytes.count {
      let byte = unsafe bytes[place]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { break }
      blanks.append(byte)
      place += 1
    }
    guard place + 1 < bytes.count, unsafe bytes[place + 1] != UInt8(ascii: "/") else { return }
    let indent = blanks.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
    style.lineEnd = String(decoding: blanks[..<indent], as: UTF8.self)
    style.indent = String(decoding: blanks[indent...], as: UTF8.self)
  }

  /// The next `result` element, or `nil` at the end of the document.
  private mutating func next(
    _ reader: inout XMLReader, _ bytes: UnsafeRawBufferPointer
  ) throws(AdapterError) -> Element? {
    while true {
      let offset = reader.offset
      switch try token(&reader) {
      case .startElement(let element, _):
        guard element == "result" else {
          throw unexpected("the element \(element) stands between the results", reader.line)
        }
        unsafe count(bytes, to: offset)
        var found = Element()
        found.line = line
        try fill(&found, &reader)
        return found
      case .text(let text):
        guard text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D })
        else { throw unexpected("text stands between the results", reader.line) }
      case .endElement: continue
      case .end: return nil
      }
    }
  }

  private func unexpected(_ what: String, _ line: UInt64) -> AdapterError {
    AdapterError(
      badData: RecordProblem(
        .fatal, "moodle.xml_unexpected",
        "\(what); only result elements belong there", member: name, line: line))
  }

  /// Notes a learner of the class.
  ///
  /// - Returns: Whether the learner is new.
  mutating func enroll(_ learner: [UInt8]) -> Bool { enrolled.insert(learner).inserted }

  /// Counts the lines up to a place.
  private mutating func count(_ bytes: UnsafeRawBufferPointer, to offset: Int) {
    for place in lineOffset..<offset where unsafe bytes[place] == 0x0A { line += 1 }
    lineOffset = offset
  }

  private func fill(
    _ element: inout Element, _ reader: inout XMLReader
  ) throws(AdapterError) {
    while true {
      switch try token(&reader) {
      case .startElement(let child, _):
        let value = try text(of: child, &element, &reader)
        switch child {
        case "state": element.state = value
        case "assignment": element.assignment = value
        case "student": element.student = value
        case "score": element.score = value
        case "feedback": element.feedback = value
        default: element.others.append((child, value))
        }
      case .text: continue
      case .endElement, .end: return
      }
    }
  }

  private func text(
    of child: String, _ element: inout Element, _ reader: inout XMLReader
  ) throws(AdapterError) -> String {
    var value = ""
    let depth = reader.depth
    while true {
      switch try token(&reader) {
      case .text(let text): value += text
      case .startElement: element.nested = child
      case .endElement: if reader.depth < depth { return value }
      case .end: return value
      }
    }
  }
}
