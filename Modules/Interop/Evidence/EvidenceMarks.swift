internal import AdapterHost
internal import Domain
internal import Records
internal import Scanning

/// What rows come to, worked out once for each combination of texts as long as it is remembered.
struct EvidenceMarks: ~Copyable {
  /// What a row comes to.
  enum Verdict {
    case mark(EvidenceMark)
    /// A kind that has a type of its own, with its word.
    case other(String)
    case fault(EvidenceFault)

    init(_ fields: EvidenceFields, _ reading: EvidenceReading) {
      guard fields.isAcademic else {
        self = .other(fields.kind ?? "")
        return
      }
      do throws(EvidenceFault) { self = .mark(try fields.mark(reading)) } catch {
        self = .fault(error)
      }
    }
  }

  /// How many combinations are remembered.
  private static let most = 1 << 16

  private var keys = Interner()
  private var verdicts: [Verdict] = []
  private var key: [UInt8] = []
  private let places: [[Int]]

  init() {
    places =
      [[]] + RecordKind.all.map { kind in EvidenceFields.markFields(of: kind) }
  }

  /// What a row comes to.
  ///
  /// - Parameters:
  ///   - common: A number that stands for what is not in the row.
  ///   - fields: Reads the row, when its texts were not there before.
  mutating func verdict(
    _ row: Int, of batch: HostBatch, common: UInt32, _ reading: EvidenceReading,
    _ fields: () -> EvidenceFields
  ) -> Verdict {
    key.removeAll(keepingCapacity: true)
    append(UInt32(batch.kind.number))
    append(common)
    for place in places[batch.kind.number] {
      let text = unsafe batch.text(place, of: row)
      append(UInt32(truncatingIfNeeded: text.count))
      unsafe key.append(contentsOf: text)
    }
    if verdicts.count >= Self.most {
      keys = Interner()
      verdicts.removeAll(keepingCapacity: true)
    }
    let (number, isNew) = unsafe key.withUnsafeBytes { bytes in unsafe keys.insert(bytes) }
    if isNew { verdicts.append(Verdict(fields(), reading)) }
    return verdicts[Int(number)]
  }

  private mutating func append(_ number: UInt32) {
    key.append(UInt8(truncatingIfNeeded: number))
    key.append(UInt8(truncatingIfNeeded: number >> 8))
    key.append(UInt8(truncatingIfNeeded: number >> 16))
    key.append(UInt8(truncatingIfNeeded: number >> 24))
  }
}
