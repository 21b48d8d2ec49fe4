/// The order of items where nothing else decides: sequence number, school level, code.
struct CatalogOrder: Comparable {
  /// The sequence number, the highest where there is none.
  var sequence: Int64
  private let level: Int
  private let code: NaturalText

  init(_ item: CatalogItem, sequence: Int64?) {
    self.init(
      levels: item.educationLevels, code: item.code ?? item.listEnumeration ?? "",
      sequence: sequence)
  }

  init(levels: [String], code: String, sequence: Int64?) {
    self.sequence = sequence ?? .max
    level = levels.map { CatalogOrder.level($0) }.min() ?? .max
    self.code = NaturalText(code)
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
  /// The text so that it compares by its bytes: a run of digits as 1, its length, and the digits
  /// without leading zeros; other runs as 2, the text in lower case, and 0.
  private let key: String

  init(_ text: String) {
    var key: [UInt8] = []
    key.reserveCapacity(text.utf8.count + 8)
    var run: [UInt8] = []
    var isDigits = false
    func close() {
      guard !run.isEmpty else { return }
      if isDigits {
        let plain = run.drop { $0 == UInt8(ascii: "0") }
        // Longer numbers than that are compared by their first digits.
        key += [1, UInt8(min(plain.count, 126)) + 1] + plain
      } else {
        key += [2] + run + [0]
      }
      run.removeAll(keepingCapacity: true)
    }
    for byte in text.lowercased().utf8 {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if isDigit != isDigits {
        close()
        isDigits = isDigit
      }
      run.append(byte)
    }
    close()
    self.key = String(decoding: key, as: UTF8.self)
  }

  static func < (left: NaturalText, right: NaturalText) -> Bool {
    left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
  }

  static func == (left: NaturalText, right: NaturalText) -> Bool {
    left.key.utf8.elementsEqual(right.key.utf8)
  }
}
