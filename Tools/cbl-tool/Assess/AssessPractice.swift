import Assessment
import Domain

/// Answers in practice as `cbl-tool assess fit` reads them.
enum AssessPractice {
  /// The answers of each skill.
  static func sequences(_ path: String) throws -> [(skill: String, sequences: AnswerSequences)] {
    if let patterns = try patterns(path) {
      let rows = try patterns.map { pattern in
        try pattern.text.map { character -> Bool? in
          switch character {
          case "1": true
          case "0": false
          case ".", "-": nil
          default:
            throw ToolFailure(
              65, "\(path): pattern '\(pattern.text)' has '\(character)'; 0, 1 and . are expected")
          }
        }
      }
      let sequences = try AssessText.reading(path) { () throws(AssessmentError) in
        try AnswerSequences(rows: rows, weights: patterns.map(\.weight))
      }
      return [("1", sequences)]
    }
    let log = try log(path)
    return zip(log.skills, log.sequences()).compactMap { skill, sequences in
      sequences.map { (skill, $0) }
    }
  }

  private static func patterns(_ path: String) throws -> [(text: String, weight: Double)]? {
    let plain = path.split(separator: "#").first.map(String.init)?.lowercased() ?? path
    if path.contains("#") || plain.hasSuffix(".json") {
      let document = try AssessDocument(path)
      if let node = document.optional("patterns") {
        let texts = try document.list(node).map(document.text)
        let weights = try document.optional("freq").map(document.numbers)
        guard weights.map({ $0.count == texts.count }) ?? true else {
          throw document.failure(node, "there are as many patterns as frequencies")
        }
        return texts.enumerated().map { ($0.element, weights?[$0.offset] ?? 1) }
      }
    }
    let table = try AssessTable(path, columns: [])
    guard table.columns.contains("pattern") else { return nil }
    let weight = AssessAnswers.weightNames.first(where: table.columns.contains)
    return try table.rows.map { row in
      (try row.text("pattern"), try weight.map { try row.number($0) } ?? 1)
    }
  }

  /// The parameters that a published case begins with.
  static func start(_ path: String) throws -> KnowledgeParameters? {
    guard path.split(separator: "#").first?.hasSuffix(".json") == true else { return nil }
    let document = try AssessDocument(path)
    guard document.root.value.members != nil, let node = document.optional("start") else {
      return nil
    }
    return try parameters(document, node)
  }

  /// Parameters of knowledge tracing.
  static func parameters(
    _ document: AssessDocument, _ node: DocumentNode
  ) throws -> KnowledgeParameters {
    KnowledgeParameters(
      prior: try document.number(document.need("prior", in: node)),
      learn: try document.number(document.need("learn", in: node)),
      guess: try document.number(document.need("guess", in: node)),
      slip: try document.number(document.need("slip", in: node)),
      forget: try document.optional("forget", in: node).map(document.number) ?? 0)
  }

  /// The rows of a log.
  static func log(_ path: String) throws -> PracticeLog {
    try practice(path, withItems: false).log
  }

  /// A log in which every item is a skill, for ratings of learners and items.
  static func meetings(
    _ path: String
  ) throws -> (log: PracticeLog, items: [String], learners: [String]) {
    let practice = try practice(path, withItems: false, skillNames: AssessAnswers.itemNames)
    return (practice.log, practice.log.skills, practice.learners)
  }

  /// The rows of a log with the names of learners, and the item of each row.
  static func practice(
    _ path: String, withItems: Bool,
    skillNames: [String] = ["skill", "target", "competency", "kc"]
  ) throws -> (log: PracticeLog, items: [String]?, learners: [String]) {
    let table = try AssessTable(path, columns: [])
    guard let learner = AssessAnswers.personNames.first(where: table.columns.contains),
      let skill = skillNames.first(where: table.columns.contains),
      let score = AssessAnswers.scoreNames.first(where: table.columns.contains)
    else {
      throw ToolFailure(
        65,
        "\(path):1: found \(table.columns.joined(separator: ", ")); wanted learner, "
          + "\(skillNames[0]), correct")
    }
    let item = AssessAnswers.itemNames.first(where: table.columns.contains)
    if withItems, item == nil {
      throw ToolFailure(65, "\(path):1: --per item wants a column item")
    }
    var (skills, learners, items) = (Interner(), Interner(), [String]())
    var (skillOfRow, learnerOfRow, answers) = ([Int32](), [Int32](), [UInt8]())
    for row in table.rows {
      skillOfRow.append(skills.place(of: try row.text(skill)))
      learnerOfRow.append(learners.place(of: try row.text(learner)))
      if withItems, let item { items.append(try row.text(item)) }
      guard let value = try AssessAnswers.score(row, score) else {
        answers.append(2)
        continue
      }
      guard value == 0 || value == 1 else {
        throw row.failure(score, "'\(value)' is neither 1 for right nor 0 for wrong")
      }
      answers.append(UInt8(value))
    }
    let log = try AssessText.reading(path) { () throws(AssessmentError) in
      try PracticeLog(
        skills: skills.names, learnerCount: learners.names.count, skillOfRow: skillOfRow,
        learnerOfRow: learnerOfRow, answers: answers)
    }
    return (log, withItems ? items : nil, learners.names)
  }

