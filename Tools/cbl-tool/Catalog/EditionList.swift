import Catalogs
import Domain
import Interop

/// What differs between two editions, for people and machines.
struct EditionList {
  private let comparison: EditionComparison
  private let items: CatalogItems

  init(_ comparison: EditionComparison, items: CatalogItems) {
    self.comparison = comparison
    self.items = items
  }

  /// Whether nothing differs.
  var isEqual: Bool {
    comparison.links.isEmpty && comparison.items.allSatisfy { $0.changes.isEmpty }
  }

  /// The class of a change, and what of it is worth saying.
  private func words(_ change: EditionComparison.Change) -> (name: String, detail: String) {
    func name(_ identifier: Identifier) -> String { items.label(identifier) }
    return switch change {
    case .textEdited(let edit): ("text edited", "\(edit)")
    case .recoded(let from, let to):
      ("recoded", "\(from ?? "no code") to \(to ?? "no code")".escapingControls())
    case .moved: ("moved", "")
    case .relevelled: ("relevelled", "")
    case .retyped: ("retyped", "")
    case .reordered: ("reordered", "")
    case .resequenced(let from, let to):
      ("resequenced", "\(from.map { "\($0)" } ?? "none") to \(to.map { "\($0)" } ?? "none")")
    case .added: ("added", "")
    case .removed: ("removed", "")
    case .replaced(let next): ("replaced", "by " + next.map(name).joined(separator: ", "))
    case .codeReused(let owner): ("code reused", "before it named \(owner)".escapingControls())
    case .presumedSame(let other): ("presumed same", "as \(other)".escapingControls())
    }
  }

  /// How many items are in each class.
  private var counts: [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for item in comparison.items {
      for name in Set(item.changes.map { words($0).name }).sorted() {
        if counts[name] == nil { order.append(name) }
        counts[name, default: 0] += 1
      }
    }
    let same = comparison.items.count { $0.changes.isEmpty }
    var list = [("unchanged", same)] + order.sorted().map { ($0, counts[$0] ?? 0) }
    for kind in Replacement.Kind.allCases {
      let count = comparison.replacements.count { $0.kind == kind }
      if count > 0 { list.append((EditionList.words(kind), count)) }
    }
    for kind in LinkChange.Kind.allCases {
      let count = comparison.links.count { $0.kind == kind }
      if count > 0 { list.append(("links \(kind.rawValue)", count)) }
    }
    return list
  }

  private static func words(_ kind: Replacement.Kind) -> String {
    switch kind {
    case .oneToOne: "replaced 1:1"
    case .split: "split 1:n"
    case .merge: "merged n:1"
    case .manyToMany: "replaced n:m"
    }
  }

  func printText(summary: Bool) throws {
    var output = OutputText()
    if !summary {
      for item in comparison.items where !item.changes.isEmpty {
        try output.line(items.line(item.identifier))
        for change in item.changes {
          let (name, detail) = words(change)
          try output.line("    \(name)\(detail.isEmpty ? "" : ": \(detail)")")
        }
      }
      for change in comparison.links {
        try output.line("link \(change.kind.rawValue): \(LinkText.line(change.link, items))")
      }
      for group in comparison.replacements where group.kind != .oneToOne {
        let sides = [group.old, group.new].map { side in
          side.map { items.label($0) }.joined(separator: ", ")
        }
        try output.line("\(EditionList.words(group.kind)): \(sides[0]) by \(sides[1])")
      }
    }
    for (name, count) in counts { try output.line("\(name): \(count)") }
    try output.flush()
  }

  func printJSON() throws {
    let changed = comparison.items.filter { !$0.changes.isEmpty }.map { item -> JSONValue in
      let changes = item.changes.map { change -> JSONValue in
        let (name, detail) = words(change)
        return ["class": .text(name), "detail": .text(detail)]
      }
      return ["item": items.json(item.identifier), "changes": .array(changes)]
    }
    let links = comparison.links.map { change -> JSONValue in
      ["change": .text(change.kind.rawValue), "link": LinkText.json(change.link)]
    }
    let groups = comparison.replacements.map { group -> JSONValue in
      [
        "kind": .text(group.kind.rawValue), "old": .array(group.old.map { .text($0.text) }),
        "new": .array(group.new.map { .text($0.text) }),
        "links": .array(group.chain.map { LinkText.json($0) }),
      ]
    }
    let whole: JSONValue = [
      "edition": .text(comparison.edition), "equal": .boolean(isEqual),
      "counts": .object(counts.map { (key: $0.name, value: .number($0.count)) }),
      "items": .array(changed), "links": .array(links), "replacements": .array(groups),
    ]
    try Console.print(whole.pretty + "\n")
  }
}
