import CatalogFiles
import Catalogs
import Domain
import Testing

/// What must not break any reader: each case for each format.
@Suite("Bad input of every format")
struct BadInputTests {
  static func read(_ outline: Outline, _ format: CatalogFormat) throws -> CatalogReading {
    try Catalog.reading(outline.files(format))
  }

  static func codes(_ reading: CatalogReading, from severity: Severity = .warning) -> [String] {
    reading.findings.filter { $0.severity >= severity }.map(\.code.description)
  }

  @Test("a small outline is recognised and read in each format", arguments: Outline.foreign)
  func small(format: CatalogFormat) throws {
    let reading = try Self.read(.small, format)
    #expect(reading.format == format)
    let catalog = reading.catalog
    #expect(catalog.items.filter { $0.itemType != "Subject Area" }.count == 3)
    #expect(catalog.items.map(\.statement).contains("Adds to 20."))
    #expect(Self.codes(reading) == [])
    guard Outline.withParents.contains(format) || format == .asnManifest else { return }
    #expect(catalog.parents[CatalogKey("c")] == [CatalogKey("a")])
    #expect(catalog.parents[CatalogKey("a")] == [CatalogKey(catalog.identifier)])
    #expect(catalog.outline.map { catalog.items[$0.item].identifier } == ["a", "b", "c"])
  }

