import Badges
import Domain
import Testing

@Suite("Places on status lists")
struct StatusPlacesTests {
  @Test("are given once each, to the last one, and not in order")
  func all() throws {
    var places = StatusPlaces(count: 1_000)
    try places.take(7)
    let given = try (1..<1_000).map { _ in try places.takeAny() }
    #expect(Set(given).count == 999 && !given.contains(7))
    #expect(Set(given) == Set(0..<1_000).subtracting([7]))
    #expect(given != given.sorted())
    #expect(throws: BadgesError.self) { try places.takeAny() }
  }

  @Test("come back from their file, and are not given again")
  func file() throws {
    var places = StatusPlaces(count: 100)
    for _ in 0..<60 { _ = try places.takeAny() }
    var again = try StatusPlaces(places.bytes, count: 100)
    #expect(again.bytes == places.bytes)
    let more = try (0..<40).map { _ in try again.takeAny() }
    let before = String(decoding: places.bytes, as: UTF8.self).split(separator: "\n")
    #expect(Set(more.map { "\($0)" }).isDisjoint(with: before.map(String.init)))
  }

  static let wrong: [(text: String, line: Int)] = [
    ("1\n1\n", 2), ("1\n\n100\n", 3), ("-1\n", 1), ("one\n", 1), ("1 2\n", 1),
  ]

  @Test("a file that is wrong is told with its line", arguments: wrong.indices)
  func malformed(_ index: Int) {
    let test = Self.wrong[index]
    do throws(BadgesError) {
      _ = try StatusPlaces(Array(test.text.utf8), count: 100)
      Issue.record("\(test.text) was read")
    } catch {
      #expect(error.code == .status && error.place?.line == test.line)
    }
  }
}
