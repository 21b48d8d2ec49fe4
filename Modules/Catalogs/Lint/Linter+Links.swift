internal import Domain

// Ends, cycles, orphans, repeated links and the order of school levels.
extension Linter {
  /// Structural links and prerequisites have to name what is there; others may go outside.
  mutating func checkEnds() {
    var others: Set<CatalogKey> = [CatalogKey(catalog.identifier)]
    for rubric in catalog.rubrics { others.insert(CatalogKey(rubric.identifier)) }
    var affected = 0
    for link in links {
      var isFaulty = false
      for (isOrigin, key) in [(true, link.origin), (false, link.destination)] {
        let field = isOrigin ? "originNodeURI" : "destinationNodeURI"
        guard let key else {
          report(
            .error, .danglingEnd, link: link, field: field,
            "\(name(link)) has no \(isOrigin ? "origin" : "destination"); add it or remove the link."
          )
          isFaulty = true
          continue
        }
        guard numbers[key] == nil, !others.contains(key) else { continue }
        let end = catalog.associations[link.place]
        if let code = (isOrigin ? end.origin : end.destination)?.unresolvedCode {
          report(
            .warning, .danglingEnd, link: link, field: field,
            "\(name(link)) names the code \(code) instead of an identifier; link the item.")
          isFaulty = true
        } else if link.type == .isChildOf || link.isPrerequisite {
          report(
            .error, .danglingEnd, link: link, field: field,
            "\(name(link)) (\(link.type)) names \(key), which is not in the file; add the item or "
              + "remove the link.")
          isFaulty = true
        } else if isOrigin, link.to == nil {
          report(
            .warning, .danglingEnd, link: link, field: field,
            "\(name(link)) (\(link.type)) names no item of the file at either end; remove it.")
          isFaulty = true
        }
      }
      if isFaulty { affected += 1 }
    }
    count(.danglingEnd, subjects: links.count, affected: affected)
  }

  /// Names each cycle of prerequisites and of parents, and each link of an item to itself.
  mutating func checkCycles() {
    var linked: Set<Int> = []
    var affected: Set<Int> = []
    for (isHierarchy, word) in [(false, "prerequisites"), (true, "parents")] {
      var builder = PrerequisiteGraphBuilder()
      let source = builder.addSource(.init(document: catalog.identifier))
      // Blank and repeated identifiers get names of their own, so that numbers stay in step.
      for item in keys.indices { builder.addItem(Identifier(String(item))) }
      for link in links where isHierarchy ? link.type == .isChildOf : link.isPrerequisite {
        guard let from = link.from, let to = link.to else { continue }
        if from == to {
          report(
            .error, .cycle, link: link,
            "\(name(link)) (\(link.type)) goes from \(name(from)) to itself; remove it.")
          affected.insert(from)
        }
        linked.formUnion([from, to])
        builder.addLink(
          isHierarchy ? .precedes : link.type, from: Identifier(String(from)),
          to: Identifier(String(to)), association: "", source: source)
      }
      for cycle in builder.build().cycles {
        affected.formUnion(cycle)
        let way = (cycle + cycle.prefix(1)).map { name($0) }.joined(separator: " → ")
        report(
          .error, .cycle, item: cycle[0],
          "There is a cycle of \(word): \(way); remove one of its links.")
      }
    }
    count(.cycle, subjects: linked.count, affected: affected.count)
  }

  /// Items that stand under nothing, or only under what is not there.
  mutating func checkOrphans() {
    let root = CatalogKey(catalog.identifier)
    var isPlaced = [Bool](repeating: false, count: keys.count)
    for link in links where link.type == .isChildOf {
      guard let child = link.from, link.to != nil || link.destination == root else { continue }
      isPlaced[child] = true
    }
    var affected = 0
    for item in keys.indices where !isPlaced[item] && numbers[keys[item]] == item {
      affected += 1
      report(
        .warning, .orphan, item: item,
        "\(name(item)) stands under no item and not under the document; add an isChildOf link.")
    }
    count(.orphan, subjects: keys.count, affected: affected)
  }

  /// The same type between the same ends twice; both ways for types without a direction.
  mutating func checkRepeatedLinks() {
    struct Key: Hashable {
      var type: AssociationType
      var origin: CatalogKey
      var destination: CatalogKey
    }
    var seen: [Key: Int] = [:]
    var affected = 0
    for link in links {
      guard let origin = link.origin, let destination = link.destination else { continue }
      let key = Key(type: link.type, origin: origin, destination: destination)
      if seen.updateValue(link.place, forKey: key) != nil {
        affected += 1
        report(
          .warning, .repeatedLink, link: link,
          "\(name(link)) says again that \(shown(link)); remove it.")
      } else if link.type.isSymmetric,
        seen[Key(type: link.type, origin: destination, destination: origin)] != nil
      {
        affected += 1
        report(
          .note, .repeatedLink, link: link,
          "\(name(link)) says the other way around that \(shown(link)), which reads both ways "
            + "already; remove one.")
      }
    }
    count(.repeatedLink, subjects: links.count, affected: affected)
  }

  private func shown(_ link: Link) -> String {
    let ends = [(link.from, link.origin), (link.to, link.destination)].map { item, key in
      item.map { name($0) } ?? key?.description ?? "nothing"
    }
    return "\(ends[0]) \(link.type) \(ends[1])"
  }

  /// Prerequisites whose lowest level is above the highest of what builds on them.
  mutating func checkGradeOrder() {
    let levels = catalog.items.map { item in
      item.educationLevels.map { CatalogOrder.level($0) }.filter { $0 < 1_000 }
    }
    var (compared, apart, against): (Int, Int, [Link]) = (0, 0, [])
    for link in links where link.isPrerequisite {
      guard let from = link.from, let to = link.to, let lowest = levels[from].min(),
        let highest = levels[to].max(), let above = levels[to].min(), let top = levels[from].max()
      else { continue }
      compared += 1
      if lowest > highest {
        against.append(link)
        let (first, second) = (
          catalog.items[from].educationLevels.joined(separator: ", "),
          catalog.items[to].educationLevels.joined(separator: ", ")
        )
        report(
          .warning, .gradeOrder, link: link,
          "\(name(from)) (level \(first)) comes before \(name(to)) (level \(second)); correct the "
            + "levels or turn the link around.")
      }
      if lowest > highest || top < above { apart += 1 }
    }
    if against.count >= 4, against.count * 2 > apart {
      report(
        .error, .gradeOrder,
        "Of \(apart) prerequisites between different school levels \(against.count) go from a higher "
          + "to a lower one; the links seem to be written the other way around.")
    }
    count(.gradeOrder, subjects: compared, affected: against.count)
  }
}
