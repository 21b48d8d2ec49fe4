import AdapterHost
import Domain
import Foundation
import Testing

@Suite("The file of the trust store")
struct TrustFileTests {
  static func pin(_ number: Int, _ state: TrustState = .allowed) throws -> TrustPin {
    TrustPin(
      library: SHA256.hash("library \(number)"), identifier: "org.example.a\(number)",
      state: state, note: try .test())
  }

  @Test("loses no change of two writers")
  func writers() async throws {
    let folder = try ScratchFolder()
    let file = folder.trustFile
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for number in 0..<25 {
            let pin = try Self.pin(writer * 100 + number)
            try file.update { $0.put(pin) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try file.read().pins.count == 100)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/store").sorted()
        == ["trust.json", "trust.json.lock"])
  }

  @Test("is whole for whoever reads it while it is written")
  func readers() async throws {
    let folder = try ScratchFolder()
    let file = folder.trustFile
    let first = try Self.pin(0)
    try file.update { $0.put(first) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 1..<60 {
          let pin = try Self.pin(number)
          try file.update { $0.put(pin) }
        }
      }
      group.addTask {
        for _ in 0..<300 {
          let count = try file.read().pins.count
          #expect(count >= 1)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("stays as it was when a change is refused or cannot be written")
  func refused() throws {
    let folder = try ScratchFolder()
    let file = folder.trustFile
    let first = try Self.pin(1)
    try file.update { $0.put(first) }
    let before = folder.text("store/trust.json")
    #expect(throws: AdapterHostError.self) {
      try file.update { (store) throws(AdapterHostError) in
        store.pins = []
        throw AdapterHostError(.notAllowed, "no", adapter: "")
      }
    }
    // A text that no reader would take is not written.
    var odd = try Self.pin(2)
    odd.identifier = "a\nb"
    let pin = odd
    #expect(throws: AdapterHostError.self) { try file.update { $0.put(pin) } }
    #expect(folder.text("store/trust.json") == before)
  }

  @Test("follows a link to the file and keeps the link")
  func link() throws {
    let folder = try ScratchFolder()
    try folder.write("elsewhere/trust.json", TrustStore().json, mode: 0o600)
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/store", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.trustFile.path, withDestinationPath: "\(folder.path)/elsewhere/trust.json")
    let pin = try Self.pin(1)
    try folder.trustFile.update { $0.put(pin) }
    #expect(folder.text("elsewhere/trust.json")?.contains("org.example.a1") == true)
    #expect(try folder.trustFile.read().pins.count == 1)
  }

  @Test("gives back what was written")
  func roundTrip() throws {
    var store = TrustStore(isLocked: true)
    store.put(try Self.pin(1, .blocked))
    var pin = try Self.pin(2, .trusted)
    pin.manifest = SHA256.hash("manifest")
    pin.version = "1.0"
    pin.vendor = "Sch\u{f6}ne \"Ltd\" \\ Co"
    pin.key = String(repeating: "0a", count: 32)
    store.put(pin)
    store.pinKey(
      String(repeating: "0b", count: 32), vendor: "x", identifier: "org.example.b",
      note: try .test("why"))
    #expect(try TrustStore(json: Array(store.json.utf8), file: "") == store)
  }

  @Test(
    "is refused with the pointer to what is wrong",
    arguments: [
      ("{\"trust\": 2}", "/trust"), ("{\"trust\": 1, \"locked\": 1}", "/locked"),
      ("{\"trust\": 1, \"more\": 1}", "/more"), ("{\"trust\": 1, \"adapters\": {}}", "/adapters"),
      ("{\"trust\": 1, \"adapters\": [{\"state\": \"unknown\"}]}", "/adapters/0/state"),
      (
        "{\"trust\": 1, \"adapters\": [{\"library\": \"a\", \"state\": \"allowed\"}]}",
        "/adapters/0/library"
      ),
      ("{\"trust\": 1, \"keys\": [{}]}", "/keys/0"), ("{\"trust\": 1, \"trust\": 1}", ""),
    ])
  func faults(text: String, pointer: String) {
    let error = #expect(throws: AdapterHostError.self) {
      try TrustStore(json: Array(text.utf8), file: "trust.json")
    }
    #expect(error?.code == .malformed)
    #expect(error?.pointer == pointer)
  }

  @Test("forgets the oldest crashes when there are many, and nothing else")
  func crashes() throws {
    let bundle = try TestBundle(in: ScratchFolder())
    var store = TrustStore()
    store.put(try Self.pin(0, .blocked))
    for number in 1...TrustStore.crashLimit {
      var pin = try Self.pin(number, .blocked)
      pin.note.reason = "\(TrustPin.crashReason) in a check"
      store.put(pin)
    }
    try bundle.folder.write("store/trust.json", store.json, mode: 0o600)
    try bundle.folder.trust().change(
      .crash, of: bundle.candidate(), note: .test("\(TrustPin.crashReason) again"))
    let pins = try bundle.folder.trustFile.read().pins
    #expect(pins.count == TrustStore.crashLimit + 1)
    #expect(pins.first == store.pins.first)
    #expect(pins.dropFirst().first == store.pins[2])
  }
}
