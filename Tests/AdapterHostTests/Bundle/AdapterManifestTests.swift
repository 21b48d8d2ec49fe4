import AdapterHost
import Domain
import Foundation
import Testing

@Suite("Manifests")
struct AdapterManifestTests {
  static func read(_ text: String) throws -> AdapterManifest {
    try AdapterManifest(json: Array(text.utf8), file: "adapter.json")
  }

  /// A manifest with every member, and one part of it replaced.
  static func whole(_ part: String = "", _ other: String = "") -> String {
    let text = """
      {"manifest": 1, "identifier": "org.example.points", "version": "1.2.0+5",
       "vendor": "Example Ltd", "license": "Apache-2.0 OR MIT", "abi": "1.7",
       "libraries": [
         {"platform": "linux-x86_64", "path": "linux-x86_64/libPointsAdapter.so",
          "sha256": "\(String(repeating: "ab", count: 32))"},
         {"platform": "linux-aarch64", "path": "linux-aarch64/libPointsAdapter.so",
          "sha256": "\(String(repeating: "cd", count: 32))"}],
       "formats": [
         {"identifier": "points-1.0", "alias": "points", "title": "Points", "version": "1.0",
          "reads": true, "writes": false, "extensions": ["pts", "pts.txt"],
          "mediaTypes": ["text/csv"], "magic": [{"offset": 2, "bytes": "0aff"}],
          "options": [{"name": "scale", "values": ["ten", "hundred"], "default": "ten",
                       "help": "What a full score is."}],
          "samples": ["samples/small file.pts"]}]}
      """
    return part.isEmpty ? text : text.replacingOccurrences(of: part, with: other)
  }

  @Test("say all that is known before an adapter runs")
  func members() throws {
    let manifest = try Self.read(Self.whole())
    #expect(manifest.identifier == "org.example.points")
    #expect(manifest.version == "1.2.0+5")
    #expect(manifest.vendor == "Example Ltd")
    #expect(manifest.license == "Apache-2.0 OR MIT")
    #expect(manifest.major == 1)
    // A newer minor version is no hurdle.
    #expect(manifest.minor == 7)
    #expect(manifest.library(for: "linux-aarch64")?.digest.description.hasPrefix("cdcd") == true)
    #expect(manifest.library(for: "plan9-mips") == nil)
    let format = try #require(manifest.formats.first)
    #expect(format.isNamed("points") && format.isNamed("points-1.0"))
    #expect(format.magic == [AdapterManifest.MagicBytes](format.magic))
    #expect(format.magic.first?.bytes == [0x0A, 0xFF])
    #expect(format.options.first?.values == ["ten", "hundred"])
    #expect(format.samples == ["samples/small file.pts"])
    #expect(manifest.digest == SHA256.hash(Self.whole()))
  }

  @Test("are signed without regard to blanks and order, and pinned with it")
  func canonical() throws {
    let first = try Self.read(TestBundle.manifest())
    let text = TestBundle.manifest().replacingOccurrences(of: "\n", with: " ")
    let second = try Self.read(text)
    #expect(first.canonicalBytes == second.canonicalBytes)
    #expect(first.digest != second.digest)
  }

  static let faults: [(String, String, String)] = [
    ("\"manifest\": 1,", "", ""), ("\"manifest\": 1", "\"manifest\": \"1\"", "/manifest"),
    ("\"manifest\": 1", "\"manifest\": 1.5", "/manifest"),
    ("\"vendor\": \"Example Ltd\",", "", ""), ("\"Example Ltd\"", "\"\"", "/vendor"),
    ("\"Example Ltd\"", "\"a\\u0000b\"", "/vendor"), ("\"Example Ltd\"", "7", "/vendor"),
    ("\"vendor\"", "\"vandor\"", "/vandor"),
    ("org.example.points", "points", "/identifier"),
    ("org.example.points", "org..points", "/identifier"),
    ("org.example.points", "org.exa mple", "/identifier"),
    ("1.2.0+5", "1.2 beta", "/version"), ("\"1.7\"", "\"1\"", "/abi"),
    ("\"1.7\"", "\"1.-7\"", "/abi"), ("\"1.7\"", "1.7", "/abi"),
    ("linux-aarch64\",", "linux-x86_64\",", "/libraries/1/platform"),
    ("\"platform\": \"linux-x86_64\"", "\"platform\": \"linux\"", "/libraries/0/platform"),
    ("\"linux-x86_64/lib", "\"../lib", "/libraries/0/path"),
    ("\"linux-x86_64/lib", "\"/lib", "/libraries/0/path"),
    ("\"linux-x86_64/lib", "\"a/../../lib", "/libraries/0/path"),
    ("\"linux-x86_64/lib", "\"a//lib", "/libraries/0/path"),
    ("\"linux-x86_64/lib", "\"a\\\\lib", "/libraries/0/path"),
    ("\"linux-x86_64/lib", "\".hidden/lib", "/libraries/0/path"),
    ("\"linux-x86_64/lib", "\"\\u0000/lib", "/libraries/0/path"),
    ("ababab", "xyabab", "/libraries/0/sha256"), ("abab\"", "ab\"", "/libraries/0/sha256"),
    ("\"points-1.0\"", "\"points 1\"", "/formats/0/identifier"),
    ("\"reads\": true", "\"reads\": 1", "/formats/0/reads"),
    ("\"reads\": true, ", "", "/formats/0"),
    ("\"pts\"", "\".pts\"", "/formats/0/extensions/0"),
    ("\"pts\"", "\"PTS\"", "/formats/0/extensions/0"),
    ("text/csv", "text", "/formats/0/mediaTypes/0"),
    ("\"0aff\"", "\"0af\"", "/formats/0/magic/0/bytes"),
    ("\"0aff\"", "\"\"", "/formats/0/magic/0/bytes"),
    ("\"offset\": 2", "\"offset\": -1", "/formats/0/magic/0/offset"),
    ("\"help\": \"What a full score is.\"", "\"help\": null", "/formats/0/options/0/help"),
    ("samples/small", "samples/../small", "/formats/0/samples/0"),
    ("\"samples\"", "\"reads\"", "/formats/0"),
  ]

