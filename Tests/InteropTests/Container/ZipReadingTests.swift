import Interop
import Testing

@Suite("Zip archives from elsewhere")
struct ZipReadingTests {
  typealias Entry = ZipBuilder.Entry

  /// Opens an archive and reads every member to its end.
  static func read(
    _ bytes: [UInt8], limits: ContainerLimits = .standard
  ) throws -> [String: String] {
    let work = try Workspace()
    try work.put(bytes, "in.zip")
    let input = try Container.open(work["in.zip"], limits: limits)
    var contents: [String: String] = [:]
    for (index, member) in input.members.enumerated() {
      contents[member.name] = String(decoding: try input.bytes(index, chunk: 3), as: UTF8.self)
    }
    return contents
  }

  static let good: [(String, ZipBuilder, [String: String])] = [
    ("stored", ZipBuilder(Entry("a.csv", "x\n")), ["a.csv": "x\n"]),
    ("no entries", ZipBuilder(), [:]),
    (
      "deflated",
      ZipBuilder(
        Entry("a.csv", "abc").with {
          $0.method = 8
          $0.packed = deflated(Array("abc".utf8))
        }), ["a.csv": "abc"]
    ),
    (
      "deflated by zlib at its best",
      ZipBuilder(
        Entry("a.csv", "aaaaaaaaaa").with {
          $0.method = 8
          $0.packed = [0x4b, 0x84, 0x03, 0x00]
        }), ["a.csv": "aaaaaaaaaa"]
    ),
    ("empty member", ZipBuilder(Entry("a.csv", "")), ["a.csv": ""]),
    ("folders", ZipBuilder(Entry("d/", ""), Entry("d/a.csv", "1")), ["d/a.csv": "1"]),
    (
      "hidden files",
      ZipBuilder(Entry("__MACOSX/._a.csv", "1"), Entry(".DS_Store", "1"), Entry("a.csv", "1")),
      ["a.csv": "1"]
    ),
    ("a dot for a folder", ZipBuilder(Entry("./a.csv", "1")), ["a.csv": "1"]),
    (
      "descriptor with signature",
      ZipBuilder(
        Entry("a.csv", "abc").with {
          $0.flags = 8
          $0.descriptor =
            little(0x0807_4b50, 4) + little(crc(Array("abc".utf8)), 4) + little(3, 4)
            + little(3, 4)
        }), ["a.csv": "abc"]
    ),
    (
      "descriptor without signature",
      ZipBuilder(
        Entry("a.csv", "abc").with {
          $0.flags = 8
          $0.descriptor = little(crc(Array("abc".utf8)), 4) + little(3, 4) + little(3, 4)
        }), ["a.csv": "abc"]
    ),
    (
      "descriptor with long sizes",
      ZipBuilder(
        Entry("a.csv", "abc").with {
          $0.flags = 8
          $0.descriptor =
            little(0x0807_4b50, 4) + little(crc(Array("abc".utf8)), 4) + little(3, 8)
            + little(3, 8)
        }), ["a.csv": "abc"]
    ),
    (
      "Zip64 end record",
      {
        var zip = ZipBuilder(Entry("a.csv", "abc"))
        zip.isLarge = true
        return zip
      }(), ["a.csv": "abc"]
    ),
    (
      "Zip64 sizes",
      ZipBuilder(
        Entry("a.csv", "abc").with {
          $0.localSize = .max
          $0.localExtra = little(1, 2) + little(16, 2) + little(3, 8) + little(3, 8)
          $0.centralExtra = $0.localExtra
        }), ["a.csv": "abc"]
    ),
    (
      "comment",
      {
        var zip = ZipBuilder(Entry("a.csv", "abc"))
        zip.comment = Array("exported by hand".utf8)
        return zip
      }(), ["a.csv": "abc"]
    ),
    (
      "name in code page 437",
      ZipBuilder(Entry("", "1").with { $0.name = [0x42, 0x86, 0x94, 0x2e, 0x63] }),
      ["Båö.c": "1"]
    ),
    (
      "composed and decomposed names",
      ZipBuilder(Entry("\u{e9}.csv", "1"), Entry("e\u{301}b.csv", "2")),
      ["\u{e9}.csv": "1", "e\u{301}b.csv": "2"]
    ),
  ]

  @Test("are read", arguments: good.indices)
  func reads(index: Int) throws {
    let (name, zip, contents) = Self.good[index]
    #expect(try Self.read(zip.bytes()) == contents, "\(name)")
  }

