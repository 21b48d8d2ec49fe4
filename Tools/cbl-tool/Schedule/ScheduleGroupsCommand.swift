#if CommandLine
  import ArgumentParser
  import Domain
  import Scheduling

  /// `cbl-tool schedule groups`
  struct ScheduleGroupsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "groups",
      abstract: "Makes pods, coaches' loads, level groups, groups of those stuck, and peer groups.",
      discussion: """
        The field "kind" of the document says which: pods, coaches, levels, stuck or
        peers.
          cbl-tool schedule groups Docs/Examples/stuck.groups.yaml
        """)

    @Argument(help: "A document of the format cbl-groups/1.")
    var file: String

    @Option(name: .long, help: "Write a page to print: FILE.svg or FILE.html.")
    var week: String?

    @Flag(name: .long, help: "Replace the output file.")
    var force = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print CSV.")
    var csv = false

    func run() throws {
      try WeekView.check(week)
      let document = try ScheduleDocument(file, format: "cbl-groups/1")
      let rows = try document.reading { node in try Self.rows(node) }
      if let week {
        try WeekView(
          title: ScheduleRegroupCommand.name(of: file),
          rows: rows.map { ($0[0], "\($0[1]): \($0[2])") }
        ).write(to: week, force: force)
      }
      try ScheduleTable.print(
        [["group", "learner", "about"]] + rows, json: json, csv: csv, leftAligned: 3)
    }

    private static func rows(_ node: DocumentNode) throws -> [[String]] {
      let people = try node.need("learners").items
      let names = people.enumerated().map { $1["id"]?.value.text?.text ?? "l\($0)" }
      guard Set(names).count == names.count else {
        throw node.unexpected("A learner comes twice; name each once.")
      }
      let kind = try node.need("kind")
      switch try kind.text().text {
      case "pods":
        let pods = try Pods(
          traits: try people.map { try $0["traits"]?.numbers() ?? [] },
          mostLearners: try node.need("most").count())
        return names.indices.sorted { (pods.pods[$0], $0) < (pods.pods[$1], $1) }.map {
          ["pod \(pods.pods[$0] + 1)", names[$0], "\(pods.sizes[pods.pods[$0]]) learners"]
        }
      case "coaches":
        let coaches = try node.need("coaches").items
        let limits = try coaches.map { try $0.need("limit").count() }
        let loads = try CoachLoads(
          preferences: try people.map {
            try $0["preferences"]?.numbers() ?? Array(repeating: 0, count: limits.count)
          }, limits: limits)
        return try names.indices.sorted { (loads.coaches[$0], $0) < (loads.coaches[$1], $1) }.map {
          let coach = loads.coaches[$0]
          return [
            try coaches[coach].need("id").text().text, names[$0],
            "\(loads.loads[coach]) of \(limits[coach])",
          ]
        }
      case "levels":
        let levels = try people.map { try $0.need("level").count() }
        let (least, most) = (try node.need("least").count(), try node.need("most").count())
        guard least <= most else { throw node.unexpected("least is above most; exchange them.") }
        let groups = try LevelGroups(
          levels: levels, sizes: least...most, count: try node["count"]?.count())
        return groups.groups.enumerated().flatMap { number, learners in
          learners.map { ["group \(number + 1)", names[$0], "level \(levels[$0])"] }
        }
      case "stuck", "peers": return try stuck(node, people, names, try kind.text().text == "peers")
      default:
        throw kind.unexpected("The kind is one of pods, coaches, levels, stuck and peers.")
      }
    }

    /// Groups of those stuck, with or without helpers; competencies are names here.
    private static func stuck(
      _ node: DocumentNode, _ people: [DocumentNode], _ names: [String], _ hasPeers: Bool
    ) throws -> [[String]] {
      var (numbers, words): ([Identifier: Int], [String]) = ([:], [])
      func number(_ word: Identifier) -> Int {
        if let known = numbers[word] { return known }
        numbers[word] = words.count
        words.append(word.text)
        return words.count - 1
      }
      let stuck = people.map { ($0["stuck"]?.words ?? []).map(number) }
      if hasPeers {
        let groups = try PeerGroups(
          stuck: stuck.map(\.first),
          mastered: people.map { Set(($0["mastered"]?.words ?? []).map(number)) },
          mostHelped: try node.need("most").count())
        return groups.groups.flatMap { group in
          group.learners.map {
            ["with \(names[group.expert])", names[$0], words[group.competency]]
          }
        } + groups.unhelped.map { ["(no helper)", names[$0], words[stuck[$0][0]]] }
      }
      let (least, most) = (try node.need("least").count(), try node.need("most").count())
      guard least <= most else { throw node.unexpected("least is above most; exchange them.") }
      let groups = try StuckGroups(stuck, sizes: least...most)
      return groups.groups.enumerated().flatMap { number, group in
        group.learners.map { ["group \(number + 1)", names[$0], words[group.competency]] }
      }
        + groups.alone.map {
          ["(alone)", names[$0], stuck[$0].map { words[$0] }.joined(separator: ", ")]
        }
    }
  }

  /// `cbl-tool schedule rotate`
  struct ScheduleRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "Makes equal groups and sends them from station to station.",
      discussion: """
        After as many rounds as stations each learner was at each station once. Ends
        with 1 when pairs that are kept apart, or aides, leave no such groups.
          cbl-tool schedule rotate Docs/Examples/one-class.stations.json
        """)

    @Argument(help: "A document of the format cbl-stations/1.")
    var file: String

    @Option(name: .long, help: "The seed of the search.")
    var seed: UInt64 = 1

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print CSV.")
    var csv = false

    func run() throws {
      let document = try ScheduleDocument(file, format: "cbl-stations/1")
      let seed = seed
      let (rotation, names) = try document.reading { node in
        let request = try Self.request(node)
        let names = node["ids"]?.words.map(\.text) ?? request.levels.indices.map { "s\($0)" }
        guard names.count == request.levels.count else {
          throw node.unexpected("The list of ids is not \(request.levels.count) long.")
        }
        return (try StationRotation(request, seed: seed), names)
      }
      let rounds = 0..<rotation.stations
      let heading = ["learner", "group"] + rounds.map { "round \($0 + 1)" }
      let order = names.indices.sorted { (rotation.groups[$0], $0) < (rotation.groups[$1], $1) }
      let rows = order.map { learner in
        [names[learner], String(rotation.groups[learner] + 1)]
          + rounds.map { "station \(rotation.station(of: rotation.groups[learner], in: $0) + 1)" }
      }
      if !json, !csv {
        try Console.print(
          "cost \(rotation.cost), \(rotation.violations) broken rules, no certificate\n")
      }
      try ScheduleTable.print(
        [heading] + rows, json: json, csv: csv, leftAligned: heading.count,
        heading: [("cost", .number(rotation.cost)), ("violations", .number(rotation.violations))])
      if rotation.violations > 0 { throw ToolFailure.ended(1) }
    }

    private static func request(_ node: DocumentNode) throws -> StationRotation.Request {
      let levels = try node.need("level").items.map {
        $0.value.elements == nil ? [try $0.count()] : try $0.numbers()
      }
      let aided = (node["aide"]?.items ?? []).enumerated().filter { $1.isTrue }.map(\.offset)
      return StationRotation.Request(
        levels: levels, stations: try node.need("groups").count(),
        apart: try (node["apart"]?.items ?? []).map { try $0.numbers() },
        friends: try (node["friends"]?.items ?? []).map { try $0.numbers() }, aided: Set(aided),
        mostAided: try node.number("maxAide", or: .max))
    }
  }

  /// `cbl-tool schedule support`
  struct ScheduleSupportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "support",
      abstract: "Gives those who need help today a seat today, or says why there is none.",
      discussion: """
        Ends with 1 when somebody has no seat.
          cbl-tool schedule support Docs/Examples/today.support.yaml
        """)

    @Argument(help: "A document of the format cbl-support/1.")
    var file: String

    @Option(name: .long, help: "Write a page to print: FILE.svg or FILE.html.")
    var week: String?

    @Flag(name: .long, help: "Replace the output file.")
    var force = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print CSV.")
    var csv = false

    func run() throws {
      try WeekView.check(week)
      let document = try ScheduleDocument(file, format: "cbl-support/1")
      let (flags, words, plan) = try document.reading { node in try Self.plan(node) }
      let reasons = Dictionary(uniqueKeysWithValues: plan.unserved.map { ($0.flag, $0.reason) })
      let rows = flags.indices.map { flag in
        [
          flags[flag].learner.description, words[flags[flag].competency],
          plan.sessions[flag]?.text ?? "(none)", reasons[flag]?.description ?? "",
        ]
      }
      if let week {
        try WeekView(
          title: ScheduleRegroupCommand.name(of: file),
          rows: rows.map { ($0[2], "\($0[0]): \($0[1])") }
        ).write(to: week, force: force)
      }
      try ScheduleTable.print(
        [["learner", "competency", "session", "reason"]] + rows, json: json, csv: csv,
        leftAligned: 4)
      if !plan.unserved.isEmpty { throw ToolFailure.ended(1) }
    }

    private static func plan(
      _ node: DocumentNode
    ) throws -> (flags: [SupportPlan.Flag], words: [String], plan: SupportPlan) {
      var (numbers, words): ([Identifier: Int], [String]) = ([:], [])
      func number(_ word: Identifier) -> Int {
        if let known = numbers[word] { return known }
        numbers[word] = words.count
        words.append(word.text)
        return words.count - 1
      }
      var sessions: [SupportPlan.Session] = []
      for item in try node.need("sessions").items {
        sessions.append(
          .init(
            try item.need("id").text(), start: try item.need("start").minute(),
            end: try item.need("end").minute(), seats: try item.need("seats").count(),
            competencies: Set((item["competencies"]?.words ?? []).map(number))))
      }
      var flags: [SupportPlan.Flag] = []
      for item in try node.need("flags").items {
        var busy: [Range<Int>] = []
        for span in item["busy"]?.items ?? [] {
          let (start, end) = (try span.need("start").minute(), try span.need("end").minute())
          guard start < end else {
            throw SchedulingError(
              .zeroLength, "What a learner is busy with ends before it begins.",
              at: Place(pointer: span.pointer))
          }
          busy.append(start..<end)
        }
        flags.append(
          .init(
            ID(try item.need("learner").text()),
            competency: number(try item.need("competency").text()),
            at: try item.need("at").minute(), deficit: try item.number("deficit", or: 0), busy: busy
          ))
      }
      return (flags, words, try SupportPlan(flags, sessions: sessions))
    }
  }
#endif
