import Assessment
import Testing

@Suite("Knowledge structures")
struct KnowledgeTests {
  static let names = (0..<7).map { "p\($0)" }

  @Test("states, fringes and paths of a prerequisite graph are those found by brute force")
  func structure() throws {
    guard let sample = Sample.named("kst-structure") else { return }
    let pairs = sample["input", "prerequisites"].list.map { ($0.whole[0], $0.whole[1]) }
    let structure = try KnowledgeStructure(
      items: Self.names, prerequisites: pairs.map { (before: $0.0, after: $0.1) })
    #expect(structure.states.map { Int($0) } == sample["expected", "states"].whole)
    #expect(structure.learningPathCount == sample["expected", "learning_paths"].double)
    for fringe in sample["expected", "fringes"].list {
      let state = UInt64(fringe["state"].double)
      #expect(structure.innerFringe(of: state) == fringe["inner"].whole)
      #expect(structure.outerFringe(of: state) == fringe["outer"].whole)
    }
  }

  @Test("an assessment follows Bayes' rule and asks what halves the states")
  func adaptive() throws {
    guard let sample = Sample.named("kst-structure") else { return }
    let pairs = sample["input", "prerequisites"].list.map { ($0.whole[0], $0.whole[1]) }
    let structure = try KnowledgeStructure(
      items: Self.names, prerequisites: pairs.map { (before: $0.0, after: $0.1) })
    var assessment = try KnowledgeAssessment(
      structure: structure, errors: [ProblemErrors(careless: 0.1, lucky: 0.05)])
    for step in sample["expected", "adaptive"].list {
      assessment.record(Int(step["item"].double), isRight: step["answer"].double == 1)
      #expect(isNear(assessment.marginals, step["marginals"].numbers, 1e-12))
      #expect(Double(assessment.mostProbableState) == step["map_state"].double)
      #expect(
        assessment.halfSplitProblem().map { Double($0) } == step["next_item_half_split"].double)
      #expect(isNear(assessment.entropy, step["entropy_bits"].double, 1e-12))
    }
  }

  @Test("by hand: a chain of three has four states, one path and one problem to learn next")
  func chain() throws {
    let chain = try KnowledgeStructure(
      items: ["count", "add", "multiply"],
      prerequisites: [(before: 0, after: 1), (before: 1, after: 2)])
    #expect(chain.states == [0, 1, 3, 7])
    #expect(chain.learningPathCount == 1)
    #expect(chain.outerFringe(of: 1) == [1])
    var assessment = try KnowledgeAssessment(
      structure: chain, errors: [ProblemErrors(careless: 0, lucky: 0)])
    assessment.record(1, isRight: true)
    #expect(assessment.marginals == [1, 1, 0.5])
    assessment.record(2, isRight: false)
    #expect(assessment.placement.mastered == [0, 1])
    #expect(assessment.placement.ready == [2])
    #expect(assessment.placement.accuracy == 1)
  }

  @Test("half-split questioning finds the state of simulated learners")
  func recovers() throws {
    let structure = try KnowledgeStructure(
      items: (0..<12).map { "p\($0)" },
      prerequisites: [
        (0, 1), (1, 2), (2, 3), (0, 4), (4, 5), (5, 6), (3, 7), (6, 7), (7, 8), (8, 9), (9, 10),
        (10, 11),
      ].map { (before: $0.0, after: $0.1) })
    var found = 0
    for learner in 0..<200 {
      var chance = SeededGenerator(seed: 8).stream(learner)
      let truth = structure.states[chance.below(structure.states.count)]
      var assessment = try KnowledgeAssessment(
        structure: structure, errors: [ProblemErrors(careless: 0.05, lucky: 0.05)])
      for _ in 0..<14 {
        guard let problem = assessment.halfSplitProblem() else { break }
        let knows = truth & (1 << UInt64(problem)) != 0
        assessment.record(
          problem, isRight: knows ? chance.uniform() >= 0.05 : chance.uniform() < 0.05)
      }
      if assessment.mostProbableState == truth { found += 1 }
    }
    #expect(found >= 180, "\(found) of 200")
  }

  @Test("prerequisites that lead back to themselves are named")
  func cycle() {
    let error = #expect(throws: AssessmentError.self) {
      try KnowledgeStructure(
        items: ["a", "b", "c"], prerequisites: [(before: 0, after: 1), (before: 1, after: 0)])
    }
    #expect(error?.message.contains("a, b") == true)
  }

  @Test("too many states are refused and not built")
  func limits() {
    let names = (0..<40).map { "p\($0)" }
    let error = #expect(throws: AssessmentError.self) {
      try KnowledgeStructure(items: names, prerequisites: [])
    }
    #expect(error?.code == .limitExceeded)
    #expect(throws: AssessmentError.self) {
      try KnowledgeStructure(items: (0..<65).map { "\($0)" }, prerequisites: [])
    }
  }

  @Test("error rates under which right answers say nothing are refused")
  func rates() throws {
    let structure = try KnowledgeStructure(items: ["a"], prerequisites: [])
    #expect(throws: AssessmentError.self) {
      try KnowledgeAssessment(
        structure: structure, errors: [ProblemErrors(careless: 0.5, lucky: 0.5)])
    }
  }
}

