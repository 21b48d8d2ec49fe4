#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess score practice`
  struct AssessFollowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "practice",
      abstract: "Follows what a learner knows, answer by answer, by given parameters.",
      discussion: """
        Tables have learner, skill, correct (and item for elo), rows in order of time.
        A document has 'answers' (1, 0, null) and perhaps 'parameters', or a list
        'cases' of such. --parameters takes, by --model:
          bkt     prior,learn,guess,slip[,forget]
          pfa     easiness,success,failure
          elo     ability,difficulty,learner step,item step
          streak  how many right answers in a row
          ema     weight of the newest answer,threshold
        With --cut mastery is told from that probability on.
          cbl-tool assess score practice Docs/Examples/assess/practice.csv \\
            --model bkt --parameters 0.4,0.1,0.2,0.1 --cut 0.95
        """)

    @Argument(help: "The table or document.")
    var answers: String

    @Option(name: .long, help: "bkt, pfa, elo, streak or ema.")
    var model = "bkt"

    @Option(name: .long, help: "The parameters with commas.")
    var parameters: String?

    @Option(name: .long, help: "The probability from which on a skill is mastered.")
    var cut = 0.95

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      if !["bkt", "pfa", "elo", "streak", "ema"].contains(model) {
        throw ValidationError("--model takes bkt, pfa, elo, streak or ema, not '\(model)'")
      }
      if !(cut > 0 && cut <= 1) { throw ValidationError("--cut is above 0, at most 1") }
    }

    func run() throws {
      let given = try parameters.map { try AssessText.numbers($0, option: "--parameters") }
      let cases = try AssessFollow.cases(answers)
      let follows = try cases.map { try AssessFollow($0, model, given, cut: cut) }
      var lines = TextTable.lines(
        [["learner", "skill", "answers", "at the end", "mastery"]]
          + follows.map { follow in
            [
              follow.learner.escapingControls(), follow.skill.escapingControls(),
              "\(follow.answers.count)", AssessText.number(follow.last),
              follow.masteryAt.map { "from answer \($0)" } ?? "not yet",
            ]
          }, leftAligned: 2)
      lines += AssessText.lines(follows.first.map { $0.findings } ?? [])
      let value = JSONValue.object([
        ("model", .text(model)), ("cases", .array(follows.map(\.value))),
        ("findings", AssessText.json(follows.first.map { $0.findings } ?? [])),
      ])
      try AssessText.print(lines, value, json: json)
    }
  }
#endif
