internal import LinkedData

/// One check of a verification.
public struct Check: Hashable, Sendable {
  /// What is checked, in the order in which it is.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    /// The text is strict JSON within its bounds.
    case json
    /// The file is a credential, a signed text or an image with one badge in it.
    case format
    /// Types, members and values are those of a credential.
    case shape
    /// The contexts are known and say the same as the JSON.
    case context
    /// A signature matches.
    case proof
    /// The key of the signature is the issuer's.
    case keyBinding = "key-binding"
    /// A newer credential was asked for.
    case refresh
    /// The credential is neither revoked nor suspended.
    case status
    /// The moment lies within the time for which the credential holds.
    case window
    /// The credential is about the person whom the caller names.
    case recipient
    /// Credentials and endorsements inside of this one hold.
    case embedded
    /// The caller trusts the issuer.
    case trust
  }

  /// How a check ends.
  public enum Outcome: String, Hashable, Sendable {
    /// It was checked and is right.
    case pass
    /// It was checked and is wrong.
    case fail
    /// It could not be checked.
    case unknown
  }

  /// What is checked.
  public var name: Name
  /// How it ends.
  public var outcome: Outcome
  /// Why.
  public var reason: Reason
  /// What was found, as one sentence without personal data.
  public var message: String
  /// Where, as an RFC 6901 pointer into the credential.
  public var pointer: String?

  /// Creates a check.
  public init(
    _ name: Name, _ outcome: Outcome, _ reason: Reason = .ok, _ message: String = "",
    at pointer: String? = nil
  ) {
    self.name = name
    self.outcome = outcome
    self.reason = reason
    self.message = message
    self.pointer = pointer
  }
}

/// Why a check ended as it did: a stable code for scripts.
///
/// More codes may be added; a code never changes its meaning.
public struct Reason: Hashable, Sendable, CustomStringConvertible {
  private enum Value: String, Sendable, CaseIterable {
    case ok, json, depth, size, image, type, issuer, subject, criteria, result, identifier
    case association, shape, context, baking, proof, cryptosuite, signature, poison, algorithm
    case claim, refresh, revoked, suspended, expired, recipient, endorsement, nested, hosted
    case repeatedKey = "repeated-key"
    case closedForm = "closed-form"
    case dataLoss = "data-loss"
    case proofMissing = "proof-missing"
    case proofPurpose = "proof-purpose"
    case proofExpired = "proof-expired"
    case keyBinding = "key-binding"
    case keyUnavailable = "key-unavailable"
    case noCryptography = "no-cryptography"
    case notSettled = "not-settled"
    case statusMalformed = "status-malformed"
    case statusUnavailable = "status-unavailable"
    case statusSignature = "status-signature"
    case statusPurpose = "status-purpose"
    case statusLength = "status-length"
    case statusRange = "status-range"
    case statusType = "status-type"
    case statusMessage = "status-message"
    case notYetValid = "not-yet-valid"
    case dateOrder = "date-order"
    case untrustedIssuer = "untrusted-issuer"
  }

  private let value: Value

