public import Domain

/// Decides how far adapters are trusted: the system's policy, the user's store and the lists of
/// revocations together.
///
/// ```swift
/// let trust = try AdapterTrust.open()
/// let decision = trust.decision(library: path, origin: .user)
/// if decision.state == .trusted { ... }
/// ```
public struct AdapterTrust: Sendable {
  /// What the user decided.
  public let store: TrustStore
  /// The file of ``store``, or `nil` when there is none.
  public let file: TrustFile?
  /// What the administrator decided.
  public let policy: TrustStore
  /// What is revoked, from all lists.
  public let revocations: RevocationList
  /// Whether nothing may be loosened, because the caller, the user's store or the policy says so.
  public let isLocked: Bool
  private let cache: DigestCache
  private let check: PlaceCheck

  /// Reads what was decided.
  ///
  /// - Parameters:
  ///   - file: The user's store; the usual one unless given.
  ///   - policy: The system's policy.
  ///   - revocations: Another list of revocations, besides those beside the store and the policy.
  ///   - isLocked: Whether nothing may be loosened.
  /// - Throws: ``AdapterHostError`` when a file is there and cannot be read or understood: what it
  ///   blocks is not known then, so nothing is decided.
  public static func open(
    file: TrustFile? = .ofUser(), policy: TrustFile? = .ofSystem, revocations: String? = nil,
    isLocked: Bool = false
  ) throws(AdapterHostError) -> AdapterTrust {
    var lists = [policy?.revocations, file?.revocations].compactMap { $0 }
    if let revocations {
      let path = TrustFile.absolute(revocations)
      guard HostFile.status(path) != nil else {
        throw AdapterHostError(.missing, "there is no such list of revocations", adapter: path)
      }
      lists.append(path)
    }
    var entries: [RevocationList.Entry] = []
    for list in lists { entries += try TrustFile.revocations(at: list).entries }
    return AdapterTrust(
      store: try file?.read() ?? TrustStore(), file: file,
      policy: try policy?.read() ?? TrustStore(), revocations: RevocationList(entries),
      isLocked: isLocked)
  }

  private init(
    store: TrustStore, file: TrustFile?, policy: TrustStore, revocations: RevocationList,
    isLocked: Bool
  ) {
    self.store = store
    self.file = file
    self.policy = policy
    self.revocations = revocations
    self.isLocked = isLocked || store.isLocked || policy.isLocked
    cache = DigestCache(path: file.map { "\(HostFile.folder(of: $0.path))/digests" })
    check = PlaceCheck()
  }

  /// The digest of a library; it is read only when its file changed since it was read last.
  ///
  /// - Throws: ``AdapterHostError`` when it is not there or cannot be read.
  public func digest(of library: String) throws(AdapterHostError) -> SHA256.Digest {
    guard let digest = try cache.digest(library) else {
      throw AdapterHostError(.missing, "there is no such library", adapter: library)
    }
    return digest
  }

  /// Keeps the digests that were computed, so that the next start need not read the libraries.
  public func saveDigests() { cache.save() }

  /// What may be done with a library, without running any of its code.
  ///
  /// In this order: what is revoked or blocked anywhere is blocked; then the policy decides, then
  /// the user's store (unless the policy is locked); then what came with the tool is trusted, and
  /// what the user named for this run is allowed (unless something is locked). Everything else is
  /// unknown.
  ///
  /// - Parameters:
  ///   - library: The path of the library.
  ///   - origin: Where it was found.
  public func decision(library: String, origin: AdapterOrigin) -> TrustDecision {
    decision(Subject(library: library, origin: origin, path: library))
  }

  /// What is known of an adapter before its code runs.
  struct Subject {
    var library: String
    var origin: AdapterOrigin
    /// What the user is told to allow: the library, or the bundle that it lies in.
    var path: String
    var manifest: SHA256.Digest?
    var identifier: String?
    var version: String?
    var key: String?
  }

  func decision(_ subject: Subject) -> TrustDecision {
    do throws(AdapterHostError) {
      let list = try bundledDigests(subject)
      let isDecided = !(store.pins.isEmpty && policy.pins.isEmpty && revocations.entries.isEmpty)
      let digest = isDecided || list != nil ? try digest(of: subject.library) : nil
      if let digest, let decision = kept(subject, digest) { return decision }
      if subject.origin == .bundled { return bundled(subject, list, digest) }
      return undecided(subject, digest)
    } catch {
      return TrustDecision(.unknown, .none, error.message)
    }
  }

