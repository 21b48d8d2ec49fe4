#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess review rubric`
  struct AssessRubricCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rubric",
      abstract: "Tells what a rubric lacks, what changed, and what ratings of works come to.",
      discussion: """
        The document has 'id', 'version', 'title', 'form' (analytic, holistic,
        single_point or multi_target), 'scale' and 'criteria': objects with 'id',
        'targets' and 'descriptors' (level: words). With --ratings, a table of work,
        learner, rater, criterion, level and perhaps stream (staff, expert, self or
        peer), replaces (targets that an accommodation replaces) and day, rows in
        order of time, the document may have 'task' with 'raters', 'resolution'
        (third_when_apart, mean or expert_when_apart), 'apart' and 'counting'.
          cbl-tool assess review rubric Docs/Examples/assess/rubric.json \\
            --ratings Docs/Examples/assess/rubric-ratings.csv

        Both originals are kept. Self and peer ratings stand beside and open no gate
        unless 'counting' names them; an accommodation never lowers a cut.
        """)

    @Argument(help: "The rubric.")
    var rubric: String

    @Option(name: .long, help: "The version before, to tell what changed.")
    var before: String?

    @Option(name: .long, help: "The table of ratings.")
    var ratings: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let document = try AssessDocument(rubric)
      let found = try AssessRubric.rubric(document)
      var lines = [
        "\(found.form.rawValue) rubric \(found.reference), \(found.criteria.count) criteria for "
          + "\(found.targets.count) targets, mastery from \(found.scale.cut.label)."
      ]
      lines += AssessText.lines(found.findings)
      var members: [(key: String, value: JSONValue)] = [
        ("rubric", .text("\(found.id)")), ("version", .number(found.version)),
        ("form", .text(found.form.rawValue)),
        ("targets", .array(found.targets.map { .text("\($0)") })),
        ("findings", AssessText.json(found.findings)),
      ]
      if let before {
        let old = try AssessRubric.rubric(AssessDocument(before))
        let change = RubricChange(from: old, to: found)
        lines.append(Self.line(change, from: old))
        members.append(("change", Self.value(change)))
      }
      if let ratings {
        let works = try AssessRubric.judgements(ratings, found, document)
        lines += works.flatMap(Self.lines)
        members.append(("works", .array(works.map(Self.value))))
      }
      try AssessText.print(lines, .object(members), json: json)
    }

    private static func line(_ change: RubricChange, from old: Rubric) -> String {
      guard !change.keepsMeaning else {
        return "Nothing that raters read changed since version \(old.version)."
      }
      let parts = [
        ("added", change.added), ("removed", change.removed), ("reworded", change.reworded),
        ("aligned anew", change.realigned),
      ].filter { !$0.1.isEmpty }.map { name, criteria in
        "\(name) \(criteria.map { "\($0)".escapingControls() }.joined(separator: ", "))"
      }
      return "Since version \(old.version): \(parts.joined(separator: "; ")). Ratings by the old "
        + "version are not compared with new ones."
    }

    private static func value(_ change: RubricChange) -> JSONValue {
      func names(_ list: [ID<Criterion>]) -> JSONValue { .array(list.map { .text("\($0)") }) }
      return .object([
        ("added", names(change.added)), ("removed", names(change.removed)),
        ("reworded", names(change.reworded)), ("realigned", names(change.realigned)),
        ("keepsMeaning", .boolean(change.keepsMeaning)),
      ])
    }

    private static func lines(_ work: WorkJudgement) -> [String] {
      let rows = work.rows.map { row in
        let (level, number, by) = outcome(row.outcome)
        let originals = (row.originals + row.beside).map { original in
          "\(original.rater) \(original.level?.text ?? "-")"
            + (row.beside.contains(original) ? " (\(original.stream.rawValue))" : "")
        }
        return [
          "\(row.criterion.id)".escapingControls(), level ?? "-", number ?? "-", by,
          row.isMastery.map { $0 ? "yes" : "not yet" } ?? "-",
          originals.joined(separator: ", ").escapingControls(),
        ]
      }
      let heading = ["criterion", "level", "number", "by", "mastery", "ratings"]
      return [
        "",
        "\("\(work.work.id)".escapingControls()) of "
          + "\(work.work.learner.description.escapingControls()):",
      ]
        + TextTable.lines([heading] + rows) + AssessText.lines(work.findings)
    }

    private static func outcome(
      _ outcome: RatingResolution.Outcome
    ) -> (level: String?, number: String?, by: String) {
      switch outcome {
      case .resolved(let number, let level, let by): (level.text, "\(number)", by)
      case .waiting(let need): (nil, nil, "waiting for \(need.rawValue)")
      case .notAssessed(let reason): (nil, nil, "not assessed: \(reason)")
      }
    }

    private static func value(_ work: WorkJudgement) -> JSONValue {
      func original(_ original: WorkJudgement.Original) -> JSONValue {
        .object([
          ("rater", .text("\(original.rater)")), ("stream", .text(original.stream.rawValue)),
          ("level", .optional(original.level?.text)),
        ])
      }
      return .object([
        ("work", .text("\(work.work.id)")), ("learner", .text("\(work.work.learner)")),
        ("complete", .boolean(work.isComplete)),
        (
          "criteria",
          .array(
            work.rows.map { row in
              let (level, number, by) = outcome(row.outcome)
              return .object([
                ("criterion", .text("\(row.criterion.id)")), ("level", .optional(level)),
                ("number", .optional(number)), ("by", .text(by)),
                ("mastery", row.isMastery.map { .boolean($0) } ?? .null),
                ("originals", .array(row.originals.map(original))),
                ("beside", .array(row.beside.map(original))),
              ])
            })
        ), ("findings", AssessText.json(work.findings)),
      ])
    }
  }
#endif
