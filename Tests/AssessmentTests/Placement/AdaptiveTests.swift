import Assessment
import Testing

@Suite("Adaptive tests")
struct AdaptiveTests {
  /// A bank of two areas, seeded.
  static func bank(
    _ count: Int, slope: Double = 1.2, spread: Double = 1.5, seed: UInt64 = 11, guessing: Double = 0
  ) throws -> ItemBank {
    var chance = SeededGenerator(seed: seed)
    return try ItemBank(
      (0..<count).map { number in
        let item = try LogisticItem(
          discrimination: slope * (0.75 + 0.5 * chance.uniform()),
          difficulty: spread * chance.normal(), guessing: guessing)
        return ItemBank.Entry("i\(number)", item, area: number % 3 == 0 ? "geometry" : "number")
      })
  }

  @Test("item by item the trace is that of catR", arguments: [AbilityMethod.ml, .map, .eap])
  func trace(estimator: AbilityMethod) throws {
    guard let sample = Sample.named("cat-2pl-trace") else { return }
    let bank = try ItemBank(
      sample["input", "bank"].rows.enumerated().map { index, row in
        ItemBank.Entry(
          "\(index + 1)",
          try LogisticItem(
            discrimination: row[0], difficulty: row[1], guessing: row[2], ceiling: row[3]))
      })
    var rules = AdaptiveRules()
    rules.estimator = estimator
    rules.nodeCount = 161
    rules.maximumCount = 12
    let name = ["ml": "ML", "map": "BM", "eap": "EAP"][estimator.rawValue]
    let expected = sample["expected"].list.first { $0["method"].text == name }
    let steps = try #require(expected)["steps"].list
    var session = try AdaptiveTest(bank: bank, rules: rules).session()
    for (step, answer) in zip(steps, sample["input", "responses"].whole) {
      let next = session.nextItem()
      let item = try #require(next)
      #expect(item + 1 == Int(step["item"].double))
      session.record(item, isRight: answer == 1)
      let last = try #require(session.steps.last)
      #expect(isNear(last.information, step["info"].double, 0.002))
      #expect(isNear(last.estimate.ability, step["theta"].double, 0.002))
      #expect(isNear(last.estimate.standardError, step["se"].double, 0.002))
    }
    #expect(session.nextItem() == nil)
    #expect(session.ending == .length)
  }

  @Test("by hand: with Rasch items of difficulty 0 Warm's estimate is ln((r + 1/2)/(n - r + 1/2))")
  func warm() throws {
    let item = try LogisticItem(difficulty: 0)
    for right in 0...5 {
      let answers = (0..<5).map { (item: item, isRight: $0 < right) }
      let found = AbilityMethod.wle.estimate(answers)
      // The weight is the root of 5 P Q, so half an answer is added to each side.
      let odds = (Double(right) + 0.5) / (5 - Double(right) + 0.5)
      #expect(isNear(found.ability.exponential, odds, 1e-6))
    }
  }

  @Test("the quick search finds what looking at every item finds")
  func exactSearch() throws {
    let bank = try Self.bank(200, guessing: 0.2)
    var rules = AdaptiveRules()
    rules.maximumCount = 40
    let test = try AdaptiveTest(bank: bank, rules: rules)
    for learner in 0..<20 {
      var chance = SeededGenerator(seed: 5).stream(learner)
      let ability = chance.normal() * 1.5
      var session = test.session()
      var asked: Set<Int> = []
      while let item = session.nextItem() {
        let theta = session.estimate.ability
        let best = bank.entries.indices.filter { !asked.contains($0) }.map {
          bank.entries[$0].item.information(at: theta)
        }.max()
        #expect(bank.entries[item].item.information(at: theta) == best)
        asked.insert(item)
        session.record(
          item, isRight: chance.uniform() < bank.entries[item].item.probability(at: ability))
      }
      #expect(asked.count == 40)
    }
  }

  @Test("a bank of 500 with 20 items has an error of at most 0.28")
  func accuracy() throws {
    let bank = try Self.bank(500, slope: 1.5)
    let test = try AdaptiveTest(bank: bank, rules: AdaptiveRules())
    let result = AdaptiveSimulation(of: test, learners: 1_000, seed: 3)
    #expect(result.rootMeanSquareError <= 0.28, "\(result.rootMeanSquareError)")
    #expect((0.93...0.975).contains(result.coverage), "\(result.coverage)")
    #expect(abs(result.bias) < 0.03)
    #expect(result == AdaptiveSimulation(of: test, learners: 1_000, seed: 3))
  }

  static let selections: [AdaptiveRules.Selection] = [
    .information, .kullbackLeibler, .stratified(layers: 4),
  ]

  @Test(
    "content bounds hold with every choice of items and form", arguments: selections, [true, false])
  func content(selection: AdaptiveRules.Selection, isShadow: Bool) throws {
    let bank = try Self.bank(90)
    var rules = AdaptiveRules()
    rules.selection = selection
    rules.maximumCount = 12
    rules.form = isShadow ? .shadow : .free
    rules.content = [.init("geometry", 5...6), .init("number", 0...7)]
    let test = try AdaptiveTest(bank: bank, rules: rules)
    for learner in 0..<20 {
      var chance = SeededGenerator(seed: 1).stream(learner)
      var session = test.session()
      while let item = session.nextItem() { session.record(item, isRight: chance.uniform() < 0.5) }
      let geometry = session.steps.count { bank.entries[$0.item].area == "geometry" }
      #expect((5...6).contains(geometry))
      #expect(session.steps.count == 12)
      #expect(Set(session.steps.map(\.item)).count == 12)
    }
  }

