public import Domain

/// Writes Swift code for a catalog: a type, a name for each item, and one text with all data.
///
/// The same catalog, options and lock file give the same bytes. Text of the catalog stands only in
/// comments and in one raw string, never in code.
public struct CodeGenerator: Sendable {
  /// A file of generated code.
  public struct File: Hashable, Sendable {
    /// What its name ends with after the name of the type, such as `+Data`; blank for the first.
    public var suffix: String
    /// The code.
    public var text: String
  }

  let catalog: Catalog
  let options: CodeOptions
  let typeName: String
  /// The names and numbers of all items that ever were.
  public let lock: LockFile
  /// What is odd about the codes.
  public let findings: [Problem]
  /// The items once each, in the publisher's order.
  let rows: [Row]
  let indexes: [CatalogKey: Int]
  let entries: [Int: LockFile.Entry]
  let groups: [CatalogNames.Group]

  struct Row: Sendable {
    var item: CatalogItem
    var entry: LockFile.Entry
    var parent: Int?
    var prerequisites: [Int]

    /// Whether a text is its identifier or code.
    func isNamed(_ text: String) -> Bool {
      CatalogKey(item.identifier) == CatalogKey(Identifier(text)) || item.code == text
    }
  }

  /// Prepares code.
  ///
  /// - Parameters:
  ///   - catalog: The catalog.
  ///   - typeName: The name of the type where the options give none: letters, digits, underscores.
  ///   - options: How to generate.
  ///   - lock: The names of earlier editions; without it names follow from the catalog alone.
  /// - Throws: ``CatalogsError`` when the name of the type cannot stand in code, or the options name an
  ///   item that is not there.
  public init(
    catalog: Catalog, typeName: String, options: CodeOptions = CodeOptions(),
    lock: LockFile = LockFile()
  ) throws(CatalogsError) {
    self.catalog = catalog
    self.options = options
    self.typeName = options.typeName ?? typeName
    guard CodeOptions.isTypeName(self.typeName) else {
      throw CatalogsError(
        .option, "\"\(self.typeName)\" is no name of a type; set typeName to letters and digits.")
    }
    var seen: Set<CatalogKey> = []
    let items = catalog.outline.map { catalog.items[$0.item] }
      .filter { !$0.identifier.isEmpty && seen.insert(CatalogKey($0.identifier)).inserted }
    let subjects = items.map { CatalogNames.Subject($0) }
    let names = CatalogNames(
      subjects, prefix: options.prefix, digitLetter: options.digitLetter)
    (findings, groups) = (names.findings, names.groups)
    var updated = lock
    updated.update(
      to: subjects, edition: CodeGenerator.edition(of: catalog), prefix: options.prefix,
      digitLetter: options.digitLetter, successors: catalog.successors)
    self.lock = updated
    var (indexes, entries): ([CatalogKey: Int], [Int: LockFile.Entry]) = ([:], [:])
    for entry in updated.entries {
      indexes[CatalogKey(entry.identifier)] = entry.index
      entries[entry.index] = entry
    }
    (self.indexes, self.entries) = (indexes, entries)
    rows = CodeGenerator.rows(items, of: catalog, indexes, entries)
    if let subtree = options.subtree, !rows.contains(where: { $0.isNamed(subtree) }) {
      throw CatalogsError(
        .option,
        "No item has the identifier or code \"\(subtree)\" that subtree names; write one that the "
          + "catalog has, or remove the option.", at: options.places["subtree"] ?? Place())
    }
  }

  static func edition(of catalog: Catalog) -> String {
    catalog.document.edition ?? catalog.document.lastChangeText ?? ""
  }

  private static func rows(
    _ items: [CatalogItem], of catalog: Catalog, _ indexes: [CatalogKey: Int],
    _ entries: [Int: LockFile.Entry]
  ) -> [Row] {
    let parents = catalog.parents
    var before: [Int: [Int]] = [:]
    for association in catalog.associations where association.type == .precedes {
      guard let origin = association.origin, let destination = association.destination,
        let first = indexes[CatalogKey(origin.identifier)],
        let second = indexes[CatalogKey(destination.identifier)], first != second,
        !(before[second]?.contains(first) ?? false)
      else { continue }
      before[second, default: []].append(first)
    }
    return items.compactMap { item in
      let key = CatalogKey(item.identifier)
      guard let index = indexes[key], let entry = entries[index] else { return nil }
      return Row(
        item: item, entry: entry,
        parent: (parents[key] ?? []).lazy.compactMap { indexes[$0] }.first,
        prerequisites: (before[index] ?? []).sorted())
    }
  }

