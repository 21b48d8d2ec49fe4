#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  extension AssessPlaceCommand {
    /// `cbl-tool assess place knowledge`
    struct KnowledgeCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "knowledge",
        abstract: "Finds what a learner has mastered on a graph of prerequisites.",
        discussion: """
          The document has 'items' (names, or how many), and 'prerequisites' (pairs
          before, after; names or positions from 0) or 'states' (rows of 1 and 0, or
          bit masks); 'careless' and 'lucky' rates (one or one for each); 'answers'
          as pairs item, 1 or 0. With 'patterns' (strings of 1 and 0) and 'freq' the
          rates and states of a group are estimated (BLIM), by --method.
            cbl-tool assess place knowledge Docs/Examples/assess/graph.json
          """)

      @Argument(help: "The document.")
      var document: String

      @Option(name: .long, help: "ml, md or mdml.")
      var method = "ml"

      @Flag(name: .long, help: "List states with their fringes.")
      var states = false

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      func run() throws {
        let source = try AssessDocument(document)
        let structure = try structure(source)
        var lines = [
          "\(structure.items.count) problems, \(structure.states.count) states, "
            + "\(Figures.text(structure.learningPathCount, places: 0)) ways to learn all."
        ]
        var members: [(key: String, value: JSONValue)] = [
          ("items", .array(structure.items.map { .text($0) })),
          ("stateCount", .number(structure.states.count)),
          ("learningPaths", .decimal(structure.learningPathCount)),
        ]
        if states {
          lines += stateLines(structure)
          members.append(("states", .array(structure.states.map { state(structure, $0) })))
        }
        try model(source, structure, &lines, &members)
        try assessment(source, structure, &lines, &members)
        try AssessText.print(lines, .object(members), json: json)
      }

      private func structure(_ source: AssessDocument) throws -> KnowledgeStructure {
        let node = source.optional("items")
        var names: [String] = []
        if let node, node.value.elements != nil {
          names = try source.list(node).map(source.text)
        } else if let node {
          let count = try source.whole(node)
          guard (1...64).contains(count) else { throw source.failure(node, "1 to 64 problems") }
          names = (0..<count).map { "\($0)" }
        }
        if let states = source.optional("states") {
          let rows = try source.list(states)
          if names.isEmpty {
            let width = rows.first?.value.elements?.count ?? 0
            guard width > 0 else { throw source.failure(states, "the member 'items' is missing") }
            names = (0..<min(width, 65)).map { "\($0)" }
          }
          let bits = try rows.map { row -> UInt64 in
            guard row.value.elements != nil else {
              guard let bits = UInt64(exactly: try source.number(row)) else {
                throw source.failure(row, "a state is a bit mask of 0 or more")
              }
              return bits
            }
            let flags = try source.answers(row)
            guard flags.count == names.count, flags.count <= 64 else {
              throw source.failure(row, "\(flags.count) of \(names.count) problems, at most 64")
            }
            return flags.enumerated().reduce(0) { $1.element ? $0 | 1 << UInt64($1.offset) : $0 }
          }
          return try source.at(states) { () throws(AssessmentError) in
            try KnowledgeStructure(items: names, states: bits)
          }
        }
        let pairs = try source.optional("prerequisites").map(source.list) ?? []
        let links = try pairs.map { pair -> (before: Int, after: Int) in
          let ends = try source.list(pair)
          guard ends.count == 2 else { throw source.failure(pair, "a pair has two problems") }
          return (try place(ends[0], names, source), try place(ends[1], names, source))
        }
        return try source.at(source.root) { () throws(AssessmentError) in
          try KnowledgeStructure(items: names, prerequisites: links)
        }
      }

      private func place(
        _ node: DocumentNode, _ names: [String], _ source: AssessDocument
      ) throws -> Int {
        if let name = node.value.text?.text, let place = names.firstIndex(of: name) {
          return place
        }
        if case .number = node.value {
          let place = try source.whole(node)
          if names.indices.contains(place) { return place }
        }
        throw source.failure(node, "this is none of the problems")
      }

      private func stateLines(_ structure: KnowledgeStructure) -> [String] {
        func names(_ problems: [Int]) -> String {
          problems.map { structure.items[$0].escapingControls() }.joined(separator: " ")
        }
        let rows = structure.states.map { state in
          [
            names(structure.problems(of: state)), names(structure.innerFringe(of: state)),
            names(structure.outerFringe(of: state)),
          ]
        }
        return TextTable.lines([["mastered", "learnt last", "ready for"]] + rows)
      }

      private func state(_ structure: KnowledgeStructure, _ state: UInt64) -> JSONValue {
        .object([
          // A mask beyond 2^53 would not survive other readers as a number.
          ("state", state < 1 << 53 ? .number(Int(state)) : .text("\(state)")),
          ("inner", .array(structure.innerFringe(of: state).map { .number($0) })),
          ("outer", .array(structure.outerFringe(of: state).map { .number($0) })),
        ])
      }

      private func model(
        _ source: AssessDocument, _ structure: KnowledgeStructure, _ lines: inout [String],
        _ members: inout [(key: String, value: JSONValue)]
      ) throws {
        guard let node = source.optional("patterns") else { return }
        guard let method = BasicLocalIndependence.Method(rawValue: method) else {
          throw ToolFailure.usage("--method takes ml, md or mdml, not '\(method)'")
        }
        let patterns = try source.list(node).map { entry -> UInt64 in
          let text = try source.text(entry)
          guard text.utf8.count == structure.items.count,
            text.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") })
          else {
            throw source.failure(entry, "a pattern has \(structure.items.count) digits 0 and 1")
          }
          return text.utf8.enumerated().reduce(0) {
            $1.element == UInt8(ascii: "1") ? $0 | 1 << UInt64($1.offset) : $0
          }
        }
        let counts = try source.optional("freq").map(source.numbers) ?? patterns.map { _ in 1 }
        let model = try source.at(node) { () throws(AssessmentError) in
          try BasicLocalIndependence(
            structure: structure, patterns: patterns, frequencies: counts, method: method)
        }
        lines.append(
          "Model (\(method.rawValue)): log-likelihood "
            + "\(Figures.text(model.logLikelihood, places: 4)), discrepancy "
            + "\(Figures.text(model.discrepancy, places: 3)), \(model.stepCount) steps.")
        let rows = zip(structure.items, model.errors).map { item, rates in
          [
            item.escapingControls(), AssessText.number(rates.careless),
            AssessText.number(rates.lucky),
          ]
        }
        lines += TextTable.lines([["problem", "careless", "lucky"]] + rows, leftAligned: 1)
        lines += AssessText.lines(model.findings)
        members.append(
          (
            "model",
            .object([
              ("method", .text(method.rawValue)),
              ("careless", AssessText.json(model.errors.map(\.careless))),
              ("lucky", AssessText.json(model.errors.map(\.lucky))),
              (
                "states",
                .array(structure.states.map { $0 < 1 << 53 ? .number(Int($0)) : .text("\($0)") })
              ),
              ("probabilities", AssessText.json(model.probabilities)),
              ("logLikelihood", .decimal(model.logLikelihood)),
              ("discrepancy", .decimal(model.discrepancy)), ("steps", .number(model.stepCount)),
              ("findings", AssessText.json(model.findings)),
            ])
          ))
      }

      private func assessment(
        _ source: AssessDocument, _ structure: KnowledgeStructure, _ lines: inout [String],
        _ members: inout [(key: String, value: JSONValue)]
      ) throws {
        func rates(_ name: Identifier, _ other: Double) throws -> [Double] {
          guard let node = source.optional(name) else { return [other] }
          return node.value.elements != nil ? try source.numbers(node) : [try source.number(node)]
        }
        let (careless, lucky) = (try rates("careless", 0.1), try rates("lucky", 0.05))
        let count = max(careless.count, lucky.count)
        guard [1, count].contains(careless.count), [1, count].contains(lucky.count) else {
          throw source.failure(source.root, "give one rate, or one for each problem")
        }
        let errors = (0..<count).map { index in
          ProblemErrors(
            careless: careless.count == 1 ? careless[0] : careless[index],
            lucky: lucky.count == 1 ? lucky[0] : lucky[index])
        }
        var assessment = try source.at(source.root) { () throws(AssessmentError) in
          try KnowledgeAssessment(structure: structure, errors: errors)
        }
        var steps: [JSONValue] = []
        for entry in try source.optional("answers").map(source.list) ?? [] {
          let pair = try source.list(entry)
          guard pair.count == 2, let answer = try? source.number(pair[1]),
            answer == 0 || answer == 1
          else { throw source.failure(entry, "an answer is a pair: problem, 1 or 0") }
          let item = try place(pair[0], structure.items, source)
          assessment.record(item, isRight: answer == 1)
          steps.append(step(assessment, item, answer))
        }
        // A group is estimated without anybody to place.
        if steps.isEmpty, source.optional("patterns") != nil { return }
        let placement = assessment.placement
        lines += AssessPlaceKnowledgeText.lines(structure, assessment, placement)
        members += [
          ("adaptive", .array(steps)),
          ("placement", AssessPlaceKnowledgeText.json(structure, assessment, placement)),
        ]
      }

      private func step(
        _ assessment: KnowledgeAssessment, _ item: Int, _ answer: Double
      ) -> JSONValue {
        let state = assessment.mostProbableState
        return .object([
          ("item", .number(item)), ("answer", .number(Int(answer))),
          ("marginals", AssessText.json(assessment.marginals)),
          ("mapState", state < 1 << 53 ? .number(Int(state)) : .text("\(state)")),
          ("nextItemHalfSplit", assessment.halfSplitProblem().map { .number($0) } ?? .null),
          ("entropyBits", .decimal(assessment.entropy)),
        ])
      }
    }
  }

  /// What `assess place knowledge` writes about a placement.
  enum AssessPlaceKnowledgeText {
    static func lines(
      _ structure: KnowledgeStructure, _ assessment: KnowledgeAssessment,
      _ placement: KnowledgePlacement
    ) -> [String] {
      func names(_ problems: [Int]) -> String {
        problems.isEmpty
          ? "nothing"
          : problems.map { structure.items[$0].escapingControls() }.joined(separator: ", ")
      }
      let next = assessment.halfSplitProblem().map { names([$0]) } ?? "nothing"
      return [
        "Mastered: \(names(placement.mastered)). Ready for: \(names(placement.ready)).",
        "The state is right with a probability of \(Figures.percent(placement.accuracy)); about "
          + "\(Figures.text(placement.expectedErrors, places: 1)) problems are wrong in it. "
          + "Provisional, confirm with the first task.",
        "Ask next: \(next).",
      ] + AssessText.lines(placement.findings)
    }

    static func json(
      _ structure: KnowledgeStructure, _ assessment: KnowledgeAssessment,
      _ placement: KnowledgePlacement
    ) -> JSONValue {
      func names(_ problems: [Int]) -> JSONValue {
        .array(problems.map { .text(structure.items[$0]) })
      }
      return .object([
        ("mastered", names(placement.mastered)), ("learntLast", names(placement.innerFringe)),
        ("ready", names(placement.ready)), ("accuracy", .decimal(placement.accuracy)),
        ("expectedErrors", .decimal(placement.expectedErrors)),
        ("next", .optional(assessment.halfSplitProblem().map { structure.items[$0] })),
        ("provisional", .boolean(true)), ("findings", AssessText.json(placement.findings)),
      ])
    }
  }
#endif
