import Assessment
import Testing

@Suite("Many-facet Rasch model")
struct FacetTests {
  @Test("the shared ratings of criteria by raters")
  func shared() throws {
    guard let sample = Sample.named("facets-ratings1") else { return }
    let input = sample["input"]
    let raters = input["rater"].texts
    let persons = input["person"].whole
    let items = input["items"].texts
    var rows: [(person: String, levels: [String], score: Int)] = []
    for (index, scores) in input["score"].list.enumerated() {
      for (item, score) in zip(items, scores.optionals) {
        guard let score else { continue }
        rows.append(("\(persons[index])", [item, raters[index]], Int(score)))
      }
    }
    let found = try ManyFacetRasch(
      FacetRatings(facets: ["item", "rater"], rows: rows),
      options: .init(nodes: 151, limit: 15, tolerance: 1e-4, findsErrors: false))
    let expected = sample["expected"]
    #expect(isNear(found.logLikelihood, expected["loglik"].double, 0.01))
    #expect(isNear(found.abilityVariance, expected["theta_variance"].double, 0.005))
    for (name, (facet, value)) in zip(
      expected["parameter"].texts, zip(expected["facet"].texts, expected["estimate"].numbers))
    {
      if facet == "step" {
        let place = (Int(name.dropFirst(4)) ?? 1) - 1
        #expect(isNear(found.steps[place], value, 0.005), "\(name)")
      } else {
        let plain = facet == "rater" ? String(name.dropFirst(5)) : name
        let level = found.levels.first { $0.facet == facet && $0.name == plain }
        #expect(isNear(level?.value, value, 0.005), "\(name)")
      }
    }
  }

  static func invented(persons: Int, seed: UInt64) -> (
    rows: [(person: String, levels: [String], score: Int)], severities: [Double]
  ) {
    var random = SeededGenerator(seed: seed)
    let severities = [-0.8, -0.2, 0.2, 0.8]
    let tasks = [-0.5, 0, 0.5]
    var rows: [(person: String, levels: [String], score: Int)] = []
    for person in 0..<persons {
      let ability = 1.2 * random.normal()
      for task in 0..<3 {
        for rater in [person % 4, (person + 1 + task) % 4] {
          let item = CalibratedItem(
            "", .partialCredit, slope: 1,
            intercepts: [1, 2, 3].map { step in
              -Double(step) * (tasks[task] + severities[rater]) - [-1.0, -1, 0][step - 1]
            })
          let p = item.probabilities(at: ability)
          var (rest, score) = (random.uniform(), 0)
          while score < 3, rest > p[score] {
            rest -= p[score]
            score += 1
          }
          rows.append(("p\(person)", ["t\(task)", "r\(rater)"], score))
        }
      }
    }
    return (rows, severities)
  }

  @Test("severities that made the ratings are within their intervals, whatever the order")
  func recovery() throws {
    var (rows, severities) = Self.invented(persons: 150, seed: 12)
    let options = ManyFacetRasch.Options(nodes: 31, limit: 6, tolerance: 1e-4)
    let found = try ManyFacetRasch(
      FacetRatings(facets: ["task", "rater"], rows: rows), options: options)
    for (rater, severity) in severities.enumerated() {
      let level = try #require(found.levels.first { $0.name == "r\(rater)" })
      let error = try #require(level.standardError)
      #expect(abs(level.value - severity) < 3.3 * error)
      #expect((0.7...1.4).contains(level.infit ?? 0))
    }
    var random = SeededGenerator(seed: 1)
    random.shuffle(&rows)
    let again = try ManyFacetRasch(
      FacetRatings(facets: ["task", "rater"], rows: rows), options: options)
    #expect(isNear(again.logLikelihood, found.logLikelihood, 1e-4))
  }

  @Test("raters who share nothing are named, and scores that nobody gave are refused")
  func badData() throws {
    let apart: [(person: String, levels: [String], score: Int)] = [
      ("a", ["x"], 0), ("a", ["x"], 1), ("b", ["x"], 1), ("c", ["y"], 1), ("d", ["y"], 0),
    ]
    let found = try ManyFacetRasch(
      FacetRatings(facets: ["rater"], rows: apart), options: .init(mostSteps: 5))
    #expect(found.findings.contains { $0.code == .disconnected })
    #expect(throws: AssessmentError.self) { try FacetRatings(facets: ["rater"], rows: []) }
    #expect(throws: AssessmentError.self) {
      try FacetRatings(facets: ["rater"], rows: [("a", ["x"], 1), ("b", ["x"], 1)])
    }
    #expect(throws: AssessmentError.self) {
      try ManyFacetRasch(FacetRatings(facets: ["r"], rows: [("a", ["x"], 0), ("b", ["x"], 2)]))
    }
    #expect(throws: AssessmentError.self) {
      try FacetRatings(facets: ["r", "t"], rows: [("a", ["x"], 0), ("b", ["x"], 2)])
    }
  }
}
