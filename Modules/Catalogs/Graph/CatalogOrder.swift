/// The order of items where nothing else decides: sequence number, school level, code.
struct CatalogOrder: Comparable {
  private let sequence: Int64
  private let level: Int
  private let code: NaturalText

  init(_ item: CatalogItem, sequence: Int64?) {
    self.sequence = sequence ?? .max
    level = item.educationLevels.map { CatalogOrder.level($0) }.min() ?? .max
    code = NaturalText(item.code ?? item.listEnumeration ?? "")
  }

  static func == (left: CatalogOrder, right: CatalogOrder) -> Bool {
    left.sequence == right.sequence && left.level == right.level && left.code == right.code
  }

  static func < (left: CatalogOrder, right: CatalogOrder) -> Bool {
    (left.sequence, left.level, left.code) < (right.sequence, right.level, right.code)
  }

  /// The place of a school level among the CEDS codes, after them for other words.
  static func level(_ text: String) -> Int {
    if let grade = Int(text) { return grade }
    let early = ["IT": -4, "PR": -3, "PK": -2, "TK": -1, "KG": 0, "K": 0]
    return early[text.uppercased()] ?? 1_000
  }
}

/// A text that compares runs of digits as numbers: `2` before `10`.
struct NaturalText: Comparable {
  private enum Part: Comparable {
    /// A run of digits without leading zeros, compared by length first.
    case digits(count: Int, text: String)
    case text(String)
  }

  private var parts: [Part] = []

  init(_ text: String) {
    var rest = text[...]
    while let first = rest.first {
      let isDigit = NaturalText.isDigit(first)
      let run = rest.prefix { NaturalText.isDigit($0) == isDigit }
      rest = rest[run.endIndex...]
      if isDigit {
        let plain = run.drop { $0 == "0" }
        parts.append(.digits(count: plain.count, text: String(plain)))
      } else {
        parts.append(.text(run.lowercased()))
      }
    }
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  static func < (left: NaturalText, right: NaturalText) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}
