import Assessment
import Testing

@Suite("Classical statistics")
struct ClassicalTests {
  // LSAT section 6 (Bock and Lieberman 1970); figures computed with R psych 2.2.9.
  static let patterns = [
    "00000", "00001", "00010", "00011", "00100", "00101", "00110", "00111", "01000", "01001",
    "01011", "01101", "01110", "01111", "10000", "10001", "10010", "10011", "10100", "10101",
    "10110", "10111", "11000", "11001", "11010", "11011", "11100", "11101", "11110", "11111",
  ]
  static let frequencies = [
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 16, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173,
    11, 61, 28, 298,
  ]

  @Test("LSAT section 6")
  func lsat() throws {
    let table = try ResponseTable(patterns: Self.patterns, frequencies: Self.frequencies)
    let items = ItemAnalysis(of: table)
    #expect(isNear(items.items.map(\.mean), [0.924, 0.709, 0.553, 0.763, 0.87], 1e-12))
    #expect(
      isNear(
        items.items.map(\.itemRest),
        [
          0.112832688922342, 0.15317812011653, 0.17277894329109, 0.144428095247094,
          0.121596402547096,
        ], 1e-9))
    let reliability = Reliability(of: table)
    #expect(isNear(reliability.alpha, 0.294997192215944, 1e-9))
    #expect(isNear(reliability.lambda6, 0.251706641789198, 1e-9))
    #expect(isNear(reliability.standardError, 0.869066612393306, 1e-9))
    #expect(reliability.alphaInterval?.contains(0.295) == true)
  }

  @Test("the shared cases of classical statistics", arguments: ["ctt-lsat6", "ctt-science"])
  func shared(name: String) throws {
    guard let sample = Sample.named(name) else { return }
    let table = try ResponseTable(
      patterns: sample["input", "patterns"].texts, frequencies: sample["input", "freq"].whole)
    let expected = sample["expected"]
    let analysis = ItemAnalysis(of: table)
    #expect(isNear(analysis.items.map(\.mean), expected["mean_item"].numbers, 1e-9))
    #expect(isNear(analysis.items.map(\.deviation), expected["sd_item_n_minus_1"].numbers, 1e-9))
    #expect(isNear(analysis.items.map(\.itemTotal), expected["item_total_r"].numbers, 1e-9))
    #expect(isNear(analysis.items.map(\.itemRest), expected["item_rest_r"].numbers, 1e-9))
    #expect(
      isNear(
        analysis.items.map(\.upperLower), expected["upper_lower_27_all_ties"].numbers, 1e-9))
    #expect(isNear(analysis.totalMean, expected["total_mean"].double, 1e-9))
    #expect(isNear(analysis.totalDeviation, expected["total_sd"].double, 1e-9))
    let reliability = Reliability(of: table)
    #expect(isNear(reliability.alpha, expected["alpha"].double, 1e-9))
    #expect(isNear(reliability.standardizedAlpha, expected["alpha_std"].double, 1e-9))
    #expect(isNear(reliability.alphaWithoutItem, expected["alpha_if_deleted"].numbers, 1e-9))
    #expect(isNear(reliability.lambda6, expected["guttman_lambda6"].double, 1e-9))
    #expect(isNear(reliability.standardError, expected["sem"].double, 1e-9))
  }

  @Test("rows and frequencies give the same, in any order")
  func rowsAndFrequencies() throws {
    let patterns = try ResponseTable(patterns: Self.patterns, frequencies: Self.frequencies)
    var rows = zip(Self.patterns, Self.frequencies).flatMap { Array(repeating: $0, count: $1) }
    let plain = try ResponseTable(patterns: rows)
    var random = SeededGenerator(seed: 9)
    random.shuffle(&rows)
    let shuffled = try ResponseTable(patterns: rows)
    let one = Reliability(of: plain)
    #expect(one.alpha == Reliability(of: shuffled).alpha)
    #expect(isNear(one.alpha, Reliability(of: patterns).alpha ?? .nan, 1e-12))
    #expect(one.omega == Reliability(of: shuffled).omega)
    #expect(ItemAnalysis(of: plain).items == ItemAnalysis(of: shuffled).items)
  }

  @Test("omega of a test with one exact factor is its formula")
  func omega() throws {
    // Congeneric items by hand: the sample omega of parallel halves of ones is 1.
    let table = try ResponseTable(patterns: ["000", "111", "000", "111"])
    let reliability = Reliability(of: table)
    #expect(isNear(reliability.omega, 1, 1e-9))
    #expect(isNear(reliability.alpha, 1, 1e-12))
    #expect(isNear(reliability.splitHalf, 0.9486832980505138 * 2 / 1.9486832980505138, 1))
  }

  @Test("distractors of the shared science test, with the two alarms")
  func distractors() throws {
    guard let sample = Sample.named("distractors-sat12-a") else { return }
    let input = sample["input"]
    let table = try ChoiceTable(
      items: input["items"].whole.map { "\($0)" },
      rows: input["answers"].texts.map { $0.map { String($0) } },
      key: input["key"].whole.map { "\($0)" })
    let analysis = DistractorAnalysis(of: table)
    for wanted in sample["expected", "items"].list + sample["expected"].list {
      let name = "\(Int(wanted["item"].double))"
      let item = try #require(analysis.items.first { $0.name == name })
      let options = wanted["options"].list
      #expect(item.options.map(\.name) == options.map { "\(Int($0["option"].double))" })
      #expect(isNear(item.options.map(\.proportion), options.map(\.["proportion"].double), 1e-10))
      #expect(isNear(item.options.map(\.optionTotal), options.map(\.["r_total"].double), 1e-10))
      #expect(isNear(item.options.map(\.optionRest), options.map(\.["r_rest"].double), 1e-10))
      #expect(
        isNear(
          item.options.map(\.meanTotal), options.map(\.["mean_total_of_choosers"].double), 1e-10))
    }
    #expect(Set(analysis.findings.compactMap(\.subject)).contains("12"))
  }

  @Test("bad data are named, not computed")
  func badData() throws {
    let constant = try ResponseTable(patterns: ["110", "100", "111"])
    let analysis = ItemAnalysis(of: constant)
    #expect(analysis.items[0].itemRest == nil)
    #expect(analysis.findings.contains { $0.code == .constantItem && $0.subject == "1" })
    let one = ItemAnalysis(of: try ResponseTable(patterns: ["101"]))
    #expect(one.items.allSatisfy { $0.deviation == nil && $0.itemTotal == nil })
    #expect(one.findings.contains { $0.code == .fewPersons })
    #expect(Reliability(of: try ResponseTable(patterns: ["101"])).alpha == nil)
    #expect(throws: AssessmentError.self) { try ResponseTable(patterns: ["..", ".."]) }
    #expect(throws: AssessmentError.self) { try ResponseTable(patterns: ["01", "1"]) }
    #expect(throws: AssessmentError.self) { try ResponseTable(patterns: ["0x"]) }
    #expect(throws: AssessmentError.self) { try ResponseTable(rows: []) }
    #expect(throws: AssessmentError.self) { try ResponseTable(rows: [[0, 500]]) }
    #expect(throws: AssessmentError.self) {
      try ResponseTable(rows: [[0, 1]], weights: [.nan])
    }
    let missing = try ResponseTable(patterns: ["1.0", "0.1", "..."])
    #expect(missing.findings.map(\.code) == [.emptyItem, .emptyPerson])
  }

  @Test("answers come one by one in any order, and the last one holds")
  func intake() throws {
    var intake = ResponseIntake()
    intake.append(person: "b", item: "y", score: 1)
    intake.append(person: "a", item: "x", score: 0)
    intake.append(person: "b", item: "x", score: 1)
    intake.append(person: "b", item: "x", score: 0)
    intake.append(person: "c", item: "x", score: nil)
    let table = try intake.table()
    #expect(table.persons == ["b", "a", "c"] && table.items == ["y", "x"])
    #expect(table[0, 1] == 0 && table[1, 0] == nil && table[2, 1] == nil)
    #expect(intake.replacedCount == 1)
  }
}
