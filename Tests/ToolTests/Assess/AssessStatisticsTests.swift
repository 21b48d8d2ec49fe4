import Foundation
import Testing

@Suite("Items, raters, fits and scores", .enabled(if: ToolRun.buildFolder != nil))
struct AssessStatisticsTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let run = try ToolRun(["assess"] + arguments + ["--json"], in: scratch.url)
    #expect(run.exitCode == 0, "\(run.messages)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  /// LSAT section 6 (Bock and Lieberman 1970) as a table of patterns.
  private func lsat() throws -> String {
    let patterns = [
      "00000", "00001", "00010", "00011", "00100", "00101", "00110", "00111", "01000", "01001",
      "01011", "01101", "01110", "01111", "10000", "10001", "10010", "10011", "10100", "10101",
      "10110", "10111", "11000", "11001", "11010", "11011", "11100", "11101", "11110", "11111",
    ]
    let counts = [
      3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 16, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173,
      11, 61, 28, 298,
    ]
    return try scratch.write(
      "lsat.csv", "pattern,freq\n" + zip(patterns, counts).map { "\($0),\($1)\n" }.joined())
  }

  @Test("items of a published test: alpha and item-rest correlations")
  func items() throws {
    let found = try json("items", lsat())
    #expect(abs((found["alpha"] as? Double ?? 0) - 0.294997192215944) < 1e-9)
    let items = try #require(found["items"] as? [[String: Any]])
    #expect(abs((items[2]["itemRest"] as? Double ?? 0) - 0.17277894329109) < 1e-9)
    let text = try ToolRun(["assess", "items", "lsat.csv"], in: scratch.url)
    #expect(text.output.contains("Alpha 0.295"))
  }

  @Test("wide and long tables give the same, and options with a key tell distractors")
  func layouts() throws {
    try scratch.write("wide.csv", "person,a,b\np1,1,0\np2,0,0\np3,1,1\np4,,1\n")
    try scratch.write(
      "long.csv",
      "person,item,score\np1,a,1\np1,b,0\np2,a,0\np2,b,0\np3,b,1\np3,a,1\np4,a,NA\np4,b,1\n")
    let (wide, long) = (try json("items", "wide.csv"), try json("items", "long.csv"))
    #expect(NSDictionary(dictionary: wide).isEqual(to: long))
    try scratch.write("choices.csv", "person,q1,q2\np1,A,B\np2,C,B\np3,A,D\n")
    let choices = try json("items", "choices.csv", "--key", "A,B")
    let distractors = try #require(choices["distractors"] as? [[String: Any]])
    let options = try #require(distractors[0]["options"] as? [[String: Any]])
    #expect(options.compactMap { $0["option"] as? String } == ["A", "C"])
  }

  @Test("a fit is a bank for scoring")
  func fitAndScore() throws {
    let fit = try json("fit", "--model", "2pl", "--nodes", "161", "--limit", "8", lsat())
    #expect(abs((fit["logLikelihood"] as? Double ?? 0) + 2466.6533773981) < 0.002)
    let run = try ToolRun(
      ["assess", "fit", "--model", "2pl", "lsat.csv", "--json"], in: scratch.url)
    try scratch.write("bank.json", run.output)
    let scores = try json("score", "--bank", "bank.json", "--cuts=0", "lsat.csv")
    let persons = try #require(scores["persons"] as? [[String: Any]])
    #expect(abs((persons[0]["ability"] as? Double ?? 0) + 1.8968) < 0.002)
    #expect(persons.last?["level"] as? Int == 2)
    let cml = try json("fit", "--model", "cml", "lsat.csv")
    let items = try #require(cml["items"] as? [[String: Any]])
    #expect(abs((items[2]["difficulty"] as? Double ?? 0) - 2.4921128030024) < 1e-6)
  }

  @Test("raters of Krippendorff (2011): alpha by four metrics, kappa with its reading")
  func raters() throws {
    let rows = [
      "1,1,,1", "2,2,3,2", "3,3,3,3", "3,3,3,3", "2,2,2,2", "1,2,3,4", "4,4,4,4", "1,1,2,1",
      "2,2,2,2", ",5,5,5", ",,1,1", ",3,,",
    ]
    try scratch.write(
      "ratings.csv",
      "unit,a,b,c,d\n" + rows.enumerated().map { "u\($0.offset),\($0.element)\n" }.joined())
    let found = try json("raters", "ratings.csv", "--draws", "200", "--seed", "1")
    let alphas = try #require(found["krippendorffAlpha"] as? [String: [String: Any]])
    #expect(abs((alphas["interval"]?["value"] as? Double ?? 0) - 0.849107142857143) < 1e-9)
    #expect(alphas["nominal"]?["interval"] is [Double])
    let text = try ToolRun(["assess", "raters", "ratings.csv"], in: scratch.url)
    #expect(text.output.contains("substantial, Landis and Koch 1977"))
  }

  @Test("severity of raters, and tracing of skills")
  func facetsAndSkills() throws {
    var ratings = "person,criterion,rater,score\n"
    for person in 0..<40 {
      for (rater, severity) in [("mild", 1), ("harsh", 0)] {
        for criterion in ["idea", "form"] {
          let seen = (person * 7 % 11) / 3 + severity - (criterion == "form" ? 1 : 0)
          let score = min(3, max(0, seen))
          ratings += "p\(person),\(criterion),\(rater),\(score)\n"
        }
      }
    }
    try scratch.write("facets.csv", ratings)
    let facets = try json("fit", "--model", "facets", "facets.csv")
    let levels = try #require(facets["levels"] as? [[String: Any]])
    func value(_ name: String) -> Double {
      levels.first { $0["level"] as? String == name }?["estimate"] as? Double ?? .nan
    }
    #expect(value("harsh") > value("mild"))
    #expect(value("form") > value("idea"))
    try scratch.write("answers.csv", "pattern,freq\n00111,30\n01011,10\n00011,20\n11111,25\n")
    let bkt = try json("fit", "--model", "bkt", "--bound", "0.5", "answers.csv")
    let skills = try #require(bkt["skills"] as? [[String: Any]])
    #expect((0.05...0.9).contains(skills[0]["learn"] as? Double ?? 0))
  }

  static let faults: [(arguments: [String], table: String, exitCode: Int32, says: String)] = [
    (["items", "bad.csv"], "person,a\np1,x\n", 65, "bad.csv:2:2: column a"),
    (["items", "bad.csv"], "person,a,b\np1,,\n", 65, "Every answer is missing"),
    (["items", "bad.csv"], "person,a\np1,nan\n", 65, "column a"),
    (["items", "bad.csv"], "", 65, "empty"),
    (["raters", "bad.csv"], "unit,a,b\nu1,,\n", 65, "Every rating is missing"),
    (["raters", "bad.csv", "--draws", "9"], "unit,a\nu1,1\n", 64, "--seed"),
    (["fit", "--model", "2pl", "bad.csv"], "person,a,b\np1,1,0\np2,1,1\n", 65, "a; leave out"),
    (["fit", "--model", "magic", "bad.csv"], "person,a\np1,1\n", 64, "--model takes"),
    (["fit", "--model", "rasch", "bad.csv"], "person,a,b\np1,2,0\np2,0,1\n", 65, "3 categories"),
    (["fit", "--model", "bkt", "bad.csv"], "learner,skill\np1,s\n", 65, "wanted learner"),
    (["score", "--bank", "bad.csv", "bad.csv"], "item,b\nq,zero\n", 65, "bad.csv"),
    (["items", "gone.csv"], "", 66, "gone.csv"),
  ]

  @Test("bad data and options are told with their place", arguments: faults)
  func told(arguments: [String], table: String, exitCode: Int32, says: String) throws {
    try scratch.write("bad.csv", table)
    let run = try ToolRun(["assess"] + arguments, in: scratch.url)
    #expect(run.exitCode == exitCode)
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(run.output.isEmpty)
  }

  @Test(
    "the shared cases go in as they are",
    arguments: [
      (["items", "ctt-science"], "alpha", 0.597724025643193, 1e-9),
      (["fit", "--model", "graded", "irt-science-grm"], "logLikelihood", -1608.86941059356, 0.005),
      (["fit", "--model", "dina", "dina-fraction-subtraction"], "logLikelihood", -4402.288, 0.01),
      (["fit", "--model", "facets", "facets-ratings1"], "logLikelihood", -1286.62322264438, 0.01),
      (["raters", "icc-shrout-fleiss-1979"], "kendallW", 0.887037037037037, 1e-9),
    ])
  func shared(arguments: [String], key: String, wanted: Double, tolerance: Double) throws {
    guard let folder = ProcessInfo.processInfo.environment["CBL_SAMPLES"] else { return }
    let path = "\(folder)/assessment/\(arguments.last ?? "").json"
    let run = try ToolRun(
      ["assess"] + arguments.dropLast() + [path, "--json"], in: scratch.url)
    #expect(run.exitCode == 0, "\(run.messages)")
    let found = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(abs((found?[key] as? Double ?? .nan) - wanted) < tolerance)
  }
}
