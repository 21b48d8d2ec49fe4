import Foundation
import Interop
import Testing

@Suite("Containers that are written and read back")
struct RoundTripTests {
  static let sizes = [
    0, 1, 2, 65_535, 65_536, 65_537, 131_072, 262_143, 262_144, 262_145, 400_000, 1_048_577,
  ]

  @Test("a zip gives back every size around the buffers", arguments: [1, 7, 65_536, 262_144])
  func zipSizes(chunk: Int) throws {
    let work = try Workspace()
    var random = Seeded(1)
    let members = Self.sizes.filter { chunk > 1 || $0 < 70_000 }.map { random.bytes($0) }
    let output = try OutputContainer.create(work["out.zip"], kind: .zip)
    for (index, bytes) in members.enumerated() {
      try output.begin(member: "class \(index + 10)/å.csv")
      for start in stride(from: 0, to: bytes.count, by: 70_001) {
        try output.write(Array(bytes[start..<min(bytes.count, start + 70_001)]))
      }
      try output.end()
    }
    try output.commit()
    let input = try Container.open(work["out.zip"])
    #expect(input.kind == .zip)
    #expect(input.members.map(\.byteCount) == members.map(\.count))
    for (index, bytes) in members.enumerated() {
      #expect(try input.bytes(index, chunk: chunk) == bytes)
    }
    #expect(work.names == ["out.zip"])
  }

  @Test("random members survive every shape", arguments: 0..<20)
  func random(seed: UInt64) throws {
    let work = try Workspace()
    var random = Seeded(seed)
    var members: [String: [UInt8]] = [:]
    for index in 0..<Int.random(in: 0...12, using: &random) {
      let depth = ["", "a/", "a/b/"].randomElement(using: &random) ?? ""
      members["\(depth)m\(index).csv"] = random.bytes(Int.random(in: 0...90_000, using: &random))
    }
    for (path, kind) in [("o.zip", OutputKind.zip), ("o", .folder)] {
      let output = try OutputContainer.create(work[path], kind: kind)
      for (name, bytes) in members {
        try output.begin(member: name)
        try output.write(bytes)
      }
      try output.commit()
      let input = try Container.open(work[path])
      #expect(input.members.map(\.name) == members.keys.sorted())
      for (index, member) in input.members.enumerated() {
        #expect(try input.bytes(index, chunk: 4_096) == members[member.name])
      }
    }
  }

  @Test("a gzip gives back its bytes", arguments: sizes)
  func gzip(size: Int) throws {
    let work = try Workspace()
    var random = Seeded(2)
    let bytes = random.bytes(size)
    let output = try OutputContainer.create(work["g.csv.gz"], kind: .gzip)
    try output.begin(member: "g.csv")
    try output.write(bytes)
    try output.commit()
    let input = try Container.open(work["g.csv.gz"])
    #expect(input.kind == .gzip)
    #expect(input.members.map(\.name) == ["g.csv"])
    #expect(try input.bytes(0) == bytes)
    #expect(try input.head(of: 0, count: 100) == Array(bytes.prefix(100)))
  }

  @Test("the same members give the same zip")
  func deterministic() throws {
    let work = try Workspace()
    for name in ["1.zip", "2.zip"] {
      let output = try OutputContainer.create(work[name], kind: .zip)
      try output.begin(member: "users.csv")
      try output.write(Array("sourcedId\n1\n".utf8))
      try output.commit()
    }
    #expect(work.bytes("1.zip") == work.bytes("2.zip"))
  }
}
