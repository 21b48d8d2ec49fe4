internal import Domain

// The named members: one for each item, then those that stood for items before.
extension CodeGenerator {
  var memberTexts: [String] {
    let within = subtreeIndexes
    let named = rows.filter { isNamed($0) && (within?.contains($0.entry.index) ?? true) }
    var texts = named.map(member)
    var used = Set(lock.entries.flatMap { [$0.name] + $0.formerNames })
    if options.addsRawIdentifiers { texts += rawMembers(named, &used) }
    for row in named {
      for former in row.entry.formerNames { texts.append(renamed(former, to: row.entry.name)) }
    }
    for entry in lock.entries {
      if case .retired(let next) = entry.state { texts.append(retired(entry, next)) }
    }
    for group in groups where used.insert(group.spelling).inserted {
      texts.append(ambiguous(group))
    }
    return texts
  }

  private func declaration(_ name: String, _ value: String) -> String {
    "  \(access)static var \(CodeName.escaped(name)): Standard<\(typeName)> { \(value) }\n"
  }

  private func member(_ row: Row) -> String {
    comment(row) + declaration(row.entry.name, "Standard(index: \(row.entry.index))")
  }

  private func renamed(_ old: String, to name: String) -> String {
    "  /// The item that is now ``\(name)``.\n"
      + "  @available(*, deprecated, renamed: \"\(name)\")\n"
      + declaration(old, CodeName.escaped(name))
  }

  private func retired(_ entry: LockFile.Entry, _ next: [Identifier]) -> String {
    let successors = next.compactMap { indexes[CatalogKey($0)].flatMap { entries[$0]?.name } }
    let advice =
      successors.isEmpty
      ? "nothing is said to replace it" : "use \(successors.joined(separator: ", "))"
    let kind = lock.editionsSince(entry) <= options.retiredEditions ? "deprecated" : "unavailable"
    return "  /// An item that the newest edition no longer has.\n"
      + "  @available(*, \(kind), message: \"no longer in the catalog; \(advice)\")\n"
      + declaration(entry.name, "Standard(index: \(entry.index))")
  }

  private func ambiguous(_ group: CatalogNames.Group) -> String {
    let names = group.names.joined(separator: ", ")
    return "  /// Several items have codes that spell this name.\n"
      + "  @available(*, unavailable, message: \"several items are spelled so: \(names)\")\n"
      + declaration(group.spelling, "Standard(index: -1)")
  }

  /// The codes themselves as names, where only one item has them and Swift lets them stand.
  private func rawMembers(_ named: [Row], _ used: inout Set<String>) -> [String] {
    var counts: [String: Int] = [:]
    for row in rows { counts[row.item.code ?? "", default: 0] += 1 }
    return named.compactMap { row in
      guard let code = row.item.code, counts[code] == 1, CodeGenerator.isRawIdentifier(code),
        used.insert(code).inserted
      else { return nil }
      return "  /// The same as ``\(row.entry.name)``.\n"
        + "  \(access)static var `\(code)`: Standard<\(typeName)> "
        + "{ Standard(index: \(row.entry.index)) }\n"
    }
  }

  /// Whether Swift takes a text between backticks: no backtick, backslash, line end or character
  /// that is not seen, and not only blanks and not a plain name or operator.
  static func isRawIdentifier(_ text: String) -> Bool {
    let isSafe = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
        .privateUse:
        false
      default: scalar != "`" && scalar != "\\"
      }
    }
    let hasLetter = text.unicodeScalars.contains { $0.properties.isAlphabetic }
    let hasDigit = text.utf8.contains { (0x30...0x39).contains($0) }
    return isSafe && (hasLetter || hasDigit) && CodeName.spelled(text) != text
  }

  /// The indexes of the items under the item that the options name, with it.
  private var subtreeIndexes: Set<Int>? {
    guard let wanted = options.subtree else { return nil }
    let top = rows.filter { $0.isNamed(wanted) }
    var within = Set(top.map(\.entry.index))
    var below: [Int: [Int]] = [:]
    for row in rows {
      if let parent = row.parent { below[parent, default: []].append(row.entry.index) }
    }
    var waiting = Array(within)
    while let index = waiting.popLast() {
      for child in below[index] ?? [] where within.insert(child).inserted { waiting.append(child) }
    }
    return within
  }

  // MARK: Comments

  private func comment(_ row: Row) -> String {
    let item = row.item
    let full = PlainText.stripped(item.statement)
    let short = item.abbreviatedStatement.map { PlainText.stripped($0) } ?? ""
    var summary = PlainText.summary(short.isEmpty ? full : short)
    if summary.isEmpty { summary = "An item without a statement." }
    var lines = [summary]
    if full != summary, !full.isEmpty { lines += ["", full] }
    let facts = facts(row)
    if !facts.isEmpty { lines += [""] + facts }
    return lines.map { $0.isEmpty ? "  ///\n" : "  /// \($0)\n" }.joined()
  }

  private func facts(_ row: Row) -> [String] {
    let item = row.item
    var facts: [String] = []
    func add(_ name: String, _ value: String?) {
      let text = PlainText.stripped(value ?? "")
      if !text.isEmpty { facts.append("- \(name): \(text)") }
    }
    add("Code", item.code)
    add("Type", item.typeName)
    add("Levels", item.educationLevels.joined(separator: ", "))
    if let parent = row.parent, let name = entries[parent]?.name {
      facts.append("- Under: ``\(name)``")
    }
    let before = row.prerequisites.compactMap { entries[$0]?.name }
    if !before.isEmpty {
      facts.append("- After: " + before.map { "``\($0)``" }.joined(separator: ", "))
    }
    add("Valid from", item.validFrom?.description)
    add("Valid through", item.validThrough?.description)
    add("Licence", item.license?.title)
    if let uri = item.uri, uri.hasPrefix("https://") || uri.hasPrefix("http://") {
      add("Address", uri)
    }
    return facts
  }
}