  /// Nothing is wrong.
  public static let ok = Reason(value: .ok)
  /// The text is no strict JSON.
  public static let json = Reason(value: .json)
  /// An object has two members of one name.
  public static let repeatedKey = Reason(value: .repeatedKey)
  /// Arrays and objects lie too deep in each other.
  public static let depth = Reason(value: .depth)
  /// The file is larger than its limit.
  public static let size = Reason(value: .size)
  /// An image is damaged.
  public static let image = Reason(value: .image)
  /// An image carries no badge, two badges, or one in a form that is refused.
  public static let baking = Reason(value: .baking)
  /// A type that has to be there is not.
  public static let type = Reason(value: .type)
  /// The issuer is missing or malformed.
  public static let issuer = Reason(value: .issuer)
  /// The subject is missing, or nobody can say who it is.
  public static let subject = Reason(value: .subject)
  /// Nothing says what the achievement is awarded for.
  public static let criteria = Reason(value: .criteria)
  /// A result does not fit its description.
  public static let result = Reason(value: .result)
  /// An identifier is missing, malformed or used twice.
  public static let identifier = Reason(value: .identifier)
  /// An association names an achievement that is not there.
  public static let association = Reason(value: .association)
  /// A member is missing or of a wrong kind.
  public static let shape = Reason(value: .shape)
  /// Two moments are in the wrong order.
  public static let dateOrder = Reason(value: .dateOrder)
  /// A context is not built in, or breaks a rule of JSON-LD.
  public static let context = Reason(value: .context)
  /// The JSON could be read in another way than its dataset.
  public static let closedForm = Reason(value: .closedForm)
  /// Something that the JSON says is not part of the dataset that was signed.
  public static let dataLoss = Reason(value: .dataLoss)
  /// The dataset takes more work than its budget.
  public static let poison = Reason(value: .poison)
  /// There is no proof.
  public static let proofMissing = Reason(value: .proofMissing)
  /// A proof is malformed.
  public static let proof = Reason(value: .proof)
  /// A proof was not made to assert something.
  public static let proofPurpose = Reason(value: .proofPurpose)
  /// A proof is past its time.
  public static let proofExpired = Reason(value: .proofExpired)
  /// A way of signing is not known.
  public static let cryptosuite = Reason(value: .cryptosuite)
  /// The algorithm of a JSON Web Signature is refused.
  public static let algorithm = Reason(value: .algorithm)
  /// A claim of a JSON Web Token contradicts the credential.
  public static let claim = Reason(value: .claim)
  /// A signature is wrong.
  public static let signature = Reason(value: .signature)
  /// The signature is right; nothing binds its key to the issuer.
  public static let keyBinding = Reason(value: .keyBinding)
  /// The document with the key is not at hand.
  public static let keyUnavailable = Reason(value: .keyUnavailable)
  /// The package was built without signatures.
  public static let noCryptography = Reason(value: .noCryptography)
  /// The holder could have left out what decides about validity.
  public static let notSettled = Reason(value: .notSettled)
  /// A newer credential could not be had or does not fit.
  public static let refresh = Reason(value: .refresh)
  /// The credential is revoked.
  public static let revoked = Reason(value: .revoked)
  /// The credential is suspended.
  public static let suspended = Reason(value: .suspended)
  /// A status entry or list has malformed members.
  public static let statusMalformed = Reason(value: .statusMalformed)
  /// A status list is not at hand.
  public static let statusUnavailable = Reason(value: .statusUnavailable)
  /// A status list does not verify, or is somebody else's.
  public static let statusSignature = Reason(value: .statusSignature)
  /// A status list is for another purpose.
  public static let statusPurpose = Reason(value: .statusPurpose)
  /// A status list is shorter than the least length.
  public static let statusLength = Reason(value: .statusLength)
  /// The index lies outside of the status list.
  public static let statusRange = Reason(value: .statusRange)
  /// A kind of status is not known.
  public static let statusType = Reason(value: .statusType)
  /// The status list has a message about the credential.
  public static let statusMessage = Reason(value: .statusMessage)
  /// The credential holds no longer.
  public static let expired = Reason(value: .expired)
  /// The credential does not hold yet.
  public static let notYetValid = Reason(value: .notYetValid)
  /// The credential is about somebody else.
  public static let recipient = Reason(value: .recipient)
  /// An endorsement does not verify.
  public static let endorsement = Reason(value: .endorsement)
  /// A credential inside of another one does not verify.
  public static let nested = Reason(value: .nested)
  /// A hosted badge is not where it has to be.
  public static let hosted = Reason(value: .hosted)
  /// The caller does not trust the issuer.
  public static let untrustedIssuer = Reason(value: .untrustedIssuer)

  /// All codes, for tables.
  public static var all: [Reason] { Value.allCases.map { Reason(value: $0) } }

  /// The code.
  public var description: String { value.rawValue }

  private init(value: Value) {
    self.value = value
  }

  /// The reason that a failure to read or canonicalize is.
  init(_ error: LinkedDataError) {
    switch error.code {
    case .repeatedName: self = .repeatedKey
    case .malformedJSON: self = .json
    case .limitExceeded: self = error.message.contains("nested") ? .depth : .size
    case .dataLoss: self = .dataLoss
    case .workExceeded: self = .poison
    default: self = .context
    }
  }
}
