/// The different rows of ratings of a table and how many units have each.
///
/// Four raters and five categories make at most 1,296 rows, however many units there are.
struct RatingPatterns {
  let categories: Int
  let raters: Int
  /// The codes of each row with a rating, row after row.
  private(set) var codes: [UInt16] = []
  /// How many units have each row.
  private(set) var multiplicities: [Double] = []
  /// For each unit with a rating, in order, its row.
  private(set) var rows: [Int32] = []

  init(of table: RatingTable) {
    categories = table.values.count
    raters = table.raters.count
    let radix = categories + 1
    var size = 1
    for _ in 0..<raters where size <= 1 << 16 { size *= radix }
    let isSmall = size <= 1 << 16
    var places = [Int32](repeating: -1, count: isSmall ? size : 0)
    rows.reserveCapacity(table.units.count)
    unsafe table.codes.withUnsafeBufferPointer { all in
      for unit in table.units.indices {
        let start = unit * raters
        var (key, hasRating) = (0, false)
        for rater in 0..<raters {
          let code = unsafe all[start + rater]
          let isMissing = code == RatingTable.missing
          hasRating = hasRating || !isMissing
          key = isSmall ? key * radix + (isMissing ? categories : Int(code)) : 0
        }
        guard hasRating else { continue }
        if isSmall, places[key] >= 0 {
          multiplicities[Int(places[key])] += 1
          rows.append(places[key])
          continue
        }
        let place = Int32(multiplicities.count)
        if isSmall { places[key] = place }
        for rater in 0..<raters { unsafe codes.append(all[start + rater]) }
        multiplicities.append(1)
        rows.append(place)
      }
    }
  }

  /// How many different rows there are.
  var count: Int { multiplicities.count }

  /// How often each row has each category, row after row, and how many ratings it has.
  var categoryCounts: (counts: [Double], ratings: [Double]) {
    var counts = [Double](repeating: 0, count: count * categories)
    var ratings = [Double](repeating: 0, count: count)
    for row in 0..<count {
      for rater in 0..<raters {
        let code = codes[row * raters + rater]
        guard code != RatingTable.missing else { continue }
        counts[row * categories + Int(code)] += 1
        ratings[row] += 1
      }
    }
    return (counts, ratings)
  }
}
