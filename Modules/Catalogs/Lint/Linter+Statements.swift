internal import Domain

// What statements say.
extension Linter {
  /// Items that say nothing, and targets whose statement nobody could observe.
  mutating func checkStatements() {
    if catalog.items.isEmpty {
      report(.error, .noStatement, "The catalog has no items; there is nothing to read.")
    }
    var silent = 0
    var plain: [Int: String] = [:]
    for (item, object) in catalog.items.enumerated() {
      let text = PlainText.stripped(object.fullStatement ?? "")
      guard text.isEmpty else {
        plain[item] = text
        continue
      }
      silent += 1
      let hasOther = object.abbreviatedStatement != nil || object.alternativeLabel != nil
      report(
        hasOther ? .warning : .error, .noStatement, item: item, field: "fullStatement",
        "\(name(item)) has no full statement; add one.")
    }
    count(.noStatement, subjects: keys.count, affected: silent)
    let document = catalog.document.language
    var (judged, vague) = (0, 0)
    for item in targets {
      let language = (catalog.items[item].language ?? document ?? "en").lowercased()
      guard language.hasPrefix("en"), let text = plain[item] else { continue }
      judged += 1
      guard !ObservableVerbs.isMeasurable(text) else { continue }
      vague += 1
      report(
        .note, .notMeasurable, item: item, field: "fullStatement",
        "\(name(item)) has no verb for what a learner can be seen to do; say how it shows.")
    }
    count(.notMeasurable, subjects: judged, affected: vague)
  }

  /// Targets without a rubric criterion or link that describes levels.
  mutating func checkLevels() {
    var described: Set<CatalogKey> = []
    for rubric in catalog.rubrics {
      for criterion in rubric.criteria {
        guard let item = criterion.item else { continue }
        let isDescribed = criterion.levels.contains { $0.summary != nil || $0.quality != nil }
        if isDescribed { described.insert(CatalogKey(item.identifier)) }
      }
    }
    for link in links where link.type == .hasSkillLevel {
      if let origin = link.origin { described.insert(origin) }
    }
    let targets = targets
    let bare = targets.filter { !described.contains(keys[$0]) }
    if bare.count == targets.count, bare.count > 1 {
      report(
        .note, .noLevels,
        "None of the \(bare.count) targets describes its levels; add rubrics whose criteria name "
          + "them.")
    } else {
      for item in bare {
        report(
          .note, .noLevels, item: item,
          "\(name(item)) does not describe its levels; add a rubric criterion that names it.")
      }
    }
    count(.noLevels, subjects: targets.count, affected: bare.count)
  }

  /// Statements that name the code of another item which no link and no ancestor connects.
  mutating func checkNamedCodes() {
    var owners: [String: Int] = [:]
    for (item, object) in catalog.items.enumerated() {
      guard let code = object.code.map({ CodeName.cleaned($0) }), NamedCodes.isTelling(code) else {
        continue
      }
      // A code that several items have names none of them.
      owners[code] = owners[code] == nil ? item : -1
    }
    var joined: Set<[Int]> = []
    for link in links {
      guard let from = link.from, let to = link.to else { continue }
      joined.insert([min(from, to), max(from, to)])
    }
    var (named, affected) = (0, 0)
    for (item, object) in catalog.items.enumerated() {
      var told: Set<Int> = []
      for code in NamedCodes.words(of: object.fullStatement ?? "") {
        guard let other = owners[code], other >= 0, other != item, told.insert(other).inserted
        else { continue }
        named += 1
        guard !joined.contains([min(item, other), max(item, other)]), !isAbove(other, item),
          !isAbove(item, other)
        else { continue }
        affected += 1
        report(
          .warning, .unlinkedCode, item: item, field: "fullStatement",
          "\(name(item)) names \(code) and no link connects the two; add one.")
      }
    }
    count(.unlinkedCode, subjects: named, affected: affected)
  }

  /// Whether an item stands above another one.
  private func isAbove(_ item: Int, _ other: Int) -> Bool {
    var seen: Set<Int> = [other]
    var waiting = parents[other]
    while let next = waiting.popLast() {
      if next == item { return true }
      if seen.insert(next).inserted { waiting += parents[next] }
    }
    return false
  }
}

/// Words in statements that may be codes.
enum NamedCodes {
  /// Whether a code is more than a number: letters and digits, or digits with two separators.
  static func isTelling(_ code: String) -> Bool {
    guard code.utf8.count >= 3, code.contains(where: \.isNumber), words(of: code) == [code] else {
      return false
    }
    return code.contains(where: \.isLetter) || code.count(where: { ".-".contains($0) }) >= 2
  }

  /// The words with a digit, without the signs around them.
  static func words(of text: String) -> [String] {
    guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return [] }
    let words = text.split { character in
      !(character.isLetter || character.isNumber || ".-_/:".contains(character))
    }
    return words.compactMap { word in
      guard word.contains(where: \.isNumber) else { return nil }
      var rest = word
      while let last = rest.last, !last.isLetter, !last.isNumber { rest = rest.dropLast() }
      while let first = rest.first, !first.isLetter, !first.isNumber { rest = rest.dropFirst() }
      return String(rest)
    }
  }
}
