public import Domain

/// A failure that stops the reading, expanding or canonicalizing of a document.
public struct LinkedDataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  ///
  /// More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String, Sendable {
      case malformedJSON = "malformed_json"
      case repeatedName = "repeated_name"
      case malformedQuads = "malformed_quads"
      case limitExceeded = "limit_exceeded"
      case dataLoss = "data_loss"
      case syntax
      case unavailable
      case workExceeded = "work_exceeded"
    }

    private let value: Value

    /// A text is no strict JSON.
    public static let malformedJSON = Code(value: .malformedJSON)
    /// An object has two members of one name.
    public static let repeatedName = Code(value: .repeatedName)
    /// A text is no N-Quads.
    public static let malformedQuads = Code(value: .malformedQuads)
    /// A document is larger or deeper than its limits.
    public static let limitExceeded = Code(value: .limitExceeded)
    /// Safe mode: something that the document says would be left out of its dataset.
    public static let dataLoss = Code(value: .dataLoss)
    /// A document or context breaks a rule of JSON-LD; ``LinkedDataError/rule`` says which.
    public static let syntax = Code(value: .syntax)
    /// A context is not among those that are known, and no loader has it.
    public static let unavailable = Code(value: .unavailable)
    /// A dataset needs more work than its budget to canonicalize, as a poisoned one does.
    public static let workExceeded = Code(value: .workExceeded)

    /// The name of the code.
    public var description: String { value.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// What went wrong and how to repair it, as one sentence.
  public var message: String
  /// The rule of JSON-LD that is broken, where it is one.
  public var rule: JSONLDRule?
  /// Where it went wrong, when it has a place.
  public var place: Place?

  /// Creates an error.
  public init(_ code: Code, _ message: String, at place: Place? = nil) {
    self.code = code
    self.message = message
    self.place = place
  }

  /// Creates the error of a rule of JSON-LD that is broken.
  public init(_ rule: JSONLDRule, _ message: String) {
    code = rule.isLoading ? .unavailable : .syntax
    self.rule = rule
    self.message = message
  }

  /// The place and the message, as a person reads them.
  public var description: String {
    let rule = rule.map { "\($0.rawValue): " } ?? ""
    guard let place, !place.isEmpty else { return rule + message.escapingControls() }
    return "\(place): \(rule)\(message.escapingControls())"
  }
}

/// The error codes of the JSON-LD 1.1 API (section 9.7.2), by their names there.
public enum JSONLDRule: String, Hashable, Sendable {
  case collidingKeywords = "colliding keywords"
  case conflictingIndexes = "conflicting indexes"
  case contextOverflow = "context overflow"
  case cyclicIRIMapping = "cyclic IRI mapping"
  case invalidIDValue = "invalid @id value"
  case invalidImportValue = "invalid @import value"
  case invalidIncludedValue = "invalid @included value"
  case invalidIndexValue = "invalid @index value"
  case invalidNestValue = "invalid @nest value"
  case invalidPrefixValue = "invalid @prefix value"
  case invalidPropagateValue = "invalid @propagate value"
  case invalidProtectedValue = "invalid @protected value"
  case invalidReverseValue = "invalid @reverse value"
  case invalidVersionValue = "invalid @version value"
  case invalidBaseDirection = "invalid base direction"
  case invalidBaseIRI = "invalid base IRI"
  case invalidContainerMapping = "invalid container mapping"
  case invalidContextEntry = "invalid context entry"
  case invalidContextNullification = "invalid context nullification"
  case invalidDefaultLanguage = "invalid default language"
  case invalidIRIMapping = "invalid IRI mapping"
  case invalidJSONLiteral = "invalid JSON literal"
  case invalidKeywordAlias = "invalid keyword alias"
  case invalidLanguageMapValue = "invalid language map value"
  case invalidLanguageMapping = "invalid language mapping"
  case invalidLanguageTaggedString = "invalid language-tagged string"
  case invalidLanguageTaggedValue = "invalid language-tagged value"
  case invalidLocalContext = "invalid local context"
  case invalidRemoteContext = "invalid remote context"
  case invalidReverseProperty = "invalid reverse property"
  case invalidReversePropertyMap = "invalid reverse property map"
  case invalidReversePropertyValue = "invalid reverse property value"
  case invalidScopedContext = "invalid scoped context"
  case invalidSetOrListObject = "invalid set or list object"
  case invalidTermDefinition = "invalid term definition"
  case invalidTypeMapping = "invalid type mapping"
  case invalidTypeValue = "invalid type value"
  case invalidTypedValue = "invalid typed value"
  case invalidValueObject = "invalid value object"
  case invalidValueObjectValue = "invalid value object value"
  case invalidVocabMapping = "invalid vocab mapping"
  case keywordRedefinition = "keyword redefinition"
  case loadingDocumentFailed = "loading document failed"
  case loadingRemoteContextFailed = "loading remote context failed"
  case processingModeConflict = "processing mode conflict"
  case protectedTermRedefinition = "protected term redefinition"

  /// Whether a document could not be had, which says nothing about the one in hand.
  var isLoading: Bool { self == .loadingDocumentFailed || self == .loadingRemoteContextFailed }
}
