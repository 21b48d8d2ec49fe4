public import Domain
internal import LinkedData

/// What a proof is computed over, for those who look for a difference.
public struct ProofTrace: Sendable, Hashable {
  /// The canonical document, without its proofs.
  public var document: [UInt8] = []
  /// The canonical proof options.
  public var options: [UInt8] = []
  /// The hash of the canonical document.
  public var documentHash: [UInt8] = []
  /// The hash of the canonical proof options.
  public var optionsHash: [UInt8] = []
  /// The key, as a Multikey.
  public var publicKey: Identifier?
  /// The contexts that were taken in their earlier state.
  public var earlierContexts: Set<Identifier> = []
}

/// Canonicalizes documents and proof options for the suites.
struct ProofInput {
  /// The document without its proofs.
  let document: JSONObject
  private var canonical: [Key: CanonicalDataset] = [:]
  private var statements: [Set<Identifier>: [Quad]] = [:]

  private struct Key: Hashable {
    var earlier: Set<Identifier>
    var isLarge: Bool
    var previous: [Identifier]
  }

  /// - Parameter document: A document, with or without proofs.
  init(_ document: JSONObject) {
    var document = document
    document["proof"] = nil
    self.document = document
  }

  /// The canonical dataset of the document, made once for each choice of contexts.
  ///
  /// - Parameter previous: The proofs that stay in the document, for a chain of proofs.
  mutating func dataset(
    earlier: Set<Identifier>, isLarge: Bool, previous: [JSONNode] = []
  ) throws(LinkedDataError) -> CanonicalDataset {
    let key = Key(
      earlier: earlier, isLarge: isLarge, previous: previous.compactMap { $0["id"]?.string })
    if let known = canonical[key] { return known }
    let quads = try quads(earlier: earlier, previous: previous)
    let made = try Canonicalizer.canonicalize(quads, hash: isLarge ? .sha384 : .sha256)
    canonical[key] = made
    return made
  }

  /// The statements of the document in safe mode, made once for each choice of contexts.
  mutating func quads(
    earlier: Set<Identifier>, previous: [JSONNode] = []
  ) throws(LinkedDataError) -> [Quad] {
    if previous.isEmpty, let known = statements[earlier] { return known }
    var document = document
    if !previous.isEmpty { document["proof"] = .array(previous) }
    let made = try CredentialContexts.processor(earlier: earlier).dataset(.object(document))
    if previous.isEmpty { statements[earlier] = made }
    return made
  }

  /// The options of a proof: the proof without its value, with the context of the document.
  func options(of proof: JSONObject) -> JSONObject {
    var options = JSONObject()
    if let context = document["@context"] { options["@context"] = context }
    for member in proof.members where member.name != "proofValue" && member.name != "@context" {
      options[member.name] = member.value
    }
    return options
  }

  /// What a suite signs: the hash of the options, then that of the document.
  mutating func trace(
    of proof: JSONObject, suite: Cryptosuite, isLarge: Bool, earlier: Set<Identifier> = [],
    previous: [JSONNode] = []
  ) throws(LinkedDataError) -> ProofTrace {
    var trace = ProofTrace()
    trace.earlierContexts = earlier
    if suite.isJCS {
      var options = proof
      options["proofValue"] = nil
      var document = document
      if !previous.isEmpty { document["proof"] = .array(previous) }
      if let context = proof["@context"] { document["@context"] = context }
      trace.document = try JSONNode.object(document).canonicalBytes()
      trace.options = try JSONNode.object(options).canonicalBytes()
    } else {
      let processor = CredentialContexts.processor(earlier: earlier)
      let quads = try processor.dataset(.object(options(of: proof)))
      trace.options = try Canonicalizer.canonicalize(quads, hash: isLarge ? .sha384 : .sha256).bytes
      trace.document = try dataset(earlier: earlier, isLarge: isLarge, previous: previous).bytes
    }
    trace.documentHash = Self.hash(trace.document, isLarge: isLarge)
    trace.optionsHash = Self.hash(trace.options, isLarge: isLarge)
    return trace
  }

  static func hash(_ bytes: [UInt8], isLarge: Bool) -> [UInt8] {
    isLarge ? SHA384.hash(bytes).bytes : SHA256.hash(bytes).bytes
  }
}
