public import Domain

/// A policy's document with the name that it is known by, such as its file.
public struct PolicySource: Hashable, Sendable {
  /// The name; messages call the document by it.
  public var name: String
  /// The document: a whole policy, or with `extends` what is different from another one.
  public var document: DocumentValue

  /// Creates a source.
  public init(name: String, document: DocumentValue) {
    self.name = name
    self.document = document
  }
}

extension Policy {
  /// How many policies may stand on each other.
  private static let mostLevels = 16

  /// Reads a policy that may stand on others, such as a school's on its district's on its state's.
  ///
  /// A document with the member `extends` names the policy that it stands on; its other members are
  /// an RFC 7396 merge patch of that policy, and may only demand more (``weakening(of:)``).
  ///
  /// - Parameters:
  ///   - source: The document.
  ///   - parent: Finds the document that another one names. A name that stands for one document
  ///     always gives the same ``PolicySource/name``.
  /// - Throws: ``GradingError`` with the name of the document as its file and the pointer of the
  ///   field: `weakened` for a field that demands less, `cycle` for policies that stand on
  ///   each other; and what the closure throws.
  public init(
    _ source: PolicySource,
    extending parent: (_ name: String, _ child: PolicySource) throws(GradingError) -> PolicySource
  ) throws(GradingError) {
    self = try Policy.standing(source, below: [], parent)
  }

  /// Reads a policy that may stand on others from JSON.
  ///
  /// - Parameters:
  ///   - bytes: The document as UTF-8.
  ///   - file: The name of the document.
  ///   - parent: Gives the JSON of the policy of a name.
  /// - Throws: As ``init(_:extending:)``; text that is no JSON with line and column.
  public init(
    json bytes: [UInt8], file: String,
    extending parent: (_ name: String) throws(GradingError) -> [UInt8]
  ) throws(GradingError) {
    let source = try PolicySource(json: bytes, name: file)
    try self.init(source) { (name, _) throws(GradingError) in
      try PolicySource(json: parent(name), name: name)
    }
  }

  private static func standing(
    _ source: PolicySource, below chain: [String],
    _ parent: (String, PolicySource) throws(GradingError) -> PolicySource
  ) throws(GradingError) -> Policy {
    let chain = chain + [source.name]
    guard let extended = source.document["extends"] else {
      return try located(in: source) { () throws(GradingError) in
        try Policy(document: source.document)
      }
    }
    let place = Place(file: source.name, pointer: "/extends")
    guard let name = extended.text?.text, !name.isEmpty else {
      throw GradingError(
        .wrongValue, "extends wants the path of a policy or the name of a pack.", at: place)
    }
    let above = try parent(name, source)
    guard !chain.contains(above.name), chain.count < mostLevels else {
      throw GradingError(
        .cycle,
        "The policies \((chain + [above.name]).joined(separator: " -> ")) extend each other; take "
          + "one extends out.", at: place)
    }
    let base = try standing(above, below: chain, parent)
    let changes = (source.document.members ?? []).filter { $0.name != "extends" }
    return try located(in: source) { () throws(GradingError) in
      try Policy(extending: base, with: .object(changes))
    }
  }

  /// Says in which document an error is.
  private static func located(
    in source: PolicySource, _ body: () throws(GradingError) -> Policy
  ) throws(GradingError) -> Policy {
    do throws(GradingError) { return try body() } catch {
      var place = error.place ?? Place()
      place.file = source.name
      throw GradingError(error.code, error.message, at: place)
    }
  }
}

extension PolicySource {
  /// Reads a document from JSON.
  ///
  /// - Throws: ``GradingError`` with file, line and column.
  public init(json bytes: [UInt8], name: String) throws(GradingError) {
    do throws(DomainError) {
      let limits = DocumentReader.Limits(bytes: 1 << 20, depth: 64)
      self.init(name: name, document: try DocumentReader.read(bytes, limits: limits))
    } catch {
      var place = error.place ?? Place()
      place.file = name
      throw GradingError(.malformed, error.message, at: place)
    }
  }
}
