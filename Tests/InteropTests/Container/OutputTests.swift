import Foundation
import Interop
import Testing

@Suite("Outputs")
struct OutputTests {
  static let old = Array("old\n".utf8)
  static let new = Array("new\n".utf8)

  static func write(
    _ path: String, kind: OutputKind = .file, _ change: (inout OutputOptions) -> Void = { _ in }
  ) throws {
    var options = OutputOptions()
    change(&options)
    let output = try OutputContainer.create(path, kind: kind, options: options)
    try output.begin(member: "a.csv")
    try output.write(new)
    try output.end()
    try output.commit()
  }

  static let kinds: [(path: String, hasSeveral: Bool, kind: OutputKind)] = [
    ("-", false, .stdout), ("-", true, .zip), ("o.zip", false, .zip), ("O.ZIP", true, .zip),
    ("o.csv.gz", false, .gzip), ("o.csv", false, .file), ("o", true, .folder),
    ("o/", false, .folder), ("/tmp", false, .folder),
  ]

  @Test("the path chooses the shape", arguments: kinds)
  func shape(path: String, hasSeveral: Bool, kind: OutputKind) {
    #expect(OutputKind(path: path, hasSeveralMembers: hasSeveral) == kind)
  }

  @Test("a path that ends like a file of the format is a file")
  func fileOfFormat() {
    #expect(OutputKind(path: "o.csv", hasSeveralMembers: true, endings: ["csv"]) == .file)
    #expect(OutputKind(path: "o.csv", hasSeveralMembers: true, endings: ["txt"]) == .folder)
    #expect(OutputKind(path: "o.csv.zip", hasSeveralMembers: true, endings: ["csv"]) == .zip)
  }

