import Assessment
import Testing

@Suite("Knowledge structures and skills")
struct KnowledgeTests {
  @Test("the shared structure of prerequisites, its fringes and its adaptive questions")
  func structure() throws {
    guard let sample = Sample.named("kst-structure") else { return }
    let (input, expected) = (sample["input"], sample["expected"])
    let structure = try KnowledgeStructure(
      itemCount: Int(input["items"].double),
      prerequisites: input["prerequisites"].list.map { ($0.whole[0], $0.whole[1]) })
    #expect(structure.states.map { Int($0) } == expected["states"].whole)
    #expect(structure.learningPathCount == expected["learning_paths"].double)
    for fringe in expected["fringes"].list {
      let state = UInt64(fringe["state"].double)
      #expect(structure.innerFringe(state) == fringe["inner"].whole)
      #expect(structure.outerFringe(state) == fringe["outer"].whole)
    }
    let rate = { (key: String) in
      [Double](repeating: input[key].double, count: structure.itemCount)
    }
    var posterior = try KnowledgePosterior(
      structure, careless: rate("careless"), lucky: rate("lucky"))
    for (answer, wanted) in zip(input["answers"].list, expected["adaptive"].list) {
      posterior.update(answer.whole[0], isRight: answer.whole[1] == 1)
      #expect(isNear(posterior.marginals, wanted["marginals"].numbers, 1e-12))
      #expect(isNear(posterior.entropy, wanted["entropy_bits"].double, 1e-12))
      #expect(Double(posterior.likeliestState) == wanted["map_state"].double)
      #expect(posterior.halfSplit().map { Double($0) } == wanted["next_item_half_split"].number)
    }
  }

  @Test("the shared estimates of Doignon and Falmagne's answers")
  func localIndependence() throws {
    guard let sample = Sample.named("kst-doignon-falmagne-7") else { return }
    let input = sample["input"]
    func bits(_ list: [Int]) -> UInt64 {
      list.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64($1.offset) }
    }
    let rows = input["states"].list.map { bits($0.whole) }
    let structure = try KnowledgeStructure(itemCount: 5, states: rows)
    let patterns = input["patterns"].texts.map { bits($0.map { $0 == "1" ? 1 : 0 }) }
    for wanted in sample["expected"].list {
      let method = try #require(LocalIndependence.Method(rawValue: wanted["method"].text))
      let found = try LocalIndependence(
        structure, patterns: patterns, frequencies: input["freq"].numbers, method: method)
      #expect(isNear(found.logLikelihood, wanted["loglik"].double, 0.001))
      #expect(isNear(found.discrepancy, wanted["discrepancy"].double, 1e-9))
      #expect(isNear(found.careless, wanted["beta"].numbers, 0.002))
      #expect(isNear(found.lucky, wanted["eta"].numbers, 0.002))
      let states = rows.map { row in found.states[structure.states.firstIndex(of: row) ?? 0] }
      #expect(isNear(states, wanted["P_K"].numbers, 0.002))
    }
  }

  @Test("the shared DINA estimates of fraction subtraction")
  func dina() throws {
    guard let sample = Sample.named("dina-fraction-subtraction") else { return }
    let input = sample["input"]
    let needs = input["Q"].list.map { row in
      row.whole.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64($1.offset) }
    }
    let found = try SkillProfiles(
      ResponseTable(patterns: input["patterns"].texts), needs: needs, skillCount: 8,
      tolerance: 1e-4)
    let expected = sample["expected"]
    #expect(isNear(found.logLikelihood, expected["loglik"].double, 0.01))
    #expect(isNear(found.guess, expected["guess"].numbers, 0.002))
    #expect(isNear(found.slip, expected["slip"].numbers, 0.002))
    #expect(isNear(found.skills, expected["skill_prob"].numbers, 0.002))
    #expect(found.profiles.count == 536)
  }

  @Test("a chain and a free set by hand")
  func byHand() throws {
    let chain = try KnowledgeStructure(itemCount: 3, prerequisites: [(0, 1), (1, 2)])
    #expect(chain.states == [0, 1, 3, 7])
    #expect(chain.learningPathCount == 1)
    #expect(try KnowledgeStructure(itemCount: 4, prerequisites: []).learningPathCount == 24)
    #expect(throws: AssessmentError.self) {
      try KnowledgeStructure(itemCount: 2, prerequisites: [(0, 1), (1, 0)])
    }
    #expect(throws: AssessmentError.self) {
      try KnowledgeStructure(itemCount: 2, prerequisites: [(0, 5)])
    }
    #expect(throws: AssessmentError.self) {
      try KnowledgeStructure(itemCount: 30, prerequisites: [])
    }
    #expect(throws: AssessmentError.self) {
      try KnowledgePosterior(chain, careless: [0.1], lucky: [0.1, 0.1, 0.1])
    }
  }

  @Test("questions find the state of learners who neither slip nor guess")
  func findsState() throws {
    let structure = try KnowledgeStructure(
      itemCount: 7, prerequisites: [(0, 1), (0, 2), (1, 3), (2, 3), (2, 4), (4, 5)])
    for state in structure.states {
      var posterior = try KnowledgePosterior(
        structure, careless: [Double](repeating: 0.01, count: 7),
        lucky: [Double](repeating: 0.01, count: 7))
      var asked: Set<Int> = []
      while let item = posterior.halfSplit(without: asked) {
        posterior.update(item, isRight: state >> UInt64(item) & 1 == 1)
        asked.insert(item)
      }
      #expect(posterior.likeliestState == state)
    }
  }
}
