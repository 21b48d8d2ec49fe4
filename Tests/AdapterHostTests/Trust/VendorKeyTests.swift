import AdapterHost
import Domain
import Foundation
import Testing

@Suite("Keys of vendors")
struct VendorKeyTests {
  /// A bundle of a vendor, signed with a key of equal bytes or not at all.
  static func bundle(
    in folder: ScratchFolder, name: String = "one", version: String = "1.0", key: UInt8?,
    vendor: String = "Example Ltd"
  ) throws -> TestBundle {
    let manifest = TestBundle.manifest(
      identifier: "org.example.\(name)", version: version, vendor: vendor, format: name)
    return try TestBundle(
      in: folder, name: "\(name)-\(version).cbladapter", manifest: manifest,
      signature: key.map { try ToySignatures.sign(manifest, key: $0) })
  }

  static func hexadecimal(_ key: UInt8) -> String {
    ManifestSignature.hexadecimal(Array(repeating: key, count: 32))
  }

  @Test("are pinned when the first adapter is allowed")
  func pinned() throws {
    let folder = try ScratchFolder()
    let pin = try TrustChangeTests.change(.allow, Self.bundle(in: folder, key: 1))
    #expect(pin.key == Self.hexadecimal(1))
    let keys = try folder.trustFile.read().keys
    #expect(keys.map(\.vendor) == ["Example Ltd"])
    #expect(keys.map(\.key) == [Self.hexadecimal(1)])
    #expect(keys.map(\.identifiers) == [["org.example.one"]])
    try TrustChangeTests.change(.allow, Self.bundle(in: folder, name: "two", key: 1))
    #expect(
      try folder.trustFile.read().keys.map(\.identifiers) == [
        ["org.example.one", "org.example.two"]
      ])
  }

  /// What comes after a bundle that was signed with key 1.
  static let seconds: [(name: String, key: UInt8?, vendor: String, isTaken: Bool)] = [
    ("one", 1, "Example Ltd", true), ("one", 2, "Example Ltd", false),
    ("one", nil, "Example Ltd", false), ("two", 2, "Example Ltd", false),
    ("two", nil, "Example Ltd", false), ("two", 1, "Example Ltd", true),
    // Another vendor cannot take over an identifier with a key of its own.
    ("one", 2, "Other Ltd", false), ("one", nil, "Other Ltd", false),
    ("two", 2, "Other Ltd", true), ("two", nil, "Other Ltd", true),
  ]

  @Test("are the same ever after", arguments: seconds)
  func second(name: String, key: UInt8?, vendor: String, isTaken: Bool) throws {
    let folder = try ScratchFolder()
    try TrustChangeTests.change(.allow, Self.bundle(in: folder, key: 1))
    let second = try Self.bundle(
      in: folder, name: name, version: "2.0", key: key, vendor: vendor)
    do {
      try TrustChangeTests.change(.allow, second)
      #expect(isTaken)
    } catch let error as AdapterHostError {
      #expect(!isTaken, "\(error)")
      #expect(error.code == .notAllowed)
      #expect(error.message.contains(Self.hexadecimal(1)))
      #expect(error.message.contains(key == nil ? "--accept-unsigned" : "--accept-key"))
    }
  }

  @Test("are replaced when the user says so, and the old one is refused then")
  func accepted() throws {
    let folder = try ScratchFolder()
    try TrustChangeTests.change(.allow, Self.bundle(in: folder, key: 1))
    let second = try Self.bundle(in: folder, version: "2.0", key: 2)
    // Not the key that the bundle has.
    #expect(throws: AdapterHostError.self) {
      try TrustChangeTests.change(.allow, second, acceptance: .key(Self.hexadecimal(3)))
    }
    #expect(throws: AdapterHostError.self) {
      try TrustChangeTests.change(.allow, second, acceptance: .unsigned)
    }
    try TrustChangeTests.change(.allow, second, acceptance: .key(Self.hexadecimal(2)))
    #expect(try folder.trustFile.read().keys.map(\.key) == [Self.hexadecimal(2)])
    let third = try Self.bundle(in: folder, version: "3.0", key: 1)
    #expect(throws: AdapterHostError.self) { try TrustChangeTests.change(.allow, third) }
    let unsigned = try Self.bundle(in: folder, version: "4.0", key: nil)
    try TrustChangeTests.change(.allow, unsigned, acceptance: .unsigned)
    #expect(try folder.trustFile.read().keys.map(\.key) == [Self.hexadecimal(2)])
  }

  @Test("do not help when the signature is of another manifest")
  func forged() throws {
    let folder = try ScratchFolder()
    let bundle = try Self.bundle(in: folder, key: 1)
    let other = try ToySignatures.sign(TestBundle.manifest(version: "9"), key: 1)
    try folder.write("\(bundle.name)/signature.json", other.json)
    let error = #expect(throws: AdapterHostError.self) {
      try TrustChangeTests.change(.allow, bundle)
    }
    #expect(error?.message.hasPrefix("signature:") == true)
    #expect(try folder.trustFile.read().keys == [])
  }

  @Test("of the administrator go before those of the user")
  func policy() throws {
    let folder = try ScratchFolder()
    var policy = TrustStore()
    policy.pinKey(
      Self.hexadecimal(5), vendor: "Example Ltd", identifier: "org.example.one",
      note: try .test())
    try folder.write("policy/trust.json", policy.json)
    #expect(throws: AdapterHostError.self) {
      try TrustChangeTests.change(.allow, Self.bundle(in: folder, key: 1))
    }
    try TrustChangeTests.change(.allow, Self.bundle(in: folder, version: "2.0", key: 5))
  }

  /// Outcomes of the checks of a sound, signed bundle that was never seen before.
  @Test("are one of the named checks, each with an outcome")
  func checks() throws {
    let folder = try ScratchFolder()
    let bundle = try Self.bundle(in: folder, key: 1)
    func outcomes(_ signatures: (any SignatureChecking)?) throws -> [String] {
      try folder.trust().verify(bundle.candidate(), signatures: signatures).map {
        "\($0.name) \($0.outcome)"
      }
    }
    let fresh = [
      "manifest pass", "platform pass", "library pass", "place pass", "signature pass",
      "key unknown", "revocation unknown",
    ]
    #expect(try outcomes(ToySignatures()) == fresh)
    #expect(try outcomes(nil)[4] == "signature unknown")
    try TrustChangeTests.change(.allow, bundle)
    #expect(try outcomes(ToySignatures())[5] == "key pass")
    try folder.permit(bundle.name, 0o777)
    #expect(try outcomes(ToySignatures())[3] == "place fail")
    try folder.permit(bundle.name, 0o755)
    try folder.write("\(bundle.name)/lib/libPointsAdapter.so", "x")
    #expect(try outcomes(ToySignatures())[2] == "library fail")
    try folder.write("\(bundle.name)/adapter.json", "{}")
    #expect(try outcomes(ToySignatures()) == ["manifest fail"])
  }
}