  static let refused: [(String, ZipBuilder, InteropError.Code)] = [
    ("../x", ZipBuilder(Entry("../x")), .unsupported),
    ("inner ..", ZipBuilder(Entry("a/../../x")), .unsupported),
    ("absolute", ZipBuilder(Entry("/etc/x")), .unsupported),
    ("backslash", ZipBuilder(Entry("a\\..\\x")), .unsupported),
    ("drive", ZipBuilder(Entry("C:x")), .unsupported),
    ("NUL", ZipBuilder(Entry("a\0.csv")), .unsupported),
    ("empty name", ZipBuilder(Entry("")), .unsupported),
    ("empty part", ZipBuilder(Entry("a//b")), .unsupported),
    ("link", ZipBuilder(Entry("a").with { $0.attributes = 0o120777 << 16 }), .unsupported),
    ("device", ZipBuilder(Entry("a").with { $0.attributes = 0o020777 << 16 }), .unsupported),
    ("encrypted", ZipBuilder(Entry("a").with { $0.flags = 1 }), .unsupported),
    ("strongly encrypted", ZipBuilder(Entry("a").with { $0.flags = 0x41 }), .unsupported),
    ("bzip2", ZipBuilder(Entry("a").with { $0.method = 12 }), .unsupported),
    ("nested zip", ZipBuilder(Entry("in/a.ZIP")), .unsupported),
    ("nested gzip", ZipBuilder(Entry("a.csv.gz")), .unsupported),
    ("same name twice", ZipBuilder(Entry("a"), Entry("a")), .badArchive),
    ("same name with a dot", ZipBuilder(Entry("a"), Entry("./a")), .badArchive),
    ("bad checksum", ZipBuilder(Entry("a").with { $0.checksum = 1 }), .badArchive),
    ("other local name", ZipBuilder(Entry("a").with { $0.localName = [0x62] }), .badArchive),
    ("other local method", ZipBuilder(Entry("a").with { $0.localMethod = 8 }), .badArchive),
    ("other local size", ZipBuilder(Entry("a").with { $0.localSize = 1 }), .badArchive),
    ("other local flags", ZipBuilder(Entry("a").with { $0.localFlags = 1 }), .badArchive),
    ("stored size differs", ZipBuilder(Entry("a").with { $0.size = 9 }), .badArchive),
    ("folder with contents", ZipBuilder(Entry("a/", "x")), .badArchive),
    (
      "no descriptor", ZipBuilder(Entry("a").with { $0.flags = 8 }), .badArchive
    ),
    (
      "wrong descriptor",
      ZipBuilder(
        Entry("a").with {
          $0.flags = 8
          $0.descriptor = little(1, 4) + little(8, 4) + little(8, 4)
        }), .badArchive
    ),
    (
      "overlapping entries",
      ZipBuilder(
        Entry("a", String(repeating: "x", count: 100)),
        Entry("a", "x").with { $0.headerOffset = 0 }), .badArchive
    ),
    (
      "damaged stream",
      ZipBuilder(
        Entry("a", "abc").with {
          $0.method = 8
          $0.packed = [0xff, 0xff, 0xff]
        }), .badArchive
    ),
    (
      "longer than it says",
      ZipBuilder(
        Entry("a", "abc").with {
          $0.method = 8
          $0.packed = deflated(Array("abcd".utf8))
        }), .badArchive
    ),
    (
      "shorter than it says",
      ZipBuilder(
        Entry("a", "abc").with {
          $0.method = 8
          $0.packed = deflated(Array("ab".utf8))
        }), .badArchive
    ),
    (
      "bytes behind the stream",
      ZipBuilder(
        Entry("a", "abc").with {
          $0.method = 8
          $0.packed = deflated(Array("abc".utf8)) + [0]
        }), .badArchive
    ),
    (
      "stream cut",
      ZipBuilder(
        Entry("a", "abc").with {
          $0.method = 8
          $0.packed = deflated(Array("abc".utf8)).dropLast()
        }), .badArchive
    ),
    (
      "4 GB from a few bytes",
      ZipBuilder(
        Entry("a", "abc").with {
          $0.method = 8
          $0.size = 4_294_967_294
        }), .limit
    ),
    (
      "too many entries said",
      {
        var zip = ZipBuilder(Entry("a"))
        zip.count = 2
        return zip
      }(), .badArchive
    ),
    (
      "too few entries said",
      {
        var zip = ZipBuilder(Entry("a"), Entry("b"))
        zip.count = 1
        return zip
      }(), .badArchive
    ),
    (
      "directory elsewhere",
      {
        var zip = ZipBuilder(Entry("a"))
        zip.directoryOffset = 5
        return zip
      }(), .badArchive
    ),
    (
      "two end records",
      {
        var zip = ZipBuilder(Entry("a"))
        zip.comment = little(0x0605_4b50, 4) + [UInt8](repeating: 0, count: 18)
        return zip
      }(), .badArchive
    ),
    (
      "long name", ZipBuilder(Entry(String(repeating: "n", count: 1_025))), .limit
    ),
  ]

  @Test("are refused when they are hostile or damaged", arguments: refused.indices)
  func refuses(index: Int) throws {
    let (name, zip, expected) = Self.refused[index]
    let found = code { _ = try Self.read(zip.bytes()) }
    #expect(found == expected, "\(name)")
    #expect(found?.exitCode == 65, "\(name)")
  }

  @Test("are refused when cut anywhere, or when anything follows")
  func truncated() throws {
    let whole = ZipBuilder(Entry("a.csv"), Entry("b.csv")).bytes()
    for count in 4..<whole.count {
      #expect(code { _ = try Self.read(Array(whole[..<count])) } == .badArchive, "\(count)")
    }
    #expect(code { _ = try Self.read(whole + [0]) } == .badArchive)
  }

  @Test("never trap and never give wrong bytes, whichever byte is changed")
  func mutated() throws {
    let entry = Entry("a.csv", "abc").with {
      $0.method = 8
      $0.packed = deflated(Array("abc".utf8))
    }
    let whole = ZipBuilder(entry, Entry("b.csv", "def")).bytes()
    for index in 4..<whole.count {
      for flip in [UInt8(1), 0x80, 0xff] {
        var changed = whole
        changed[index] ^= flip
        guard let contents = try? Self.read(changed) else { continue }
        #expect(Set(contents.values).isSubset(of: ["abc", "def"]), "\(index)")
      }
    }
  }

  @Test("have limits for entries and for their whole size")
  func limits() throws {
    var limits = ContainerLimits()
    limits.memberCount = 1
    let two = ZipBuilder(Entry("a"), Entry("b")).bytes()
    #expect(code { _ = try Self.read(two, limits: limits) } == .limit)
    limits.memberCount = 2
    #expect(try Self.read(two, limits: limits).count == 2)
    limits.expandedBytes = 15
    #expect(code { _ = try Self.read(two, limits: limits) } == .limit)
  }
}
