import AdapterHost
import Domain
import Foundation
import Testing

@Suite("Bundles")
struct AdapterBundleTests {
  @Test("are read without their library being there for other machines")
  func read() throws {
    let bundle = try TestBundle(in: ScratchFolder())
    let read = try AdapterBundle.read(bundle.path)
    #expect(read.manifest.identifier == "org.example.points")
    #expect(read.signature == nil)
    #expect(try read.library() == "\(bundle.path)/lib/libPointsAdapter.so")
  }

  @Test("without a library for this machine say which there are")
  func platform() throws {
    let manifest = TestBundle.manifest(platform: "plan9-mips")
    let bundle = try TestBundle(in: ScratchFolder(), manifest: manifest)
    let candidate = bundle.candidate()
    #expect(candidate.library == nil)
    #expect(candidate.failure?.code == .unsupported)
    #expect(candidate.failure?.message.contains("plan9-mips") == true)
    #expect(try bundle.folder.trust().decision(for: candidate).state == .unknown)
  }

  @Test("for a newer boundary are not used, also when they are named")
  func newerBoundary() throws {
    let bundle = try TestBundle(
      in: ScratchFolder(), manifest: TestBundle.manifest(abi: "2.0"))
    let candidate = bundle.candidate(.named)
    #expect(candidate.failure?.code == .wrongVersion)
    #expect(try bundle.folder.trust().decision(for: candidate).state == .unknown)
  }

  /// Which member is a link, and where to.
  static let links = [
    "adapter.json", "signature.json", "lib", "lib/libPointsAdapter.so",
  ]

  @Test("with a link in them are refused", arguments: links)
  func linked(member: String) throws {
    let folder = try ScratchFolder()
    let bundle = try TestBundle(in: folder)
    let place = folder.url.appending(path: "\(bundle.name)/\(member)")
    let other = folder.url.appending(path: "elsewhere")
    if FileManager.default.fileExists(atPath: place.path) {
      try FileManager.default.moveItem(at: place, to: other)
    } else {
      try folder.write("elsewhere", "{}")
    }
    try FileManager.default.createSymbolicLink(at: place, withDestinationURL: other)
    #expect(bundle.candidate().failure?.code == .notAllowed)
    #expect(bundle.candidate().library == nil)
  }

  @Test("whose library is no file are refused")
  func folderAsLibrary() throws {
    let folder = try ScratchFolder()
    let bundle = try TestBundle(in: folder, library: nil)
    try folder.write("\(bundle.name)/lib/libPointsAdapter.so/inner", "x")
    #expect(bundle.candidate().failure?.code == .notAllowed)
  }

  @Test("without manifest or library say so")
  func missing() throws {
    let folder = try ScratchFolder()
    let empty = try folder.write("empty.cbladapter/readme", "x")
    let path = String(empty.dropLast("/readme".count))
    #expect(AdapterCandidate(path: path, origin: .user).failure?.code == .missing)
    let bundle = try TestBundle(in: folder, library: nil)
    #expect(bundle.candidate().failure?.code == .missing)
  }

  @Test(
    "with a wrong signature file are refused with the pointer",
    arguments: [
      ("{}", ""), ("{\"signature\": 1, \"algorithm\": \"RSA\"}", "/algorithm"),
      (
        "{\"signature\": 1, \"algorithm\": \"Ed25519\", \"key\": \"ab\", \"value\": \"\"}", "/key"
      ), ("[", ""),
    ])
  func signatures(text: String, pointer: String) throws {
    let folder = try ScratchFolder()
    let bundle = try TestBundle(in: folder)
    try folder.write("\(bundle.name)/signature.json", text)
    let failure = bundle.candidate().failure
    #expect(failure?.code == .malformed)
    #expect(failure?.pointer?.hasPrefix(pointer) == true, "\(String(describing: failure))")
  }
}