  private struct Interner {
    private(set) var names: [String] = []
    private var places: [String: Int32] = [:]

    mutating func place(of name: String) -> Int32 {
      if let place = places[name] { return place }
      let place = Int32(names.count)
      places[name] = place
      names.append(name)
      return place
    }
  }
}

/// Ratings under facets, and needs of items, as `cbl-tool assess fit` reads them.
enum AssessFacetTable {
  static func read(_ path: String, facets: [String]) throws -> FacetRatings {
    var rows: [(person: String, levels: [String], score: Int)] = []
    let plain = path.split(separator: "#").first.map(String.init)?.lowercased() ?? path
    if plain.hasSuffix(".json"), let found = try published(path) {
      let (names, rows) = found
      return try AssessText.reading(path) { () throws(AssessmentError) in
        try FacetRatings(facets: names, rows: rows)
      }
    }
    let table = try AssessTable(path, columns: facets)
    guard let person = AssessAnswers.personNames.first(where: table.columns.contains),
      let score = AssessAnswers.scoreNames.first(where: table.columns.contains)
    else {
      throw ToolFailure(65, "\(path):1: wanted person, score and \(facets.joined(separator: ", "))")
    }
    for row in table.rows {
      guard let value = try AssessAnswers.score(row, score) else { continue }
      rows.append((try row.text(person), try facets.map { try row.text($0) }, value))
    }
    return try AssessText.reading(path) { () throws(AssessmentError) in
      try FacetRatings(facets: facets, rows: rows)
    }
  }

  /// A published case: persons, raters and the scores of all items in each row.
  private static func published(
    _ path: String
  ) throws -> (names: [String], rows: [(person: String, levels: [String], score: Int)])? {
    let document = try AssessDocument(path)
    guard let persons = document.optional("person"), let raters = document.optional("rater"),
      let items = document.optional("items"), let scores = document.optional("score")
    else { return nil }
    let names = try document.list(items).map(document.text)
    let (people, judges) = (
      try document.list(persons).map(document.text), try document.list(raters).map(document.text)
    )
    let lists = try document.list(scores)
    guard people.count == judges.count, people.count == lists.count else {
      throw document.failure(scores, "person, rater and score are of one length")
    }
    var rows: [(person: String, levels: [String], score: Int)] = []
    for (place, list) in lists.enumerated() {
      for (item, node) in zip(names, try document.list(list)) where node.value != .null {
        rows.append((people[place], [item, judges[place]], try document.whole(node)))
      }
    }
    return (["item", "rater"], rows)
  }

  /// The skills, and for each item those that it needs as bits.
  static func needs(
    _ path: String?, _ answers: String, items: [String]
  ) throws -> (skills: [String], masks: [UInt64]) {
    guard let path else {
      let plain = answers.split(separator: "#").first.map(String.init) ?? answers
      guard plain.hasSuffix(".json") else { throw ToolFailure.usage("--model dina wants --needs") }
      let document = try AssessDocument(answers)
      let rows = try document.rows(document.need("Q"))
      let masks = rows.map { row in
        row.enumerated().reduce(UInt64(0)) { $1.element != 0 ? $0 | 1 << UInt64($1.offset) : $0 }
      }
      return ((0..<(rows.first?.count ?? 0)).map { "\($0 + 1)" }, masks)
    }
    let table = try AssessTable(path, columns: ["item"])
    let skills = table.columns.filter { $0 != "item" }
    guard skills.count <= 12 else {
      throw ToolFailure(65, "\(path):1: there are \(skills.count) skills; 12 are possible")
    }
    var masks: [String: UInt64] = [:]
    for row in table.rows {
      var mask: UInt64 = 0
      for (place, skill) in skills.enumerated() where row.optional(skill) != nil {
        if try row.flag(skill) { mask |= 1 << UInt64(place) }
      }
      masks[try row.text("item")] = mask
    }
    return (
      skills,
      try items.map { item in
        guard let mask = masks[item] else {
          throw ToolFailure(65, "\(path): item '\(item)' is missing")
        }
        return mask
      }
    )
  }
}
