import Foundation
import Interop
import Testing

@Suite("Inputs")
struct InputTests {
  static let table = Array("id,score\n1,3\n".utf8)

  @Test("a file is one member with its own name")
  func file() throws {
    let work = try Workspace()
    try work.put(Self.table, "grades.csv")
    let input = try Container.open(work["grades.csv"])
    #expect(input.kind == .file)
    #expect(input.name == "grades.csv")
    #expect(input.members.map(\.name) == ["grades.csv"])
    #expect(input.members.map(\.byteCount) == [13])
    #expect(try input.head(of: 0, count: 2) == Array("id".utf8))
    #expect(try input.head(of: 0, count: 100) == Self.table)
    #expect(try input.bytes(0, chunk: 1) == Self.table)
    #expect(try input.bytes(0) == Self.table)
  }

  @Test("an empty file has one empty member")
  func empty() throws {
    let work = try Workspace()
    try work.put([], "e.csv")
    #expect(try Container.open(work["e.csv"]).bytes(0) == [])
  }

  @Test("a folder lists its files by name and leaves out what is not data")
  func folder() throws {
    let work = try Workspace()
    for name in ["f/b.csv", "f/B.csv", "f/in/a.csv", "f/.DS_Store", "f/~$b.csv"] {
      try work.put(Self.table, name)
    }
    try FileManager.default.createSymbolicLink(
      atPath: work["f/link.csv"], withDestinationPath: "/etc/passwd")
    try FileManager.default.createSymbolicLink(
      atPath: work["f/loop"], withDestinationPath: work["f"])
    let input = try Container.open(work["f/"])
    #expect(input.kind == .folder)
    #expect(input.name == "f")
    #expect(input.members.map(\.name) == ["B.csv", "b.csv", "in/a.csv"])
    #expect(input.ignored == [".DS_Store", "link.csv", "loop", "~$b.csv"])
    #expect(try input.bytes(2) == Self.table)
  }

  @Test("folders have limits")
  func folderLimits() throws {
    let work = try Workspace()
    try work.put([], "f/a/b/c.csv")
    try work.put([], "f/d.csv")
    var limits = ContainerLimits()
    limits.folderDepth = 1
    #expect(code { _ = try Container.open(work["f"], limits: limits) } == .limit)
    limits.folderDepth = 2
    limits.memberCount = 1
    #expect(code { _ = try Container.open(work["f"], limits: limits) } == .limit)
  }

  static let wrong: [(path: String, code: InteropError.Code, exitCode: Int32)] = [
    ("/nowhere/at/all.csv", .noInput, 66),
    ("", .noInput, 66),
    ("/dev/null", .notRegular, 66),
    ("/etc/passwd/x", .noInput, 66),
  ]

  @Test("what cannot be read is refused with its reason", arguments: wrong)
  func refused(path: String, expected: InteropError.Code, exitCode: Int32) {
    let found = code { _ = try Container.open(path) }
    #expect(found == expected)
    #expect(found?.exitCode == exitCode)
  }

