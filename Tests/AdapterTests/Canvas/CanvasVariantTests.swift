import AdapterHost
import Foundation
import Interop
import Records
import Testing

/// A file as Canvas, a spreadsheet or a person may make it.
struct CanvasVariant: Sendable, CustomTestStringConvertible {
  /// How the text becomes bytes.
  enum Form: Sendable, CaseIterable {
    case plain, byteOrderMark, carriageReturns, oldMac, utf16Little, utf16Big
  }

  var name: String
  var format: String
  /// The records of each kind but attributes, those that were left out too.
  var kinds: String
  /// The codes of the problems, each with how often it is reported.
  var problems: [String]
  var form: Form
  var text: String

  init(
    _ name: String, _ format: String, _ kinds: String, problems: [String] = [],
    form: Form = .plain, _ text: String
  ) {
    self.name = name
    self.format = format
    self.kinds = kinds
    self.problems = problems
    self.form = form
    self.text = text
  }

  var testDescription: String { "\(format): \(name)" }

  var bytes: [UInt8] {
    switch form {
    case .plain: Array(text.utf8)
    case .byteOrderMark: [0xEF, 0xBB, 0xBF] + text.replacing("\n", with: "\r\n").utf8
    case .carriageReturns: Array(text.replacing("\n", with: "\r\n").utf8)
    case .oldMac: Array(text.replacing("\n", with: "\r").utf8)
    case .utf16Little: utf16 { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16Big: utf16 { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
  }

  private func utf16(_ bytes: (UInt16) -> [UInt8]) -> [UInt8] {
    ("\u{FEFF}" + text).utf16.flatMap(bytes)
  }
}

@Suite("Canvas files that no sample shows")
struct CanvasVariantTests {
  static let variants =
    CanvasVariant.gradebooks + CanvasVariant.editedGradebooks + CanvasVariant.tables

  @Test("are recognised, kept byte for byte, and converted with true accounts", arguments: variants)
  func conversions(variant: CanvasVariant) throws {
    try check(variant)
  }

  @Test("are the same in every encoding", arguments: CanvasVariant.Form.allCases)
  func forms(form: CanvasVariant.Form) throws {
    let names = ["base", "fr", "multi", "lm base", "oc base", "sis users"]
    for var variant in Self.variants where names.contains(variant.name) {
      variant.form = form
      try check(variant)
    }
  }

  @Test("give the same results in English, French and Swedish")
  func languages() throws {
    let results = try ["base", "fr", "sv"].map { name in
      let variant = try #require(CanvasVariant.gradebooks.first { $0.name == name })
      return try MemoryHost(family: "Canvas").read(
        [MemoryMember("in.csv", variant.bytes)], as: variant.format
      ).rows("result").map { [$0["person"], $0["state"], $0["score"]] }
    }
    #expect(results[0].count == 4)
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }

  @Test("come together as one SIS import")
  func imports() throws {
    let folder = try PairFolder()
    let names = ["users", "courses", "sections", "enrollments", "admins", "logins", "terms"]
    for name in names {
      let variant = try #require(CanvasVariant.tables.first { $0.name == "sis \(name)" })
      try folder.put(variant.bytes, "in/export/\(name).csv")
    }
    let report = try Pairs.convert([folder["in"]], to: "canvas-sis", at: folder["out/"])
    #expect(report.inputs.map(\.format) == ["canvas-sis"])
    #expect(report.certificate.isLossless)
    #expect(try Pairs.members(of: folder["out"]) == Pairs.members(of: folder["in"]))
  }

  private func check(_ variant: CanvasVariant) throws {
    let folder = try PairFolder()
    try folder.put(variant.bytes, "in.csv")
    let input = folder["in.csv"]
    let text = "\(variant.testDescription), \(variant.form)"
    let report = try Pairs.convert([input], to: variant.format, at: folder["out/"])
    #expect(report.inputs.map(\.format) == [variant.format], "\(text)")
    let kinds = report.rows.filter { $0.kind != .attribute }.map { "\($0.kind)=\($0.read)" }
    #expect(kinds.joined(separator: " ") == variant.kinds, "\(text)")
    // A file of an import alone refers to others; how the pipeline counts that is its own matter.
    let problems = report.problemCounts.filter { !$0.code.hasPrefix("reference.") }
    #expect(problems.map { "\($0.code)=\($0.count)" } == variant.problems, "\(text)")
    #expect(report.certificate.isLossless, "\(text)")
    #expect(try Pairs.members(of: folder["out"])["in.csv"] == variant.bytes, "\(text)")
    for format in ["oneroster-1.2", "evidence", "cbl"] {
      let other = try Pairs.convert([input], to: format, at: folder["\(format).zip"])
      #expect(other.isBalanced, "\(text) to \(format)")
    }
    try Pairs.convert([folder["cbl.zip"]], to: variant.format, at: folder["back/"])
    #expect(try Pairs.members(of: folder["back"])["in.csv"] == variant.bytes, "\(text)")
  }
}
