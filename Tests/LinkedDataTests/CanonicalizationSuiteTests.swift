import Domain
import Foundation
import LinkedData
import Testing

/// The W3C test suite of RDFC-1.0, as far as the samples have it.
@Suite("RDFC-1.0 suite")
struct CanonicalizationSuiteTests {
  struct Case: CustomTestStringConvertible {
    let folder: URL
    let entry: JSONNode

    var testDescription: String { "\(entry["id"]?.string?.text ?? "") \(text("name") ?? "")" }
    func text(_ name: Identifier) -> String? { entry[name]?.string?.text }
    var hash: Canonicalizer.Hash {
      text("hashAlgorithm").flatMap { Canonicalizer.Hash(rawValue: $0) } ?? .sha256
    }

    func canonical() throws -> CanonicalDataset {
      let input = try Samples.bytes(folder.appending(path: text("action") ?? ""))
      return try Canonicalizer.canonicalize(NQuadsReader.read(input), hash: hash)
    }
  }

  static func cases(_ type: Identifier) -> [Case] {
    guard let folder = Samples.folder("vectors/rdf-canon"),
      let list = try? Samples.node(folder.appending(path: "manifest.jsonld"))
    else { return [] }
    return (list["entries"]?.array ?? []).filter { $0["type"]?.string == type }.map {
      Case(folder: folder, entry: $0)
    }
  }

  @Test("canonicalizes", arguments: cases("rdfc:RDFC10EvalTest"))
  func evaluation(_ test: Case) throws {
    let expected = try Samples.bytes(test.folder.appending(path: test.text("result") ?? ""))
    let found = try test.canonical().bytes
    #expect(String(decoding: found, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
  }

  @Test("maps labels", arguments: cases("rdfc:RDFC10MapTest"))
  func map(_ test: Case) throws {
    let expected = try Samples.node(test.folder.appending(path: test.text("result") ?? ""))
    var labels: [Identifier: Identifier] = [:]
    for member in expected.object?.members ?? [] { labels[member.name] = member.value.string }
    #expect(try test.canonical().labels == labels)
  }

  @Test("refuses poison", arguments: cases("rdfc:RDFC10NegativeEvalTest"))
  func poison(_ test: Case) throws {
    let error = #expect(throws: LinkedDataError.self) { try test.canonical() }
    #expect(error?.code == .workExceeded)
  }
}
