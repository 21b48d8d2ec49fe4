internal import Domain

/// What the user knows about the key of a vendor and says so.
public enum KeyAcceptance: Hashable, Sendable {
  /// Nothing: a key that is pinned already has to be the same.
  case pinned
  /// This key, as 64 hexadecimal digits, takes the place of the one that is pinned.
  case key(String)
  /// The bundle may come without a signature, though a key of the vendor is pinned.
  case unsigned
}

extension AdapterTrust {
  /// Lets something happen to an adapter and keeps the state that follows.
  ///
  /// Before an adapter is allowed or trusted everything about it is checked that can be checked
  /// without running it, see ``verify(_:signatures:)``. The key that it is signed with is pinned
  /// the first time.
  ///
  /// - Parameters:
  ///   - event: What happens: `allow`, `trust`, `block` or `crash`.
  ///   - candidate: The adapter.
  ///   - note: Who decides, when and why.
  ///   - signatures: Checks signatures.
  ///   - acceptance: What the user says of the vendor's key.
  /// - Returns: The decision that is kept now.
  /// - Throws: ``AdapterHostError`` with `notAllowed` when a lock, a revocation, a check or the state
  ///   forbids it; with what the store's file throws.
  @discardableResult
  public func change(
    _ event: TrustEvent, of candidate: AdapterCandidate, note: TrustNote,
    signatures: (any SignatureChecking)? = nil, acceptance: KeyAcceptance = .pinned
  ) throws(AdapterHostError) -> TrustPin {
    guard let file else {
      throw AdapterHostError(
        .missing, "there is no place for the trust store; set HOME or name one with --trust-store",
        adapter: candidate.path)
    }
    guard let library = candidate.library else {
      throw candidate.failure
        ?? AdapterHostError(.missing, "there is no library", adapter: candidate.path)
    }
    let digest = try digest(of: library)
    let isLoosening = event == .allow || event == .trust
    if isLoosening {
      if let pin = policy.pin(library: digest), pin.state == .blocked {
        throw AdapterHostError(
          .notAllowed, "the administrator has blocked it: \(pin.note.reason)",
          adapter: candidate.name)
      }
      try refuseFailed(
        verify(candidate, signatures: signatures), candidate, acceptance: acceptance)
    }
    let manifest = candidate.bundle?.manifest
    let hasValidSignature =
      candidate.bundle.map { Self.signature($0, signatures).outcome == .pass } ?? false
    let key = hasValidSignature ? candidate.bundle?.signature?.key : nil
    return try file.update { (store) throws(AdapterHostError) -> TrustPin in
      let old = store.pin(library: digest, manifest: manifest?.digest)?.state ?? .unknown
      let state = try next(event, old, candidate, locked: isLocked || store.isLocked)
      let pin = TrustPin(
        library: digest, manifest: manifest?.digest, identifier: candidate.name,
        version: manifest?.version ?? "", vendor: manifest?.vendor ?? "", key: key, state: state,
        note: note)
      if isLoosening, let key, let manifest {
        store.pinKey(key, vendor: manifest.vendor, identifier: manifest.identifier, note: note)
      }
      store.put(pin)
      if event == .crash { store.forgetOldCrashes() }
      return pin
    }
  }

  /// The state that follows, unless a lock or the old state forbids it.
  private func next(
    _ event: TrustEvent, _ old: TrustState, _ candidate: AdapterCandidate, locked: Bool
  ) throws(AdapterHostError) -> TrustState {
    guard let state = old.after(event) else {
      throw AdapterHostError(
        .notAllowed,
        "it is blocked; allow it first, see how it does, and trust it then: "
          + "cbl-tool adapter allow \(candidate.path)", adapter: candidate.name)
    }
    guard !(locked && old.isLoosened(by: state)) else {
      throw AdapterHostError(
        .notAllowed,
        "adapters are locked here, so none is \(state.rawValue) that was \(old.rawValue); ask the "
          + "administrator", adapter: candidate.name)
    }
    return state
  }

  /// Refuses an adapter about which a check found something wrong that the user did not accept.
  private func refuseFailed(
    _ checks: [AdapterCheck], _ candidate: AdapterCandidate, acceptance: KeyAcceptance
  ) throws(AdapterHostError) {
    for check in checks where check.outcome == .fail {
      if check.name == "key" {
        switch acceptance {
        case .pinned: break
        case .key(let key): if candidate.bundle?.signature?.key == key { continue }
        case .unsigned: if candidate.bundle?.signature == nil { continue }
        }
      }
      // Libraries for other machines are of no concern here.
      if check.name == "library", candidate.library.map(isIntact(candidate)) == true { continue }
      throw AdapterHostError(
        .notAllowed, "\(check.name): \(check.message)", adapter: candidate.name)
    }
  }

  /// Whether the library for this machine has the digest that the manifest names.
  private func isIntact(_ candidate: AdapterCandidate) -> (String) -> Bool {
    { library in
      guard let named = candidate.bundle?.manifest.library()?.digest else { return false }
      return (try? digest(of: library)) == named
    }
  }
}

extension TrustStore {
  /// Forgets the oldest adapters that were blocked because they crashed, when there are too many.
  ///
  /// Somebody who writes an adapter has a new library with each build, and none of the old ones
  /// comes again.
  mutating func forgetOldCrashes() {
    var surplus = pins.count { $0.isCrash } - Self.crashLimit
    pins.removeAll { pin in
      guard surplus > 0, pin.isCrash else { return false }
      surplus -= 1
      return true
    }
  }
}

extension TrustPin {
  /// How the reason of a block begins that followed a crash.
  public static let crashReason = "it crashed"

  var isCrash: Bool { state == .blocked && note.reason.hasPrefix(Self.crashReason) }
}
