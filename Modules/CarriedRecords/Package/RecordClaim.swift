internal import Badges
public import Domain

/// One thing that a carried record says, which its holder may show or leave out.
///
/// Its line in the package is the canonical JSON (RFC 8785) of the claim with a random salt. The
/// digest of the line is among those that the school signed, so a claim that is shown is proved and
/// one that is left out tells nothing.
public struct RecordClaim: Hashable, Sendable {
  /// What a claim is about.
  public enum Subject: Hashable, Sendable {
    /// The learner.
    case learner
    /// A piece of evidence.
    case evidence(EvidenceID)
    /// A piece of evidence that was taken back.
    case reversal(ID<Reversal>)
    /// The result of a target.
    case result(CompetencyID)
    /// The derivation of all results.
    case trace

    fileprivate var words: (about: String, id: Identifier?) {
      switch self {
      case .learner: ("learner", nil)
      case .evidence(let id): ("evidence", id.identifier)
      case .reversal(let id): ("reversal", id.identifier)
      case .result(let id): ("result", id.identifier)
      case .trace: ("trace", nil)
      }
    }
  }

  /// What it is about.
  public let subject: Subject
  /// The personal field that it gives; `nil` for everything else about the subject.
  public let field: RecordField?
  /// The value.
  public let value: DocumentValue
  /// Random text, so that nobody finds the claim by trying values.
  public let salt: Identifier

  init(
    _ subject: Subject, field: RecordField? = nil, _ value: DocumentValue, salt: Identifier
  ) {
    self.subject = subject
    self.field = field
    self.value = value
    self.salt = salt
  }

  /// Reads a line.
  ///
  /// - Throws: `DomainError` with the pointer of what is wrong.
  init(line: [UInt8]) throws(DomainError) {
    let limits = DocumentReader.Limits(bytes: RecordPackage.limit, depth: 96)
    let root = DocumentNode(try DocumentReader.read(line, limits: limits))
    let about = try root.need("about")
    func id() throws(DomainError) -> Identifier { try root.need("id").text() }
    switch try about.text() {
    case "learner": subject = .learner
    case "evidence": subject = .evidence(ID(try id()))
    case "reversal": subject = .reversal(ID(try id()))
    case "result": subject = .result(ID(try id()))
    case "trace": subject = .trace
    default: throw about.malformed("one of learner, evidence, reversal, result, trace")
    }
    field = try root["field"].map { (node) throws(DomainError) in
      guard let field = RecordField(rawValue: try node.text().text) else {
        throw node.malformed("a personal field")
      }
      return field
    }
    value = try root.need("value").value
    salt = try root.need("salt").text()
  }

  /// The line without a line end.
  public var line: String {
    let words = subject.words
    return DocumentValue(members: [
      ("about", DocumentValue(words.about)), ("id", words.id.map { .string($0) }),
      ("field", field.map { DocumentValue($0.rawValue) }), ("value", value),
      ("salt", .string(salt)),
    ]).canonicalText
  }

  /// The digest of the line, as it stands among the signed ones.
  public var digest: SHA256.Digest { SHA256.hash(Array(line.utf8)) }
}

/// The digests of all claims of a record.
struct ClaimDigests: Hashable {
  var digests: Set<SHA256.Digest>

  init(_ claims: [RecordClaim]) {
    digests = Set(claims.map(\.digest))
  }

  init(document bytes: [UInt8]) throws(DomainError) {
    let limits = DocumentReader.Limits(bytes: RecordPackage.limit)
    let root = DocumentNode(try DocumentReader.read(bytes, limits: limits))
    try root.need("algorithm").expect("sha-256" as DocumentValue)
    digests = []
    for item in try root.need("digests").items {
      guard let digest = SHA256.Digest(try item.text().text) else {
        throw item.malformed("64 hexadecimal digits")
      }
      digests.insert(digest)
    }
  }

  /// In the order of their texts, which says nothing about the order of the claims.
  var document: DocumentValue {
    DocumentValue(members: [
      ("algorithm", "sha-256"),
      ("digests", DocumentValue(texts: digests.map(\.description).sorted())),
    ])
  }
}
