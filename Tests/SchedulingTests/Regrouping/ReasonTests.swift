import Domain
import Scheduling
import Testing

@Suite("Reasons")
struct ReasonTests {
  /// Two learners want one place; a third section is worth less.
  static func problem() throws -> GroupingProblem {
    try GroupingProblem(
      learners: [
        .init("ann", ready: [.init(0, 9), .init(1, 5)]),
        .init("bob", ready: [.init(0, 6), .init(1, 4)]),
      ],
      sections: [
        .init("fractions", block: 0, competency: 0, capacity: 1),
        .init("decimals", block: 0, competency: 1, capacity: 5),
      ], blockCount: 1, isOncePerDay: false)
  }

  @Test("a full section is told with its price, a lesser one with the difference")
  func prices() throws {
    let problem = try Self.problem()
    var form = try FixedForm(problem)
    form.solve()
    let bob = try PlacementReason(of: 1, in: 0, of: form.plan, for: problem)
    #expect(
      bob.sentences(for: problem) == [
        "Learner bob has \"decimals\", worth 40 in block 1.",
        "Not \"fractions\": it is full, price \(form.plan.prices[0]), your value 60.",
      ])
    // Bob would gain 20 by the move, Ann would lose 40.
    #expect((20...40).contains(form.plan.prices[0]))
    let ann = try PlacementReason(of: 0, in: 0, of: form.plan, for: problem)
    #expect(ann.alternatives.map(\.cause) == [.worthLess(by: 40)])
    #expect(throws: SchedulingError.self) {
      try PlacementReason(of: 9, in: 0, of: form.plan, for: problem)
    }
  }

  @Test("a smallest clash is named, and the cheapest way out")
  func clash() throws {
    let problem = try Self.problem()
    let rules: [WishList.Rule] = [
      .init("Bob has a place", .seated(learner: 1)),
      .init("Ann learns fractions", .placed(learner: 0, section: 0), cost: 5),
      .init("Bob learns fractions", .placed(learner: 1, section: 0), cost: 2),
      .init("Decimals has at most 3", .limited(section: 1, to: 3)),
      .init("Bob stays out of decimals", .kept(learner: 1, outOf: 1), cost: 4),
    ]
    let wishes = try WishList(rules, in: 0, of: problem)
    #expect(wishes.clash() == [1, 2])
    let relaxed = wishes.relaxation()
    #expect(relaxed.isCheapest)
    // Without Bob's fractions, Bob has no place outside of decimals: together 3 instead of Ann's 5.
    #expect(relaxed.rules == [0, 2])
    #expect(try WishList(Array(rules[..<2]), in: 0, of: problem).clash() == nil)
    #expect(throws: SchedulingError.self) {
      try WishList([.init("nobody", .seated(learner: 7))], in: 0, of: problem)
    }
  }

  @Test("clashes and ways out are those of trying all sets of rules")
  func bruteForce() throws {
    var numbers = Numbers(seed: 14)
    for seed in 1...30 {
      let problem = try InventedSchool(
        learners: 5, blocks: 1, competencies: 8, teachers: 2, isOncePerDay: false,
        seed: UInt64(seed)
      ).problem()
      let rules = (0..<7).map { number -> WishList.Rule in
        let (learner, section) = (numbers.below(5), numbers.below(3))
        let wish: WishList.Wish =
          switch numbers.below(5) {
          case 0: .seated(learner: learner)
          case 1: .placed(learner: learner, section: section)
          case 2: .kept(learner: learner, outOf: section)
          case 3: .closed(section: section)
          default: .limited(section: section, to: numbers.below(3))
          }
        return .init("rule \(number)", wish, cost: 1 + numbers.below(4))
      }
      let wishes = try WishList(rules, in: 0, of: problem)
      let sets = (0..<128).map { set in (0..<7).filter { set >> $0 & 1 == 1 } }
      let smallest = sets.filter { !wishes.holds($0) }.map(\.count).min()
      #expect(wishes.clash(provedUpTo: 5)?.count == smallest)
      let cheapest = sets.filter { dropped in
        wishes.holds((0..<7).filter { !dropped.contains($0) })
      }.map { $0.reduce(0) { $0 + rules[$1].cost } }.min()
      #expect(wishes.relaxation().rules.reduce(0) { $0 + rules[$1].cost } == cheapest)
    }
  }
}

@Suite("Days that cannot be planned")
struct GroupingProblemTests {
  typealias Section = GroupingProblem.Section
  typealias Learner = GroupingProblem.Learner

  static let good = Section("a", block: 0, competency: 0, teacher: 1, room: 1, capacity: 3)

  static let badCases:
    [(sections: [Section], learners: [Learner], code: SchedulingError.Code, says: String)] = [
      (
        [good, Section("b", block: 0, competency: 1, teacher: 1, capacity: 3)], [], .doubleBooking,
        "Teacher 1 has the sections \"a\" and \"b\" in block 0"
      ),
      (
        [good, Section("b", block: 0, competency: 1, room: 1, capacity: 3)], [], .doubleBooking,
        "Room 1"
      ),
      ([good, good], [], .duplicateIdentifier, "section"),
      ([Section("a", block: 7, competency: 0, capacity: 3)], [], .wrongValue, "\"a\""),
      (
        [Section("a", block: 0, competency: 0, capacity: 3, minimum: 8)], [], .capacity, "5 too few"
      ),
      (
        [good], [Learner("x", ready: []), Learner("x", ready: [])], .duplicateIdentifier, "learner"
      ),
      ([good], [Learner("x", ready: [.init(1, 2), .init(1, 3)])], .duplicateIdentifier, "\"x\""),
      ([good], [Learner("x", ready: [.init(1, -2)])], .wrongValue, "\"x\""),
    ]

  @Test("what is wrong is named", arguments: badCases)
  func bad(sections: [Section], learners: [Learner], code: SchedulingError.Code, says: String) {
    let error = #expect(throws: SchedulingError.self) {
      try GroupingProblem(learners: learners, sections: sections, blockCount: 2)
    }
    #expect(error?.code == code)
    #expect(error?.message.contains(says) == true)
  }

  @Test("learners who may go nowhere are listed with the block")
  func nowhere() throws {
    let problem = try GroupingProblem(
      learners: [.init("x", ready: [.init(0, 5)]), .init("y", ready: [.init(9, 5)])],
      sections: [Self.good], blockCount: 1)
    #expect(problem.learnersWithoutActivity().map(\.learner) == [1])
  }

  static let badDocuments = [
    "", "{}", "[1]", "{\"format\": \"cbl-grouping/2\"}",
    "{\"format\": \"cbl-grouping/1\", \"blocks\": 1, \"mode\": \"other\"}",
    """
    {"format": "cbl-grouping/1", "blocks": 1, "mode": "fixed", "value": {"need": 1, "pref": 1},
    "students": 2, "ready": [[1, 2]], "sections": {}}
    """,
    """
    {"format": "cbl-grouping/1", "blocks": 1, "mode": "fixed", "value": {"need": 1, "pref": 1},
    "students": 1, "ready": [[1]], "sections": {}}
    """,
  ]

  @Test("documents that are none are refused", arguments: badDocuments)
  func documents(text: String) {
    #expect(throws: SchedulingError.self) { try GroupingProblem(json: Array(text.utf8)) }
  }
}
