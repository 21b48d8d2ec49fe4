import Badges
import Foundation
import Testing

@Suite("Reasons")
struct ReasonTests {
  @Test("every reason and every check is in the table of the documentation")
  func documented() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let table = try String(contentsOf: root.appending(path: "Docs/BadgeChecks.md"), encoding: .utf8)
    for reason in Reason.all where reason != .ok && reason != .image && reason != .refresh {
      #expect(table.contains("`\(reason)`"), "\(reason)")
    }
    for name in Check.Name.allCases { #expect(table.contains("`\(name.rawValue)`")) }
  }
}
