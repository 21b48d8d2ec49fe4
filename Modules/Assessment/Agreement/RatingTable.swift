/// The ratings that raters gave to units, such as pieces of work.
///
/// A rating is any number; equal numbers are one category. A missing rating is `nil`.
public struct RatingTable: Sendable {
  /// The names of the units.
  public let units: [String]
  /// The names of the raters.
  public let raters: [String]
  /// The different ratings, rising.
  public let values: [Double]

  /// The place of each rating in ``values``, unit after unit; ``missing`` for none.
  let codes: [UInt16]
  /// Stands for no rating.
  static let missing = UInt16.max

  /// Creates a table from rows of ratings.
  ///
  /// - Parameters:
  ///   - units: The names of the units; without them they are `1`, `2` and so on.
  ///   - raters: The names of the raters; without them they are `1`, `2` and so on.
  ///   - rows: For each unit the rating of each rater, or `nil`.
  ///   - values: All ratings that are possible; without it, those that occur.
  /// - Throws: ``AssessmentError`` when rows differ in length, a rating is no finite number or is
  ///   not among `values`, or there are more than 65,000 different ones.
  public init(
    units: [String]? = nil, raters: [String]? = nil, rows: [[Double?]], values: [Double]? = nil
  ) throws(AssessmentError) {
    let width = rows.first?.count ?? 0
    guard width > 0 else {
      throw AssessmentError(.empty, "There are no ratings; give at least one unit and rater.")
    }
    var flat: [Double?] = []
    flat.reserveCapacity(rows.count * width)
    for (index, row) in rows.enumerated() {
      guard row.count == width else {
        throw AssessmentError(
          .shape, "Row \(index + 1) has \(row.count) ratings, the first has \(width).")
      }
      flat += row
    }
    try self.init(
      units: units ?? (0..<rows.count).map { "\($0 + 1)" },
      raters: raters ?? (0..<width).map { "\($0 + 1)" }, flat: flat, values: values)
  }

  /// Creates a table from ratings unit after unit.
  package init(
    units: [String], raters: [String], flat: [Double?], values: [Double]? = nil
  ) throws(AssessmentError) {
    guard flat.count == units.count * raters.count, !flat.isEmpty else {
      throw AssessmentError(
        .shape,
        "There are \(flat.count) ratings for \(units.count) units and "
          + "\(raters.count) raters.")
    }
    if let place = flat.firstIndex(where: { $0.map { !$0.isFinite } ?? false }) {
      throw AssessmentError(
        .wrongValue,
        "Rating of unit \(place / raters.count + 1) by rater "
          + "\(raters[place % raters.count]) is no number; leave it out or correct it.")
    }
    let known = Array(Set((values ?? []) + (values == nil ? flat.compactMap { $0 } : []))).sorted()
    guard !known.isEmpty else {
      throw AssessmentError(.empty, "Every rating is missing; nothing can be computed.")
    }
    guard known.count <= 65_000 else {
      throw AssessmentError(.limitExceeded, "There are more than 65000 different ratings.")
    }
    let places = Dictionary(uniqueKeysWithValues: zip(known, known.indices))
    var codes = [UInt16](repeating: Self.missing, count: flat.count)
    for (index, rating) in flat.enumerated() {
      guard let rating else { continue }
      guard let place = places[rating] else {
        throw AssessmentError(.wrongValue, "Rating \(rating) is not among the possible ones.")
      }
      codes[index] = UInt16(place)
    }
    self.units = units
    self.raters = raters
    self.values = known
    self.codes = codes
  }

  /// Creates a table from places in a list of values, unit after unit; `UInt16.max` for none.
  package init(units: [String], raters: [String], values: [Double], codes: [UInt16]) {
    self.units = units
    self.raters = raters
    self.values = values
    self.codes = codes
  }

  /// The rating of a unit by a rater, or `nil` where there is none.
  public subscript(unit: Int, rater: Int) -> Double? {
    let code = codes[unit * raters.count + rater]
    return code == Self.missing ? nil : values[Int(code)]
  }

  /// The table with two of its raters.
  ///
  /// - Parameters:
  ///   - first: The place of the first rater.
  ///   - second: The place of the second rater.
  public func pair(_ first: Int, _ second: Int) -> RatingTable {
    var pairs: [UInt16] = []
    pairs.reserveCapacity(units.count * 2)
    for unit in units.indices {
      pairs.append(codes[unit * raters.count + first])
      pairs.append(codes[unit * raters.count + second])
    }
    return RatingTable(
      units: units, raters: [raters[first], raters[second]], values: values, codes: pairs)
  }

  /// The table with only those ratings as categories that occur in it.
  ///
  /// Weights of partial agreement depend on the lowest and highest category, so that two raters
  /// alone may have others than in the company of more.
  public var withOwnValues: RatingTable {
    var isUsed = [Bool](repeating: false, count: values.count)
    for code in codes where code != Self.missing { isUsed[Int(code)] = true }
    var places = [UInt16](repeating: Self.missing, count: values.count)
    var own: [Double] = []
    for code in values.indices where isUsed[code] {
      places[code] = UInt16(own.count)
      own.append(values[code])
    }
    return RatingTable(
      units: units, raters: raters, values: own,
      codes: codes.map { $0 == Self.missing ? $0 : places[Int($0)] })
  }

  /// Groups of raters that no unit connects: raters of different groups cannot be compared.
  public var separateRaters: [[String]] {
    var group = Array(raters.indices)
    func top(_ rater: Int) -> Int {
      var rater = rater
      while group[rater] != rater { rater = group[rater] }
      return rater
    }
    for unit in units.indices {
      var first: Int?
      for rater in raters.indices where codes[unit * raters.count + rater] != Self.missing {
        if let first { group[top(rater)] = top(first) } else { first = rater }
      }
    }
    var groups: [Int: [String]] = [:]
    for rater in raters.indices { groups[top(rater), default: []].append(raters[rater]) }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  /// What is remarkable before anything is computed.
  public var findings: [Finding] {
    var found: [Finding] = []
    var counts = [Int](repeating: 0, count: values.count)
    var ofRater = [Int](repeating: 0, count: raters.count)
    var single = 0
    for unit in units.indices {
      var ratings = 0
      for rater in raters.indices {
        let code = codes[unit * raters.count + rater]
        guard code != Self.missing else { continue }
        counts[Int(code)] += 1
        ofRater[rater] += 1
        ratings += 1
      }
      single += ratings < 2 ? 1 : 0
    }
    for rater in raters.indices where ofRater[rater] == 0 {
      found.append(Finding(.emptyPerson, raters[rater], "the rater rated nothing; leave out"))
    }
    if single > 0 {
      found.append(
        Finding(.caution, nil, "\(single) units have fewer than two ratings and show no agreement"))
    }
    let groups = separateRaters.filter { !$0.isEmpty }
    if groups.count > 1 {
      let lists = groups.prefix(4).map { $0.prefix(6).joined(separator: ", ") }
      found.append(
        Finding(
          .disconnected, nil,
          "raters fall into \(groups.count) groups that share no unit (\(lists.joined(separator: " | "))"
            + "); their severity cannot be compared: have some units rated across groups"))
    }
    let all = counts.reduce(0, +)
    if let most = counts.max(), all > 0, Double(most) > 0.9 * Double(all), values.count > 1 {
      found.append(
        Finding(
          .skewedCategories, nil,
          "more than 90 % of the ratings are the same; kappa is small then whatever raters do, so "
            + "read AC1 beside it"))
    }
    return found
  }
}
