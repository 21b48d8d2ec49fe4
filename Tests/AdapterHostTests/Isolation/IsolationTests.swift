import AdapterHost
import Foundation
import Records
import Testing

/// One member in memory.
private final class MemoryMember: MemberSource {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var memberCount: Int { 1 }
  func memberName(_ index: Int) -> String { "evidence.csv" }
  func memberByteCount(_ index: Int) -> UInt64? { UInt64(bytes.count) }

  func copyHead(of index: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    buffer.copyBytes(from: bytes.prefix(buffer.count))
    return min(bytes.count, buffer.count)
  }

  func openMember(_ index: Int) throws { offset = 0 }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let part = bytes[offset...].prefix(buffer.count)
    buffer.copyBytes(from: part)
    offset += part.count
    return part.count
  }
}

/// Keeps what an adapter gives.
private final class Taken: BatchSink, AdapterListener {
  var rows: [[String]] = []
  var problems: [AdapterReport] = []

  func put(_ batch: HostBatch) throws {
    for row in 0..<batch.count {
      rows.append(
        RecordSchema.of(batch.kind).fields.map { field in
          String(decoding: batch.text(field.index, of: row), as: UTF8.self)
        })
    }
  }

  func adapterReported(_ report: AdapterReport) throws { problems.append(report) }
  func adapterLost(_ loss: AdapterLoss) throws {}
  func adapterProgressed(_ done: UInt64, of total: UInt64) throws {}
}

/// The worker in the build folder that holds these tests.
private enum BuiltWorker {
  static let path: String? = {
    let file = GuideTests.path.map {
      URL(fileURLWithPath: $0).deletingLastPathComponent().appending(path: "adapter-worker").path
    }
    return file.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
  }()

  static var options: IsolationOptions {
    var options = IsolationOptions()
    options.worker = path
    return options
  }
}

@Suite("Isolated adapters", .enabled(if: BuiltWorker.path != nil && GuideTests.path != nil))
struct IsolationTests {

  private static let table = """
    learner,target,score
    ann,M.1,3
    bob,M.1,x
    ann,M.2,4
    """

  private static func read(_ library: AdapterLibrary) throws -> (Taken, (Int, String)) {
    let format = try #require(library.info.formats.first { $0.identifier == "evidence" })
    let source = MemoryMember(table)
    let verdict = try library.probe(source, format: format)
    let taken = Taken()
    try library.read(
      source, format: format, options: CallOptions(), into: taken, listener: taken)
    return (taken, verdict)
  }

  @Test("say and give the same as in this process")
  func same() throws {
    let path = try #require(GuideTests.path)
    let here = try AdapterLibrary.load(path)
    let apart = try AdapterLibrary.isolate(path, options: BuiltWorker.options)
    #expect(apart.info == here.info)
    #expect(here.sandbox == nil)
    let (rows, verdict) = try Self.read(here)
    // Twice, because a worker serves one call after the other.
    for _ in 0..<2 {
      let (others, other) = try Self.read(apart)
      #expect(others.rows == rows.rows)
      #expect(others.problems == rows.problems)
      #expect(other == verdict)
    }
    #expect(rows.rows.count >= 2)
  }

  @Test("leave no process and no descriptor behind")
  func cleanup() async throws {
    try #require(GuideTests.path != nil)
    await #expect(processExitsWith: .success) {
      let path = try #require(GuideTests.path)
      // What is opened by the first use of something else stays open.
      var counts: [Int] = []
      for _ in 0..<3 {
        do {
          let library = try AdapterLibrary.isolate(path, options: BuiltWorker.options)
          _ = try IsolationTests.read(library)
        }
        counts.append(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count)
      }
      var status: Int32 = 0
      let child = waitpid(-1, &status, WNOHANG)
      guard child == -1, errno == ECHILD else { exit(2) }
      exit(counts[1] == counts[2] ? 0 : 3)
    }
  }

  @Test("are made as the guide says")
  func guide() throws {
    let path = try #require(GuideTests.path)
    let worker = try #require(BuiltWorker.path)
    var options = IsolationOptions()
    options.worker = worker
    options.memoryBytes = 1 << 30
    let library = try AdapterLibrary.isolate(path, options: options)
    #expect(library.sandbox != nil)
  }

  @Test("run apart when they are only allowed, and not at all when nobody decided")
  func places() throws {
    let path = try #require(GuideTests.path)
    var place = AdapterPlace(isolation: BuiltWorker.options)
    #expect(try place.open(path, trust: .trusted).sandbox == nil)
    #expect(try place.open(path, trust: .allowed).sandbox != nil)
    place.isIsolated = true
    #expect(try place.open(path, trust: .trusted).sandbox != nil)
    for state in [TrustState.unknown, .blocked] {
      let error = #expect(throws: AdapterHostError.self) { try place.open(path, trust: state) }
      #expect(error?.code == .notAllowed)
    }
  }

  @Test("need a worker")
  func missing() throws {
    var options = IsolationOptions()
    options.worker = "/nowhere/adapter-worker"
    let error = #expect(throws: AdapterHostError.self) {
      try AdapterLibrary.isolate(try #require(GuideTests.path), options: options)
    }
    #expect(error?.code == .unavailable)
  }

  @Test("are refused as in this process when they are none")
  func notAdapters() throws {
    let library = try #require(BuiltWorker.path)
    let error = #expect(throws: AdapterHostError.self) {
      try AdapterLibrary.isolate(library, options: BuiltWorker.options)
    }
    #expect(error?.code == .missing)
  }

  @Test("tell which layers hold them")
  func layers() throws {
    let report = try SandboxReport.ofThisSystem(BuiltWorker.options)
    #expect(report.active.contains(.limits))
    #expect(report.active.union(report.missing) == Set(SandboxReport.Layer.allCases))
    #expect((report.landlockVersion > 0) == report.active.contains(.files))
  }
}
