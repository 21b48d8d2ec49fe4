package import Domain

extension GroupingProblem {
  /// Reads a document of the format `cbl-grouping/1`.
  ///
  /// - Parameter bytes: JSON.
  /// - Throws: ``SchedulingError`` with the place in the document: `malformed` when it is no such
  ///   document, otherwise what the check of a problem finds.
  public init(json bytes: [UInt8]) throws(SchedulingError) {
    let document: GroupingDocument
    do throws(DomainError) {
      let limits = DocumentReader.Limits(bytes: 64 << 20)
      document = try GroupingDocument(DocumentNode(try DocumentReader.read(bytes, limits: limits)))
    } catch {
      throw SchedulingError(error)
    }
    self = try document.problem()
  }

  /// Reads a document of the format `cbl-grouping/1` that was parsed before.
  ///
  /// - Throws: As for bytes.
  package init(_ node: DocumentNode) throws(SchedulingError) {
    let document: GroupingDocument
    do throws(DomainError) { document = try GroupingDocument(node) } catch {
      throw SchedulingError(error)
    }
    self = try document.problem()
  }
}

extension SchedulingError {
  /// Wraps a failure of a value.
  package init(_ error: DomainError) {
    let code: Code =
      switch error.code {
      case .limitExceeded: .limitExceeded
      case .unexpected: .wrongValue
      default: .malformed
      }
    self.init(code, error.message, at: error.place)
  }
}

extension DocumentNode {
  /// The whole numbers of an array.
  func counts() throws(DomainError) -> [Int] {
    guard value.elements != nil else { throw malformed("an array of whole numbers") }
    var numbers: [Int] = []
    for item in value.elements ?? [] {
      guard case .number(let number) = item, let count = Int(number.description) else {
        throw malformed("an array of whole numbers")
      }
      numbers.append(count)
    }
    return numbers
  }

  /// A whole number, or a standard one where there is none.
  func count(_ name: Identifier, or standard: Int) throws(DomainError) -> Int {
    guard let node = self[name] else { return standard }
    return try node.count()
  }
}

/// The parts of a `cbl-grouping/1` document.
private struct GroupingDocument {
  private var learners: [GroupingProblem.Learner] = []
  private var sections: [GroupingProblem.Section] = []
  private var bonuses: [GroupingProblem.Bonus] = []
  private let blocks: Int
  private let isOncePerDay: Bool
  private let opens: Bool
  private let weights: GroupingProblem.Weights

  init(_ node: DocumentNode) throws(DomainError) {
    try node.need("format").expect("cbl-grouping/1")
    blocks = try node.need("blocks").count()
    isOncePerDay = try node.count("maxPerSkill", or: 1) > 0
    let mode = try node.need("mode")
    guard ["fixed", "coupled", "open"].contains(try mode.text().text) else {
      throw mode.unexpected("The mode is one of fixed, coupled and open.")
    }
    opens = try mode.text() == "open"
    let value = try node.need("value")
    weights = GroupingProblem.Weights(
      need: try value.need("need").count(), preference: try value.need("pref").count(),
      openNeedTenths: try value.count("labNeedTenths", or: 6),
      missingLive: try node.count("livePenalty", or: 0))
    learners = try Self.learners(node)
    sections = try Self.sections(node)
    for item in node["bonuses"]?.items ?? [] {
      let numbers = try item.counts()
      guard numbers.count == 3 else { throw item.malformed("a learner, a section and a value") }
      bonuses.append(.init(learner: numbers[0], section: numbers[1], value: numbers[2]))
    }
  }

  private static func learners(_ node: DocumentNode) throws(DomainError) -> [GroupingProblem
    .Learner]
  {
    let count = try node.need("students").count()
    let (ready, likings) = (try node.need("ready").items, node["pref"]?.items)
    let (houses, live) = (try node["house"]?.counts(), try node["minLive"]?.counts())
    let names = node["studentIds"]?.words
    guard count == ready.count, likings?.count ?? count == count, houses?.count ?? count == count,
      live?.count ?? count == count, names?.count ?? count == count
    else { throw node.unexpected("The lists of students are not \(count) long.") }
    var learners: [GroupingProblem.Learner] = []
    for number in 0..<count {
      let pairs = try ready[number].counts()
      guard pairs.count % 2 == 0 else { throw ready[number].malformed("pairs of skill and need") }
      learners.append(
        GroupingProblem.Learner(
          ID(names?[number] ?? Identifier("s\(number)")), house: houses?[number] ?? 0,
          ready: stride(from: 0, to: pairs.count, by: 2).map { .init(pairs[$0], pairs[$0 + 1]) },
          preferences: try likings?[number].counts() ?? [], minimumLive: live?[number] ?? 0))
    }
    return learners
  }

  private static func sections(_ node: DocumentNode) throws(DomainError) -> [GroupingProblem
    .Section]
  {
    let columns = try node.need("sections")
    let blocks = try columns.need("block").counts()
    let (skills, modalities) = (
      try columns.need("skill").counts(), try columns.need("modality").counts()
    )
    let capacities = try columns.need("capacity").counts()
    func column(_ name: Identifier, _ standard: Int) throws(DomainError) -> [Int] {
      try columns[name]?.counts() ?? Array(repeating: standard, count: blocks.count)
    }
    let (teachers, rooms, houses) = (
      try column("teacher", -1), try column("room", -1), try column("house", -1)
    )
    let (minimums, costs) = (try column("minSize", 0), try column("openCost", 0))
    let names = columns["id"]?.words
    let lists = [skills, modalities, capacities, teachers, rooms, houses, minimums, costs]
    guard lists.allSatisfy({ $0.count == blocks.count }),
      names?.count ?? blocks.count == blocks.count
    else { throw columns.unexpected("The columns of sections are not \(blocks.count) long each.") }
    func optional(_ number: Int) -> Int? { number < 0 ? nil : number }
    return blocks.indices.map { index in
      GroupingProblem.Section(
        names?[index] ?? Identifier("a\(index)"), block: blocks[index],
        competency: optional(skills[index]), modality: modalities[index],
        teacher: optional(teachers[index]), room: optional(rooms[index]),
        house: optional(houses[index]), capacity: capacities[index], minimum: minimums[index],
        openCost: costs[index])
    }
  }

  func problem() throws(SchedulingError) -> GroupingProblem {
    try GroupingProblem(
      learners: learners, sections: sections, blockCount: blocks, isOncePerDay: isOncePerDay,
      opensSections: opens, weights: weights, bonuses: bonuses)
  }
}
