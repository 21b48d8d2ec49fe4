import Assessment
import Testing

@Suite("Special functions")
struct SpecialFunctionTests {
  // Abramowitz and Stegun (1964), tables 6.1, 26.1, 26.8, 26.9 and 26.10, with more digits by
  // the closed forms.
  @Test(
    "log-gamma of halves and whole numbers",
    arguments: [
      (0.5, 0.572_364_942_924_700_1), (1.0, 0.0), (2.0, 0.0), (3.0, 0.693_147_180_559_945_3),
      (10.0, 12.801_827_480_081_469), (100.0, 359.134_205_369_575_4), (0.1, 2.252_712_651_734_206),
    ])
  func logGamma(x: Double, value: Double) {
    #expect(abs(SpecialFunctions.logGamma(x) - value) <= 2e-14 * max(1, abs(value)))
  }

  @Test(
    "the normal distribution and its inverse",
    arguments: [
      (0.0, 0.5), (1.0, 0.841_344_746_068_542_9), (1.96, 0.975_002_104_851_779_6),
      (-3.0, 0.001_349_898_031_630_094_6), (-8.0, 6.220_960_574_271_785e-16),
    ])
  func normal(x: Double, p: Double) {
    #expect(abs(SpecialFunctions.normalCumulative(x) / p - 1) < 1e-13)
    #expect(abs(SpecialFunctions.normalQuantile(p) - x) < 1e-9 * max(1, abs(x)))
  }

  static let points: [(found: Double, wanted: Double)] = [
    (SpecialFunctions.chiSquareUpper(3.841_458_820_694_124, degrees: 1), 0.05),
    (SpecialFunctions.chiSquareUpper(18.307_038_053_275_146, degrees: 10), 0.05),
    (SpecialFunctions.studentCumulative(2.228_138_851_964_939, degrees: 10), 0.975),
    (SpecialFunctions.studentCumulative(1, degrees: 1), 0.75),
    (SpecialFunctions.fUpper(4.964_602_743_730_711, 1, 10), 0.05),
    (SpecialFunctions.fQuantile(0.95, 1, 10) / 4.964_602_743_730_711, 1),
    (SpecialFunctions.studentQuantile(0.975, degrees: 10) / 2.228_138_851_964_939, 1),
    (SpecialFunctions.incompleteBeta(0.5, 2, 2), 0.5),
    (SpecialFunctions.incompleteBeta(0.3, 2, 1), 0.09),
  ]

  @Test("upper points of chi-square, t and F", arguments: points)
  func tables(found: Double, wanted: Double) {
    #expect(abs(found - wanted) < 1e-10)
  }

  @Test("distributions and their inverses undo each other")
  func inverses() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let (a, b, p) = (0.3 + 30 * random.uniform(), 0.3 + 30 * random.uniform(), random.uniform())
      let x = SpecialFunctions.betaQuantile(p, a, b)
      #expect(abs(SpecialFunctions.incompleteBeta(x, a, b) - p) < 1e-10)
      let f = SpecialFunctions.fQuantile(p, a, b)
      #expect(abs(SpecialFunctions.fUpper(f, a, b) - (1 - p)) < 1e-9)
    }
  }
}

@Suite("Numerical core")
struct NumericalCoreTests {
  @Test("Gauss-Hermite is exact for moments of the normal distribution")
  func gaussHermite() {
    let grid = QuadratureGrid.gaussHermite(count: 10)
    let moments = [0, 2, 4, 6].map { power in
      zip(grid.nodes, grid.weights).reduce(0.0) { sum, pair in
        sum + pair.1 * (0..<power).reduce(1.0) { product, _ in product * pair.0 }
      }
    }
    #expect(zip(moments, [1.0, 1, 3, 15]).allSatisfy { abs($0 - $1) < 1e-11 })
  }

  @Test("a seed gives the same numbers, a stream others, and both spread evenly")
  func generator() {
    var one = SeededGenerator(seed: 42)
    var two = SeededGenerator(seed: 42)
    #expect((0..<100).allSatisfy { _ in one.next() == two.next() })
    #expect(SeededGenerator(seed: 42).stream(3) == two.stream(3))
    #expect(SeededGenerator(seed: 42).stream(3) != two.stream(4))
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<20_000 {
      let x = one.normal()
      sum += x
      squares += x * x
    }
    #expect(abs(sum / 20_000) < 0.03 && abs(squares / 20_000 - 1) < 0.05)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<7_000 { counts[one.below(7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 1_000) < 150 })
  }

  @Test("random matrices times their inverse are the identity")
  func inverse() throws {
    var random = SeededGenerator(seed: 5)
    for size in 1...8 {
      var matrix = SquareMatrix(size: size)
      for _ in 0..<(size + 2) {
        let row = (0..<size).map { _ in random.normal() }
        for i in 0..<size { for j in 0..<size { matrix[i, j] += row[i] * row[j] } }
      }
      let inverse = try #require(matrix.inversePositive())
      for i in 0..<size {
        for j in 0..<size {
          let cell = (0..<size).reduce(0) { $0 + matrix[i, $1] * inverse[$1, j] }
          #expect(abs(cell - (i == j ? 1 : 0)) < 1e-7)
        }
      }
      let right = (0..<size).map { Double($0 + 1) }
      let a = try #require(matrix.solve(right))
      let b = try #require(matrix.solveGeneral(right))
      #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-6 * max(1, abs($0)) })
      let trace = (0..<size).reduce(0) { $0 + matrix[$1, $1] }
      let eigen = matrix.symmetricEigen().reduce(0) { $0 + $1.value }
      #expect(abs(trace - eigen) < 1e-9 * trace)
    }
    #expect(SquareMatrix(size: 2).cholesky() == nil)
    #expect(SquareMatrix(size: 2).solveGeneral([1, 1]) == nil)
  }

  @Test("a root and a minimum")
  func roots() {
    #expect(abs(RootFinding.root(in: 0...2) { $0 * $0 - 2 } - 2.0.squareRoot()) < 1e-15)
    #expect(abs(RootFinding.minimum(in: -3...5) { ($0 - 1) * ($0 - 1) } - 1) < 1e-7)
  }
}
