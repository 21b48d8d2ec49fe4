internal import AdapterHost
internal import Domain
internal import Records

extension NumberStage {
  /// Tells of scores below the minimum of their line item: they are kept, as points that were taken
  /// off, unless the reading is strict. A score above the maximum is extra credit.
  func checkScores(
    _ batch: HostBatch, _ columns: NumberColumns, _ rejected: inout Set<Int>
  ) throws {
    guard minimums.hasAny,
      let items = unsafe columns.numbers(ScoreMinimums.lineItemField)
    else { return }
    for row in 0..<batch.count {
      let score = unsafe batch.text(ScoreMinimums.scoreField, of: row)
      guard score.count > 0, unsafe minimums.mayFallShort(score),
        let minimum = unsafe minimums.minimum(of: items[row]),
        let value = unsafe ExactDecimal(String(decoding: score, as: UTF8.self)), value < minimum
      else { continue }
      unsafe try note(
        isStrict ? .rejected : .warning, "record.score_below_minimum",
        "this score is below the minimum of its line item, \(minimum); correct the score or the "
          + "minimum", row, batch, value: score)
      if isStrict, rejected.insert(row).inserted {
        ledger.counts[batch.kind.number].rejected += 1
      }
    }
  }
}

/// The least scores that line items allow, where they name one.
struct ScoreMinimums {
  static let scoreField = RecordSchema.of(.result).field("score")?.index ?? 0
  static let lineItemField = RecordSchema.of(.result).field("lineItem")?.index ?? 0
  private static let minimumField = RecordSchema.of(.lineItem).field("minimum")?.index ?? 0

  /// Whether the line item of each number has 0 as its minimum, which is the usual one.
  private var isZero: [Bool] = []
  /// The other minimums.
  private var others: [UInt32: ExactDecimal] = [:]

  /// Whether any line item has one.
  private(set) var hasAny = false

  /// Notes the minimums of line items.
  mutating func take(_ batch: HostBatch, _ columns: NumberColumns) {
    guard let numbers = unsafe columns.numbers(0) else { return }
    for row in 0..<batch.count {
      let text = unsafe batch.text(Self.minimumField, of: row)
      let number = unsafe numbers[row]
      guard text.count > 0, number != .max,
        let minimum = unsafe ExactDecimal(String(decoding: text, as: UTF8.self))
      else { continue }
      hasAny = true
      if minimum == 0 {
        while isZero.count <= Int(number) { isZero.append(false) }
        isZero[Int(number)] = true
      } else {
        others[number] = minimum
      }
    }
  }

  /// Whether a score may be below a minimum, told from its first byte.
  func mayFallShort(_ score: UnsafeRawBufferPointer) -> Bool {
    unsafe !others.isEmpty || score[0] == UInt8(ascii: "-")
  }

  /// The minimum of a line item, or `nil`.
  func minimum(of number: UInt32) -> ExactDecimal? {
    if Int(number) < isZero.count, isZero[Int(number)] { return 0 }
    return others[number]
  }
}
