#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess review memory`
  struct AssessMemoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "memory",
      abstract: "Tells when something that was learnt is to be reviewed (FSRS-6).",
      discussion: """
        The table has a row for each review, in order: card, rating, days. Ratings
        are 1 again, 2 hard, 3 good, 4 easy. Days are those since the review
        before; an empty cell stands for a review exactly when it was due.
          cbl-tool assess review memory Docs/Examples/assess/reviews.csv

        A document has 'ratings' and 'days_before_review' (a list, or null), or a
        list 'cases' of such documents.
        """)

    @Argument(help: "The table or document.")
    var reviews: String

    @Option(name: .long, help: "The probability of recall at which a review is due.")
    var retention = 0.9

    @Option(name: .long, help: "The 21 parameters of FSRS-6, with commas.")
    var parameters: String?

    @Option(name: .long, help: "Days after the last review at which to tell recall, with commas.")
    var days = "0,1,10,100"

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    /// One card with its reviews.
    private struct Card {
      var name: String
      var reviews: [(rating: ReviewScheduler.Rating, days: Double?)] = []
    }

    func run() throws {
      let weights = try parameters.map { try AssessText.numbers($0, option: "--parameters") }
      let scheduler = try AssessText.options { () throws(AssessmentError) in
        try ReviewScheduler(
          parameters: weights ?? ReviewScheduler.defaultParameters, retention: retention)
      }
      let points = try AssessText.numbers(days, option: "--days").map { Int(min(1e9, max(0, $0))) }
      let cards = try isDocument ? documentCards() : tableCards()
      var lines: [String] = []
      let values = cards.map { card -> JSONValue in
        var memory: ReviewScheduler.Memory?
        var rows = [["review", "rating", "stability", "difficulty", "stage", "next"]]
        var steps: [JSONValue] = []
        for (number, review) in card.reviews.enumerated() {
          let seconds = review.days.map { $0 * 86_400 } ?? memory?.interval ?? 0
          let next = scheduler.review(memory, rating: review.rating, afterSeconds: seconds)
          rows.append([
            "\(number + 1)", "\(review.rating)", AssessText.number(next.stability),
            AssessText.number(next.difficulty), next.stage.rawValue, Self.wait(next.interval),
          ])
          steps.append(Self.json(next))
          memory = next
        }
        lines.append("\(card.name.escapingControls()):")
        lines += TextTable.lines(rows, leftAligned: 2).map { "  " + $0 }
        let recall = points.map { day -> (Int, Double?) in
          (day, memory.map { scheduler.retrievability(of: $0, afterDays: day) })
        }
        return .object([
          ("card", .text(card.name)), ("reviews", .array(steps)),
          (
            "retrievability",
            .array(
              recall.map {
                .object([
                  ("daysAfter", .number($0.0)), ("retrievability", AssessText.json($0.1)),
                ])
              })
          ),
        ])
      }
      try AssessText.print(lines, .object([("cards", .array(values))]), json: json)
    }

    private var isDocument: Bool {
      [".json", ".yaml", ".yml"].contains { reviews.lowercased().hasSuffix($0) }
        || reviews.contains("#")
    }

    private func tableCards() throws -> [Card] {
      var cards: [Card] = []
      var places: [String: Int] = [:]
      for row in try AssessTable(reviews, columns: ["card", "rating"]).rows {
        let name = try row.text("card")
        guard let rating = ReviewScheduler.Rating(rawValue: try row.whole("rating")) else {
          throw row.failure("rating", "a rating is 1, 2, 3 or 4")
        }
        let place = places[name] ?? cards.count
        if place == cards.count {
          places[name] = place
          cards.append(Card(name: name))
        }
        let days = try row.optionalNumber("days")
        if let days, days < 0 { throw row.failure("days", "days are 0 or more") }
        cards[place].reviews.append((rating, days))
      }
      return cards
    }

    private func documentCards() throws -> [Card] {
      let document = try AssessDocument(reviews)
      let nodes = document.optional("cases").map(\.items) ?? [document.root]
      return try nodes.enumerated().map { number, node in
        let input = node["input"] ?? node
        let ratings = try document.list(document.need("ratings", in: input)).map { entry in
          guard let rating = ReviewScheduler.Rating(rawValue: try document.whole(entry)) else {
            throw document.failure(entry, "a rating is 1, 2, 3 or 4")
          }
          return rating
        }
        let days = try document.optional("days_before_review", in: input).map(document.numbers)
        if let days, days.count != ratings.count || days.contains(where: { $0 < 0 }) {
          throw document.failure(input, "there are \(days.count) days for \(ratings.count) ratings")
        }
        return Card(
          name: "\(number + 1)",
          reviews: ratings.enumerated().map { ($1, days?[$0]) })
      }
    }

    private static func json(_ memory: ReviewScheduler.Memory) -> JSONValue {
      .object([
        ("stability", .decimal(memory.stability)), ("difficulty", .decimal(memory.difficulty)),
        ("state", .text(memory.stage.rawValue)), ("intervalSeconds", .decimal(memory.interval)),
      ])
    }

    private static func wait(_ seconds: Double) -> String {
      seconds < 86_400
        ? "\(Figures.text(seconds / 60, places: 0)) min"
        : "\(Figures.text(seconds / 86_400, places: 0)) d"
    }
  }
#endif
