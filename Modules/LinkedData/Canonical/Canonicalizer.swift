public import Domain

/// How much work a dataset may take to canonicalize.
///
/// Of 139 badges in use none needs more than 20 calls and 36 permutations, and the largest test of
/// the W3C suite 2,880 permutations; a clique of ten blank nodes needs millions.
public struct CanonicalizationBudget: Hashable, Sendable {
  /// How many orders of related blank nodes are tried.
  public var permutations: Int
  /// How often the neighbours of a node are looked at: this and fifty times for each blank node.
  public var calls: Int
  /// How far nodes may lie apart whose neighbours are looked at.
  public var depth: Int

  /// Creates a budget.
  public init(permutations: Int = 20_000, calls: Int = 1_000, depth: Int = 256) {
    self.permutations = permutations
    self.calls = calls
    self.depth = depth
  }
}

/// A dataset in its canonical form.
public struct CanonicalDataset: Sendable {
  /// The statements as N-Quads, each with its line end, in the order of their bytes.
  public let lines: [[UInt8]]
  /// The canonical labels of blank nodes by those of the input, both without `_:`.
  public let labels: [Identifier: Identifier]
  /// How often the neighbours of nodes were looked at.
  public let calls: Int
  /// How many orders of related nodes were tried.
  public let permutations: Int

  /// The whole text.
  public var bytes: [UInt8] { Array(lines.joined()) }
}

/// Names the blank nodes of a dataset by what is said about them (RDFC-1.0).
public enum Canonicalizer {
  /// The hash function.
  public enum Hash: String, Hashable, Sendable {
    /// SHA-256
    case sha256 = "SHA256"
    /// SHA-384
    case sha384 = "SHA384"
  }

  /// Canonicalizes a dataset.
  ///
  /// - Parameters:
  ///   - quads: The statements, each once.
  ///   - hash: The hash function.
  ///   - budget: How much work it may take.
  /// - Throws: ``LinkedDataError`` with the code `workExceeded` where the budget does not suffice.
  /// - Complexity: O(*n* log *n*) where blank nodes differ in what is said of them directly.
  public static func canonicalize(
    _ quads: [Quad], hash: Hash = .sha256,
    budget: CanonicalizationBudget = CanonicalizationBudget()
  ) throws(LinkedDataError) -> CanonicalDataset {
    var work = CanonicalizationWork(CanonicalizationInput(quads), hash, budget)
    try work.run()
    return work.result()
  }
}
