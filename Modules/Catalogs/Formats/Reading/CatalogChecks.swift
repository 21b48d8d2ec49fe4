internal import Domain

/// What is wrong with a catalog as a whole, whatever format it came in.
struct CatalogChecks {
  private let builder: CatalogBuilder
  private(set) var problems: [Problem] = []
  private var numbers: [CatalogKey: Int] = [:]

  init(_ builder: CatalogBuilder) {
    self.builder = builder
    checkItems()
    checkEnds()
    checkCycles(
      of: .isChildOf, code: "parent_cycle", words: "stand under each other",
      repair: "take one of the links out")
    checkCycles(
      of: .precedes, code: "prerequisite_cycle", words: "need each other first",
      repair: "take one of the links out")
    checkGrades()
  }

  private mutating func report(
    _ severity: Severity, _ code: String, _ message: String, at place: Place
  ) {
    problems.append(Problem(severity, Problem.Code("catalog.\(code)"), message, at: place))
  }

  private mutating func checkItems() {
    for (index, item) in builder.items.enumerated() {
      let key = CatalogKey(item.identifier)
      if let first = numbers[key] {
        let line = builder.itemPlaces[first].line.map { " on line \($0)" } ?? ""
        report(
          .error, "duplicate_identifier",
          "The identifier \(item.identifier) is that of another item\(line); give each its own.",
          at: builder.itemPlaces[index])
      } else {
        numbers[key] = index
      }
      if item.statement.allSatisfy(\.isWhitespace) {
        report(
          .warning, "missing_statement",
          "The item \(item.identifier) says nothing; give it a statement.",
          at: builder.itemPlaces[index])
      }
    }
  }

  /// Ends that name nothing in the file. Addresses of alignments are meant to lead outside.
  private mutating func checkEnds() {
    let root = CatalogKey(builder.document.identifier)
    let terms = Set(builder.definitions.concepts.map { CatalogKey($0.identifier) })
    for (index, association) in builder.associations.enumerated() {
      guard let origin = association.origin, let destination = association.destination else {
        continue
      }
      let place = builder.associationPlaces[index]
      if CatalogKey(origin.identifier) == CatalogKey(destination.identifier) {
        report(
          .warning, "self_link",
          "\(origin.identifier) is linked to itself (\(association.type)); take the link out.",
          at: place)
        continue
      }
      let mayLeadOutside = association.type != .isChildOf && association.type != .precedes
      for end in [origin, destination] {
        let key = CatalogKey(end.identifier)
        guard numbers[key] == nil, key != root, !terms.contains(key),
          !(mayLeadOutside && end.uri != nil)
        else { continue }
        report(
          .warning, "dangling_link",
          "A link (\(association.type)) from \(origin.identifier) to \(destination.identifier) "
            + "names \(end.identifier), which is not in the file; add it or take the link out.",
          at: place)
      }
    }
  }

  private mutating func checkCycles(
    of type: AssociationType, code: String, words: String, repair: String
  ) {
    var graph = PrerequisiteGraphBuilder()
    let source = graph.addSource(CatalogSource(document: builder.document.identifier))
    var places: [CatalogKey: Place] = [:]
    for (index, association) in builder.associations.enumerated() where association.type == type {
      guard let origin = association.origin?.identifier,
        let destination = association.destination?.identifier, origin != destination
      else { continue }
      graph.addItem(origin)
      graph.addItem(destination)
      let key = CatalogKey(origin)
      if places[key] == nil { places[key] = builder.associationPlaces[index] }
      graph.addLink(
        .precedes, from: origin, to: destination, association: "", source: source)
    }
    let built = graph.build()
    for cycle in built.cycles {
      guard let first = cycle.first else { continue }
      let names = (cycle + [first]).map { built.items[$0].text }
      let shown = names.count <= 12 ? names : Array(names.prefix(11)) + ["…"]
      report(
        .error, code, "\(shown.joined(separator: " → ")) \(words); \(repair).",
        at: places[CatalogKey(built.items[first])] ?? Place(file: builder.file))
    }
  }

  /// Prerequisites that are meant for a higher level than what builds on them: data with the
  /// opposite reading of a link exists.
  private mutating func checkGrades() {
    for (index, association) in builder.associations.enumerated()
    where association.type == .precedes {
      guard let first = association.origin.flatMap({ numbers[CatalogKey($0.identifier)] }),
        let second = association.destination.flatMap({ numbers[CatalogKey($0.identifier)] }),
        let lowest = levels(of: first).min(), let highest = levels(of: second).max(),
        lowest > highest
      else { continue }
      report(
        .warning, "prerequisite_against_grade",
        "\(builder.items[first].identifier) comes before \(builder.items[second].identifier) but "
          + "is meant for a higher level; look whether the link is the wrong way round.",
        at: builder.associationPlaces[index])
    }
  }

  private func levels(of item: Int) -> [Int] {
    builder.items[item].educationLevels.map { CatalogOrder.level($0) }.filter { $0 < 1_000 }
  }
}
