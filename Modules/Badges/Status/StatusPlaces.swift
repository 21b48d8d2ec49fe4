internal import Domain

/// The places on a status list that are taken, so that each badge has one of its own and nobody can
/// tell from a place when a badge was issued.
public struct StatusPlaces: Sendable {
  /// How many places the list has.
  public let count: Int
  private var taken: Set<Int> = []
  /// The places that are free in random order, once more than half are taken.
  private var free: [Int] = []
  private var random = SystemRandomNumberGenerator()

  /// Takes no place yet.
  ///
  /// - Parameter count: How many places the list has.
  public init(count: Int = StatusList.leastCount) {
    precondition(count > 0, "a list has places")
    self.count = count
  }

  /// Reads the places that are taken, one on each line.
  ///
  /// - Throws: ``BadgesError`` with the code `status` and the line that is no place on the list.
  public init(_ bytes: [UInt8], count: Int = StatusList.leastCount) throws(BadgesError) {
    self.init(count: count)
    for (line, text) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      let digits = String(decoding: text, as: UTF8.self)
      guard !digits.allSatisfy(\.isWhitespace) else { continue }
      guard let place = Int(digits) else {
        throw BadgesError(
          .status, "Expected the number of a place, found \"\(digits.prefix(40))\".",
          at: Place(line: line + 1))
      }
      do throws(BadgesError) { try take(place) } catch {
        throw BadgesError(.status, error.message, at: Place(line: line + 1))
      }
    }
  }

  /// The places that are taken, in their order, one on each line.
  public var bytes: [UInt8] { taken.sorted().flatMap { Array("\($0)\n".utf8) } }

  /// Takes a place.
  ///
  /// - Throws: ``BadgesError`` with the code `status` where it is taken or outside of the list.
  public mutating func take(_ place: Int) throws(BadgesError) {
    guard (0..<count).contains(place) else {
      throw BadgesError(.status, "The place \(place) lies outside of the list of \(count).")
    }
    guard taken.insert(place).inserted else {
      throw BadgesError(.status, "The place \(place) is taken; each badge needs its own.")
    }
  }

  /// Takes a place that is free, from the random numbers of the system.
  ///
  /// - Throws: ``BadgesError`` with the code `status` for a list that is full.
  /// - Complexity: O(1) on average; once O(*n*) in the number of places.
  public mutating func takeAny() throws(BadgesError) -> Int {
    guard taken.count < count else {
      throw BadgesError(.status, "All \(count) places of the list are taken; make a new list.")
    }
    if taken.count > count / 2, free.isEmpty {
      free = (0..<count).filter { !taken.contains($0) }.shuffled(using: &random)
    }
    while true {
      let place = free.popLast() ?? Int.random(in: 0..<count, using: &random)
      if taken.insert(place).inserted { return place }
    }
  }
}
