internal import AdapterKit

/// The levels of a scale, as one cell has them: `{A:90},{B:80-89}`.
struct ScaleLevels {
  /// One level; texts that the cell does not give are `nil`.
  struct Level {
    var label: [UInt8]
    var value: [UInt8]?
    var low: [UInt8]?
    var high: [UInt8]?
    var description: [UInt8]?
    /// Place from the lowest, from 0.
    var position = 0
  }

  /// In the order of the cell.
  var levels: [Level] = []

  /// Levels without any.
  init() {}

  /// The levels of a cell, or `nil` when it is no list of pairs.
  init?(_ text: Text) {
    var elements: [[UInt8]] = []
    guard Braces.parse(text, into: &elements) else { return nil }
    for element in elements {
      guard let mark = element.lastIndex(of: UInt8(ascii: ":")), mark > 0,
        mark + 1 < element.count
      else { return nil }
      levels.append(Self.level(Array(element[..<mark]), Array(element[(mark + 1)...])))
    }
    setPositions()
  }

  /// The level of a pair, whichever side has its name.
  private static func level(_ left: [UInt8], _ right: [UInt8]) -> Level {
    if isNumber(right) { return Level(label: left, value: right) }
    if let (low, high) = range(right) { return Level(label: left, low: low, high: high) }
    if isNumber(left) { return Level(label: right, value: left) }
    if let (low, high) = range(left) { return Level(label: right, low: low, high: high) }
    return Level(label: left, description: right)
  }

  private static func isNumber(_ bytes: [UInt8]) -> Bool {
    Text.lend(bytes) { Shape.isNumber($0) }
  }

  /// The two numbers of `60-69`.
  private static func range(_ bytes: [UInt8]) -> ([UInt8], [UInt8])? {
    for mark in bytes.indices.dropFirst() where bytes[mark] == UInt8(ascii: "-") {
      let low = Array(bytes[..<mark])
      let high = Array(bytes[(mark + 1)...])
      if isNumber(low), isNumber(high) { return (low, high) }
    }
    return nil
  }

  /// Counts from the lowest by value; without values, the cell begins with the highest.
  private mutating func setPositions() {
    let values = levels.map { level in Self.number(level.value ?? level.low) }
    let order = levels.indices.sorted { one, two in
      guard let left = values[one], let right = values[two], left != right else {
        return one > two
      }
      return left < right
    }
    let isOrdered = values.allSatisfy { $0 != nil }
    for (position, index) in (isOrdered ? order : levels.indices.reversed()).enumerated() {
      levels[index].position = position
    }
  }

  static func number(_ bytes: [UInt8]?) -> Double? {
    bytes.flatMap { Double(String(decoding: $0, as: UTF8.self)) }
  }

  /// The cell as a writer writes it: highest level first, the name before the value.
  var rendered: [UInt8] {
    var bytes: [UInt8] = []
    for level in levels.sorted(by: { $0.position > $1.position }) {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
      let label = level.label.isEmpty ? Array("level \(level.position)".utf8) : level.label
      let pair = Self.withoutBraces(label) + [UInt8(ascii: ":")] + Self.meaning(of: level)
      bytes += [UInt8(ascii: "{")] + pair + [UInt8(ascii: "}")]
    }
    return bytes
  }

  /// The right side of a level's pair.
  private static func meaning(of level: Level) -> [UInt8] {
    if let value = level.value { return value }
    if let low = level.low, let high = level.high { return low + [UInt8(ascii: "-")] + high }
    if let bound = level.low ?? level.high { return bound }
    // A number beside words would be taken for the value, and a mark in them for the middle.
    let isPlain = !isNumber(level.label) && range(level.label) == nil
    if isPlain, let text = level.description, !text.isEmpty, !text.contains(UInt8(ascii: ":")) {
      return withoutBraces(text)
    }
    return Array("\(level.position)".utf8)
  }

  private static func withoutBraces(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { byte in
      switch byte {
      case UInt8(ascii: "{"): UInt8(ascii: "(")
      case UInt8(ascii: "}"): UInt8(ascii: ")")
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): UInt8(ascii: " ")
      default: byte
      }
    }
  }

  /// How many of the levels come back otherwise when the cell is read again, by field.
  var reductions: [(field: String, count: Int)] {
    let again = Text.lend(rendered) { ScaleLevels($0) } ?? ScaleLevels()
    let sorted = levels.sorted { $0.position > $1.position }
    let pairs = Array(zip(sorted, again.levels))
    let lost = sorted.count - pairs.count
    return [
      ("label", pairs.count { $0.label != $1.label } + lost),
      ("value", pairs.count { $0.value != $1.value } + lost),
      ("low", pairs.count { $0.low != $1.low } + lost),
      ("high", pairs.count { $0.high != $1.high } + lost),
      ("description", pairs.count { $0.description != $1.description } + lost),
      ("position", pairs.count { $0.position != $1.position } + lost),
    ].filter { $0.count > 0 }
  }
}
