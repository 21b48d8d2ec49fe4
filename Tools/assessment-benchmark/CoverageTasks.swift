import Assessment

/// How often 95 % intervals hold the truth that made the data.
func coverageTasks(_ runs: Int) throws {
  let count = 400 * max(1, runs)
  tell("kappa of 200 works", kappaCoverage(count))
  tell("AC1 of 100 works by 3 raters", agreementCoverage(count))
  tell("ICC(1,1) and ICC(3,1) of 30 works by 4 raters", try correlationCoverage(count))
  tell("alpha of 8 items, 100 persons", try alphaCoverage(count))
  tell("slopes and intercepts, 2PL of 10 items, 1000 persons", try slopeCoverage(count / 4))
  tell("severity of 6 raters, 120 persons", try severityCoverage(count / 8))
}

private func tell(_ name: String, _ share: Double) {
  print("{\"task\":\"coverage of \(name)\",\"share\":\((share * 1_000).rounded() / 1_000)}")
}

private func share(_ hits: Int, _ all: Int) -> Double { Double(hits) / Double(max(1, all)) }

/// Two raters with known chances of each pair of categories.
private func kappaCoverage(_ count: Int) -> Double {
  let chances = [0.30, 0.05, 0.05, 0.05, 0.25, 0.05, 0.02, 0.03, 0.20]
  let (rows, columns) = (
    (0..<3).map { row in (0..<3).reduce(0) { $0 + chances[row * 3 + $1] } },
    (0..<3).map { column in (0..<3).reduce(0) { $0 + chances[$1 * 3 + column] } }
  )
  let seen = chances[0] + chances[4] + chances[8]
  let expected = (0..<3).reduce(0) { $0 + rows[$1] * columns[$1] }
  let truth = (seen - expected) / (1 - expected)
  let generator = SeededGenerator(seed: 1)
  var hits = 0
  for run in 0..<count {
    var random = generator.stream(run)
    var counts = [[Double]](repeating: [0, 0, 0], count: 3)
    for _ in 0..<200 {
      let cell = draw(chances, &random)
      counts[cell / 3][cell % 3] += 1
    }
    if let found = try? Kappa(counts: counts), found.kappa.interval?.contains(truth) == true {
      hits += 1
    }
  }
  return share(hits, count)
}

private func draw(_ chances: [Double], _ random: inout SeededGenerator) -> Int {
  var rest = random.uniform()
  for (place, chance) in chances.enumerated() {
    if rest < chance { return place }
    rest -= chance
  }
  return chances.count - 1
}

/// Three raters who see the true category with .8 and else any of the others.
private func agreementCoverage(_ count: Int) -> Double {
  func table(_ units: Int, _ random: inout SeededGenerator) -> RatingTable {
    var codes: [UInt16] = []
    for _ in 0..<units {
      let truth = draw([0.6, 0.3, 0.1], &random)
      for _ in 0..<3 {
        codes.append(UInt16(random.uniform() < 0.8 ? truth : (truth + 1 + random.below(2)) % 3))
      }
    }
    return RatingTable(
      units: (0..<units).map { "\($0)" }, raters: ["a", "b", "c"], values: [0, 1, 2],
      codes: codes)
  }
  var random = SeededGenerator(seed: 2)
  guard let truth = Agreement(of: table(400_000, &random)).gwet.value else { return 0 }
  var hits = 0
  for _ in 0..<count {
    let found = Agreement(of: table(100, &random)).gwet
    hits += found.interval?.contains(truth) == true ? 1 : 0
  }
  return share(hits, count)
}

/// Normal works, raters and errors with known variances.
private func correlationCoverage(_ count: Int) throws -> Double {
  let generator = SeededGenerator(seed: 3)
  var hits = 0
  for run in 0..<count {
    var random = generator.stream(run)
    let rows = (0..<30).map { _ -> [Double?] in
      let quality = random.normal()
      return (0..<4).map { _ in quality + 0.8 * random.normal() }
    }
    let found = IntraclassCorrelation(of: try RatingTable(rows: rows))
    let truth = 1 / 1.64
    hits += found.single1.interval?.contains(truth) == true ? 1 : 0
    hits += found.single3.interval?.contains(truth) == true ? 1 : 0
  }
  return share(hits, 2 * count)
}