  @Test("appear only with the commit, for the owner alone")
  func appears() throws {
    let work = try Workspace()
    let output = try OutputContainer.create(work["o.csv"], kind: .file)
    try output.begin(member: "o.csv")
    try output.write(Self.new)
    #expect(work.bytes("o.csv") == nil)
    #expect(work.names.count == 2)
    try output.commit()
    #expect(work.bytes("o.csv") == Self.new)
    #expect(work.names == ["o.csv"])
    let mode = try FileManager.default.attributesOfItem(atPath: work["o.csv"])[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test("leave nothing behind when given up", arguments: [OutputKind.file, .zip, .gzip, .folder])
  func abandoned(kind: OutputKind) throws {
    let work = try Workspace()
    for isExplicit in [true, false] {
      let output = try OutputContainer.create(work["o"], kind: kind)
      try output.begin(member: "d/a.csv")
      try output.write(Self.new)
      if isExplicit { output.abort() }
    }
    #expect(work.names == [])
  }

  @Test("replace a file only by force")
  func force() throws {
    let work = try Workspace()
    try work.put(Self.old, "o.csv")
    let found = code { try Self.write(work["o.csv"]) }
    #expect(found == .exists)
    #expect(found?.exitCode == 73)
    #expect(work.bytes("o.csv") == Self.old)
    try Self.write(work["o.csv"]) { $0.force = true }
    #expect(work.bytes("o.csv") == Self.new)
    #expect(work.names == ["o.csv"])
  }

  @Test("do not replace a file that came in the meantime")
  func meantime() throws {
    let work = try Workspace()
    let output = try OutputContainer.create(work["o.csv"], kind: .file)
    try output.begin(member: "o.csv")
    try work.put(Self.old, "o.csv")
    #expect(code { try output.commit() } == .exists)
    #expect(work.bytes("o.csv") == Self.old)
    #expect(work.names == ["o.csv"])
  }

  @Test("are never an input, a link, or something of another kind")
  func refused() throws {
    let work = try Workspace()
    try work.put(Self.old, "in.csv")
    try FileManager.default.createSymbolicLink(
      atPath: work["link.csv"], withDestinationPath: work["in.csv"])
    try FileManager.default.linkItem(atPath: work["in.csv"], toPath: work["hard.csv"])
    try work.put(Self.old, "d/x.csv")
    let input = try Container.open(work["in.csv"])
    let cases: [(String, OutputKind, InteropError.Code)] = [
      ("in.csv", .file, .sameFile), ("hard.csv", .file, .sameFile),
      ("link.csv", .file, .cannotCreate), ("none/o.csv", .file, .cannotCreate),
      ("in.csv/o.csv", .file, .cannotCreate), ("d", .file, .cannotCreate),
      (".", .folder, .cannotCreate), ("in.csv", .folder, .sameFile),
    ]
    for (path, kind, expected) in cases {
      let found = code {
        try Self.write(work[path], kind: kind) {
          $0.force = true
          $0.inputs = [input.identity].compactMap { $0 }
        }
      }
      #expect(found == expected, "\(path)")
      #expect(found?.exitCode == 73, "\(path)")
    }
    #expect(work.bytes("in.csv") == Self.old)
    #expect(work.names == ["d", "hard.csv", "in.csv", "link.csv"])
  }

  @Test("are not written into a folder that forbids it", .enabled(if: geteuid() != 0))
  func readOnly() throws {
    let work = try Workspace()
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: work.path)
    #expect(code { try Self.write(work["o.csv"]) }?.exitCode == 73)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: work.path)
  }

  @Test("to a full device fail as a full disk", arguments: [OutputKind.file, .zip, .gzip])
  func full(kind: OutputKind) {
    #expect(code { try Self.write("/dev/full", kind: kind) }?.exitCode == 74)
  }

  @Test("a second run into the same output has to wait")
  func locked() throws {
    let work = try Workspace()
    let first = try OutputContainer.create(work["o.csv"], kind: .file)
    let found = code { try Self.write(work["o.csv"]) }
    #expect(found == .busy)
    #expect(found?.exitCode == 75)
    try Self.write(work["p.csv"])
    try first.begin(member: "o.csv")
    try first.commit()
    try Self.write(work["o.csv"]) { $0.force = true }
    #expect(work.names == ["o.csv", "p.csv"])
  }

  @Test("remove what killed runs left, and nothing else")
  func leftovers() throws {
    let work = try Workspace()
    for name in [
      ".o.csv.cbl-1-00.part", ".o.csv.cbl-lock", ".o.csv.cbl-9-0.part/in/x", ".p.csv.cbl-1-0.part",
      "o.csv.cbl-1-0.part",
    ] {
      try work.put(Self.old, name)
    }
    try Self.write(work["o.csv"])
    #expect(work.names == [".p.csv.cbl-1-0.part", "o.csv", "o.csv.cbl-1-0.part"])
  }

  @Test("a folder put aside by a killed run comes back")
  func putAside() throws {
    let work = try Workspace()
    try work.put(Self.old, ".o.cbl-1-0.old/a.csv")
    #expect(code { try Self.write(work["o"], kind: .folder) } == .exists)
    #expect(work.bytes("o/a.csv") == nil || work.bytes("o/a.csv") == Self.old)
    try Self.write(work["o"], kind: .folder) { $0.force = true }
    #expect(work.bytes("o/a.csv") == Self.new)
    #expect(work.names == ["o"])
  }

  @Test("a folder replaces only folders of its like")
  func folders() throws {
    let work = try Workspace()
    try FileManager.default.createDirectory(
      atPath: work["empty"], withIntermediateDirectories: false)
    try Self.write(work["empty"], kind: .folder)
    #expect(work.bytes("empty/a.csv") == Self.new)
    try work.put(Self.old, "like/b.csv")
    #expect(code { try Self.write(work["like"], kind: .folder) } == .exists)
    try Self.write(work["like"], kind: .folder) { $0.force = true }
    #expect(work.bytes("like/a.csv") == Self.new)
    #expect(work.bytes("like/b.csv") == nil)
    for name in ["home/.ssh/key", "text/a.doc", "git/.gitignore"] {
      try work.put(Self.old, name)
      let folder = String(name.prefix { $0 != "/" })
      #expect(code { try Self.write(work[folder], kind: .folder) { $0.force = true } } == .exists)
      #expect(work.bytes(name) == Self.old)
    }
    #expect(work.names == ["empty", "git", "home", "like", "text"])
  }

  @Test("refuse member names that lead elsewhere, doubled ones, and too many for one file")
  func names() throws {
    let work = try Workspace()
    for name in ["../x", "/x", "a\\b", "a//b", "", "a/", "./a", "C:x", "a\0b"] {
      let output = try OutputContainer.create(work["o.zip"], kind: .zip)
      #expect(code { try output.begin(member: name) } == .usage, "\(name)")
      #expect(code { try output.commit() } == .usage, "\(name)")
    }
    let zip = try OutputContainer.create(work["o.zip"], kind: .zip)
    try zip.begin(member: "a")
    #expect(code { try zip.begin(member: "a") } == .usage)
    let file = try OutputContainer.create(work["o.csv"], kind: .file)
    #expect(code { try file.write(Self.new) } == .usage)
    let other = try OutputContainer.create(work["p.csv"], kind: .file)
    try other.begin(member: "a")
    #expect(code { try other.begin(member: "b") } == .usage)
    #expect(work.names == [])
  }

  @Test("a long name has room for its temporary")
  func longName() throws {
    let work = try Workspace()
    let name = String(repeating: "å", count: 125) + ".csv"
    try Self.write(work[name])
    #expect(work.names == [name])
  }

  @Test("a folder of many files is complete")
  func manyFiles() throws {
    let work = try Workspace()
    let output = try OutputContainer.create(work["o"], kind: .folder)
    for index in 0..<40 {
      try output.begin(member: "c\(index % 3)/\(index).csv")
      try output.write(Array("\(index)".utf8))
    }
    try output.commit()
    let input = try Container.open(work["o"])
    #expect(input.members.count == 40)
    #expect(work.bytes("o/c0/39.csv") == Array("39".utf8))
  }
}

@Suite("Spools")
struct SpoolTests {
  @Test("give back what was appended, in any pieces", arguments: [1, 100, 70_000, 300_000])
  func spool(piece: Int) throws {
    var random = Seeded(5)
    let bytes = random.bytes(min(1_000_000, piece * 5_000))
    var spool = try SpoolFile()
    for start in stride(from: 0, to: bytes.count, by: piece) {
      try unsafe bytes[start..<min(bytes.count, start + piece)].withUnsafeBytes {
        try unsafe spool.append($0)
      }
    }
    #expect(spool.byteCount == bytes.count)
    for _ in 0..<2 {
      try spool.rewind()
      var back = [UInt8](repeating: 0, count: bytes.count + 1)
      let count = try unsafe back.withUnsafeMutableBytes { try unsafe spool.read(into: $0) }
      #expect(count == bytes.count)
      #expect(back.dropLast() == bytes[...])
    }
  }

  @Test("keep their partitions apart")
  func partitions() throws {
    var random = Seeded(6)
    var spool = try PartitionedSpool(partitionCount: 7, blockBytes: 1_000)
    var expected = [[UInt8]](repeating: [], count: 7)
    for _ in 0..<2_000 {
      let part = Int.random(in: 0..<6, using: &random)
      let bytes = random.bytes(Int.random(in: 0...1_500, using: &random))
      expected[part] += bytes
      try unsafe bytes.withUnsafeBytes { try unsafe spool.append($0, to: part) }
    }
    for part in [3, 0, 6, 1, 2, 4, 5, 3] {
      #expect(spool.byteCount(of: part) == expected[part].count)
      try spool.rewind(to: part)
      var back: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4_097)
      while true {
        let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe spool.read(into: $0) }
        back += buffer[..<count]
        if count < buffer.count { break }
      }
      #expect(back == expected[part])
    }
  }
}
