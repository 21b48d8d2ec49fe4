import Domain
import Foundation
import LinkedData
import Testing

@Suite("Datasets")
struct DatasetTests {
  static let processor = JSONLDProcessor(loader: PinnedContexts.current, options: .credential)

  static func lines(_ text: String) throws -> [String] {
    let quads = try processor.dataset(JSONNode(reading: text))
    let canonical = try Canonicalizer.canonicalize(quads)
    return canonical.lines.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("a credential becomes its statements")
  func credential() throws {
    let text = """
      {"@context": ["https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
       "id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"],
       "validFrom": "2026-09-01T00:00:00Z",
       "credentialSubject": {"type": ["AchievementSubject"], "creditsEarned": 0.5}}
      """
    let cred = "https://www.w3.org/2018/credentials#"
    let ob = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
    let rdfType = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    #expect(
      try Self.lines(text)
        == [
          "<urn:uuid:1> \(rdfType) <\(cred)VerifiableCredential> .\n",
          "<urn:uuid:1> \(rdfType) <\(ob)OpenBadgeCredential> .\n",
          "<urn:uuid:1> <\(cred)credentialSubject> _:c14n0 .\n",
          "<urn:uuid:1> <\(cred)validFrom> \"2026-09-01T00:00:00Z\"^^"
            + "<http://www.w3.org/2001/XMLSchema#dateTime> .\n",
          "_:c14n0 \(rdfType) <\(ob)AchievementSubject> .\n",
          "_:c14n0 <\(ob)creditsEarned> \"5.0E-1\"^^<https://www.w3.org/2001/XMLSchema#float> .\n",
        ].sorted())
  }

  /// What safe mode refuses, in the subject of a credential or beside it.
  static let losses: [(String, String)] = [
    ("a member that is no term", #""gradeBoost": 9"#),
    ("a type that is no term", #""evidence": {"type": "Trophy"}"#),
    ("a relative identifier", #""evidence": {"id": "evidence/1", "type": "Evidence"}"#),
    ("a null", #""name": null"#),
    ("what looks like a keyword", #""@foo": 1"#),
    ("a blank property", #""_:b": 1"#),
    (
      "a relative reference",
      #""credentialStatus": {"statusListCredential": "lists/1", "type": "BitstringStatusListEntry"}"#
    ),
  ]

  @Test("safe mode refuses what would be left out", arguments: losses)
  func safe(_ name: String, _ member: String) throws {
    let text = """
      {"@context": ["https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
       "id": "urn:uuid:1", "type": "VerifiableCredential", \(member)}
      """
    let error = #expect(throws: LinkedDataError.self) { try Self.lines(text) }
    #expect(error?.code == .dataLoss, "\(error?.description ?? "")")
  }

  @Test("a context that is not built in is not fetched")
  func unknownContext() {
    let error = #expect(throws: LinkedDataError.self) {
      try Self.lines(#"{"@context": "https://169.254.169.254/c", "id": "urn:x"}"#)
    }
    #expect(error?.code == .unavailable)
  }

  /// Doubles with what `printf("%1.15E")` gives for them.
  static let doubles: [(text: String, literal: String)] = [
    ("0.5", "5.0E-1"), ("5.3", "5.3E0"), ("1e21", "1.0E21"), ("-0.1", "-1.0E-1"),
    ("0.30000000000000004", "3.0E-1"), ("1.7976931348623157e308", "1.797693134862316E308"),
    ("5e-324", "4.940656458412465E-324"), ("99999999999999.98", "9.999999999999998E13"),
    ("123456.789", "1.23456789E5"),
  ]

  @Test("writes doubles canonically", arguments: doubles)
  func double(_ text: String, _ literal: String) throws {
    let processor = JSONLDProcessor(loader: PinnedContexts.current)
    let quads = try processor.dataset(
      JSONNode(reading: #"{"@id": "urn:x", "urn:p": \#(text)}"#))
    #expect(
      quads.first?.object
        == .literal(
          RDFLiteral(
            Identifier(literal), datatype: "http://www.w3.org/2001/XMLSchema#double")))
  }

  @Test("the built-in contexts are the published ones")
  func pinned() throws {
    guard let folder = Samples.folder("contexts") else { return }
    let list = try Samples.node(folder.appending(path: "contexts.json"))
    #expect(list.array?.count == PinnedContexts.revisions.count)
    for entry in list.array ?? [] {
      let url = try #require(entry["url"]?.string)
      let isCurrent = entry["current"] == true
      let bytes = try Samples.bytes(folder.appending(path: entry["file"]?.string?.text ?? ""))
      let contexts = PinnedContexts(earlier: isCurrent ? [] : [url])
      let built = try contexts.document(at: url)?.node["@context"]
      #expect(try built == JSONNode(reading: bytes)["@context"], "\(url)")
      let revision = PinnedContexts.revisions(of: url).first { $0.isCurrent == isCurrent }
      #expect(revision?.sha256 == SHA256.hash(bytes), "\(url)")
    }
  }

  @Test("canonical labels do not depend on the order of statements or on labels")
  func order() throws {
    var random = SystemRandomNumberGenerator()
    let quads = (0..<12).map { index in
      Quad(
        .blank(Identifier("n\(index)")), "urn:next", .blank(Identifier("n\((index + 1) % 12)")))
    }
    let expected = try Canonicalizer.canonicalize(quads).bytes
    for _ in 0..<5 {
      let names = (0..<12).map { "m\($0)" }.shuffled(using: &random)
      let renamed = quads.enumerated().map { index, quad in
        Quad(
          .blank(Identifier(names[index])), quad.predicate,
          .blank(Identifier(names[(index + 1) % 12])))
      }
      #expect(try Canonicalizer.canonicalize(renamed.shuffled(using: &random)).bytes == expected)
    }
  }

  @Test("a long ring of nodes that are alike is refused and not recursed into without end")
  func ring() {
    let quads = (0..<20_000).map { index in
      Quad(
        .blank(Identifier("n\(index)")), "urn:next",
        .blank(Identifier("n\((index + 1) % 20_000)")))
    }
    let error = #expect(throws: LinkedDataError.self) { try Canonicalizer.canonicalize(quads) }
    #expect(error?.code == .workExceeded)
  }

  @Test("reads and writes N-Quads")
  func quads() throws {
    let text = #"""
      <urn:a> <urn:p> "t\tb\\\"\u0001" .
      _:b.1 <urn:p> "x"@en-GB _:g .
      <urn:a> <urn:p> "1"^^<urn:t> <urn:g> .

      """#
    let quads = try NQuadsReader.read(Array(("# comment\r\n" + text + "\n").utf8))
    #expect(String(decoding: NQuadsWriter.bytes(quads), as: UTF8.self) == text)
  }

  static let malformed = [
    "<urn:a> <urn:p> .", "<urn:a> \"p\" <urn:b> .", "<a> <urn:p> <urn:b> .",
    "<urn:a> <urn:p> \"x\\q\" .", "<urn:a> <urn:p> \"x\"@ .", "<urn:a> <urn:p> <urn:b>",
    "<urn:a> <urn:p> <urn:b> . <urn:a>", "<urn:a> <urn:p> \"\\uD800\" .", "<urn:a b> <urn:p> _:x .",
  ]

  @Test("refuses what is no N-Quads", arguments: malformed)
  func malformedQuads(_ text: String) {
    let error = #expect(throws: LinkedDataError.self) {
      try NQuadsReader.read(Array(text.utf8))
    }
    #expect(error?.code == .malformedQuads)
  }
}
