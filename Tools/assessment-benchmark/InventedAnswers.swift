import Assessment

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Answers of invented persons, the same for the same size.
struct InventedAnswers {
  var persons = 10_000
  var items = 100
  var seed: UInt64 = 20_240_901

  private func slope(_ item: Int) -> Double { 0.6 + 1.6 * Double(item * 37 % 101) / 101 }
  private func difficulty(_ item: Int) -> Double { -2.2 + 4.4 * Double(item * 61 % 103) / 103 }

  /// Answers of 0 and 1 by a two-parameter model.
  func table() throws -> ResponseTable {
    try ResponseTable(
      items: (1...items).map { "i\($0)" }, persons: (1...persons).map { "p\($0)" },
      cells: cells())
  }

  /// The answers, item after item.
  func cells() -> [UInt8] {
    let generator = SeededGenerator(seed: seed)
    var cells = [UInt8](repeating: 0, count: persons * items)
    for person in 0..<persons {
      var random = generator.stream(person)
      let ability = random.normal()
      for item in 0..<items {
        let odds = exponential(-slope(item) * (ability - difficulty(item)))
        cells[item * persons + person] = random.uniform() * (1 + odds) < 1 ? 1 : 0
      }
    }
    return cells
  }

  /// Chosen options of five, the key by the same model.
  func choices() throws -> ChoiceTable {
    var cells = cells()
    var random = SeededGenerator(seed: seed).stream(-1)
    for item in 0..<items {
      let key = UInt8(item % 5)
      for place in item * persons..<(item + 1) * persons {
        cells[place] = cells[place] == 1 ? key : (key + 1 + UInt8(random.below(4))) % 5
      }
    }
    return ChoiceTable(
      items: (1...items).map { "i\($0)" }, persons: (1...persons).map { "p\($0)" },
      options: ["A", "B", "C", "D", "E"], key: (0..<items).map { $0 % 5 }, cells: cells)
  }

  /// Ratings from 0 to 4 of units by raters of different severity.
  func ratings(units: Int, raters: Int) -> RatingTable {
    let generator = SeededGenerator(seed: seed &+ 1)
    var codes: [UInt16] = []
    for unit in 0..<units {
      var random = generator.stream(unit)
      let quality = random.normal()
      for rater in 0..<raters {
        let seen = 2 + 1.1 * quality + 0.2 * Double(rater % 3 - 1) + 0.7 * random.normal()
        codes.append(UInt16(min(4, max(0, seen.rounded()))))
      }
    }
    return RatingTable(
      units: (1...units).map { "u\($0)" }, raters: (1...raters).map { "r\($0)" },
      values: [0, 1, 2, 3, 4], codes: codes)
  }

  /// Writes answers and ratings for other programs.
  func write(to folder: String) throws {
    try Self.write(cells(), to: folder + "/answers.u8")
    for (name, units, raters) in [("pair", 100_000, 2), ("four", 25_000, 4)] {
      let table = ratings(units: units, raters: raters)
      var codes: [UInt16] = []
      for unit in 0..<units {
        for rater in 0..<raters { codes.append(UInt16(table[unit, rater] ?? 0)) }
      }
      try Self.write(codes, to: "\(folder)/\(name).u16")
    }
    try Self.write(
      inventedWins().flatMap { [UInt16($0.winner), UInt16($0.loser)] }, to: "\(folder)/wins.u16")
    for (name, practice) in [("practice", InventedPractice()), ("short", .short)] {
      let columns = practice.columns()
      try Self.write(columns.answers, to: "\(folder)/\(name).u8")
      try Self.write(columns.skills, to: "\(folder)/\(name)-skills.i32")
      try Self.write(columns.learners, to: "\(folder)/\(name)-learners.i32")
    }
  }

  private static func write(_ values: [some FixedWidthInteger], to path: String) throws {
    guard let file = unsafe fopen(path, "wb") else { throw WriteFailure(path: path) }
    let written = unsafe values.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
    guard unsafe fclose(file) == 0, written == values.count * MemoryLayout.size(ofValue: values[0])
    else { throw WriteFailure(path: path) }
  }
}

/// A file of the benchmark could not be written.
struct WriteFailure: Error {
  var path: String
}
