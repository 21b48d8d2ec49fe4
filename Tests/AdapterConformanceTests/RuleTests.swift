import AdapterConformance
import Foundation
import Testing

@Suite("Rules of conformance")
struct RuleTests {
  @Test("have names of their own, and say what they demand and how to mend")
  func complete() {
    let rules = ConformanceRule.all
    #expect(Set(rules.map(\.id)).count == rules.count)
    for rule in rules {
      #expect(!rule.title.isEmpty && rule.demand.hasSuffix(".") && rule.remedy.hasSuffix("."))
      #expect(rule.id.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D })
    }
  }

  @Test("are each broken by an adapter in Tests/BrokenAdapters")
  func broken() throws {
    let folder = BuildFolder.package.appending(path: "Tests/BrokenAdapters")
    var broken: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".c") && name != "sound.c" {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let rule = text.split(separator: "breaks: ").dropFirst().first?.split(separator: ".").first
      broken.insert(String(try #require(rule, "\(name) does not say what it breaks")))
    }
    #expect(broken == Set(ConformanceRule.all.map(\.id)))
  }

  @Test("are listed in Docs/Conformance.md; cbl-tool adapter rules --markdown makes it")
  func documented() throws {
    let page = BuildFolder.package.appending(path: "Docs/Conformance.md")
    #expect(try String(contentsOf: page, encoding: .utf8) == ConformanceRule.markdown)
  }

  @Test("are told in a report with what was found and how to mend it")
  func text() throws {
    let rule = try #require(ConformanceRule.named("quiet"))
    let other = try #require(ConformanceRule.named("order"))
    let report = ConformanceReport(
      library: "/lib/libA.so", identifier: "org.a", version: "2", level: .basic,
      results: [
        ConformanceResult(rule: rule, outcome: .failed(evidence: ["printed: hello"])),
        ConformanceResult(rule: other, outcome: .skipped(reason: "no format promises an order")),
      ])
    #expect(
      report.text == """
        org.a 2 (libA.so), level basic
        FAILED   quiet  Nothing is printed
                   found: printed: hello
                   rule:  \(rule.demand)
                   mend:  \(rule.remedy)
        skipped  order  no format promises an order
        0 passed, 1 failed, 1 skipped

        """)
  }
}
