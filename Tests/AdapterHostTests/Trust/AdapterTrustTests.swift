import AdapterHost
import Domain
import Foundation
import Testing

@Suite("What may be done with an adapter")
struct AdapterTrustTests {
  static let bytes = "the bytes of a library"
  static let digest = SHA256.hash(bytes)

  /// A folder with a library and what the user and the administrator decided about it.
  static func folder(
    user: TrustState? = nil, policy: TrustState? = nil, userLocks: Bool = false,
    policyLocks: Bool = false
  ) throws -> (ScratchFolder, library: String) {
    let folder = try ScratchFolder()
    let library = try folder.write("lib/libOneAdapter.so", bytes)
    let note = try TrustNote.test()
    func store(_ state: TrustState?, _ isLocked: Bool) -> TrustStore {
      let pins = state.map { [TrustPin(library: digest, identifier: "one", state: $0, note: note)] }
      return TrustStore(isLocked: isLocked, pins: pins ?? [])
    }
    try folder.write("store/trust.json", store(user, userLocks).json, mode: 0o600)
    try folder.write("policy/trust.json", store(policy, policyLocks).json)
    return (folder, library)
  }

  static let origins: [(AdapterOrigin, TrustState, TrustDecision.Basis)] = [
    (.named, .allowed, .named), (.environment, .allowed, .named), (.bundled, .trusted, .bundled),
    (.user, .unknown, .none), (.system, .unknown, .none),
  ]

  @Test("nobody decided about depends on where it was found", arguments: origins)
  func undecided(
    origin: AdapterOrigin, state: TrustState, basis: TrustDecision.Basis
  ) throws {
    let (folder, library) = try Self.folder()
    let decision = try folder.trust().decision(library: library, origin: origin)
    #expect(decision.state == state)
    #expect(decision.basis == basis)
  }

  /// What the user's store and the policy say, and what follows for a file in the user's folder.
  static let layers: [(user: TrustState?, policy: TrustState?, locks: Bool, TrustState)] = [
    (nil, nil, false, .unknown), (.allowed, nil, false, .allowed),
    (.trusted, nil, false, .trusted), (.blocked, nil, false, .blocked),
    (nil, .allowed, false, .allowed), (nil, .trusted, false, .trusted),
    (nil, .blocked, false, .blocked),
    // A block holds wherever it is; apart from that the policy goes before.
    (.blocked, .trusted, false, .blocked), (.trusted, .blocked, false, .blocked),
    (.trusted, .allowed, false, .allowed), (.allowed, .trusted, false, .trusted),
    // When the policy is locked, what the user loosened does not count.
    (.allowed, nil, true, .unknown), (.trusted, nil, true, .unknown),
    (.blocked, nil, true, .blocked), (nil, .allowed, true, .allowed),
    (.trusted, .allowed, true, .allowed),
  ]

  @Test("follows the policy and the store", arguments: layers)
  func follows(user: TrustState?, policy: TrustState?, locks: Bool, state: TrustState) throws {
    let (folder, library) = try Self.folder(user: user, policy: policy, policyLocks: locks)
    #expect(try folder.trust().decision(library: library, origin: .user).state == state)
  }

  @Test("a block holds wherever the file is found", arguments: AdapterOrigin.allCases)
  func blocked(origin: AdapterOrigin) throws {
    let (folder, library) = try Self.folder(user: .blocked)
    let decision = try folder.trust().decision(library: library, origin: origin)
    #expect(decision.state == .blocked)
    #expect(decision.reason.contains("adapter allow"))
  }

  @Test("a lock keeps what is unknown from running, even when it is named")
  func locked() throws {
    let (folder, library) = try Self.folder()
    let byCaller = try folder.trust(isLocked: true)
    #expect(byCaller.isLocked)
    #expect(byCaller.decision(library: library, origin: .named).state == .unknown)
    #expect(byCaller.decision(library: library, origin: .bundled).state == .trusted)
    let (second, other) = try Self.folder(userLocks: true)
    #expect(try second.trust().decision(library: other, origin: .environment).state == .unknown)
    let (third, last) = try Self.folder(user: .allowed, userLocks: true)
    #expect(try third.trust().decision(library: last, origin: .user).state == .allowed)
  }