  /// Whether an item gets a name.
  func isNamed(_ row: Row) -> Bool {
    if !options.itemTypes.isEmpty, !options.itemTypes.contains(row.item.typeName ?? "") {
      return false
    }
    let levels = row.item.educationLevels
    if !options.educationLevels.isEmpty, !levels.contains(where: options.educationLevels.contains) {
      return false
    }
    return true
  }

  /// SHA-256 of the catalog in canonical form, whatever the order of members.
  public var contentHash: String {
    SHA256.hash(catalog.source.text(.canonical)).description
  }

  /// The files, in the order of their names.
  public var files: [File] {
    var files = [File(suffix: "", text: typeFile)]
    let members = memberTexts
    // Above some 5,000 members a file takes long to read for tools. The number of files is fixed,
    // because a build system asks for it before it runs the generator.
    let count = CodeGenerator.namesFiles.count
    let size = max(4_000, (members.count + count - 1) / count)
    for (number, suffix) in CodeGenerator.namesFiles.enumerated() {
      let part = members.dropFirst(number * size).prefix(size)
      files.append(File(suffix: suffix, text: part.isEmpty ? head : namesFile(part)))
    }
    files.append(File(suffix: "+Data", text: dataFile))
    return files
  }

  /// What the names of the files with members end with.
  public static let namesFiles = ["+Names1", "+Names2", "+Names3", "+Names4"]

  private func namesFile(_ members: ArraySlice<String>) -> String {
    """
    \(head)
    \(access)import Catalogs

    extension Standard where Framework == \(typeName) {
    \(members.joined(separator: "\n"))}

    """
  }

  var access: String { options.isPublic ? "public " : "internal " }

  var head: String {
    "// Generated from a catalog. Changes are lost; change the catalog instead.\n"
  }

  private var typeFile: String {
    let document = catalog.document
    let title = PlainText.stripped(document.title ?? typeName)
    var lines = ["/// \(title.isEmpty ? typeName : title)"]
    let facts = [
      ("Publisher", document.publisher ?? document.creator), ("Edition", document.edition),
      ("Licence", document.license?.title ?? document.license?.uri),
      ("Source", document.officialSource),
    ]
    let known = facts.compactMap { name, value in
      value.map { "/// - \(name): \(PlainText.stripped($0))" }
    }
    if !known.isEmpty { lines += ["///"] + known }
    return """
      \(head)
      \(access)import Catalogs

      \(lines.joined(separator: "\n"))
      \(access)enum \(typeName): CompiledCatalog {
        /// The items, decoded when they are first asked for.
        \(access)static let table = StandardTable(text)
      }

      """
  }

  private var dataFile: String {
    var lines: [String] = []
    let document = catalog.document
    lines.append(
      [
        CodeGenerator.edition(of: catalog), contentHash, catalog.identifier.text,
        document.title ?? "", document.publisher ?? document.creator ?? "",
        document.language ?? "",
      ].map(TableText.escaped).joined(separator: "\t"))
    for row in rows {
      lines.append(
        [
          String(row.entry.index), row.item.identifier.text, row.item.code ?? "",
          row.item.typeName ?? "", row.item.educationLevels.joined(separator: "\u{1F}"),
          row.parent.map(String.init) ?? "",
          row.prerequisites.map(String.init).joined(separator: " "), "", row.item.statement,
        ].map(TableText.escaped).joined(separator: "\t"))
    }
    for entry in lock.entries {
      guard case .retired = entry.state else { continue }
      lines.append(
        [String(entry.index), entry.identifier.text, entry.code, "", "", "", "", "r", ""]
          .map(TableText.escaped).joined(separator: "\t"))
    }
    let text = lines.joined(separator: "\n")
    let hashes = String(repeating: "#", count: CodeGenerator.hashes(for: text))
    return """
      \(head)
      extension \(typeName) {
        static let text: StaticString = \(hashes)\"""
      \(text)
      \"""\(hashes)
      }

      """
  }

  /// How many `#` a raw string needs so that nothing in a text ends or escapes it.
  static func hashes(for text: String) -> Int {
    var (longest, run, isOpen) = (0, 0, false)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): (run, isOpen) = (0, true)
      case UInt8(ascii: "#") where isOpen:
        run += 1
        longest = max(longest, run)
      default: isOpen = false
      }
    }
    return longest + 1
  }
}

extension Catalog {
  /// What took the place of items, by the associations that say so.
  var successors: [CatalogKey: [Identifier]] {
    var successors: [CatalogKey: [Identifier]] = [:]
    for association in associations where association.type == .replacedBy {
      guard let origin = association.origin, let destination = association.destination else {
        continue
      }
      successors[CatalogKey(origin.identifier), default: []].append(destination.identifier)
    }
    return successors
  }
}
