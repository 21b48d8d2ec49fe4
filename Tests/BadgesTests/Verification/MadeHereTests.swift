import Badges
import Domain
import Foundation
import LinkedData
import Testing

/// The badges of the samples with what a verifier has to conclude about each.
@Suite("Badges of the samples")
struct MadeHereTests {
  struct Case: CustomTestStringConvertible {
    let file: URL
    let expect: String
    let code: String
    let now: Instant
    var testDescription: String { file.lastPathComponent }
  }

  static let folder = Samples.url("credentials/made-here")

  static let cases: [Case] = {
    guard let folder, let list = try? Samples.node(folder.appending(path: "EXPECTED.json")),
      let now = list["checkedAt"]?.string.flatMap({ Instant($0.text) })
    else { return [] }
    return (list["cases"]?.array ?? []).map { entry in
      Case(
        file: folder.appending(path: entry["file"]?.string?.text ?? ""),
        expect: entry["expect"]?.string?.text ?? "", code: entry["code"]?.string?.text ?? "",
        now: now)
    }
  }()

  @Test("are concluded as expected", arguments: cases)
  func expected(_ test: Case) throws {
    let folder = try #require(Self.folder)
    let resources = try Samples.resources(folder.appending(path: "resolver.json"))
    let verifier = BadgeVerifier(at: test.now, loader: resources)
    let report = verifier.verify(try Samples.bytes(test.file))
    #expect(report.verdict.rawValue == test.expect, "\(report.checks)")
    #expect(report.reason.description == test.code, "\(report.checks)")
  }
}
