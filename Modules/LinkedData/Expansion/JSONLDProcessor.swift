public import Domain

/// How documents are processed.
public struct JSONLDOptions: Sendable {
  /// How base directions of texts are written in a dataset.
  public enum Direction: String, Hashable, Sendable {
    /// In the datatype of the literal.
    case i18nDatatype = "i18n-datatype"
    /// As a node with language and direction.
    case compoundLiteral = "compound-literal"
  }

  /// The IRI against which references are resolved. Credentials have none: a reference that stays
  /// relative is then an error in safe mode.
  public var base: Identifier?
  /// A context that is applied before those of the document.
  public var expandContext: JSONNode?
  /// Whether everything that would be left out is an error.
  public var isSafe = false
  /// Whether the features of JSON-LD 1.1 are refused.
  public var isMode10 = false
  /// How base directions are written; they are left out without a way.
  public var direction: Direction?

  /// Creates the options of the JSON-LD 1.1 API's defaults.
  public init(base: Identifier? = nil) {
    self.base = base
  }

  /// The options for credentials: safe mode, no base.
  public static let credential: JSONLDOptions = {
    var options = JSONLDOptions()
    options.isSafe = true
    return options
  }()
}

/// Expands JSON-LD 1.1 documents and turns them into datasets.
///
/// It fetches nothing: contexts come from the loader that it is given. It remembers the contexts
/// that it made as long as it lives, so one processor serves many documents. May be used from
/// several threads at the same time.
public struct JSONLDProcessor: Sendable {
  /// How documents are processed.
  public let options: JSONLDOptions
  private let contexts: ContextProcessor

  /// Creates a processor.
  ///
  /// - Parameters:
  ///   - loader: The source of contexts.
  ///   - options: How documents are processed.
  ///   - remembers: Whether contexts by URL are made once only; `false` where the documents of the
  ///     loader change.
  public init(
    loader: any DocumentLoading, options: JSONLDOptions = JSONLDOptions(), remembers: Bool = true
  ) {
    self.options = options
    contexts = ContextProcessor(
      isMode10: options.isMode10, loader: loader,
      memory: ContextMemory(limit: remembers && options.base == nil ? 4_096 : 0))
  }

  /// Expands a document (JSON-LD 1.1 API, section 5.1).
  ///
  /// - Parameter document: The document.
  /// - Returns: An array of nodes.
  /// - Throws: ``LinkedDataError`` with the code `syntax`, `unavailable` or, in safe mode,
  ///   `dataLoss`.
  public func expand(_ document: JSONNode) throws(LinkedDataError) -> JSONNode {
    let expander = Expander(contexts: contexts, isSafe: options.isSafe, baseURL: options.base)
    var context = contexts.memory.root
    if let base = options.base { context = ActiveContext(base: base) }
    if let given = options.expandContext {
      let local = given[Keyword.context] ?? given
      context = try contexts.apply(local, to: context, base: options.base)
    }
    let expanded = try expander.expand(document, of: nil, in: context)
    if case .object(let object) = expanded, object.count == 1,
      let graph = object[Keyword.graph]
    {
      return .array(graph.asArray)
    }
    return expanded == .null ? .array([]) : .array(expanded.asArray)
  }

  /// Turns a document into a dataset (JSON-LD 1.1 API, section 8.1).
  ///
  /// - Parameter document: The document.
  /// - Returns: The quads, each once. Blank nodes are named in the order in which they are met.
  /// - Throws: As ``expand(_:)``.
  public func dataset(_ document: JSONNode) throws(LinkedDataError) -> [Quad] {
    var converter = DatasetBuilder(isSafe: options.isSafe, direction: options.direction)
    try converter.add(try expand(document).asArray, graph: nil)
    return converter.quads
  }
}
