import Domain
import Scheduling
import Testing

@Suite("Stations")
struct StationRotationTests {
  /// The cost worked out from its definition.
  static func cost(_ request: StationRotation.Request, _ groups: [Int]) -> (rules: Int, cost: Int) {
    var (rules, cost) = (0, 0)
    for first in groups.indices {
      for second in 0..<first where groups[first] == groups[second] {
        cost += zip(request.levels[first], request.levels[second]).reduce(0) {
          $0 + abs($1.0 - $1.1)
        }
      }
    }
    for pair in request.friends where groups[pair[0]] != groups[pair[1]] {
      cost += request.friendCost
    }
    for pair in request.apart where groups[pair[0]] == groups[pair[1]] { rules += 1 }
    for group in 0..<request.stations {
      rules += max(0, request.aided.count { groups[$0] == group } - min(request.mostAided, 1_000))
    }
    return (rules, cost)
  }

  @Test("48 learners at 3 stations are groups of 16; after three rounds each saw each station once")
  func rotation() throws {
    var numbers = Numbers(seed: 9)
    let request = StationRotation.Request(
      levels: (0..<48).map { _ in [numbers.below(100)] }, stations: 3, apart: [[0, 1], [2, 3]],
      friends: [[4, 5]], aided: [1, 2, 3, 4, 5, 6, 7], mostAided: 3)
    let rotation = try StationRotation(request, teacherFirst: 7)
    #expect((0..<3).map { rotation.learners(of: $0).count } == [16, 16, 16])
    for learner in 0..<48 {
      let seen = (0..<3).map { rotation.station(of: rotation.groups[learner], in: $0) }
      #expect(seen.sorted() == [0, 1, 2])
    }
    for round in 0..<3 {
      #expect((0..<3).map { rotation.station(of: $0, in: round) }.sorted() == [0, 1, 2])
    }
    #expect(rotation.station(of: rotation.groups[7], in: 0) == 0)
    #expect(rotation.violations == 0)
    let checked = Self.cost(request, rotation.groups)
    #expect(checked == (0, rotation.cost))
  }

  @Test("on small classes it is as good as trying every grouping")
  func bruteForce() throws {
    var numbers = Numbers(seed: 10)
    for _ in 0..<60 {
      let request = StationRotation.Request(
        levels: (0..<8).map { _ in [numbers.below(30), numbers.below(30)] }, stations: 2,
        apart: [[0, 1 + numbers.below(7)]], friends: [[2, 3 + numbers.below(5)]],
        aided: [0, 1, 2], mostAided: 2)
      let best = (0..<256).filter { $0.nonzeroBitCount == 4 }.map { set in
        Self.cost(request, (0..<8).map { set >> $0 & 1 })
      }.min { $0 < $1 }
      let found = try StationRotation(request, steps: 60)
      #expect(found.violations == best?.rules)
      #expect(found.cost == best?.cost)
    }
  }

  @Test("sorting is right without pairs, sizes differ by at most one")
  func sorted() throws {
    let rotation = try StationRotation(
      .init(levels: [5, 1, 9, 2, 8, 6, 3].map { [$0] }, stations: 3))
    #expect((0..<3).map { rotation.learners(of: $0).count }.sorted() == [2, 2, 3])
  }

  @Test("requests that make no groups are refused")
  func refused() {
    let cases: [(StationRotation.Request, SchedulingError.Code)] = [
      (.init(levels: [[1]], stations: 3), .wrongValue),
      (.init(levels: [[1], [1, 2]], stations: 2), .wrongValue),
      (.init(levels: [[1], [2]], stations: 2, apart: [[0, 5]]), .unknownIdentifier),
      (.init(levels: [[1], [2]], stations: 2, aided: [0, 1], mostAided: 0), .capacity),
    ]
    for (request, code) in cases {
      let error = #expect(throws: SchedulingError.self) { try StationRotation(request) }
      #expect(error?.code == code)
    }
  }
}

