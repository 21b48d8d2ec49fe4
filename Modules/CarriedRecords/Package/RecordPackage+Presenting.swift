public import Domain

/// What a holder shows of a carried record.
public struct RecordSelection: Hashable, Sendable {
  /// Only these targets; `nil` for all.
  public var targets: Set<CompetencyID>?
  /// No claim that gives one of these fields.
  public var without: Set<RecordField>

  /// Creates a selection.
  public init(targets: Set<CompetencyID>? = nil, without: Set<RecordField> = []) {
    self.targets = targets
    self.without = without
  }
}

extension RecordPackage {
  /// A package that shows a part of this one and still verifies.
  ///
  /// The CLR is left out, because it shows all results. So is the derivation, because it holds all
  /// evidence.
  ///
  /// - Parameter selection: What is shown.
  /// - Throws: `DomainError` when the claims cannot be read.
  public func presenting(_ selection: RecordSelection) throws(DomainError) -> RecordPackage {
    var claims: [(claim: RecordClaim, line: ArraySlice<UInt8>)] = []
    for line in (self[.disclosures] ?? []).split(separator: 0x0A) {
      claims.append((try RecordClaim(line: Array(line)), line))
    }
    var shown: Set<RecordClaim.Subject> = [.learner]
    for (claim, _) in claims where claim.field == nil {
      switch claim.subject {
      case .evidence:
        let target = claim.value["target"]?.text.map { CompetencyID($0) }
        if selection.shows(target) { shown.insert(claim.subject) }
      case .result(let target):
        if selection.shows(target) { shown.insert(claim.subject) }
      case .learner, .reversal, .trace: break
      }
    }
    // What was taken back is shown with that, or the holder could hide it.
    for (claim, _) in claims where claim.field == nil {
      guard case .reversal = claim.subject, let evidence = claim.value["evidence"]?.text,
        shown.contains(.evidence(ID(evidence)))
      else { continue }
      shown.insert(claim.subject)
    }
    let lines = claims.filter { claim, _ in
      shown.contains(claim.subject)
        && !(claim.field.map(selection.without.contains) ?? false)
    }
    var package = self
    package[.record] = nil
    package[.disclosures] = lines.flatMap { Array($0.line) + [0x0A] }
    return package
  }
}

extension RecordSelection {
  fileprivate func shows(_ target: CompetencyID?) -> Bool {
    guard let targets else { return true }
    return target.map(targets.contains) ?? false
  }
}