  @Test("a changed file is unknown again", arguments: [TrustState.allowed, .trusted, .blocked])
  func changed(state: TrustState) throws {
    let (folder, library) = try Self.folder(user: state)
    #expect(try folder.trust().decision(library: library, origin: .user).state == state)
    // One byte; the size stays.
    try folder.write("lib/libOneAdapter.so", "the bytes of a librarz")
    #expect(try folder.trust().decision(library: library, origin: .user).state == .unknown)
  }

  @Test("digests are kept, and not believed when the file changed")
  func cache() throws {
    let (folder, library) = try Self.folder(user: .allowed)
    // An old file, whose times tell its states apart.
    let old = Date(timeIntervalSinceNow: -3600)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: library)
    for _ in 0..<3 {
      let trust = try folder.trust()
      #expect(trust.decision(library: library, origin: .user).state == .allowed)
      trust.saveDigests()
    }
    #expect(try folder.mode("store/digests") == 0o600)
    try folder.write("lib/libOneAdapter.so", "the bytes of a librarz")
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: library)
    #expect(try folder.trust().decision(library: library, origin: .user).state == .unknown)
    // Nonsense in the cache is no harm.
    try folder.write("store/digests", "1 2 3\n\u{0}\n", mode: 0o600)
    #expect(try folder.trust().decision(library: library, origin: .user).state == .unknown)
  }

  @Test("a kept digest is taken in the place of reading, unless others can write to the cache")
  func cacheIsUsed() throws {
    let (folder, library) = try Self.folder(user: .allowed)
    var status = stat()
    #expect(stat(library, &status) == 0)
    func nanoseconds(_ time: timespec) -> Int { time.tv_sec * 1_000_000_000 + time.tv_nsec }
    #if canImport(Darwin)
      let times = [status.st_mtimespec, status.st_ctimespec]
    #else
      let times = [status.st_mtim, status.st_ctim]
    #endif
    // A lie, which shows that it is believed.
    let line =
      "\(status.st_dev) \(status.st_ino) \(status.st_size) \(nanoseconds(times[0])) "
      + "\(nanoseconds(times[1])) \(SHA256.hash("a lie"))\n"
    let cache = try folder.write("store/digests", line, mode: 0o600)
    func state(seconds: Double) throws -> TrustState {
      let time = Date(timeIntervalSince1970: Double(times[1].tv_sec) + seconds)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: cache)
      return try folder.trust().decision(library: library, origin: .user).state
    }
    #expect(try state(seconds: 10) == .unknown)
    // Kept too soon after the library changed.
    #expect(try state(seconds: 1) == .allowed)
    try folder.permit("store/digests", 0o666)
    #expect(try state(seconds: 10) == .allowed)
  }

  @Test("a list of digests beside bundled adapters is binding")
  func digestList() throws {
    let (folder, library) = try Self.folder()
    try folder.write("lib/adapters.sha256", "\(Self.digest)  libOneAdapter.so\n")
    #expect(try folder.trust().decision(library: library, origin: .bundled).state == .trusted)
    try folder.write("lib/libOneAdapter.so", "something else")
    let decision = try folder.trust().decision(library: library, origin: .bundled)
    #expect(decision.state == .unknown)
    #expect(decision.reason.contains("adapters.sha256"))
  }

  @Test("what others can write to is not bundled")
  func writableFolder() throws {
    let (folder, library) = try Self.folder()
    try folder.permit("lib", 0o777)
    let decision = try folder.trust().decision(library: library, origin: .bundled)
    #expect(decision.state == .unknown)
    #expect(decision.reason.contains("chmod o-w"))
  }

  @Test("a store that cannot be read decides nothing", arguments: ["{", "{}", "[]", "\u{0}"])
  func brokenStore(text: String) throws {
    let (folder, _) = try Self.folder()
    try folder.write("store/trust.json", text, mode: 0o600)
    let error = #expect(throws: AdapterHostError.self) { try folder.trust() }
    #expect(error?.code == .malformed)
  }

  @Test("a path that is not absolute is no place that anybody vouches for")
  func relative() throws {
    let (folder, _) = try Self.folder()
    let decision = try folder.trust().decision(library: "libOneAdapter.so", origin: .bundled)
    #expect(decision.state == .unknown)
  }

  @Test("a store that everybody can write to is refused")
  func writableStore() throws {
    let (folder, _) = try Self.folder()
    try folder.permit("store/trust.json", 0o666)
    let error = #expect(throws: AdapterHostError.self) { try folder.trust() }
    #expect(error?.code == .notAllowed)
  }
}
