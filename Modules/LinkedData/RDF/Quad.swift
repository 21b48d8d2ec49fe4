public import Domain

/// A literal of a dataset.
public struct RDFLiteral: Hashable, Sendable {
  /// The text.
  public var value: Identifier
  /// The IRI of the datatype.
  public var datatype: Identifier
  /// The language of an rdf:langString.
  public var language: Identifier?

  /// Creates a literal.
  public init(
    _ value: Identifier, datatype: Identifier = RDF.string, language: Identifier? = nil
  ) {
    self.value = value
    self.datatype = datatype
    self.language = language
  }
}

/// A subject, object or graph name of a dataset. Terms are equal when their bytes are.
public enum RDFTerm: Hashable, Sendable {
  /// An IRI.
  case iri(Identifier)
  /// A blank node by its label, without `_:`.
  case blank(Identifier)
  /// A literal.
  case literal(RDFLiteral)
}

/// A statement of a dataset.
public struct Quad: Hashable, Sendable {
  /// What the statement is about: an IRI or blank node.
  public var subject: RDFTerm
  /// The IRI of the property.
  public var predicate: Identifier
  /// The value of the property.
  public var object: RDFTerm
  /// The name of the graph, `nil` in the default graph.
  public var graph: RDFTerm?

  /// Creates a statement.
  public init(
    _ subject: RDFTerm, _ predicate: Identifier, _ object: RDFTerm, graph: RDFTerm? = nil
  ) {
    self.subject = subject
    self.predicate = predicate
    self.object = object
    self.graph = graph
  }
}

/// The IRIs of RDF and XML Schema that datasets are made of.
public enum RDF {
  private static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  private static let xsd = "http://www.w3.org/2001/XMLSchema#"

  /// rdf:type
  public static let type = Identifier(rdf + "type")
  /// rdf:first
  public static let first = Identifier(rdf + "first")
  /// rdf:rest
  public static let rest = Identifier(rdf + "rest")
  /// rdf:nil
  public static let `nil` = Identifier(rdf + "nil")
  /// rdf:JSON
  public static let json = Identifier(rdf + "JSON")
  /// rdf:langString
  public static let langString = Identifier(rdf + "langString")
  /// rdf:value
  public static let value = Identifier(rdf + "value")
  /// rdf:language
  public static let language = Identifier(rdf + "language")
  /// rdf:direction
  public static let direction = Identifier(rdf + "direction")
  /// xsd:string
  public static let string = Identifier(xsd + "string")
  /// xsd:boolean
  public static let boolean = Identifier(xsd + "boolean")
  /// xsd:integer
  public static let integer = Identifier(xsd + "integer")
  /// xsd:double
  public static let double = Identifier(xsd + "double")
  /// The namespace of datatypes with a language and direction.
  static let i18n = "https://www.w3.org/ns/i18n#"
}
