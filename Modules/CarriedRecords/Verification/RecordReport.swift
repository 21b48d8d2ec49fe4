public import Badges

/// One check of a carried record.
public struct RecordCheck: Hashable, Sendable {
  /// What is checked, in the order in which it is.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    /// The credential that pins the files is right, by the checks of badges.
    case cover
    /// The CLR is right, about the same learner and by the same school.
    case record
    /// The files are those that the cover pins.
    case files
    /// Each claim is one of those that were signed, and none stands there twice.
    case claims
    /// The claims can be read, and belong together.
    case contents
    /// Every step of the derivation follows.
    case trace
    /// The results follow from the evidence by the policy of the school.
    case results
  }

  /// What is checked.
  public var name: Name
  /// How it ends.
  public var outcome: Check.Outcome
  /// Why: a stable word for scripts, `ok` where there is nothing to say.
  public var reason: Reason
  /// What was found, as one sentence without personal data.
  public var message: String

  /// Why a check of a carried record ended as it did.
  ///
  /// More codes may be added; a code never changes its meaning.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// There is nothing to say.
    case ok
    /// The credential does not hold; its own checks say why.
    case credential
    /// The record is about somebody else, or by somebody else.
    case stranger
    /// A file is missing.
    case missing
    /// A file is not the one that was signed.
    case changed
    /// A claim was never signed.
    case unsigned
    /// A claim stands there twice.
    case repeated
    /// A file or claim cannot be read.
    case unreadable
    /// A step of the derivation does not follow.
    case step
    /// A result does not follow from the evidence.
    case result
    /// Not all of it is shown, so it cannot be worked out again.
    case withheld
  }
}

/// What came of the verification of a carried record.
public struct RecordReport: Sendable {
  /// The checks.
  public var checks: [RecordCheck] = []
  /// The checks of the cover.
  public var cover = VerificationReport()
  /// The checks of the CLR, where there is one.
  public var record: VerificationReport?
  /// What the record shows; `nil` when it cannot be read.
  public var contents: RecordContents?
  /// Whether the caller named the issuer among those that are trusted.
  public var isIssuerTrusted = false

  /// The conclusion.
  public var verdict: Verdict {
    if checks.contains(where: { $0.outcome == .fail }) { return .invalid }
    return checks.contains { $0.outcome == .unknown } ? .indeterminate : .valid
  }

  /// Whether what the record says may be taken as verified: it is valid and its issuer is trusted.
  public var isVouchedFor: Bool { verdict == .valid && isIssuerTrusted }

  mutating func add(
    _ name: RecordCheck.Name, _ outcome: Check.Outcome = .pass,
    _ reason: RecordCheck.Reason = .ok, _ message: String = ""
  ) {
    checks.append(RecordCheck(name: name, outcome: outcome, reason: reason, message: message))
  }
}
