internal import Domain
internal import LinkedData

/// The statements of a credential under the labels of ecdsa-sd-2023, and which of them are those of
/// a part of it.
///
/// Blank nodes get names of their own in the JSON first, so that a part of the document speaks of
/// the same nodes as the whole.
struct SelectiveStatements {
  /// The statements as N-Quads, in the order of their bytes.
  let lines: [[UInt8]]
  private let document: JSONObject
  private let quads: [Quad]
  private let places: [Quad: Int]
  /// The secret labels by the names of nodes in `quads`.
  private let labels: [Identifier: [UInt8]]
  private static let prefix = "urn:bnid:"

  /// - Throws: ``BadgesError`` with the code `document` for a credential that cannot be disclosed in
  ///   parts, or `cryptography`.
  init(_ credential: JSONObject, hmacKey: [UInt8]) throws(BadgesError) {
    var plain = credential
    plain["proof"] = nil
    var count = 0
    document = try Self.named(plain, &count)
    quads = try Self.statements(of: document)
    let canonical = try Self.canonical(quads)
    guard canonical.bytes == (try Self.canonical(try Self.dataset(of: plain))).bytes else {
      throw BadgesError(
        .document,
        "The credential has members that are kept as JSON; it cannot be disclosed in parts.")
    }
    var labels: [Identifier: [UInt8]] = [:]
    for (label, name) in canonical.labels {
      labels[label] = try Cryptography.hmac(Array(name.utf8), key: hmacKey)
    }
    self.labels = labels
    let names = labels.mapValues { Identifier("u" + Base64URL.text($0)) }
    let written = quads.map { quad in
      (quad: quad, line: NQuadsWriter.bytes([quad.renaming { names[$0] ?? $0 }]))
    }.sorted { $0.line.lexicographicallyPrecedes($1.line) }
    lines = written.map(\.line)
    places = Dictionary(written.enumerated().map { ($1.quad, $0) }) { first, _ in first }
  }

  /// The places of the statements of a part.
  ///
  /// - Throws: ``BadgesError`` with the code `document` for a pointer to what is not there, and for a
  ///   part of an ordered list.
  func places(of pointers: [Identifier]) throws(BadgesError) -> Set<Int> {
    guard !pointers.isEmpty else { return [] }
    let part = try DisclosureSelection(pointers).part(of: document)
    var found: Set<Int> = []
    for quad in aligned(try Self.statements(of: part)) {
      guard let place = places[quad] else {
        throw BadgesError(
          .document, "A part of an ordered list is named; lists are disclosed as a whole.")
      }
      found.insert(place)
    }
    return found
  }

  /// The secret labels of the statements at some places, by the numbers that a verifier gives the
  /// nodes in them.
  func labels(at places: Set<Int>) throws(BadgesError) -> [Int: [UInt8]] {
    let shown = quads.filter { self.places[$0].map(places.contains) ?? false }
    var numbers: [Int: [UInt8]] = [:]
    for (label, name) in try Self.canonical(shown).labels {
      guard let number = Int(String(name.text.dropFirst(4))), let secret = labels[label] else {
        continue
      }
      numbers[number] = secret
    }
    return numbers
  }

  /// A document in which every object without an identifier has one.
  private static func named(
    _ object: JSONObject, _ count: inout Int
  ) throws(BadgesError) -> JSONObject {
    var result = object
    for member in object.members where member.name != "@context" {
      result[member.name] = try named(member.value, &count)
    }
    guard let id = object["id"] else {
      result["id"] = JSONNode("\(prefix)\(count)")
      count += 1
      return result
    }
    guard !(id.string?.text.hasPrefix(prefix) ?? false) else {
      throw BadgesError(.document, "The identifier \(prefix) is for the proof alone.")
    }
    return result
  }

  private static func named(_ node: JSONNode, _ count: inout Int) throws(BadgesError) -> JSONNode {
    switch node {
    case .object(let object): return .object(try named(object, &count))
    case .array(let elements):
      var result: [JSONNode] = []
      for element in elements { result.append(try named(element, &count)) }
      return .array(result)
    default: return node
    }
  }

  private static func dataset(of document: JSONObject) throws(BadgesError) -> [Quad] {
    do throws(LinkedDataError) {
      return try CredentialContexts.processor(earlier: []).dataset(.object(document))
    } catch {
      throw BadgesError(.document, "A verifier would refuse the credential: \(error)")
    }
  }

  private static func canonical(_ quads: [Quad]) throws(BadgesError) -> CanonicalDataset {
    do throws(LinkedDataError) { return try Canonicalizer.canonicalize(quads) } catch {
      throw BadgesError(.document, "The credential cannot be signed: \(error)")
    }
  }

  /// The statements of a document whose nodes have names; these become labels of blank nodes.
  private static func statements(of document: JSONObject) throws(BadgesError) -> [Quad] {
    func blank(_ term: RDFTerm) -> RDFTerm {
      guard case .iri(let iri) = term, iri.text.hasPrefix(prefix) else { return term }
      return .blank(Identifier("n\(iri.text.dropFirst(prefix.count))"))
    }
    return try dataset(of: document).map {
      Quad(blank($0.subject), $0.predicate, blank($0.object), graph: $0.graph.map(blank))
    }
  }

  /// The statements of a part in which nodes that have no place in the JSON, those of lists and
  /// graphs, have their labels of the whole: they are what the same property leads to.
  private func aligned(_ part: [Quad]) -> [Quad] {
    struct Step: Hashable {
      var subject: RDFTerm
      var predicate: Identifier
    }
    func isUnnamed(_ term: RDFTerm) -> Bool {
      if case .blank(let label) = term { label.utf8.first == UInt8(ascii: "b") } else { false }
    }
    var steps: [Step: [RDFTerm]] = [:]
    for quad in quads where isUnnamed(quad.object) {
      steps[Step(subject: quad.subject, predicate: quad.predicate), default: []].append(quad.object)
    }
    var names: [Identifier: Identifier] = [:]
    func renamed(_ term: RDFTerm) -> RDFTerm? {
      guard isUnnamed(term), case .blank(let label) = term else { return term }
      return names[label].map { .blank($0) }
    }
    var count = -1
    while names.count > count {
      count = names.count
      for quad in part {
        guard isUnnamed(quad.object), case .blank(let label) = quad.object, names[label] == nil,
          let subject = renamed(quad.subject),
          let targets = steps[Step(subject: subject, predicate: quad.predicate)],
          targets.count == 1, case .blank(let name) = targets[0]
        else { continue }
        names[label] = name
      }
    }
    return part.map { quad in quad.renaming { names[$0] ?? $0 } }
  }
}

extension Quad {
  /// The statement with other labels for blank nodes.
  func renaming(_ name: (Identifier) -> Identifier) -> Quad {
    func renamed(_ term: RDFTerm) -> RDFTerm {
      if case .blank(let label) = term { .blank(name(label)) } else { term }
    }
    return Quad(renamed(subject), predicate, renamed(object), graph: graph.map(renamed))
  }
}
