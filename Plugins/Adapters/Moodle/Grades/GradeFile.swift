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
  let member: Int
  let name: String
  private(set) var plan = GradePlan()
  private(set) var sheet: GradeSheet
  /// What the last column holds in the first row.
  private(set) var downloaded = ""

  /// Reads a member for the first time.
  init(
    _ input: AdapterInput, member: Int, _ request: AdapterRequest, _ sink: inout RecordSink,
    _ shared: inout SharedGrades
  ) throws(AdapterError) {
    self.member = member
    var file = try CSVMember(input, member: member, request: request)
    name = file.name
    var survey = GradeSurvey()
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
    plan.quotesBlanks = survey.quoting.quotesBlanks
    plan.isGuarded = survey.isGuarded
    plan.classID = GradeHeadings.free(baseName(name), in: &shared.classes)
    sheet = GradeSheet(survey, scope: shared.isSeveral ? plan.classID : nil)
    plan.columns = sheet.columns
    try checkPlan(times, request, sink, &shared)
  }

  private mutating func checkPlan(
    _ firstRow: [String], _ request: AdapterRequest, _ sink: borrowing RecordSink,
    _ shared: inout SharedGrades
  ) throws(AdapterError) {
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
}
