import AdapterHost
import Domain
import Foundation
import Testing

@Suite("Allowing, trusting and blocking")
struct TrustChangeTests {
  @discardableResult
  static func change(
    _ event: TrustEvent, _ bundle: TestBundle, isLocked: Bool = false,
    acceptance: KeyAcceptance = .pinned
  ) throws -> TrustPin {
    try bundle.folder.trust(isLocked: isLocked).change(
      event, of: bundle.candidate(), note: .test("a reason"), signatures: ToySignatures(),
      acceptance: acceptance)
  }

  static func state(_ bundle: TestBundle) throws -> TrustState {
    try bundle.folder.trust().decision(for: bundle.candidate()).state
  }

  @Test("keeps the state, the digests and who decided")
  func allow() throws {
    let bundle = try TestBundle(in: ScratchFolder())
    #expect(try Self.state(bundle) == .unknown)
    let pin = try Self.change(.allow, bundle)
    #expect(pin.library == SHA256.hash(TestBundle.library))
    #expect(pin.manifest == SHA256.hash(TestBundle.manifest()))
    #expect(try Self.state(bundle) == .allowed)
    let store = try bundle.folder.trustFile.read()
    #expect(store.pins == [pin])
    let note = try TrustNote.test("a reason")
    #expect(store.pins.first?.note == note)
    #expect(try bundle.folder.mode("store/trust.json") == 0o600)
    // Nothing but the store, its lock and its cache is left.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(bundle.folder.path)/store").sorted()
        == ["trust.json", "trust.json.lock"])
  }

  /// What happens one after the other, and what becomes of it; `nil` for what is refused.
  static let courses: [([TrustEvent], TrustState?)] = [
    ([.allow], .allowed), ([.trust], .trusted), ([.block], .blocked), ([.crash], .blocked),
    ([.allow, .trust], .trusted), ([.trust, .allow], .allowed), ([.allow, .crash], .blocked),
    ([.trust, .block], .blocked), ([.block, .allow], .allowed), ([.block, .trust], nil),
    ([.crash, .trust], nil), ([.block, .allow, .trust], .trusted),
  ]

  @Test("follows the table of states in the store", arguments: courses)
  func course(events: [TrustEvent], state: TrustState?) throws {
    let bundle = try TestBundle(in: ScratchFolder())
    do {
      for event in events { try Self.change(event, bundle) }
      #expect(try Self.state(bundle) == state)
    } catch let error as AdapterHostError {
      #expect(state == nil, "\(error)")
      #expect(error.code == .notAllowed)
    }
  }

  @Test(
    "a changed byte makes it unknown again", arguments: ["library", "manifest", "both"],
    [TrustEvent.allow, .trust])
  func tampering(what: String, event: TrustEvent) throws {
    let bundle = try TestBundle(in: ScratchFolder())
    try Self.change(event, bundle)
    let library = what == "manifest" ? TestBundle.library : "the bytes of a librarz"
    if what != "manifest" {
      try bundle.folder.write("\(bundle.name)/lib/libPointsAdapter.so", library)
    }
    if what != "library" {
      // Somebody who changes the manifest too makes it fit.
      let text = TestBundle.manifest(version: "1.1", digest: SHA256.hash(library).description)
      try bundle.folder.write("\(bundle.name)/adapter.json", text)
    }
    let decision = try bundle.folder.trust().decision(for: bundle.candidate())
    #expect(decision.state == .unknown)
    if what != "library" { #expect(decision.reason.contains("not those that were allowed")) }
  }

  @Test("a library that its manifest does not name never runs, also when it is named")
  func wrongDigest() throws {
    let bundle = try TestBundle(in: ScratchFolder(), library: "something else")
    let trust = try bundle.folder.trust()
    #expect(trust.decision(for: bundle.candidate(.named)).state == .unknown)
    let error = #expect(throws: AdapterHostError.self) { try Self.change(.allow, bundle) }
    #expect(error?.code == .notAllowed)
    #expect(error?.message.contains("library") == true)
    // To block it is always possible.
    #expect(try Self.change(.block, bundle).state == .blocked)
  }

  @Test("a lock forbids what loosens, and nothing else")
  func locked() throws {
    let bundle = try TestBundle(in: ScratchFolder())
    for event in [TrustEvent.allow, .trust] {
      let error = #expect(throws: AdapterHostError.self) {
        try Self.change(event, bundle, isLocked: true)
      }
      #expect(error?.code == .notAllowed)
    }
    try Self.change(.trust, bundle)
    #expect(try Self.change(.allow, bundle, isLocked: true).state == .allowed)
    #expect(try Self.change(.block, bundle, isLocked: true).state == .blocked)
    try bundle.folder.trustFile.update { $0.isLocked = true }
    #expect(throws: AdapterHostError.self) { try Self.change(.allow, bundle) }
    try bundle.folder.trustFile.update { $0.isLocked = false }
    try bundle.folder.write("policy/trust.json", TrustStore(isLocked: true).json)
    #expect(throws: AdapterHostError.self) { try Self.change(.allow, bundle) }
  }

  @Test("what the administrator blocked stays blocked")
  func policy() throws {
    let bundle = try TestBundle(in: ScratchFolder())
    let pin = TrustPin(
      library: SHA256.hash(TestBundle.library), identifier: "x", state: .blocked,
      note: try .test("not here"))
    try bundle.folder.write("policy/trust.json", TrustStore(pins: [pin]).json)
    let error = #expect(throws: AdapterHostError.self) { try Self.change(.allow, bundle) }
    #expect(error?.message.contains("not here") == true)
  }

  /// Entries of a list, with the text of the manifest that they name.
  static let revocations: [String] = [
    "{\"digest\": \"\(SHA256.hash(TestBundle.library))\"",
    "{\"digest\": \"\(SHA256.hash(TestBundle.manifest()))\"",
    "{\"key\": \"\(String(repeating: "07", count: 32))\"",
    "{\"identifier\": \"org.example.points\"",
    "{\"identifier\": \"org.example.points\", \"version\": \"1.0\"",
  ]

  @Test("what is revoked is blocked, whoever trusts it", arguments: revocations)
  func revoked(entry: String) throws {
    let manifest = TestBundle.manifest()
    let bundle = try TestBundle(
      in: ScratchFolder(), manifest: manifest, signature: ToySignatures.sign(manifest, key: 7))
    try Self.change(.trust, bundle)
    let list = """
      {"revocations": 1, "entries": [
        \(entry), "reason": "leaks names", "date": "2026-09-30"}]}
      """
    let path = try bundle.folder.write("revoked.json", list)
    let trust = try bundle.folder.trust(revocations: path)
    for origin in AdapterOrigin.allCases {
      let decision = trust.decision(for: bundle.candidate(origin))
      #expect(decision.state == .blocked)
      #expect(decision.basis == .revoked)
      #expect(decision.reason.contains("leaks names") && decision.reason.contains("2026-09-30"))
    }
    #expect(throws: AdapterHostError.self) {
      try trust.change(.allow, of: bundle.candidate(), note: .test())
    }
    // The lists beside the store and the policy count without being named.
    for place in ["store", "policy"] {
      try bundle.folder.write("\(place)/revocations.json", list, mode: 0o600)
      #expect(try Self.state(bundle) == .blocked)
      try FileManager.default.removeItem(
        atPath: "\(bundle.folder.path)/\(place)/revocations.json")
    }
    #expect(try Self.state(bundle) == .trusted)
  }

  @Test(
    "a list of revocations that cannot be read decides nothing",
    arguments: [
      "{", "{\"revocations\": 1}", "{\"revocations\": 1, \"entries\": [{}]}",
      "{\"revocations\": 1, \"entries\": [{\"version\": \"1\", \"reason\": \"x\", \"date\": \"2026-09-30\"}]}",
      "{\"revocations\": 1, \"entries\": [{\"identifier\": \"a\", \"reason\": \"x\", \"date\": \"today\"}]}",
    ])
  func brokenList(text: String) throws {
    let folder = try ScratchFolder()
    let path = try folder.write("revoked.json", text)
    let error = #expect(throws: AdapterHostError.self) { try folder.trust(revocations: path) }
    #expect(error?.code == .malformed)
    let missing = #expect(throws: AdapterHostError.self) {
      try folder.trust(revocations: "\(folder.path)/none.json")
    }
    #expect(missing?.code == .missing)
  }
}