  @Test("a file that grows, shrinks, changes or is replaced is found out at its end")
  func changed() throws {
    let work = try Workspace()
    let changes: [(Workspace) throws -> Void] = [
      { try $0.put(Self.table + Self.table, "g.csv") },
      { try $0.put([0x69], "g.csv") },
      { work in
        try work.put(Self.table, "h.csv")
        try FileManager.default.removeItem(atPath: work["g.csv"])
        try FileManager.default.moveItem(atPath: work["h.csv"], toPath: work["g.csv"])
      },
      {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: $0["g.csv"])
      },
    ]
    for (index, change) in changes.enumerated() {
      try work.put(Self.table, "g.csv")
      let input = try Container.open(work["g.csv"])
      try change(work)
      #expect(code { _ = try input.bytes(0) } == .changedWhileRead, "\(index)")
      try? FileManager.default.removeItem(atPath: work["g.csv"])
    }
    try work.put(Self.table, "f/g.csv")
    let folder = try Container.open(work["f"])
    try work.put(Self.table + Self.table, "f/g.csv")
    #expect(code { _ = try folder.bytes(0) } == .changedWhileRead)
    #expect(InteropError.Code.changedWhileRead.exitCode == 75)
  }

  /// A short read is the end for a reader that asks for more than there is, so the change must come
  /// out there and not with a read of nothing that may never be made.
  @Test("a file that shrinks or is replaced is found out by one read that is larger than it")
  func changedForOneRead() throws {
    let work = try Workspace()
    let changes: [(Workspace) throws -> Void] = [
      { try $0.put([0x69], "g.csv") },
      { work in
        try work.put(Self.table, "h.csv")
        try FileManager.default.removeItem(atPath: work["g.csv"])
        try FileManager.default.moveItem(atPath: work["h.csv"], toPath: work["g.csv"])
      },
    ]
    for (index, change) in changes.enumerated() {
      try work.put(Self.table, "g.csv")
      let input = try Container.open(work["g.csv"])
      try change(work)
      #expect(code { try Self.readOnce(input) } == .changedWhileRead, "\(index)")
    }
  }

  private static func readOnce(_ input: Container) throws(InteropError) {
    var reader = try input.reader(of: 0)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1_000, alignment: 1)
    defer { unsafe buffer.deallocate() }
    _ = try unsafe reader.read(into: buffer)
  }

  @Test("a file that is removed while it is read is read to its end")
  func removed() throws {
    let work = try Workspace()
    try work.put(Self.table, "g.csv")
    let input = try Container.open(work["g.csv"])
    try FileManager.default.removeItem(atPath: work["g.csv"])
    #expect(try input.bytes(0) == Self.table)
  }

  /// Opens a named pipe into which somebody writes.
  static func pipe(_ work: Workspace, _ bytes: [UInt8]) throws -> Container {
    let path = work["pipe.csv"]
    guard unsafe mkfifo(path, 0o600) == 0 else { throw InteropError(.cannotCreate, "no pipe") }
    Thread.detachNewThread {
      // Odd pieces, so that reads come up short.
      guard let writer = FileHandle(forWritingAtPath: path) else { return }
      for start in stride(from: 0, to: bytes.count, by: 7_001) {
        try? writer.write(contentsOf: bytes[start..<min(bytes.count, start + 7_001)])
      }
      try? writer.close()
    }
    return try Container.open(path)
  }

  @Test("a named pipe is probed and then read once")
  func namedPipe() throws {
    let work = try Workspace()
    var random = Seeded(3)
    let bytes = random.bytes(200_000)
    let input = try Self.pipe(work, bytes)
    #expect(input.kind == .stream)
    #expect(input.members.map(\.byteCount) == [nil])
    #expect(try input.head(of: 0, count: 65_536) == Array(bytes[..<65_536]))
    #expect(try input.bytes(0, chunk: 10_000) == bytes)
    #expect(code { _ = try input.bytes(0) } == .unreadable)
  }

  @Test("a named pipe that is kept is read as often as wanted")
  func keptPipe() throws {
    let work = try Workspace()
    var random = Seeded(4)
    let bytes = random.bytes(600_000)
    let input = try Self.pipe(work, bytes)
    #expect(try input.head(of: 0, count: 10) == Array(bytes[..<10]))
    try input.makeRereadable()
    #expect(try input.bytes(0) == bytes)
    #expect(try input.bytes(0) == bytes)
    #expect(try input.head(of: 0, count: 10) == Array(bytes[..<10]))
  }

  @Test("a zip may come through a pipe")
  func zipThroughPipe() throws {
    let work = try Workspace()
    let input = try Self.pipe(work, ZipBuilder(.init("a.csv", "x"), .init("b.csv", "y")).bytes())
    #expect(input.kind == .zip)
    #expect(try input.bytes(1) == [0x79])
    #expect(try input.bytes(0) == [0x78])
  }

  // "id\n" compressed with gzip, written down by hand: header, one stored block, checksum, size.
  static let gzip: [UInt8] =
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] + deflated([0x69, 0x64, 0x0a])
    + little(crc([0x69, 0x64, 0x0a]), 4) + little(3, 4)

  @Test("a gzip is known by its bytes and its members follow each other")
  func gzipMembers() throws {
    let work = try Workspace()
    try work.put(Self.gzip + Self.gzip, "grades.csv")
    let input = try Container.open(work["grades.csv"])
    #expect(input.kind == .gzip)
    #expect(input.members.map(\.name) == ["grades.csv"])
    #expect(try input.bytes(0, chunk: 1) == Array("id\nid\n".utf8))
    let piped = try Self.pipe(work, Self.gzip)
    #expect(piped.kind == .gzip)
    #expect(try piped.head(of: 0, count: 2) == Array("id".utf8))
    #expect(try piped.bytes(0) == Array("id\n".utf8))
  }

  @Test("a gzip that is cut, damaged or followed by something is refused")
  func gzipDamaged() throws {
    let work = try Workspace()
    func read(_ bytes: [UInt8]) -> InteropError.Code? {
      code {
        try work.put(bytes, "g.gz")
        _ = try Container.open(work["g.gz"]).bytes(0)
      }
    }
    for count in 2..<Self.gzip.count {
      #expect(read(Array(Self.gzip[..<count])) == .badArchive, "\(count)")
    }
    #expect(read(Self.gzip + [0]) == .badArchive)
    for index in [2, 12, 16, 19, 23] {
      var changed = Self.gzip
      changed[index] ^= 0xff
      #expect(read(changed) == .badArchive, "\(index)")
    }
  }

  @Test("a gzip bomb is stopped at the limit")
  func gzipBomb() throws {
    let work = try Workspace()
    let output = try OutputContainer.create(work["bomb.gz"], kind: .gzip)
    try output.begin(member: "bomb")
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    for _ in 0..<8 { try output.write(zeros) }
    try output.commit()
    var limits = ContainerLimits()
    limits.freeBytes = 1 << 20
    let found = code { _ = try Container.open(work["bomb.gz"], limits: limits).bytes(0) }
    #expect(found == .limit)
    #expect(try Container.open(work["bomb.gz"]).bytes(0).count == 8 << 20)
  }
}
