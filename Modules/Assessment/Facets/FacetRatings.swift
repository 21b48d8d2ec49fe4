/// Ratings of persons' work, each under one level of several facets, such as criterion and rater.
public struct FacetRatings: Sendable {
  /// A facet with its levels.
  public struct Facet: Hashable, Sendable {
    /// What it is, such as `rater`.
    public var name: String
    /// The names of its levels.
    public var levels: [String]
  }

  /// The names of the persons.
  public private(set) var persons: [String] = []
  /// The facets; the first one carries the mean, as items do.
  public private(set) var facets: [Facet]
  /// The lowest score.
  public private(set) var lowest = 0
  /// How many scores there are, from the lowest to the highest.
  public private(set) var categoryCount = 0

  /// The person of each rating.
  private(set) var personOfRating: [Int32] = []
  /// The levels of each rating, rating after rating.
  private(set) var levels: [Int32] = []
  /// The score of each rating, from 0.
  private(set) var scores: [UInt8] = []

  /// Creates ratings from rows.
  ///
  /// - Parameters:
  ///   - names: The names of the facets.
  ///   - rows: For each rating the person, the level of each facet, and the whole score.
  /// - Throws: ``AssessmentError`` when there are no rows, a row has other facets, or scores span
  ///   more than ``ResponseTable/mostCategories``.
  public init(
    facets names: [String], rows: [(person: String, levels: [String], score: Int)]
  ) throws(AssessmentError) {
    guard let first = rows.first, !names.isEmpty else {
      throw AssessmentError(.empty, "There are no ratings, or no facets.")
    }
    facets = names.map { Facet(name: $0, levels: []) }
    var personPlaces: [String: Int32] = [:]
    var levelPlaces = [[String: Int32]](repeating: [:], count: names.count)
    var (least, most) = (first.score, first.score)
    for row in rows { (least, most) = (min(least, row.score), max(most, row.score)) }
    guard most.subtractingReportingOverflow(least).overflow == false,
      most - least < ResponseTable.mostCategories, most > least
    else {
      throw AssessmentError(
        .notEstimable,
        "Scores go from \(least) to \(most); there must be 2 to "
          + "\(ResponseTable.mostCategories) different ones.")
    }
    for (index, row) in rows.enumerated() {
      guard row.levels.count == names.count else {
        throw AssessmentError(
          .shape, "Rating \(index + 1) has \(row.levels.count) levels for \(names.count) facets.")
      }
      if personPlaces[row.person] == nil {
        personPlaces[row.person] = Int32(persons.count)
        persons.append(row.person)
      }
      personOfRating.append(personPlaces[row.person] ?? 0)
      for (facet, level) in row.levels.enumerated() {
        if levelPlaces[facet][level] == nil {
          levelPlaces[facet][level] = Int32(facets[facet].levels.count)
          facets[facet].levels.append(level)
        }
        levels.append(levelPlaces[facet][level] ?? 0)
      }
      scores.append(UInt8(row.score - least))
    }
    lowest = least
    categoryCount = most - least + 1
  }

  /// Sets of persons and levels that no rating connects.
  var componentCount: Int {
    let starts = facets.reduce(into: [persons.count]) {
      $0.append(($0.last ?? 0) + $1.levels.count)
    }
    var group = Array(0..<(starts.last ?? 0))
    func top(_ node: Int) -> Int {
      var node = node
      while group[node] != node {
        group[node] = group[group[node]]
        node = group[node]
      }
      return node
    }
    for rating in scores.indices {
      let person = top(Int(personOfRating[rating]))
      for facet in facets.indices {
        let level = starts[facet] + Int(levels[rating * facets.count + facet])
        group[top(level)] = top(person)
      }
    }
    return Set(group.indices.map { top($0) }).count
  }
}
