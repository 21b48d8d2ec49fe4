/// How a cell came out poorer than its field.
enum Reduction: Int, CaseIterable {
  case lineBreak
  case day
  case paddedDate
  case word
  case element
  case identifier

  /// Why, as a sentence.
  var reason: String {
    switch self {
    case .lineBreak: "line breaks in cells became blanks; the format does not allow them"
    case .day: "the format has days here; the time of the day was left out"
    case .paddedDate: "the format has whole dates here; the missing parts were made up"
    case .word: "words that the format does not know begin with ext:"
    case .element: "elements of lists have no commas, braces or outer blanks; others replaced them"
    case .identifier: "letters that identifiers must not have were written as @ and their code"
    }
  }
}

/// How often each column was reduced, and why.
struct ReductionCounts {
  private var counts: [[Int]]

  init(columns: Int) {
    counts = Array(repeating: Array(repeating: 0, count: columns), count: Reduction.allCases.count)
  }

  mutating func add(_ reduction: Reduction, _ column: Int) {
    counts[reduction.rawValue][column] += 1
  }

  /// How often a column was reduced.
  func count(_ reduction: Reduction, _ column: Int) -> Int { counts[reduction.rawValue][column] }
}