@Suite("The basic local independence model")
struct LocalIndependenceTests {
  @Test("the estimates are those of pks", arguments: BasicLocalIndependence.Method.allCases)
  func reference(method: BasicLocalIndependence.Method) throws {
    guard let sample = Sample.named("kst-doignon-falmagne-7") else { return }
    let bits = sample["input", "states"].list.map { row in
      row.whole.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64($1.offset) }
    }
    let patterns = sample["input", "patterns"].texts.map { text in
      text.enumerated().reduce(UInt64(0)) { $1.element == "1" ? $0 | 1 << UInt64($1.offset) : $0 }
    }
    let structure = try KnowledgeStructure(items: ["a", "b", "c", "d", "e"], states: bits)
    let model = try BasicLocalIndependence(
      structure: structure, patterns: patterns, frequencies: sample["input", "freq"].numbers,
      method: method)
    let expected = try #require(
      sample["expected"].list.first { $0["method"].text.lowercased() == method.rawValue })
    #expect(model.logLikelihood >= expected["loglik"].double - 0.001)
    if method != .nearestLikelihood {
      #expect(isNear(model.logLikelihood, expected["loglik"].double, 0.001))
    }
    #expect(isNear(model.errors.map(\.careless), expected["beta"].numbers, 0.002))
    #expect(isNear(model.errors.map(\.lucky), expected["eta"].numbers, 0.002))
    #expect(isNear(model.discrepancy, expected["discrepancy"].double, 1e-9))
    let probabilities = bits.map { bit in
      structure.states.firstIndex(of: bit).map { model.probabilities[$0] }
    }
    #expect(isNear(probabilities, expected["P_K"].numbers, 0.002))
  }

  @Test("error rates and states of simulated answers come back")
  func recovers() throws {
    let structure = try KnowledgeStructure(
      items: ["a", "b", "c", "d"],
      prerequisites: [(before: 0, after: 1), (before: 0, after: 2), (before: 2, after: 3)])
    var chance = SeededGenerator(seed: 77)
    var counts: [UInt64: Double] = [:]
    for _ in 0..<20_000 {
      let state = structure.states[chance.below(structure.states.count)]
      var pattern: UInt64 = 0
      for item in 0..<4 {
        let knows = state & (1 << UInt64(item)) != 0
        if chance.uniform() < (knows ? 0.9 : 0.05) { pattern |= 1 << UInt64(item) }
      }
      counts[pattern, default: 0] += 1
    }
    let patterns = counts.keys.sorted()
    let model = try BasicLocalIndependence(
      structure: structure, patterns: patterns, frequencies: patterns.map { counts[$0] ?? 0 })
    let share = 1 / Double(structure.states.count)
    for probability in model.probabilities { #expect(abs(probability - share) < 0.06) }
    #expect(abs((model.errors.first?.careless ?? 1) - 0.1) < 0.05)
  }

  @Test("few learners and nobody are said")
  func few() throws {
    let structure = try KnowledgeStructure(items: ["a", "b", "c"], prerequisites: [])
    let model = try BasicLocalIndependence(
      structure: structure, patterns: [7, 0], frequencies: [2, 1])
    #expect(model.findings.contains { $0.code == .fewPersons })
    #expect(throws: AssessmentError.self) {
      try BasicLocalIndependence(structure: structure, patterns: [7], frequencies: [0])
    }
  }
}
