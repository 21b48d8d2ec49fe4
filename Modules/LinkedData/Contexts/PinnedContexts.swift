public import Domain

/// The contexts that are built in, by URL.
///
/// They hold the terms of the published files, which are known by their SHA-256, and nothing else
/// is ever taken for them. Where a publisher added terms to a file without a new URL, both states
/// are kept: a credential that was signed with the first one verifies with that one only.
public struct PinnedContexts: DocumentLoading {
  /// A state of a published context.
  public struct Revision: Hashable, Sendable {
    /// The URL.
    public let url: Identifier
    /// The SHA-256 of the published file.
    public let sha256: SHA256.Digest
    /// Whether it is what the URL serves today.
    public let isCurrent: Bool
  }

  /// The contexts as their URLs serve them today.
  public static let current = PinnedContexts(earlier: [])

  /// The URLs for which the earlier state is used.
  public let earlier: Set<Identifier>
  /// Where contexts come from that are not built in.
  private let others: (any DocumentLoading)?

  /// Creates a source of contexts.
  ///
  /// - Parameters:
  ///   - earlier: The URLs for which the earlier state is used, where there is one.
  ///   - others: A source of contexts that are not built in; without one they are refused.
  public init(earlier: Set<Identifier>, others: (any DocumentLoading)? = nil) {
    self.earlier = earlier
    self.others = others
  }

  /// All contexts that are built in.
  public static var revisions: [Revision] { library.values.flatMap { $0 }.map(\.revision) }

  /// The states of a context, today's first; none for a context that is not built in.
  public static func revisions(of url: Identifier) -> [Revision] {
    (library[url] ?? []).map(\.revision)
  }

  /// Finds a context.
  ///
  /// - Throws: Whatever the source of other contexts throws.
  public func document(at url: Identifier) throws(LinkedDataError) -> LoadedDocument? {
    guard let states = Self.library[url] else { return try others?.document(at: url) }
    let state = earlier.contains(url) ? states.last : states.first
    return state.map { LoadedDocument(url: url, node: $0.node) }
  }

  private struct State {
    let revision: Revision
    let node: JSONNode
  }

  private struct Entry {
    let url: String
    let text: String
    let isCurrent: Bool
    let sha256: String

    init(_ url: String, text: String, isCurrent: Bool = true, sha256: String) {
      self.url = url
      self.text = text
      self.isCurrent = isCurrent
      self.sha256 = sha256
    }
  }

  private static let library: [Identifier: [State]] = {
    var library: [Identifier: [State]] = [:]
    for entry in entries {
      let url = Identifier(entry.url)
      guard let digest = SHA256.Digest(entry.sha256), let node = try? JSONNode(reading: entry.text)
      else { preconditionFailure("the built-in context \(entry.url) is damaged") }
      let revision = Revision(url: url, sha256: digest, isCurrent: entry.isCurrent)
      library[url, default: []].append(State(revision: revision, node: node))
    }
    return library
  }()

  private static let entries = [
    Entry(
      "https://www.w3.org/ns/credentials/v2", text: credentialsV2,
      sha256: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
    Entry(
      "https://www.w3.org/2018/credentials/v1", text: credentialsV1,
      sha256: "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc"),
    Entry(
      "https://www.w3.org/ns/credentials/examples/v2", text: credentialsExamplesV2,
      sha256: "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c"),
    Entry(
      "https://www.w3.org/ns/credentials/undefined-terms/v2", text: credentialsUndefinedTermsV2,
      sha256: "82dab514ba44eb18f5d1b0f638c5e140c6a556fbfb5089601bdc0fa5eb8b2581"),
    Entry(
      "https://w3id.org/security/data-integrity/v2", text: dataIntegrityV2,
      sha256: "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4"),
    Entry(
      "https://w3id.org/security/data-integrity/v1", text: dataIntegrityV1,
      sha256: "c6e5073f4bd4bf6d08f245736e6f32c29b012860b18583644b2d71e1de862669"),
    Entry(
      "https://w3id.org/security/multikey/v1", text: multikeyV1,
      sha256: "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"),
    Entry(
      "https://w3id.org/security/jwk/v1", text: jwkV1,
      sha256: "0f14b62f6071aafe00df265770ea0c7508e118247d79b7d861a406d2aa00bece"),
    Entry(
      "https://www.w3.org/ns/credentials/status/v1", text: statusV1,
      sha256: "fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7"),
    Entry(
      "https://w3id.org/security/suites/ed25519-2020/v1", text: ed255192020V1,
      sha256: "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588"),
    Entry(
      "https://www.w3.org/ns/did/v1", text: didV1,
      sha256: "adefa50311393eb1bd788a38ac9fe2696c65367928f6996812cd54577394f4da"),
    Entry(
      "https://w3id.org/citizenship/v4rc1", text: citizenshipV4rc1,
      sha256: "5038c7383afd7ab2158f1b997913a8f60978a0abcf96e0b0d08e29f146d2db1e"),
    Entry(
      "https://purl.imsglobal.org/spec/ob/v3p0/context.json", text: ob30,
      sha256: "b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10"),
    Entry(
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", text: ob301,
      sha256: "cfc147db5fd5e3575b06bd471fe04784e92de69296f64a351b8dff0ec3372e9c"),
    Entry(
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", text: ob302,
      sha256: "bba433989e1e700ca60838a3c22378e7d8381aeb0c9590f9ddf84d1714f10296"),
    Entry(
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", text: ob303,
      sha256: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"),
    Entry(
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", text: ob303Before202606,
      isCurrent: false,
      sha256: "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761"),
    Entry(
      "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", text: ob30Extensions,
      sha256: "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3"),
    Entry(
      "https://purl.imsglobal.org/spec/clr/v2p0/context.json", text: clr20,
      sha256: "e198d7b517d74c5036434ce495086f67b10244709e9a3df9dcb7f8b1579b6167"),
    Entry(
      "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", text: clr201,
      sha256: "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6"),
    Entry(
      "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", text: clr201Earlier,
      isCurrent: false,
      sha256: "958ff9dc1a5a18c226579b707eac77c1ef50d7d9ab6c24e7058a3b02663f53a1"),
    Entry(
      "https://w3id.org/openbadges/v2", text: openbadgesV2,
      sha256: "393a890d7d95eb3a86f5f12309648a64c2d0676e5270e2967b5341a2dcea13d2"),
  ]
}