  @Test("are refused with the pointer to what is wrong", arguments: faults)
  func fault(part: String, other: String, pointer: String) throws {
    let error = #expect(throws: AdapterHostError.self) { try Self.read(Self.whole(part, other)) }
    #expect(error?.code == .malformed)
    #expect(error?.pointer == pointer, "\(String(describing: error))")
  }

  static let garbage: [String] = [
    "", " ", "null", "[]", "\"text\"", "{", "{}", "\u{FEFF}{}", "{\"manifest\": 1}",
    "{\"manifest\": 1, \"manifest\": 1}", "{\"manifest\": 1}{}", "\u{0}", "{\"a\u{0}\": 1}",
    String(repeating: "[", count: 100_000),
    String(repeating: "{\"a\":", count: 100_000),
    "{\"manifest\": 1" + String(repeating: "0", count: 100_000) + "}",
    "{\"x\": \"" + String(repeating: "a", count: 2 << 20) + "\"}",
  ]

  @Test("of garbage are refused", arguments: garbage.indices)
  func nonsense(index: Int) throws {
    let error = #expect(throws: AdapterHostError.self) { try Self.read(Self.garbage[index]) }
    #expect(error?.code == .malformed || error?.code == .wrongVersion)
  }

  @Test("that are no UTF-8 are refused")
  func encoding() {
    var bytes = Array(TestBundle.manifest().utf8)
    bytes[bytes.firstIndex(of: UInt8(ascii: "E")) ?? 0] = 0xC3
    #expect(throws: AdapterHostError.self) {
      try AdapterManifest(json: bytes, file: "adapter.json")
    }
  }

  @Test("cut at any byte are refused and never crash")
  func cut() {
    let bytes = Array(Self.whole().utf8)
    for count in 0..<bytes.count - 1 {
      #expect(throws: AdapterHostError.self) {
        try AdapterManifest(json: Array(bytes[..<count]), file: "adapter.json")
      }
    }
  }

  @Test(
    "that are newer say so",
    arguments: [("\"manifest\": 1", "\"manifest\": 2", "/manifest"), ("1.7", "2.0", "/abi")])
  func newer(part: String, other: String, pointer: String) throws {
    let error = #expect(throws: AdapterHostError.self) { try Self.read(Self.whole(part, other)) }
    #expect(error?.code == .wrongVersion)
    #expect(error?.pointer == pointer)
  }

  static let inputs: [(name: String, head: [UInt8], isKnown: Bool)] = [
    ("a.pts", [], true), ("A.PTS", [], true), ("a.pts.gz", [], true), ("a.pts.txt", [], true),
    ("apts", [], false), ("a.csv", [], false), ("a.csv", [0, 0, 0x0A, 0xFF], true),
    ("a.csv", [0, 0x0A, 0xFF], false), ("a.csv", [0, 0, 0x0A], false),
  ]

  @Test("tell whether an adapter may know a file", arguments: inputs)
  func probe(name: String, head: [UInt8], isKnown: Bool) throws {
    #expect(try Self.read(Self.whole()).mayKnow(name: name, head: head) == isKnown)
  }

  @Test("as the guide shows them are read")
  func guide() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let guide = root.appending(path: "Docs/ShippingAdapters.md")
    // In a package of a part of the checkout the guides are not there.
    guard let text = try? String(contentsOf: guide, encoding: .utf8) else { return }
    let shown = text.components(separatedBy: "```json\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(shown.count == 2)
    let list = try RevocationList(json: Array(#require(shown.first).utf8), file: "guide")
    #expect(list.entries.count == 1)
    let manifest = try Self.read(#require(shown.last))
    #expect(manifest.formats.first?.magic.first?.bytes == Array("learner,".utf8))
  }

  /// Bytes changed at random, the same in every run (SplitMix64 with the seed 1).
  @Test("with changed bytes are refused or read, and what is read is written the same way again")
  func mutations() throws {
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
      return Int((word ^ word >> 31) % UInt64(bound))
    }
    let whole = Array(Self.whole().utf8)
    var readCount = 0
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0...next(3) {
        bytes[next(bytes.count)] = UInt8(next(4) == 0 ? next(256) : 0x20 + next(95))
      }
      do throws(AdapterHostError) {
        let manifest = try AdapterManifest(json: bytes, file: "adapter.json")
        let again = try AdapterManifest(json: manifest.canonicalBytes, file: "adapter.json")
        #expect(again.canonicalBytes == manifest.canonicalBytes)
        #expect(again.formats == manifest.formats)
        #expect(manifest.libraries.allSatisfy { BundlePath.fault($0.path) == nil })
        readCount += 1
      } catch {
        #expect(error.code == .malformed || error.code == .wrongVersion)
      }
    }
    #expect(readCount > 100)
  }
}
