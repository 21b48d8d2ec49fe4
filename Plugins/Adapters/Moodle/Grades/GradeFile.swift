internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What several grade exports of one input have in common.
struct SharedGrades {
  /// Whether there are several files, so that identifiers need the file's name.
  var isSeveral = false
  var classes: Set<String> = []
  var categories: Set<String> = []
  /// Places of people by their identifier.
  var places: [[UInt8]: Int] = [:]
  var people = GradePeople()
  /// The text of the last column that the data set's time stands for.
  var downloaded = ""
}

/// One grade export: its plan, from a first reading, and what its cells look like.
struct GradeFile {
  /// One graded item and its columns.
  struct Item {
    var key: String
    var title: String
    var type: String
    var displays: GradeDisplays
    /// Unit of its scores; blank when nothing tells it.
    var scoreKind: String
    /// Index of the column of each display, or -1: real, percentage, letter, feedback.
    var real = -1
    var percentage = -1
    var letter = -1
    var feedback = -1
  }

  let member: Int
  let name: String
  private(set) var plan = GradePlan()
  private(set) var survey = GradeSurvey()
  private(set) var items: [Item] = []
  private(set) var language = ""
  /// What the last column holds in the first row.
  private(set) var downloaded = ""
  /// The decimal mark of each column.
  private(set) var marks: [DecimalMark] = []
  /// Kind of activity of each column.
  private var types: [String] = []

  /// Reads a member for the first time.
  init(
    _ input: AdapterInput, member: Int, _ request: AdapterRequest, _ sink: inout RecordSink,
    _ shared: inout SharedGrades
  ) throws(AdapterError) {
    self.member = member
    var file = try CSVMember(input, member: member, request: request)
    name = file.name
    var records = 0
    var times: [String] = []
    while try file.next(&sink) {
      for record in 0..<file.count {
        guard !file.isBlank(record), !file.isOnlyDelimiters(record) else { continue }
        guard !file.findings(of: record).contains(.invalidUTF8) || records > 0 else {
          throw AdapterError(
            badData: RecordProblem(
              .fatal, "csv.invalid_utf8",
              "the headings are not valid UTF-8; name the file's encoding with --encoding",
              member: name, line: file.line(of: record)))
        }
        if records == 0 {
          survey.begin(record, of: file)
        } else if file.fieldCount(record) == survey.headers.count {
          survey.see(record, of: file)
          if records == 1 { times = file.strings(of: record) }
        }
        records += 1
      }
    }
    guard records > 0 else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "moodle.no_header", "the file has no headings; export the grades again",
          member: name))
    }
    try makePlan(times, request, sink, &shared)
  }

  private mutating func makePlan(
    _ firstRow: [String], _ request: AdapterRequest, _ sink: borrowing RecordSink,
    _ shared: inout SharedGrades
  ) throws(AdapterError) {
    let headings = GradeHeadings(survey)
    language = headings.language
    plan.columns = headings.columns
    plan.quotesBlanks = survey.quoting.quotesBlanks
    plan.isGuarded = survey.isGuarded
    plan.classID = GradeHeadings.free(baseName(name), in: &shared.classes)
    marks = survey.columns.map(\.mark)
    types = headings.types
    for index in plan.columns.indices { finish(index, shared) }
    if let last = plan.columns.firstIndex(where: { $0.role == .downloaded }),
      firstRow.indices.contains(last)
    {
      downloaded = firstRow[last]
      if shared.downloaded.isEmpty, UnixTime.instant(downloaded) != nil {
        shared.downloaded = downloaded
      }
      if downloaded != shared.downloaded { plan.downloaded = downloaded }
      if UnixTime.instant(downloaded) == nil, !downloaded.isEmpty {
        try complainOfTime(request, sink)
      }
    }
    guard plan.columns.contains(where: { $0.role.isUserField && $0.role != .suspended }) else {
      throw AdapterError(
        badData: RecordProblem(
          .fatal, "moodle.no_learner",
          "no column says who the learner is; export the grades with names, ID numbers or "
            + "e-mail addresses", member: name, line: 1))
    }
    makeItems()
  }

  private func complainOfTime(
    _ request: AdapterRequest, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    let problem = RecordProblem(
      request.isStrict ? .fatal : .warning, "moodle.time_unknown",
      "the last column holds no time of the export in unix seconds; it is kept as it is, and "
        + "grade import will refuse it: export the grades again", member: name, line: 2,
      value: downloaded)
    if request.isStrict { throw AdapterError(badData: problem) }
    try sink.host.report(problem)
  }

  private mutating func finish(_ index: Int, _ shared: SharedGrades) {
    let column = survey.columns[index]
    if column.mark == .comma { plan.columns[index].mark = UInt8(ascii: ",") }
    if column.percents > 0 { plan.columns[index].suffix = column.suffix }
    switch plan.columns[index].role {
    case .total:
      if column.dashes > 0, column.blanks == 0 { plan.columns[index].filler = "-" }
      if shared.isSeveral, !plan.columns[index].key.isEmpty {
        plan.columns[index].key += " (\(plan.classID))"
      }
    case .item where shared.isSeveral:
      let title = plan.columns[index].key.dropFirst("moodle:item:".count)
      plan.columns[index].key = "moodle:item:\(plan.classID)/\(title)"
    case .suspended:
      plan.columns[index].filler =
        GradeWords.isNo(column.firstWord) ? "Yes" : column.firstWord
    default: break
    }
  }

  private mutating func makeItems() {
    var places: [String: Int] = [:]
    for (index, column) in plan.columns.enumerated() where column.role == .item {
      let place = places[column.key] ?? items.count
      if place == items.count {
        places[column.key] = place
        items.append(
          Item(
            key: column.key, title: column.title, type: types[index], displays: [], scoreKind: ""))
      }
      items[place].displays.insert(GradeDisplays(column.display))
      switch column.display {
      case .plain, .real: items[place].real = index
      case .percentage: items[place].percentage = index
      case .letter: items[place].letter = index
      case .feedback: items[place].feedback = index
      }
    }
    for place in items.indices { items[place].scoreKind = scoreKind(of: items[place]) }
  }

  private func scoreKind(of item: Item) -> String {
    if item.real >= 0 {
      let column = survey.columns[item.real]
      if column.percents > 0, column.numbers == 0 { return "percent" }
      if column.numbers > 0 { return "points" }
      if column.letters + column.words > 0 { return column.words == 0 ? "letter" : "level" }
      return ""
    }
    return item.percentage >= 0 ? "percent" : item.letter >= 0 ? "letter" : ""
  }

  /// Whether the scores of an item are numbers for the most part, so that words are odd.
  func isNumeric(_ item: Item) -> Bool {
    item.real >= 0
      && survey.columns[item.real].numbers + survey.columns[item.real].percents
        >= survey.columns[item.real].words + survey.columns[item.real].letters
  }
}
