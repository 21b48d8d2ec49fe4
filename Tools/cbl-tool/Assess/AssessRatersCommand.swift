#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess raters`
  struct AssessRatersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "raters",
      abstract: "Tells how far raters agree, and how many of them a decision needs.",
      discussion: """
        Wide: a row for each piece of work, a column for each rater (and unit).
        Long: the columns unit, rater, score, and perhaps criterion.
          cbl-tool assess raters Docs/Examples/assess/krippendorff.csv
          cbl-tool assess raters Docs/Examples/assess/krippendorff.csv \\
            --weights quadratic --draws 1000 --seed 7
          cbl-tool assess raters Docs/Examples/assess/watch.csv --watch
        With --watch rows stand in order of time, and the severity, halo and drift
        of each rater are told; a column anchor may hold the experts' score.
        Severity on one scale: cbl-tool assess fit --model facets.
        """)

    @Argument(help: "The table of ratings.")
    var ratings: String

    @Option(
      name: .long, help: "unweighted, linear, quadratic or ordinal; all of them without it.")
    var weights: String?

    @Option(name: .long, help: "How many samples to draw for the intervals of alpha; needs --seed.")
    var draws = 0

    @Option(name: .long, help: "The seed of the draws.")
    var seed: UInt64?

    @Flag(name: .long, help: "Severity, halo and drift of each rater instead of agreement.")
    var watch = false

    @Option(name: .long, help: "Draw severity with intervals into this SVG file.")
    var svg: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      if let weights, AgreementWeights(rawValue: weights) == nil {
        throw ValidationError(
          "--weights takes unweighted, linear, quadratic or ordinal, not '\(weights)'")
      }
      if draws > 0, seed == nil { throw ValidationError("--draws needs --seed") }
      if draws < 0 || draws > 1_000_000 { throw ValidationError("--draws takes 0 to 1000000") }
    }

    func run() throws {
      if watch {
        let found = try AssessWatch(ratings, options: .init())
        if let svg { try AssessPlots.watch(found.watch).write(to: svg) }
        return try AssessText.print(found.lines, found.value, json: json)
      }
      if let counts = try countTable() {
        let result = AssessKappaResult(counts)
        return try AssessText.print(result.lines, result.value, json: json)
      }
      if let svg {
        let found = try AssessWatch(ratings, options: .init())
        try AssessPlots.watch(found.watch).write(to: svg)
      }
      let table = try AssessAnswers.ratings(ratings)
      let result = AssessRatersResult(
        table,
        weights: weights.flatMap { AgreementWeights(rawValue: $0) }.map { [$0] }
          ?? AgreementWeights.allCases, draws: draws, seed: seed ?? 1)
      try AssessText.print(result.lines, result.value, json: json)
    }

    /// The kappas of a published table of counts.
    private func countTable() throws -> [(AgreementWeights, Kappa)]? {
      guard ratings.split(separator: "#").first?.hasSuffix(".json") == true else { return nil }
      let document = try AssessDocument(ratings)
      guard let node = document.optional("table") else { return nil }
      let counts = try document.rows(node)
      return try AgreementWeights.allCases.map { weights in
        (
          weights,
          try AssessText.reading(ratings) { () throws(AssessmentError) in
            try Kappa(counts: counts, weights: weights)
          }
        )
      }
    }
  }
#endif
