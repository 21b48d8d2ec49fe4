internal import AdapterHost

// Input that means harm.
extension CallChecks {
  static let hostile: [String: Check] = [
    "truncation": truncation, "bit-flips": bitFlips, "giant-fields": giantFields,
    "nesting": nesting, "encodings": encodings,
  ]

  private static let flips = 2000
  private static let giantBytes = 1 << 20
  private static let depth = 200_000
  /// Bytes that one rule reads of one sample, so that large samples take no longer than small ones.
  private static let mostBytes = 12 << 20
  /// Inputs of a megabyte or more that one rule reads of one format.
  private static let mostLarge = 48

  /// Reads spoilt input; a fall ends the process, the rest is looked at here.
  private static func survive(
    _ bench: Workbench, _ members: [SampleMember], _ format: LoadedFormat, _ step: String,
    _ aspects: TrialAspect...
  ) {
    guard !bench.findings.isFull else { return }
    var setup = TrialSetup()
    setup.keepsRows = false
    setup.checksValues = aspects.contains(.text)
    bench.findings.at(step)
    let call = bench.read(members, format, setup)
    for fault in call.faults where fault.aspect == .batch || aspects.contains(fault.aspect) {
      bench.findings.fail("\(step): \(fault.text)")
    }
    if !(0...7).contains(call.status) {
      bench.findings.fail("\(step): ends with \(TrialCall.name(call.status))")
    }
  }

  private static func truncation(_ bench: Workbench) throws {
    for (sample, format) in try bench.inputs() {
      for (index, member) in sample.members.enumerated() {
        let all = max(64, mostBytes / max(1, sample.byteCount))
        let most = bench.level == .strict ? all : 64
        for count in Damage.spread(member.bytes.count, most: most) {
          survive(
            bench, sample.replacing(index, Array(member.bytes.prefix(count))), format,
            "\(sample.name), \(member.name) cut after \(count) bytes")
        }
      }
    }
  }

  private static func bitFlips(_ bench: Workbench) throws {
    let inputs = try bench.inputs()
    for format in bench.readable {
      let own = inputs.filter { $0.format.index == format.index }.map(\.sample)
      guard !own.isEmpty else { continue }
      var random = RandomSource(seed: 2)
      var bytes = 0
      for number in 0..<flips where bytes < mostBytes {
        let sample = own[random.below(own.count)]
        bytes += sample.byteCount
        let member = random.below(sample.members.count)
        let changed = Damage.random(sample.members[member].bytes, &random)
        survive(
          bench, sample.replacing(member, changed), format, "\(sample.name), bit flips \(number)")
      }
    }
  }

  /// A piece that is put into a member of a sample.
  private struct Insertion {
    var sample: Sample
    var format: LoadedFormat
    var member: Int
    /// Where it is put; `nil` when it stands instead of the member.
    var place: Int?
    var piece: [UInt8]
    var name: String

    var members: [SampleMember] {
      guard let place else { return sample.replacing(member, piece) }
      var bytes = sample.members[member].bytes
      bytes.insert(contentsOf: piece, at: place)
      return sample.replacing(member, bytes)
    }

    var step: String {
      let member = sample.members[member].name
      return place.map { "\(sample.name), \(name) at byte \($0) of \(member)" }
        ?? "\(sample.name), \(name) instead of \(member)"
    }
  }

  /// Reads inputs with large pieces in them: of each format so many, spread over all.
  private static func survive(_ bench: Workbench, _ insertions: [Insertion]) {
    for format in bench.readable {
      let own = insertions.filter { $0.format.index == format.index }
      for index in Damage.spread(own.count, most: mostLarge) {
        survive(bench, own[index].members, format, own[index].step)
      }
    }
  }

  private static func giantFields(_ bench: Workbench) throws {
    let fillings: [(name: String, piece: [UInt8])] = [
      ("letters", 0x61), ("digits", 0x37), ("quotes", 0x22), ("commas", 0x2C), ("tabs", 0x09),
      ("spaces", 0x20),
    ].map { ($0, Array(repeating: $1, count: giantBytes)) }
    var insertions: [Insertion] = []
    for (sample, format) in try bench.inputs() {
      for (index, member) in sample.members.enumerated() {
        for place in Damage.spread(member.bytes.count, most: 5) {
          for (name, piece) in fillings {
            insertions.append(
              Insertion(
                sample: sample, format: format, member: index, place: place, piece: piece,
                name: "a megabyte of \(name)"))
          }
        }
      }
    }
    survive(bench, insertions)
  }

  private static func nesting(_ bench: Workbench) throws {
    let openings = ["[", "{\"a\":", "<a>", "(", "\"{"].map { opening in
      (opening, Array(repeatElement(Array(opening.utf8), count: depth).joined()))
    }
    var insertions: [Insertion] = []
    for (sample, format) in try bench.inputs() {
      for (index, member) in sample.members.enumerated() {
        let starts = member.bytes.indices.filter { index in
          [0x5B, 0x7B, 0x3C, 0x3A, 0x3E].contains(member.bytes[index])
        }
        let inside = Damage.spread(starts.count, most: 3).map { starts[$0] + 1 }
        for place in [nil, 0, member.bytes.count] + inside.map(Optional.init) {
          for (opening, piece) in openings {
            insertions.append(
              Insertion(
                sample: sample, format: format, member: index, place: place, piece: piece,
                name: "\(depth) times \(opening)"))
          }
        }
      }
    }
    survive(bench, insertions)
  }

  private static func encodings(_ bench: Workbench) throws {
    for (sample, format) in try bench.inputs() {
      for (index, member) in sample.members.enumerated() {
        for (name, bytes) in miscoded(member.bytes) {
          survive(
            bench, sample.replacing(index, bytes), format,
            "\(sample.name), \(member.name) as \(name)", .text)
        }
      }
    }
  }

  /// The bytes in encodings and with marks that nobody expects.
  private static func miscoded(_ bytes: [UInt8]) -> [(String, [UInt8])] {
    let text = String(decoding: bytes, as: UTF8.self)
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in text.utf16 {
      let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8))
      little += [low, high]
      big += [high, low]
    }
    var variants: [(String, [UInt8])] = [
      ("UTF-16LE", little), ("UTF-16BE", big),
      ("UTF-16LE without mark", Array(little.dropFirst(2))),
      ("UTF-8 with mark", [0xEF, 0xBB, 0xBF] + bytes),
      ("lines that end with CR", bytes.map { $0 == 0x0A ? 0x0D : $0 }),
      ("NUL bytes", bytes.map { $0 == 0x20 ? 0 : $0 }),
    ]
    // A letter in three of Latin-1, a lone continuation, a cut sequence, a surrogate, overlong.
    let wrong: [(String, [UInt8])] = [
      ("Latin-1", [0xE9]), ("a lone continuation byte", [0x80]), ("a cut sequence", [0xE2, 0x82]),
      ("a surrogate", [0xED, 0xA0, 0x80]), ("an overlong slash", [0xC0, 0xAF]),
    ]
    for (name, replacement) in wrong {
      var letters = 0
      var changed: [UInt8] = []
      for byte in bytes {
        let isLetter = (0x61...0x7A).contains(byte)
        if isLetter { letters += 1 }
        if isLetter, letters % 3 == 0 { changed += replacement } else { changed.append(byte) }
      }
      variants.append((name, changed))
      // Whatever marks the format has stay whole when only the last letter is wrong.
      if let last = bytes.lastIndex(where: { (0x61...0x7A).contains($0) }) {
        var one = bytes
        one.replaceSubrange(last...last, with: replacement)
        variants.append(("\(name) once", one))
      }
    }
    return variants
  }
}
