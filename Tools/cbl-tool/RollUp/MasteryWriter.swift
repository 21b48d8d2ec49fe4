import Domain
import Grading
import Interop

/// Writes results as lines: learner, target, outcome, level, number as shown, exact number, and how
/// many observations there were.
struct MasteryWriter {
  /// How fields are told apart.
  enum Style {
    /// With tabs, `\N` for nothing and no heading, as engines read and write.
    case lines
    /// CSV with a heading.
    case table
  }

  /// The heading of a table.
  static let heading = "learner,target,outcome,level,shown,number,observations\n"

  /// The name of the file that a path ends with.
  static func member(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? "mastery.csv"
    return name.hasSuffix(".zip") || name.hasSuffix(".gz") ? "mastery.csv" : name
  }

  private let output: OutputContainer
  private let style: Style
  private let withKeys: Bool
  private var bytes: [UInt8] = []
  /// How many lines were written.
  private(set) var rows = 0
  /// The sum of the keys' FNV-1a hashes, which does not depend on their order.
  private(set) var keys: UInt64 = 0

  init(_ output: OutputContainer, _ style: Style, withKeys: Bool) {
    self.output = output
    self.style = style
    self.withKeys = withKeys
    bytes.reserveCapacity(1 << 17)
    if style == .table { bytes += Self.heading.utf8 }
  }

  /// Writes the results of a roll-up: learners in their order, targets of a learner by their bytes.
  ///
  /// - Returns: How many observations there were.
  mutating func write(_ rollUp: RollUp) throws -> Int {
    var observations = 0
    for place in rollUp.placesByTarget() {
      write(
        rollUp.learner(at: place).identifier, rollUp.target(at: place).identifier, rollUp.verdicts,
        at: place)
      observations += rollUp.verdicts.observationCount(at: place)
      if bytes.count > 1 << 16 { try flush() }
    }
    return observations
  }

  private mutating func write(
    _ learner: Identifier, _ target: Identifier, _ verdicts: Verdicts, at place: Int
  ) {
    let start = bytes.count
    put(learner)
    separate()
    put(target)
    if withKeys { addKey(from: start) }
    separate()
    bytes += verdicts.outcome(at: place).rawValue.utf8
    separate()
    if let level = verdicts.level(at: place) { put(level) } else { putNothing() }
    separate()
    if !verdicts.appendShown(at: place, to: &bytes) { putNothing() }
    separate()
    if !verdicts.appendNumber(at: place, to: &bytes) { putNothing() }
    separate()
    Verdicts.append(UInt64(verdicts.observationCount(at: place)), to: &bytes)
    bytes.append(0x0A)
    rows += 1
  }

  /// Writes the control record of a partition.
  mutating func writeTrailer(lines: Int, observations: Int, policy: SHA256.Digest) {
    let hexadecimal = String(keys, radix: 16)
    let padded = String(repeating: "0", count: 16 - hexadecimal.utf8.count) + hexadecimal
    bytes += "#trailer\t\(lines)\t\(observations)\t\(rows)\t\(padded)\t\(policy)\t\\N\n".utf8
  }

  /// Hands what is gathered to the output.
  mutating func flush() throws {
    try output.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func separate() { bytes.append(style == .lines ? 0x09 : 0x2C) }

  private mutating func putNothing() {
    if style == .lines { bytes += [0x5C, 0x4E] }
  }

  private mutating func put(_ name: Identifier) {
    let start = bytes.count
    bytes += name.utf8
    guard style == .table, bytes[start...].contains(where: Self.wantsQuotes) else { return }
    bytes.removeLast(bytes.count - start)
    bytes.append(0x22)
    for byte in name.utf8 {
      bytes.append(byte)
      if byte == 0x22 { bytes.append(byte) }
    }
    bytes.append(0x22)
  }

  /// Whether a byte is a quote, a comma or a line break.
  @inline(__always)
  private static func wantsQuotes(_ byte: UInt8) -> Bool {
    byte == 0x22 || byte == 0x2C || byte == 0x0A || byte == 0x0D
  }

  /// Adds the hash of learner, tab and target as they stand in the line.
  private mutating func addKey(from start: Int) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes[start...] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    keys &+= hash
  }
}