  @Test("the test ends when the error is small enough, not before the least count")
  func stopping() throws {
    let bank = try Self.bank(200, slope: 2)
    var rules = AdaptiveRules()
    rules.maximumCount = 60
    rules.standardError = 0.4
    rules.minimumCount = 3
    var session = try AdaptiveTest(bank: bank, rules: rules).session()
    var chance = SeededGenerator(seed: 9)
    while let item = session.nextItem() {
      if session.steps.count >= 3 { #expect(session.estimate.standardError > 0.4) }
      session.record(item, isRight: chance.uniform() < 0.5)
    }
    #expect(session.ending == .standardError)
    #expect(session.estimate.standardError <= 0.4)
    #expect(session.steps.count >= 3)
  }

  @Test("of items that give each other away one is asked")
  func enemies() throws {
    let item = try LogisticItem(difficulty: 0)
    let bank = try ItemBank([
      .init("a", item, enemies: "twins"), .init("b", item, enemies: "twins"), .init("c", item),
    ])
    var session = try AdaptiveTest(bank: bank, rules: AdaptiveRules()).session()
    var asked: [String] = []
    while let next = session.nextItem() {
      asked.append(bank.entries[next].name)
      session.record(next, isRight: true)
    }
    #expect(asked == ["a", "c"])
    #expect(session.ending == .exhausted)
  }

  @Test("exposure control keeps the share of learners who see an item")
  func exposure() throws {
    let bank = try Self.bank(60)
    var rules = AdaptiveRules()
    rules.maximumCount = 5
    let free = AdaptiveSimulation(
      of: try AdaptiveTest(bank: bank, rules: rules), learners: 500, seed: 2)
    // Without control the first item is the same for all.
    #expect(free.exposure.max() == 1)
    rules.exposure = try ExposureControl.numbers(
      limit: 0.4, bank: bank, rules: rules, learners: 500, rounds: 10, seed: 4)
    let kept = AdaptiveSimulation(
      of: try AdaptiveTest(bank: bank, rules: rules), learners: 1_000, seed: 2)
    #expect((kept.exposure.max() ?? 1) < 0.46)
    rules.exposure = []
    rules.randomAmong = 5
    let random = AdaptiveSimulation(
      of: try AdaptiveTest(bank: bank, rules: rules), learners: 500, seed: 2)
    #expect((random.exposure.max() ?? 1) < 0.6)
  }

  @Test("layers spare the items with high slopes for the end")
  func layers() throws {
    let bank = try Self.bank(100)
    var rules = AdaptiveRules()
    rules.selection = .stratified(layers: 2)
    rules.maximumCount = 10
    var session = try AdaptiveTest(bank: bank, rules: rules).session()
    while let item = session.nextItem() {
      session.record(item, isRight: session.steps.count % 2 == 0)
    }
    let slopes = session.steps.map { bank.entries[$0.item].item.discrimination }
    #expect((slopes.prefix(5).max() ?? 9) <= (slopes.suffix(5).min() ?? 0))
  }

  @Test("a fixed form asks its items in order")
  func fixed() throws {
    let bank = try Self.bank(30)
    var rules = AdaptiveRules()
    rules.form = .fixed([7, 3, 21])
    var session = try AdaptiveTest(bank: bank, rules: rules).session()
    var asked: [Int] = []
    while let item = session.nextItem() {
      asked.append(item)
      session.record(item, isRight: true)
    }
    #expect(asked == [7, 3, 21])
    #expect(session.ending == .exhausted)
  }

  @Test("a form for a cut has the most information there among all forms that keep the bounds")
  func forms() throws {
    let bank = try Self.bank(9)
    let assembly = try FormAssembly(bank: bank, count: 4, content: [.init("geometry", 2...3)])
    let form = try assembly.form(informativeAt: [0.5])
    func worth(_ items: [Int]) -> Double {
      items.reduce(0) { $0 + bank.entries[$1].item.information(at: 0.5) }
    }
    var best = 0.0
    for bits in 0..<512 where bits.nonzeroBitCount == 4 {
      let items = (0..<9).filter { bits & (1 << $0) != 0 }
      let geometry = items.count { bank.entries[$0].area == "geometry" }
      if (2...3).contains(geometry) { best = max(best, worth(items)) }
    }
    #expect(isNear(worth(form), best, 1e-12))
  }

  @Test("what a bank cannot give is said with the area")
  func refusals() throws {
    let bank = try Self.bank(9)
    var rules = AdaptiveRules()
    rules.maximumCount = 6
    rules.content = [.init("geometry", 4...6)]
    let error = #expect(throws: AssessmentError.self) { try AdaptiveTest(bank: bank, rules: rules) }
    #expect(error?.message.contains("geometry") == true)
    #expect(throws: AssessmentError.self) { try ItemBank([]) }
    rules.content = []
    rules.form = .fixed([1, 1])
    #expect(throws: AssessmentError.self) { try AdaptiveTest(bank: bank, rules: rules) }
  }
}
