internal import AdapterHost
internal import Records

/// Where in the rows of results, and of what stands beside them, the fields of scores are.
struct ResultPlaces {
  let id = Places.of(.result).id
  let status = Places.of(.result).status
  let person = Places.of(.result).person
  let lineItem = Places.of(.result).lineItem
  let submitted = Places.of(.result).submitted
  let scoreDate = Self.place("scoreDate", .result)
  let targetDate = Self.place("date", .targetResult)
  let occurred = Self.place("occurred", .evidence)
  let evidenceState = Self.place("state", .evidence)
  private let score = Self.place("score", .result)
  private let state = Self.place("state", .result)
  private let missing = Self.place("missing", .result)
  /// Fields without which a score and its work say all; nobody asks for raters.
  private let others = ["textScore", "maximum", "scale", "scoreKind", "attempt", "rater"].map {
    Self.place($0, .result)
  }

  private static func place(_ name: String, _ kind: RecordKind) -> Int {
    RecordSchema.of(kind).field(name)?.index ?? 0
  }

  /// A short score of graded work and its work as one word; `nil` for what needs a longer look.
  @inline(__always)
  func key(of row: Int, in batch: HostBatch, _ work: UInt32) -> UInt64? {
    let text = unsafe batch.text(score, of: row)
    guard text.count > 0, text.count <= 5, work < 1 << 20, isGraded(row, batch) else { return nil }
    for place in others where unsafe batch.text(place, of: row).count > 0 { return nil }
    var key: UInt64 = 0
    for place in 0..<text.count { key = key << 8 | UInt64(unsafe text[place]) }
    return key << 23 | UInt64(text.count) << 20 | UInt64(work)
  }

  @inline(__always)
  private func isGraded(_ row: Int, _ batch: HostBatch) -> Bool {
    let (state, missing) = unsafe (batch.text(state, of: row), batch.text(missing, of: row))
    guard unsafe missing.count == 0 || missing.elementsEqual("false".utf8) else { return false }
    return unsafe state.count == 0 || state.elementsEqual("graded".utf8)
      || state.elementsEqual("fullyGraded".utf8)
  }
}

/// The numbers of short scores that came lately, so that most need not be read again.
struct RecentScores {
  private var keys = [UInt64](repeating: .max, count: 4_096)
  private var numbers = [UInt32](repeating: 0, count: 4_096)

  private static func place(_ key: UInt64) -> Int {
    Int((key &* 0x9E37_79B9_7F4A_7C15) >> 52)
  }

  subscript(key: UInt64) -> UInt32? {
    let place = Self.place(key)
    return keys[place] == key ? numbers[place] : nil
  }

  mutating func enter(_ key: UInt64, _ number: UInt32) {
    let place = Self.place(key)
    keys[place] = key
    numbers[place] = number
  }
}
