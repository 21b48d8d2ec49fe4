internal import AdapterHost
internal import Records

/// Results and targets for which a score of its own speaks, which stands in place of the result's.
///
/// A score of a single target that does not say whose it is, as in OneRoster, only repeats a result
/// on a scale that the file does not name; it is not read.
struct SingleScores: ~Copyable {
  private var results = Interner()
  private var targets = Interner()
  private var pairs: Set<UInt64> = []

  /// Whether there is none.
  var isEmpty: Bool { pairs.isEmpty }

  /// Takes the rows of a batch of scores of single targets.
  mutating func take(_ batch: HostBatch) {
    let places = Places.of(.targetResult)
    for row in 0..<batch.count {
      let (result, target) = unsafe (
        batch.text(places.result, of: row), batch.text(places.target, of: row)
      )
      guard result.count > 0, target.count > 0,
        unsafe batch.text(places.person, of: row).count > 0,
        unsafe !batch.text(places.status, of: row).elementsEqual("tobedeleted".utf8)
      else { continue }
      let first = unsafe UInt64(results.insert(result).number)
      pairs.insert(unsafe first << 32 | UInt64(targets.insert(target).number))
    }
  }

  /// Whether a score of its own speaks for a result and a target.
  func contains(_ result: UnsafeRawBufferPointer, _ target: UnsafeRawBufferPointer) -> Bool {
    guard !pairs.isEmpty, let first = unsafe results.number(of: result),
      let second = unsafe targets.number(of: target)
    else { return false }
    return pairs.contains(UInt64(first) << 32 | UInt64(second))
  }
}

/// Collects the scores of single targets, before anything else is read.
final class SingleScoreStage: RecordStage {
  private(set) var scores = SingleScores()

  func put(_ batch: StageBatch) throws {
    if batch.kind == .targetResult { scores.take(batch.rows) }
  }

  func finish() throws {}

  /// Hands over what was collected.
  func taken() -> SingleScores {
    var empty = SingleScores()
    swap(&empty, &scores)
    return empty
  }
}

/// The places of the fields of a kind that more than one step looks at.
struct Places {
  let id: Int
  let status: Int
  let person: Int
  let target: Int
  let result: Int
  let lineItem: Int
  let submitted: Int
  let modified: Int

  private init(_ kind: RecordKind) {
    let schema = RecordSchema.of(kind)
    func place(_ name: String) -> Int { schema.field(name)?.index ?? 0 }
    id = place("id")
    status = place("status")
    person = place("person")
    target = place("target")
    result = place("result")
    lineItem = place("lineItem")
    submitted = place("submitted")
    modified = place("modified")
  }

  private static let all: [Places] =
    [Places(RecordKind.all[0])] + RecordKind.all.map { Places($0) }

  static func of(_ kind: RecordKind) -> Places { all[kind.number] }
}
