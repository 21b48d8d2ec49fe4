import Assessment
import Domain

/// Rubrics and their ratings as `cbl-tool assess review rubric` reads them.
enum AssessRubric {
  /// The rubric of a document.
  static func rubric(_ document: AssessDocument) throws -> Rubric {
    let root = document.root
    let scale = try document.scale(document.need("scale"))
    let criteria = try document.objects("criteria").map { node in
      RubricCriterion(
        id: ID(try document.text(document.need("id", in: node))),
        title: try document.optional("title", in: node).map(document.text) ?? "",
        targets: try document.texts("targets", in: node).map { CompetencyID($0) },
        descriptors: try descriptors(document, document.need("descriptors", in: node)))
    }
    let form: Rubric.Form = try document.word(document.need("form"), "form of rubric")
    let id = try document.text(document.need("id"))
    let version = try document.whole("version", in: root) ?? 1
    let title = try document.optional("title").map(document.text) ?? id
    return try document.at(root) { () throws(AssessmentError) in
      try Rubric(
        id: ID(id), version: version, title: title, form: form, scale: scale, criteria: criteria)
    }
  }

  private static func descriptors(
    _ document: AssessDocument, _ node: DocumentNode
  ) throws -> [RubricCriterion.Descriptor] {
    guard let members = node.value.members else {
      throw document.failure(node, "descriptors are an object of level and words")
    }
    return try members.map { member in
      guard case .string(let words) = member.value else {
        throw document.failure(node, "the words of '\(member.name)' are no text")
      }
      return .init(member.name, words.text)
    }
  }

  /// What ratings come to, work by work.
  static func judgements(
    _ path: String, _ rubric: Rubric, _ document: AssessDocument
  ) throws -> [WorkJudgement] {
    let task = try task(document, rubric)
    let columns = ["work", "learner", "rater", "criterion", "level"]
    var order: [String] = []
    var works: [String: WorkRows] = [:]
    for (number, row) in try AssessTable(path, columns: columns).rows.enumerated() {
      let name = try row.text("work")
      if works[name] == nil {
        order.append(name)
        works[name] = WorkRows(learner: try row.text("learner"))
      }
      try works[name]?.add(row, number)
    }
    return try order.map { name in
      let rows = works[name] ?? WorkRows(learner: "")
      return try AssessText.reading(path) { () throws(AssessmentError) in
        try rows.judgement(name, task)
      }
    }
  }

  private static func task(
    _ document: AssessDocument, _ rubric: Rubric
  ) throws -> PerformanceTask {
    let node = document.optional("task") ?? document.root
    let apart = try document.whole("apart", in: node)
    let resolution: RatingResolution =
      switch try document.optional("resolution", in: node).map(document.text) {
      case nil, "third_when_apart": .thirdWhenApart(apart ?? 1)
      case "mean": .mean
      case "expert_when_apart": .expertWhenApart(apart ?? 0)
      case .some(let other):
        throw document.failure(
          node, "resolution '\(other)': third_when_apart, mean or expert_when_apart is wanted")
      }
    var counting: RatingStreams = []
    let streams = try document.texts("counting", in: node)
    for name in streams.isEmpty ? ["staff"] : streams {
      switch name {
      case "staff": counting.insert(.staff)
      case "self": counting.insert(.selfRating)
      case "peer": counting.insert(.peer)
      default: throw document.failure(node, "counting '\(name)': staff, self or peer is wanted")
      }
    }
    let raters = try document.whole("raters", in: node) ?? 1
    return try document.at(node) { () throws(AssessmentError) in
      try PerformanceTask(
        id: "task", title: rubric.title, rubric: rubric,
        demonstrations: [.init("work", kind: "performance", artefactCount: 0)],
        resolution: resolution, raterCount: raters, counting: counting)
    }
  }
}

/// The rows of one work.
private struct WorkRows {
  let learner: String
  private var replaced: [CompetencyID] = []
  private var day: CalendarDate?
  private var ratings: [(rater: String, stream: RatingStream, marks: [Rating.Mark], order: Int)] =
    []

  init(learner: String) {
    self.learner = learner
  }

  mutating func add(_ row: AssessTable.Row, _ number: Int) throws {
    guard try row.text("learner") == learner else {
      throw row.failure("learner", "the work is of '\(learner)' in an earlier row")
    }
    let word = row.optional("stream") ?? "staff"
    guard let stream = RatingStream(rawValue: word) else {
      throw row.failure("stream", "'\(word)': staff, expert, self or peer is wanted")
    }
    if row.optional("day") != nil { day = try row.day("day") }
    for target in (row.optional("replaces") ?? "").split(separator: ";") {
      replaced.append(CompetencyID(String(target)))
    }
    let rater = try row.text("rater")
    let level = AssessAnswers.known(row, "level").map { Identifier($0) }
    let mark = Rating.Mark(ID(try row.text("criterion")), level)
    // A rater who marks a criterion again has rated again.
    let last = ratings.lastIndex { $0.rater == rater && $0.stream == stream }
    if let last, !ratings[last].marks.contains(where: { $0.criterion == mark.criterion }) {
      ratings[last].marks.append(mark)
    } else {
      ratings.append((rater, stream, [mark], number))
    }
  }

  func judgement(_ name: String, _ task: PerformanceTask) throws(AssessmentError) -> WorkJudgement {
    guard let submitted = day ?? CalendarDate("1970-01-01") else {
      throw AssessmentError(.wrongValue, "The day of work \(name) is none.")
    }
    let accommodations =
      replaced.isEmpty ? [] : [Accommodation("replaced", replaces: replaced)]
    let work = try TaskWork(
      id: ID(name), learner: LearnerID(learner), task: task, demonstration: "work",
      artefacts: [], accommodations: accommodations, submitted: PartialDate(submitted))
    var list: [Rating] = []
    for entry in ratings {
      guard let recorded = Instant(secondsSince1970: Int64(entry.order)) else { continue }
      list.append(
        try Rating(
          work: work.id, rater: ID(entry.rater), stream: entry.stream, rubric: task.rubric,
          marks: entry.marks, recorded: recorded))
    }
    return try WorkJudgement(of: work, task: task, ratings: list)
  }
}
