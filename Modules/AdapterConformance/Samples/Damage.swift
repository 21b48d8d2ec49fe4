/// Ways to spoil an input.
enum Damage {
  /// Flips bits, and cuts, moves or repeats a piece.
  static func random(_ bytes: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    guard !bytes.isEmpty else { return [UInt8(random.below(256))] }
    var changed = bytes
    for _ in 0...random.below(4) {
      switch random.below(6) {
      case 0, 1, 2: changed[random.below(changed.count)] ^= 1 << UInt8(random.below(8))
      case 3: changed[random.below(changed.count)] = UInt8(random.below(256))
      case 4:
        let start = random.below(changed.count)
        changed.removeSubrange(start..<min(changed.count, start + 1 + random.below(16)))
      default:
        let start = random.below(changed.count)
        let piece = changed[start..<min(changed.count, start + 1 + random.below(16))]
        changed.insert(contentsOf: Array(piece), at: random.below(changed.count))
      }
      if changed.isEmpty { return changed }
    }
    return changed
  }

  /// The places of the lines of an input, without their ends.
  static func lines(of bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      let end = index > start && bytes[index - 1] == 0x0D ? index - 1 : index
      lines.append(start..<end)
      start = index + 1
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    return lines
  }

  /// At most so many of the numbers below a count, evenly spread.
  static func spread(_ count: Int, most: Int) -> [Int] {
    guard count > most else { return Array(0..<max(0, count)) }
    return (0..<most).map { $0 * count / most }
  }

  /// The sample with the data lines of its longest member repeated, or `nil` when the member is no
  /// run of lines.
  static func enlarged(_ sample: Sample, to byteCount: Int) -> [SampleMember]? {
    guard
      let longest = sample.members.indices.max(by: {
        sample.members[$0].bytes.count < sample.members[$1].bytes.count
      })
    else { return nil }
    let bytes = sample.members[longest].bytes
    let lines = lines(of: bytes)
    guard lines.count >= 2, let last = lines.last else { return nil }
    // The end of the file may lack its line end.
    var body = Array(bytes[lines[lines.count / 2].lowerBound..<last.upperBound])
    let lineEnd: [UInt8] = bytes[lines[0].upperBound] == 0x0D ? [0x0D, 0x0A] : [0x0A]
    body += lineEnd
    var large = bytes
    if bytes.last != 0x0A { large += lineEnd }
    large.reserveCapacity(byteCount + body.count)
    while large.count < byteCount { large += body }
    return sample.replacing(longest, large)
  }
}