  /// What the lists, the policy and the store say.
  private func kept(_ subject: Subject, _ digest: SHA256.Digest) -> TrustDecision? {
    let entry = revocations.entry(
      digests: [digest, subject.manifest].compactMap { $0 }, key: subject.key,
      identifier: subject.identifier, version: subject.version)
    if let entry {
      return TrustDecision(
        .blocked, .revoked, "it was revoked on \(entry.date): \(entry.reason)", digest: digest)
    }
    let ofPolicy = policy.pin(library: digest, manifest: subject.manifest)
    let ofUser = store.pin(library: digest, manifest: subject.manifest)
    if let pin = ofPolicy, pin.state == .blocked {
      return TrustDecision(.blocked, .policy, Self.sentence(pin), digest: digest)
    }
    if let pin = ofUser, pin.state == .blocked {
      return TrustDecision(
        .blocked, .store,
        Self.sentence(pin) + "; to let it run again: cbl-tool adapter allow \(subject.path)",
        digest: digest)
    }
    if let pin = ofPolicy {
      return TrustDecision(pin.state, .policy, Self.sentence(pin), digest: digest)
    }
    if let pin = ofUser, !policy.isLocked {
      return TrustDecision(pin.state, .store, Self.sentence(pin), digest: digest)
    }
    return nil
  }

  /// What came with the tool.
  private func bundled(
    _ subject: Subject, _ list: [String: SHA256.Digest]?, _ digest: SHA256.Digest?
  ) -> TrustDecision {
    if let fault = check.fault(subject.library) { return TrustDecision(.unknown, .none, fault) }
    guard let list else {
      return TrustDecision(.trusted, .bundled, "it stands beside the tool", digest: digest)
    }
    if let digest, list[HostFile.name(of: subject.library)] == digest {
      return TrustDecision(
        .trusted, .bundled, "it came with the tool, with the digest in adapters.sha256",
        digest: digest)
    }
    return TrustDecision(
      .unknown, .none,
      "it is not the file that adapters.sha256 beside it names; install the tool again",
      digest: digest)
  }

  private func undecided(_ subject: Subject, _ digest: SHA256.Digest?) -> TrustDecision {
    if subject.origin.isExplicit {
      guard isLocked else {
        return TrustDecision(.allowed, .named, "you named it for this run", digest: digest)
      }
      return TrustDecision(
        .unknown, .none, "nobody allowed it, and adapters are locked here", digest: digest)
    }
    let name = subject.identifier ?? HostFile.name(of: subject.path)
    let why =
      store.knows(name) || policy.knows(name)
      ? "its files are not those that were allowed" : "nobody allowed it yet"
    let how =
      isLocked
      ? "adapters are locked here" : "look at it and run: cbl-tool adapter allow \(subject.path)"
    return TrustDecision(.unknown, .none, "\(why); \(how)", digest: digest)
  }

  /// The digests of what came with the tool, or `nil` when there is no list of them.
  private func bundledDigests(
    _ subject: Subject
  ) throws(AdapterHostError) -> [String: SHA256.Digest]? {
    guard subject.origin == .bundled else { return nil }
    let path = "\(HostFile.folder(of: subject.library))/adapters.sha256"
    guard let bytes = try HostFile.bytes(path, limit: 1 << 20) else { return nil }
    var digests: [String: SHA256.Digest] = [:]
    // As sha256sum writes them: digest, blank, blank or asterisk, name.
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      guard let blank = text.firstIndex(of: " "), let digest = SHA256.Digest(String(text[..<blank]))
      else { throw AdapterHostError(.malformed, "this is not a list of digests", adapter: path) }
      digests[String(text[text.index(after: blank)...].drop { $0 == " " || $0 == "*" })] = digest
    }
    return digests
  }

  private static func sentence(_ pin: TrustPin) -> String {
    let reason = pin.note.reason.isEmpty ? "" : ": \(pin.note.reason)"
    let who = pin.note.by.isEmpty ? "" : " by \(pin.note.by)"
    return "\(pin.state.rawValue)\(who) on \(pin.note.at)\(reason)"
  }
}
