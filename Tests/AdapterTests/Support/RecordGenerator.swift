/// Makes records from a fixed seed.
struct RecordGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  /// A number below a bound.
  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int((state >> 16) % UInt64(bound))
  }

  private static let pieces = [
    "a", "Zoë", "e\u{301}", "李娜", "👏🏽", "\"", "\"\"", ",", ";", "\n", "\r\n", "\r", "\t", " ",
    "\u{0}",
    "\u{1}", "\u{1F}", "\u{7F}", "\\", "/", "[", "]", "{", "=1", "007", "\u{2028}", "\u{FEFF}",
    "'", "null", "\u{202E}", "%", "x y",
  ]

  /// A text of any kind, sometimes blank.
  mutating func text() -> String {
    (0..<below(5)).map { _ in Self.pieces[below(Self.pieces.count)] }.joined()
  }

  /// A record of a kind; about half of its fields are absent.
  ///
  /// - Parameter fillsNumbers: Whether fields of numbers have numbers.
  mutating func row(_ kind: String, fillsNumbers: Bool = false) -> MemoryRow {
    var row = MemoryRow(kind, [:])
    for field in MemoryKinds.named(kind)?.fields ?? [] where below(2) == 0 {
      row[field.name] = fillsNumbers && field.type == 5 ? "\(below(2_000)).\(below(10))" : text()
    }
    return row
  }
}

extension MemoryRow {
  /// The fields as bytes, so that composed and decomposed letters differ.
  var bytes: [String: [UInt8]] { fields.mapValues { Array($0.utf8) } }
}