private func alphaCoverage(_ count: Int) throws -> Double {
  func table(_ persons: Int, _ random: inout SeededGenerator) throws -> ResponseTable {
    var cells = [UInt8](repeating: 0, count: 8 * persons)
    for person in 0..<persons {
      let ability = random.normal()
      for item in 0..<8 {
        let seen = 3.5 + 1.2 * (ability + random.normal())
        cells[item * persons + person] = UInt8(min(7, max(0, seen.rounded())))
      }
    }
    return try ResponseTable(
      items: (0..<8).map { "\($0)" }, persons: (0..<persons).map { "\($0)" }, cells: cells)
  }
  var random = SeededGenerator(seed: 4)
  guard let truth = Reliability(of: try table(200_000, &random)).alpha else { return 0 }
  var hits = 0
  for _ in 0..<count {
    let found = Reliability(of: try table(100, &random)).alphaInterval
    hits += found?.contains(truth) == true ? 1 : 0
  }
  return share(hits, count)
}

private func slopeCoverage(_ count: Int) throws -> Double {
  let generator = SeededGenerator(seed: 5)
  let items = (0..<10).map {
    CalibratedItem("\($0)", slope: 0.8 + 0.12 * Double($0), difficulty: 0.3 * Double($0) - 1.4)
  }
  var (hits, all) = (0, 0)
  for run in 0..<count {
    var random = generator.stream(run)
    let rows = (0..<1_000).map { _ -> [Int?] in
      let ability = random.normal()
      return items.map { random.uniform() < $0.probabilities(at: ability)[1] ? 1 : 0 }
    }
    let fit = try Calibration(
      ResponseTable(rows: rows), model: .twoParameter, options: .init(tolerance: 1e-5))
    for (place, item) in items.enumerated() {
      let errors = fit.errors[place]
      guard let slope = errors.slope, let intercept = errors.intercepts[0] else { continue }
      all += 2
      hits += abs(fit.items[place].slope - item.slope) < 1.96 * slope ? 1 : 0
      hits +=
        abs(fit.items[place].intercepts[0] - item.intercepts[0]) < 1.96 * intercept ? 1 : 0
    }
  }
  return share(hits, all)
}

private func severityCoverage(_ count: Int) throws -> Double {
  let generator = SeededGenerator(seed: 6)
  let severities = [-0.9, -0.4, -0.1, 0.1, 0.4, 0.9]
  var (hits, all) = (0, 0)
  for run in 0..<count {
    var random = generator.stream(run)
    var rows: [(person: String, levels: [String], score: Int)] = []
    for person in 0..<120 {
      let ability = 1.2 * random.normal()
      for criterion in 0..<3 {
        for seat in 0..<2 {
          let rater = (person + seat * (1 + person / 6 % 5)) % 6
          let place = severities[rater] + 0.4 * Double(criterion - 1)
          let item = CalibratedItem(
            "", .partialCredit, slope: 1,
            intercepts: [1 - place, 1 - 2 * place, -3 * place])
          let score = draw(item.probabilities(at: ability), &random)
          rows.append(("p\(person)", ["c\(criterion)", "r\(rater)"], score))
        }
      }
    }
    let fit = try ManyFacetRasch(FacetRatings(facets: ["criterion", "rater"], rows: rows))
    for level in fit.levels where level.facet == "rater" {
      guard let error = level.standardError, let rater = Int(level.name.dropFirst()) else {
        continue
      }
      all += 1
      hits += abs(level.value - severities[rater]) < 1.96 * error ? 1 : 0
    }
  }
  return share(hits, all)
}