@Suite("Pods, coaches and levels")
struct PodTests {
  @Test("200 learners in pods of at most 75 are 67, 67 and 66, each trait spread evenly")
  func pods() throws {
    let traits = (0..<200).map { [$0 % 3, $0 % 2] }
    let pods = try Pods(traits: traits, mostLearners: 75)
    #expect(pods.sizes == [67, 67, 66])
    for trait in 0..<3 {
      let counts = (0..<3).map { pod in
        (0..<200).count { pods.pods[$0] == pod && traits[$0][0] == trait }
      }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
    #expect(try Pods(traits: [], mostLearners: 3).sizes == [])
    #expect(throws: SchedulingError.self) { try Pods(traits: [[]], mostLearners: 0) }
  }

  @Test("coaches keep within their limits, loads are even, preferences are met best")
  func coaches() throws {
    let loads = try CoachLoads(
      preferences: [[5, 0, 0], [5, 0, 0], [5, 1, 0], [0, 0, 9], [0, 3, 9]], limits: [9, 9, 1])
    #expect(loads.loads == [2, 2, 1])
    #expect(loads.objective == 5 + 5 + 1 + 9 + 3)
    let error = #expect(throws: SchedulingError.self) {
      try CoachLoads(preferences: [[1], [1], [1]], limits: [2])
    }
    #expect(error?.code == .capacity)
    #expect(error?.message.contains("1 too many") == true)
  }

  @Test("levels are cut where the spread is least, as trying every cut finds")
  func levels() throws {
    var numbers = Numbers(seed: 11)
    for _ in 0..<200 {
      let levels = (0..<1 + numbers.below(10)).map { _ in numbers.below(20) }.sorted()
      let sizes = 1 + numbers.below(2)...3 + numbers.below(2)
      let count = (levels.count + sizes.upperBound - 1) / sizes.upperBound
      let best = (0..<(1 << (levels.count - 1))).compactMap { set -> Int? in
        var (parts, spread, start): (Int, Int, Int) = (0, 0, 0)
        for end in levels.indices where end == levels.count - 1 || set >> end & 1 == 1 {
          guard sizes.contains(end - start + 1) else { return nil }
          (parts, spread, start) = (parts + 1, spread + levels[end] - levels[start], end + 1)
        }
        return parts == count ? spread : nil
      }.min()
      if let best {
        let groups = try LevelGroups(levels: levels, sizes: sizes)
        #expect(groups.spread == best)
        #expect(groups.groups.joined().sorted() == Array(levels.indices))
        #expect(groups.groups.allSatisfy { sizes.contains($0.count) })
      } else {
        #expect(throws: SchedulingError.self) { try LevelGroups(levels: levels, sizes: sizes) }
      }
    }
  }

  @Test("those stuck on one competency meet across classes; too few of them stay alone")
  func stuck() throws {
    let groups = try StuckGroups(
      [[1], [1, 2], [], [1], [2], [2], [3], [1]], sizes: 2...3)
    #expect(groups.groups.map(\.competency) == [1, 1, 2])
    #expect(groups.groups.map(\.learners) == [[0, 1], [3, 7], [4, 5]])
    #expect(groups.alone == [6])
    #expect(throws: SchedulingError.self) { try StuckGroups([[1]], sizes: 0...3) }
  }

  @Test("experts help with what they have mastered, each few learners")
  func peers() throws {
    let groups = try PeerGroups(
      stuck: [1, 1, 1, 2, nil, nil, nil], mastered: [[], [], [], [1], [1, 2], [1], []],
      mostHelped: 2)
    #expect(groups.unhelped.count == 1)
    for group in groups.groups {
      #expect(group.learners.count <= 2 && [4, 5].contains(group.expert))
    }
    #expect(groups.groups.reduce(0) { $0 + $1.learners.count } == 3)
  }
}
