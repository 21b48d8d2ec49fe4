import Foundation
import Testing

@Suite("cbl-tool adapter: bundles", .enabled(if: TinyVendor.isPossible))
struct AdapterBundleTests {
  static let bundle = "tiny.cbladapter"

  /// A vendor with a packed bundle.
  static func packed(to name: String = bundle) throws -> TinyVendor {
    let vendor = try TinyVendor()
    try vendor.compile()
    let run = try vendor.run(
      "adapter", "pack", "libTinyAdapter.so", "--samples", "samples", "-o", name)
    #expect(run.exitCode == 0, "\(run.messages)")
    return vendor
  }

  /// What `adapter verify --json` found, by the names of the checks.
  static func checks(_ vendor: TinyVendor, _ name: String = bundle) throws -> [String: String] {
    let run = try vendor.run("adapter", "verify", name, "--json")
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    var found: [String: String] = [:]
    for check in json?["checks"] as? [[String: Any]] ?? [] {
      found[check["name"] as? String ?? ""] = check["outcome"] as? String
    }
    let hasFailed = found.values.contains("fail")
    #expect(run.exitCode == (hasFailed ? 65 : 0), "\(run.messages)")
    #expect(json?["passed"] as? Bool == !hasFailed)
    return found
  }

  @Test("go from the vendor to the school", arguments: ["folder", "zip"])
  func course(shape: String) throws {
    let vendor = try Self.packed()
    let sign = try vendor.run("adapter", "sign", Self.bundle, "--key", "vendor.key", "--new-key")
    #expect(sign.exitCode == 0, "\(sign.messages)")
    let secret = try #require(vendor.scratch.text("vendor.key"))
    #expect(secret.count == 65)
    #expect(!(sign.output + sign.messages).contains(secret.dropLast()))
    let mode =
      try FileManager.default.attributesOfItem(
        atPath: vendor.scratch.url.appending(path: "vendor.key").path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(
      try Self.checks(vendor) == [
        "manifest": "pass", "platform": "pass", "library": "pass", "place": "pass",
        "signature": "pass", "key": "unknown", "revocation": "unknown",
      ])
    var source = Self.bundle
    if shape == "zip" {
      source = "tiny.zip"
      let zip = try vendor.scratch.shell(
        "command -v python3 >/dev/null || exit 0; python3 -m zipfile -c tiny.zip tiny.cbladapter")
      #expect(zip.exitCode == 0, "\(zip.messages)")
      guard vendor.scratch.names.contains(source) else { return }
    }
    let install = try vendor.run("adapter", "install", source)
    #expect(install.exitCode == 0, "\(install.messages)")
    #expect(install.output.contains("cbl-tool adapter allow org.example.tiny"))
    #expect(try vendor.state() == "unknown")
    // Nobody knows the file, but the manifest of the adapter that nobody allowed names its ending.
    let hint = try vendor.convert()
    #expect(hint.exitCode == 65)
    #expect(hint.messages.contains("org.example.tiny"), "\(hint.messages)")
    #expect(try vendor.convert("--from", "tiny").exitCode == 77)
    let allow = try vendor.run("adapter", "allow", "org.example.tiny", "--json")
    #expect(allow.exitCode == 0, "\(allow.messages)")
    #expect(try vendor.state() == "allowed")
    #expect(try vendor.convert().exitCode == 0)
    #expect(try vendor.convert("--from", "tiny", "--locked").exitCode == 0)
    #expect(try Self.checks(vendor, "org.example.tiny")["key"] == "pass")
  }

  @Test("that were changed are unknown, and say which check fails")
  func tampering() throws {
    let vendor = try Self.packed()
    #expect(
      try vendor.run("adapter", "sign", Self.bundle, "--key", "k", "--new-key").exitCode == 0)
    #expect(try vendor.run("adapter", "install", Self.bundle, "--allow").exitCode == 0)
    #expect(try vendor.state() == "allowed")
    let folder = "data/cbl-tool/adapters/org.example.tiny.cbladapter"
    let manifest = try #require(vendor.scratch.text("\(folder)/adapter.json"))
    try vendor.scratch.write(
      "\(folder)/adapter.json",
      manifest.replacingOccurrences(of: "\"version\": \"1.0\"", with: "\"version\": \"1.1\""))
    #expect(try vendor.state() == "unknown")
    #expect(try Self.checks(vendor, folder)["signature"] == "fail")
    #expect(try vendor.run("adapter", "allow", folder).exitCode == 77)
    try vendor.scratch.write("\(folder)/adapter.json", manifest)
    #expect(try vendor.state() == "allowed")
    let library = try #require(
      FileManager.default.subpaths(atPath: vendor.scratch.url.appending(path: folder).path)?
        .first { $0.hasSuffix(".so") })
    var bytes = try #require(vendor.scratch.bytes("\(folder)/\(library)"))
    bytes[bytes.count - 1] ^= 1
    try vendor.scratch.write("\(folder)/\(library)", bytes)
    #expect(try vendor.state() == "unknown")
    #expect(try Self.checks(vendor, folder)["library"] == "fail")
    #expect(try vendor.convert("--adapter", folder).exitCode == 77)
    // Nor can it be installed or signed.
    #expect(try vendor.run("adapter", "install", folder, "--force").exitCode == 65)
    #expect(try vendor.run("adapter", "sign", folder, "--key", "k").exitCode == 65)
  }

  @Test("are installed once, whole, and replaced when asked")
  func install() throws {
    let vendor = try Self.packed()
    #expect(try vendor.run("adapter", "install", Self.bundle).exitCode == 0)
    let again = try vendor.run("adapter", "install", Self.bundle)
    #expect(again.exitCode == 73)
    #expect(again.messages.contains("--force"))
    #expect(try vendor.run("adapter", "install", Self.bundle, "--force").exitCode == 0)
    let adapters = vendor.scratch.url.appending(path: "data/cbl-tool/adapters").path
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: adapters) == [
        "org.example.tiny.cbladapter"
      ])
  }

  /// What stands in an archive, and what is said of it.
  static let archives: [(members: String, exitCode: Int32)] = [
    ("{'tiny.cbladapter/adapter.json': MANIFEST, '../evil': b''}", 65),
    ("{'tiny.cbladapter/adapter.json': MANIFEST, 'other': b''}", 65),
    ("{'adapter.json': MANIFEST, 'lib/../../evil': b''}", 65),
    ("{'adapter.json': MANIFEST}", 65),
    ("{'adapter.json': b'{}'}", 65),
    ("{'a/b/adapter.json': MANIFEST}", 65),
    ("{}", 65),
  ]

  @Test("of archives that lead elsewhere or lack something leave nothing", arguments: archives)
  func oddArchive(members: String, exitCode: Int32) throws {
    let vendor = try Self.packed()
    let zip = try vendor.scratch.shell(
      """
      command -v python3 >/dev/null || exit 3; python3 - <<'END'
      import zipfile
      MANIFEST = open('tiny.cbladapter/adapter.json', 'rb').read()
      with zipfile.ZipFile('odd.zip', 'w') as archive:
        for name, data in \(members).items(): archive.writestr(name, data)
      END
      """)
    guard zip.exitCode != 3 else { return }
    let run = try vendor.run("adapter", "install", "odd.zip")
    #expect(run.exitCode == exitCode, "\(run.messages)")
    let adapters = vendor.scratch.url.appending(path: "data/cbl-tool/adapters").path
    let left = (try? FileManager.default.contentsOfDirectory(atPath: adapters)) ?? []
    #expect(left == [])
    #expect(!vendor.scratch.names.contains("evil"))
  }

  @Test("are signed with a key file that nobody else may read")
  func keyFile() throws {
    let vendor = try Self.packed()
    #expect(
      try vendor.run("adapter", "sign", Self.bundle, "--key", "k", "--new-key").exitCode == 0)
    let taken = try vendor.run("adapter", "sign", Self.bundle, "--key", "k", "--new-key")
    #expect(taken.exitCode == 73)
    #expect(try vendor.run("adapter", "sign", Self.bundle, "--key", "k").exitCode == 0)
    try vendor.scratch.permit("k", 0o640)
    #expect(try vendor.run("adapter", "sign", Self.bundle, "--key", "k").exitCode == 77)
    try vendor.scratch.write("short", "abc\n")
    try vendor.scratch.permit("short", 0o600)
    #expect(try vendor.run("adapter", "sign", Self.bundle, "--key", "short").exitCode == 65)
    #expect(try vendor.run("adapter", "sign", Self.bundle, "--key", "none").exitCode == 66)
  }

  @Test("of another key are refused, and taken with the key that the user names")
  func otherKey() throws {
    let vendor = try Self.packed()
    #expect(
      try vendor.run("adapter", "sign", Self.bundle, "--key", "one", "--new-key").exitCode == 0)
    #expect(try vendor.run("adapter", "allow", Self.bundle).exitCode == 0)
    let sign = try vendor.run(
      "adapter", "sign", Self.bundle, "--key", "two", "--new-key", "--json")
    let json = try JSONSerialization.jsonObject(with: Data(sign.output.utf8)) as? [String: Any]
    let key = try #require(json?["key"] as? String)
    let refused = try vendor.run("adapter", "allow", Self.bundle)
    #expect(refused.exitCode == 77)
    #expect(refused.messages.contains("--accept-key \(key)"))
    #expect(
      try vendor.run("adapter", "allow", Self.bundle, "--accept-key", key).exitCode == 0)
    #expect(try vendor.run("adapter", "revoke", "--key", key, "--reason", "out").exitCode == 0)
    let revoked = try vendor.convert("--adapter", Self.bundle)
    #expect(revoked.exitCode == 77)
    #expect(revoked.messages.contains("revoked"))
  }

  @Test("are not loaded for files that their manifests do not know")
  func notAsked() throws {
    let vendor = try Self.packed()
    #expect(try vendor.run("adapter", "install", Self.bundle, "--allow").exitCode == 0)
    try FileManager.default.copyItem(
      at: vendor.scratch.url.appending(path: "people.tiny"),
      to: vendor.scratch.url.appending(path: "people.list"))
    #expect(try vendor.run("inspect", "people.list").exitCode == 65)
    #expect(try vendor.run("inspect", "people.list", "--from", "tiny").exitCode == 0)
    #expect(try vendor.run("inspect", "people.tiny").exitCode == 0)
    #expect(try vendor.run("inspect", "-", "--from", "tiny").exitCode != 77)
  }

  @Test("are checked with their own samples")
  func check() throws {
    let vendor = try Self.packed()
    let run = try vendor.run("adapter", "check", Self.bundle, "--rule", "probe-own")
    #expect(run.exitCode == 0, "\(run.output)\(run.messages)")
    #expect(run.output.contains("passed   probe-own"))
    try vendor.scratch.write("\(Self.bundle)/adapter.json", "{}")
    #expect(try vendor.run("adapter", "check", Self.bundle).exitCode == 65)
  }

  @Test("say what they are without being run")
  func info() throws {
    let vendor = try Self.packed(to: "tiny.zip")
    #expect(try vendor.run("adapter", "install", "tiny.zip").exitCode == 0)
    let run = try vendor.run("adapter", "info", "org.example.tiny")
    #expect(run.exitCode == 0)
    for line in [
      "version: 1.0", "vendor: Example", "licence: MIT", "boundary: 1.0", "state: unknown:",
      "format: tiny",
    ] { #expect(run.output.contains(line), "\(run.output)") }
    let listed = try vendor.listed("org.example.tiny")
    #expect(listed?["origin"] as? String == "user")
    #expect(listed?["basis"] as? String == "none")
    #expect((listed?["formats"] as? [[String: Any]])?.first?["identifier"] as? String == "tiny")
  }
}
