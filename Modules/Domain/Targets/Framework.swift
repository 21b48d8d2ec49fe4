/// A published set of competencies in one edition, such as a state's mathematics standards.
///
/// A new edition is a new framework: results stay tied to the edition they were made with.
public struct Framework: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public var id: ID<Framework>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// The title.
  public var title: String
  /// Who publishes it.
  public var publisher: String?
  /// The edition, in the publisher's words.
  public var edition: String?
  /// The language of its statements as a BCP 47 tag, such as `es-MX`.
  public var language: String?
  /// The state of adoption, in the publisher's words, such as `Adopted`.
  public var adoption: String?
  /// The first day on which it holds.
  public var validFrom: PartialDate?
  /// The last day on which it holds.
  public var validThrough: PartialDate?

  /// Creates a framework.
  public init(
    id: ID<Framework>, externalIdentifiers: [ExternalIdentifier] = [], title: String,
    publisher: String? = nil, edition: String? = nil, language: String? = nil,
    adoption: String? = nil, validFrom: PartialDate? = nil, validThrough: PartialDate? = nil
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.title = title
    self.publisher = publisher
    self.edition = edition
    self.language = language
    self.adoption = adoption
    self.validFrom = validFrom
    self.validThrough = validThrough
  }
}

/// The identifier of a framework.
public typealias FrameworkID = ID<Framework>