  @Test("two entries with one identifier are told with both lines", arguments: Outline.foreign)
  func duplicates(format: CatalogFormat) throws {
    // Subjects of RDF/JSON are members, which cannot stand twice.
    guard format != .asnRDF else { return }
    var outline = Outline.small
    outline.entries[2].identifier = "b"
    let reading = try Self.read(outline, format)
    let finding = try #require(
      reading.findings.first { $0.code == "catalog.duplicate_identifier" }, "\(format)")
    #expect(finding.severity == .error)
    #expect(finding.place.line != nil)
    let name = format == .sced ? "02" : "b"
    #expect(finding.message.contains("The identifier \(name)"))
    #expect(reading.catalog.items.filter { $0.statement.hasPrefix("Adds") }.count == 2)
  }

  @Test(
    "a parent that is not there is told with both ends and the line", arguments: Outline.withParents
  )
  func dangling(format: CatalogFormat) throws {
    var outline = Outline.small
    outline.entries[2].parent = "nowhere"
    let finding = try #require(
      try Self.read(outline, format).findings.first { $0.code == "catalog.dangling_link" })
    #expect(finding.message.contains("from c to nowhere"))
    #expect(finding.place.line != nil)
  }

  @Test(
    "statements that stand under each other are told as a cycle", arguments: Outline.withParents)
  func cycles(format: CatalogFormat) throws {
    var outline = Outline.small
    outline.entries[0].parent = "c"
    outline.entries[2].parent = "b"
    let reading = try Self.read(outline, format)
    let finding = try #require(
      reading.findings.first { $0.code == "catalog.parent_cycle" })
    for name in ["a", "b", "c"] { #expect(finding.message.contains(name)) }
    #expect(finding.message.contains(" → "))
    #expect(finding.place.line != nil)
    #expect(reading.catalog.outline.count == reading.catalog.items.count)
  }

  @Test("an entry that stands under itself is told", arguments: Outline.withParents)
  func selfLinks(format: CatalogFormat) throws {
    var outline = Outline.small
    outline.entries[1].parent = "b"
    #expect(try Self.codes(Self.read(outline, format)) == ["catalog.self_link"])
  }

  @Test("a missing statement is told with identifier and line", arguments: Outline.foreign)
  func missingStatements(format: CatalogFormat) throws {
    var outline = Outline.small
    outline.entries[1].statement = ""
    let reading = try Self.read(outline, format)
    // A code stands in for a statement where the format has one.
    guard format != .moodle, format != .sced, format != .digComp else {
      #expect(reading.catalog.items.contains { $0.fullStatement == nil })
      return
    }
    let finding = try #require(
      reading.findings.first { $0.code == "catalog.missing_statement" })
    #expect(finding.message.contains("The item b "))
    #expect(finding.place.line != nil)
  }

  @Test("a missing identifier is made and told", arguments: Outline.foreign)
  func missingIdentifiers(format: CatalogFormat) throws {
    guard format != .asnRDF, format != .sced, format != .asnManifest else { return }
    var outline = Outline.small
    outline.entries[1].identifier = ""
    outline.entries[1].parent = nil
    let reading = try Self.read(outline, format)
    #expect(Self.codes(reading).contains("catalog.missing_identifier"))
    let item = try #require(reading.catalog.items.first { $0.statement == "Adds to 20." })
    #expect(item.identifier.utf8.count == 36)
    let again = try Self.read(outline, format).catalog
    #expect(again.items.contains { $0.identifier == item.identifier })
  }

  @Test("ten thousand statements below each other are read", arguments: Outline.withParents)
  func deep(format: CatalogFormat) throws {
    let catalog = try Self.read(.chain(10_000), format).catalog
    #expect(catalog.outline.last?.depth == 9_999)
  }

  @Test("ten thousand lists inside each other are refused with a place", arguments: Outline.foreign)
  func nested(format: CatalogFormat) throws {
    guard !Outline.tables.contains(format) else { return }
    let bytes =
      Array(#"{"@graph":[{"@id":"a","children":"#.utf8) + Array(repeating: 0x5B, count: 10_000)
    let error = #expect(throws: CatalogsError.self) { try Catalog.reading(bytes, as: format) }
    #expect(error?.place.line == 1)
  }

  @Test("a file that was cut anywhere is read in part or refused", arguments: Outline.foreign)
  func truncated(format: CatalogFormat) {
    let bytes = Outline.small.bytes(format)
    for count in 0..<bytes.count {
      do throws(CatalogsError) {
        let reading = try Catalog.reading(Array(bytes.prefix(count)), as: format, file: "c")
        #expect(reading.catalog.items.count <= 6)
      } catch {
        #expect(error.place.file == "c")
      }
    }
  }

  @Test("bytes that are not UTF-8 are refused with their line", arguments: Outline.foreign)
  func invalidUTF8(format: CatalogFormat) throws {
    var bytes = Outline.small.bytes(format)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "A")) ?? bytes.indices.last)
    bytes[place] = 0xFF
    let error = #expect(throws: CatalogsError.self) {
      try Catalog.reading(bytes, as: format, file: "c")
    }
    #expect(error?.code == .encoding)
    #expect(error?.place.line != nil)
  }

  @Test("UTF-16 and byte order marks are read", arguments: Outline.foreign)
  func encodings(format: CatalogFormat) throws {
    let bytes = Outline.small.bytes(format)
    let units = String(decoding: bytes, as: UTF8.self).utf16
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in units {
      little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + bytes
    let expected = try Catalog.reading(bytes, as: format).catalog.items
    for other in [little, big, marked] {
      #expect(CatalogFormat.recognizing(other) == format)
      #expect(try Catalog.reading(other).catalog.items == expected)
    }
    #expect(throws: CatalogsError.self) { try Catalog.reading(Array(little.dropLast())) }
  }

  static let hostile = [
    "*/ import Foundation /*", "\"\"\"#", "<script>alert(1)</script>", "a\u{202E}b\u{2066}c",
    "=HYPERLINK(\"x\")", "line\nbreak, \"quotes\" and ,commas,", "\u{FEFF}mark", "%2C;|\t", "é́́",
    "\\u0000 \\", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "--", "@id", "null",
  ]

  @Test("hostile statements are texts like others, also after writing", arguments: Outline.foreign)
  func hostileStatements(format: CatalogFormat) throws {
    let outline = Outline(
      entries: Self.hostile.enumerated().map { index, text in
        Outline.Entry(identifier: "h\(index)", statement: text, parent: nil)
      })
    let catalog = try Self.read(outline, format).catalog
    for text in Self.hostile { #expect(catalog.items.contains { $0.statement == text }) }
    for target in CatalogFormat.writable {
      let again = try Catalog.reading(try catalog.writing(target).bytes, as: target).catalog
      for text in Self.hostile { #expect(again.items.contains { $0.statement == text }) }
    }
  }

  @Test("wrong types in place of each value are findings or refused", arguments: Outline.foreign)
  func wrongTypes(format: CatalogFormat) throws {
    guard case let bytes = Outline.small.bytes(format),
      let tree = try? JSONValue(parsing: bytes)
    else { return }
    let others: [JSONValue] = [
      .null, .boolean(true), .number("7"), "text", .array([]), .object(JSONObject()),
      .array([.null, .number("1"), .array([.array([])])]),
      .object(JSONObject([.init("@id", .array([.null])), .init("value", .number("2"))])),
    ]
    var count = 0
    for place in 0..<Mutation.count(tree) {
      for other in others {
        count += 1
        let mutated = Mutation.replacing(place, of: tree, with: other).text()
        _ = try? Catalog.reading(mutated, as: format)
        _ = try? Catalog.reading(mutated)
      }
    }
    #expect(count > 100)
  }

  @Test(
    "tables with headings alone are catalogs without items, also after writing",
    arguments: Outline.tables)
  func headings(format: CatalogFormat) throws {
    let reading = try Catalog.reading(Outline(entries: []).bytes(format))
    #expect(reading.format == format)
    #expect(reading.catalog.items.isEmpty)
    #expect(Self.codes(reading) == ["catalog.no_items"])
    for target in CatalogFormat.writable {
      let bytes = try reading.catalog.writing(target).bytes
      #expect(try Catalog.reading(bytes, as: target).catalog.items.isEmpty)
    }
  }

  @Test("files that hold no catalog are refused by name")
  func others() throws {
    for text in ["{}", "[]", "[1,2]", "\"x\"", "{\"a\":1}", "a,b\n1,2\n", "x", "\n\n"] {
      let error = #expect(throws: CatalogsError.self) {
        try Catalog.reading(Array(text.utf8), file: "c")
      }
      #expect(error?.place.file == "c")
      #expect(CatalogFormat.recognizing(Array(text.utf8)) == nil)
    }
    #expect(throws: CatalogsError.self) { try Catalog.reading([]) }
    let twice = Outline.small.files(.moodle) + Outline.small.files(.moodle)
    #expect(throws: CatalogsError.self) { try Catalog.reading(twice) }
  }
}

/// Trees with one value exchanged.
enum Mutation {
  /// How many values a tree has.
  static func count(_ tree: JSONValue) -> Int {
    switch tree {
    case .array(let elements): elements.reduce(1) { $0 + count($1) }
    case .object(let object): object.members.reduce(1) { $0 + count($1.value) }
    default: 1
    }
  }

  /// The tree with the value of a number, counted from the root down, exchanged.
  static func replacing(_ place: Int, of tree: JSONValue, with other: JSONValue) -> JSONValue {
    guard place > 0 else { return other }
    var left = place - 1
    let change = { (value: JSONValue) -> JSONValue in
      let size = count(value)
      defer { left -= size }
      return (0..<size).contains(left) ? replacing(left, of: value, with: other) : value
    }
    switch tree {
    case .array(let elements): return .array(elements.map(change))
    case .object(let object):
      return .object(JSONObject(object.members.map { .init($0.name, change($0.value)) }))
    default: return tree
    }
  }
}
