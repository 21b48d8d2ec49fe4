import Catalogs
import Domain
import Testing

@Suite("Generated code")
struct CodeGeneratorTests {
  static func catalog(_ items: [(id: String, code: String, text: String)]) throws -> Catalog {
    var catalog = Catalog(document: CatalogDocument(members: JSONObject()))
    catalog.document.identifier = "d"
    catalog.document.title = "Ours"
    catalog.document.edition = "2026"
    for (id, code, text) in items {
      var item = CatalogItem(members: JSONObject())
      item.identifier = Identifier(id)
      item.code = code
      item.fullStatement = text
      catalog.items.append(item)
    }
    return catalog
  }

  static func text(
    _ catalog: Catalog, _ options: CodeOptions = CodeOptions(), _ lock: LockFile = LockFile()
  ) throws -> String {
    try CodeGenerator(catalog: catalog, typeName: "Ours", options: options, lock: lock).files
      .map(\.text).joined()
  }

  @Test("each item has a computed member with a comment")
  func member() throws {
    let text = try Self.text(
      Self.catalog([("a", "1.1", "Add <b>numbers</b>. Then more &amp; more.")]))
    #expect(
      text.contains(
        """
          /// Add numbers.
          ///
          /// Add numbers. Then more & more.
          ///
          /// - Code: 1.1
          public static var s1_1: Standard<Ours> { Standard(index: 0) }
        """))
  }

  @Test("the same catalog gives the same bytes, and names do not depend on order")
  func determinism() throws {
    let items = [("a", "1.1", "A"), ("b", "1 1", "B"), ("c", "2", "C")]
    #expect(try Self.text(Self.catalog(items)) == Self.text(Self.catalog(items)))
    let names = { (text: String) in
      text.split(separator: "\n").filter { $0.contains("static var") }
        .compactMap { $0.split(separator: " ").dropFirst(3).first.map(String.init) }.sorted()
    }
    let forwards = try names(Self.text(Self.catalog(items)))
    #expect(try forwards == names(Self.text(Self.catalog(items.reversed()))))
    #expect(forwards.count == 4)
  }

  static let hostile: [String] = [
    "*/ fatalError() /*", "\"\"\"#\nlet x = 1", "\"\"\"##", "\\#(exit(1))", "\\##(exit(1))",
    "a\u{202E}b\u{2066}c", "line\nbreak\r\nand\u{2028}more\u{0}", "<script>alert(1)</script>",
    "```\n@available", "tab\tin\\u{41}", "#\"\"\"", String(repeating: "x ", count: 3_000),
  ]

  @Test("hostile statements stay in comments and data", arguments: hostile)
  func hostileStatement(statement: String) throws {
    let catalog = try Self.catalog([("a", "1", statement), ("b", statement, "B")])
    let generator = try CodeGenerator(catalog: catalog, typeName: "Ours")
    let code = generator.files.dropLast().map(\.text).joined()
    for line in code.split(separator: "\n") {
      let start = line.drop { $0 == " " }
      let isOurs = ["//", "@available(", "public ", "internal ", "extension ", "}"]
        .contains { start.hasPrefix($0) }
      #expect(isOurs, "\(line)")
    }
    let hidden = generator.files.map(\.text).joined().unicodeScalars.filter {
      $0 != "\n" && [.control, .format].contains($0.properties.generalCategory) && $0 != "\t"
    }
    #expect(hidden.isEmpty)
    #expect(try Self.decoded(generator).items.map(\.fullStatement) == [statement, "B"])
  }

  /// The catalog that the data file holds, read as Swift reads raw strings.
  static func decoded(_ generator: CodeGenerator) throws -> Catalog {
    let text = try #require(generator.files.last?.text)
    let opening = try #require(text.firstRange(of: "StaticString = "))
    let rest = text[opening.upperBound...]
    let hashes = rest.prefix { $0 == "#" }
    let body = rest.dropFirst(hashes.count + 4)
    let end = try #require(body.firstRange(of: "\"\"\"\(hashes)"))
    let content = body[..<end.lowerBound].dropLast()
    #expect(!content.contains("\\\(hashes)"))
    return StandardTable(decoding: String(content)).catalog
  }

  @Test("aliases, retired items and spellings of several items are marked")
  func editions() throws {
    var lock = LockFile()
    let old = LockFileTests.subjects([("a", "1.1"), ("gone", "9"), ("b", "2")])
    lock.update(to: old, edition: "2025")
    let catalog = try Self.catalog([
      ("a", "1.2", "A"), ("b", "2", "B"), ("c", "3", ""), ("d", "3.", ""),
    ])
    var options = CodeOptions()
    let text = try Self.text(catalog, options, lock)
    #expect(
      text.contains(
        """
          @available(*, deprecated, renamed: "s1_2")
          public static var s1_1: Standard<Ours> { s1_2 }
        """))
    #expect(text.contains("@available(*, deprecated, message: \"no longer in the catalog;"))
    #expect(
      text.contains("@available(*, unavailable, message: \"several items are spelled so: s3__"))
    options.retiredEditions = 0
    #expect(try Self.text(catalog, options, lock).contains("unavailable, message: \"no longer in"))
  }

  @Test("options filter by type, level and subtree, and add raw identifiers")
  func filters() throws {
    var catalog = try Self.catalog([("a", "1", "A"), ("b", "1.1", "B"), ("c", "2", "C")])
    catalog.items[1].itemType = "Target"
    catalog.items[2].educationLevels = ["05"]
    var link = CatalogAssociation(members: JSONObject())
    link.type = .isChildOf
    link.origin = CatalogLink(identifier: "b")
    link.destination = CatalogLink(identifier: "a")
    catalog.associations.append(link)
    let members = { (lines: String) throws in
      let options = try CodeOptions(parsing: lines)
      return try Self.text(catalog, options).split(separator: "\n").filter {
        $0.contains("static var")
      }.count
    }
    #expect(try members("") == 3)
    #expect(try members("itemTypes: [Target]") == 1)
    #expect(try members("educationLevels: [\"05\"] # only these") == 1)
    #expect(try members("subtree: \"1\"") == 2)
    #expect(try members("rawIdentifiers: true\naccess: internal") == 6)
  }

  static let options: [(text: String, line: Int)] = [
    ("typeName: 3x", 1), ("typeName: class", 1), ("\naccess: open", 2), ("nothing", 1),
    ("color: blue", 1), ("retiredEditions: -1", 1), ("digitLetter: \"\"", 1),
  ]

  @Test("options that are not known are refused at their line", arguments: options)
  func refusedOptions(text: String, line: Int) {
    let error = #expect(throws: CatalogsError.self) { try CodeOptions(parsing: text, file: "o") }
    #expect(error?.place == Place(file: "o", line: line))
  }

  @Test("a subtree that no item is named by is an error at the option")
  func noSubtree() throws {
    let options = try CodeOptions(parsing: "typeName: Ours\nsubtree: 9.9\n", file: "o.yaml")
    let catalog = try Self.catalog([("a", "1.1", "x")])
    let error = #expect(throws: CatalogsError.self) {
      try CodeGenerator(catalog: catalog, typeName: "Ours", options: options)
    }
    #expect(error?.code == .option)
    #expect(error?.message.contains("9.9") == true)
    #expect(error?.place == Place(file: "o.yaml", line: 2))
  }

  @Test("a finding about a code has the line of its item")
  func findingPlaces() throws {
    let catalog = try SmallCatalog.catalog(["a|1.1||x", "b|1\u{200B}.2||x"])
    let findings = try CodeGenerator(catalog: catalog, typeName: "Ours").findings
    #expect(findings.map(\.code) == ["names.hidden_character"])
    #expect(findings.first?.place.line == 3)
  }
}
