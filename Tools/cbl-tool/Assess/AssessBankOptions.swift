#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// A bank and the rules of an adaptive test.
  struct AssessBankOptions: ParsableArguments {
    @Option(
      name: .long,
      help: "The bank: item, b, and perhaps a, c, d, domain, area, enemies.")
    var bank: String?

    @Option(name: .long, help: "information, kl, or layers such as stratified:4.")
    var select = "information"

    @Option(name: .long, help: "How answers become an ability: ml, map, eap or wle.")
    var estimator = "eap"

    @Option(name: .long, help: "The most items.")
    var most = 20

    @Option(name: .long, help: "The least items.")
    var least = 1

    @Option(name: .long, help: "End when the standard error is no greater.")
    var error: Double?

    @Option(name: .long, help: "Draw the next item among so many of the best.")
    var among = 1

    @Option(
      name: .long, parsing: .singleValue,
      help: "How many items of an area, as area=2-5; once for each area.")
    var content: [String] = []

    @Option(name: .long, help: "A fixed form: the items with commas, in order.")
    var form: String?

    @Flag(name: .long, help: "Assemble a whole test before each item (shadow test).")
    var shadow = false

    @Option(name: .long, help: "The greatest share of learners who see an item; needs --seed.")
    var exposure: Double?

    @Option(name: .long, help: "The ability before the first answer.")
    var start = 0.0

    @Option(name: .long, help: "Points of the posterior.")
    var nodes = 161

    @Option(
      name: .long, help: "Where each level but the lowest starts, as --cuts=-1,0,1.")
    var cuts: String?

    @Option(name: .long, help: "The names of the levels from low to high, with commas.")
    var labels: String?

    @Option(name: .long, help: "How many times worse a level too high is than one too low.")
    var costTooHigh = 1.0

    @Option(name: .long, help: "The seed of all chance.")
    var seed: UInt64?

    /// Reads the bank of a table.
    func readBank() throws -> ItemBank {
      guard let bank else { throw ToolFailure.usage("--bank is missing") }
      let entries = try AssessTable(bank, columns: ["item", "b"]).rows.map { row in
        let numbers = (
          a: try row.optionalNumber("a") ?? 1, b: try row.number("b"),
          c: try row.optionalNumber("c") ?? 0, d: try row.optionalNumber("d") ?? 1
        )
        let name = try row.text("item")
        do throws(AssessmentError) {
          return ItemBank.Entry(
            name,
            try LogisticItem(
              discrimination: numbers.a, difficulty: numbers.b, guessing: numbers.c,
              ceiling: numbers.d), domain: row.optional("domain") ?? "",
            area: row.optional("area") ?? "", enemies: row.optional("enemies"))
        } catch {
          throw row.failure("item", "'\(name)': \(error.message)")
        }
      }
      return try AssessText.reading(bank) { () throws(AssessmentError) in try ItemBank(entries) }
    }

    /// The rules for a bank, which is the whole one or one domain of it.
    func rules(for bank: ItemBank, of whole: ItemBank) throws -> AdaptiveRules {
      var rules = AdaptiveRules()
      guard let estimator = AbilityMethod(rawValue: estimator) else {
        throw ToolFailure.usage("--estimator takes ml, map, eap or wle, not '\(estimator)'")
      }
      switch select {
      case "information": rules.selection = .information
      case "kl": rules.selection = .kullbackLeibler
      default:
        let parts = select.split(separator: ":")
        guard parts.count == 2, parts[0] == "stratified", let layers = Int(parts[1]) else {
          throw ToolFailure.usage("--select takes information, kl or stratified:4, not '\(select)'")
        }
        rules.selection = .stratified(layers: layers)
      }
      rules.estimator = estimator
      (rules.maximumCount, rules.minimumCount) = (most, least)
      (rules.standardError, rules.randomAmong) = (error, among)
      (rules.start, rules.nodeCount) = (start, nodes)
      guard (3...10_000).contains(nodes), (1...100_000).contains(most) else {
        throw ToolFailure.usage("--nodes takes 3 to 10000, --most 1 to 100000")
      }
      rules.content = try content.map(Self.bound)
      if shadow { rules.form = .shadow }
      if let form { rules.form = .fixed(try Self.positions(form, in: bank, of: whole)) }
      if let exposure {
        guard let seed else { throw ToolFailure.usage("--exposure needs --seed") }
        let plain = rules
        rules.exposure = try AssessText.options { () throws(AssessmentError) in
          try ExposureControl.numbers(limit: exposure, bank: bank, rules: plain, seed: seed)
        }
      }
      if among > 1, seed == nil { throw ToolFailure.usage("--among needs --seed") }
      return rules
    }

    private static func bound(_ text: String) throws -> AdaptiveRules.ContentBound {
      let parts = text.split(separator: "=")
      let counts = parts.last.map { $0.split(separator: "-").compactMap { Int($0) } } ?? []
      guard parts.count == 2, counts.count == 2, counts[0] >= 0, counts[0] <= counts[1] else {
        throw ToolFailure.usage("--content wants area=2-5, not '\(text)'")
      }
      return .init(String(parts[0]), counts[0]...counts[1])
    }

    private static func positions(
      _ text: String, in bank: ItemBank, of whole: ItemBank
    ) throws -> [Int] {
      try text.split(separator: ",").compactMap { name in
        guard whole.entries.contains(where: { $0.name == name }) else {
          throw ToolFailure.usage("--form: '\(name)' is not in the bank")
        }
        // Items of other domains belong to the forms of those.
        return bank.entries.firstIndex { $0.name == name }
      }
    }

    /// The levels, or `nil` when none are asked for.
    func scale() throws -> LevelScale? {
      guard let cuts else {
        guard labels == nil else { throw ToolFailure.usage("--labels goes with --cuts") }
        return nil
      }
      let numbers = try AssessText.numbers(cuts, option: "--cuts")
      let names =
        labels.map { $0.split(separator: ",").map(String.init) }
        ?? (0...numbers.count).map { "level \($0 + 1)" }
      return try AssessText.options { () throws(AssessmentError) in
        try LevelScale(labels: names, cuts: numbers)
      }
    }
  }
#endif
