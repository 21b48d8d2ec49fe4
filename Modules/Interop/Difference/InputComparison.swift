internal import AdapterHost
internal import Records

/// Compares two inputs record by record, whatever their formats.
///
/// Records are matched by their identifiers; those of kinds where some have none, by what they
/// refer to. All records are compared; rows wait in temporary files, so memory stays bounded.
public final class InputComparison {
  /// The most rows that are held in memory at a time.
  private static let heldRows = 200_000

  private let catalog: AdapterCatalog
  private let first: ConversionOptions
  private let second: ConversionOptions
  private let isExact: Bool
  private var onDifference: (RecordDifference) throws -> Void = { _ in }

  /// A comparison with the adapters of a catalog.
  ///
  /// - Parameters:
  ///   - catalog: The adapters.
  ///   - first: How the first input is read.
  ///   - second: How the second input is read.
  ///   - isExact: Whether blank differs from absent, and `4.0` from `4`.
  public init(
    catalog: AdapterCatalog, first: ConversionOptions, second: ConversionOptions, isExact: Bool
  ) {
    self.catalog = catalog
    self.first = first
    self.second = second
    self.isExact = isExact
  }

  /// Gives each difference to a closure: kind by kind, in an order that depends only on the inputs.
  public func onDifference(_ body: @escaping (RecordDifference) throws -> Void) {
    onDifference = body
  }

  /// Compares.
  ///
  /// - Parameters:
  ///   - one: The first input; `-` is standard input.
  ///   - other: The second input.
  /// - Returns: The counts.
  /// - Throws: ``InteropError`` or `AdapterHostError` when an input cannot be read to its end.
  public func run(_ one: String, _ other: String) throws -> DifferenceSummary {
    let left = try read(one, first)
    let right = try read(other, second)
    var summary = DifferenceSummary(first: left.report, second: right.report)
    for kind in RecordKind.all where !kind.isSourceLayer {
      let rows = [left.rows(of: kind), right.rows(of: kind)]
      guard rows.contains(where: { $0 > 0 }) else { continue }
      let fields = left.readFields(of: kind) & right.readFields(of: kind)
      guard fields != 0 else {
        summary.kindsLeftOut.append(kind)
        continue
      }
      summary.kinds.append(try compare(kind, left, right, fields: fields))
    }
    return summary
  }

  /// An input that was read.
  private struct Side {
    let report: ConversionReport
    let stage: SpoolStage
    let format: LoadedFormat

    func rows(of kind: RecordKind) -> Int { stage.store.rowCount(of: kind.number - 1) }

    func readFields(of kind: RecordKind) -> UInt64 { format.capabilities[kind]?.reads ?? 0 }
  }

  private func read(_ path: String, _ options: ConversionOptions) throws -> Side {
    let conversion = Conversion(catalog: catalog, options: options)
    var made: SpoolStage?
    let report = try conversion.scan([path], withSourceLayer: false, onReport: nil) { ledger in
      let stage = SpoolStage(ledger: ledger)
      made = stage
      return stage
    }
    guard let made, let name = report.inputs.first?.format else {
      throw InteropError(.badInput, "nothing was read", place: path)
    }
    return Side(report: report, stage: made, format: try catalog.format(named: name).format)
  }

  private func compare(
    _ kind: RecordKind, _ left: Side, _ right: Side, fields: UInt64
  ) throws -> KindDifference {
    let schema = RecordSchema.of(kind)
    let lacksIDs = left.stage.lacksID[kind.number] || right.stage.lacksID[kind.number]
    let either = left.readFields(of: kind) | right.readFields(of: kind)
    var difference = KindDifference(kind: kind)
    difference.isMatchedByReferences = lacksIDs
    difference.fieldsLeftOut = schema.fields.filter { field in
      let bit: UInt64 = 1 << UInt64(field.index)
      return either & bit != 0 && fields & bit == 0
    }.map(\.name)
    let comparison = KindComparison(
      schema: schema, fields: lacksIDs ? fields & ~1 : fields, isMatchedByReferences: lacksIDs,
      isExact: isExact)
    let rows = max(left.rows(of: kind), right.rows(of: kind))
    let parts = rows / Self.heldRows + 1
    for part in 0..<parts {
      try comparison.run(
        left.stage.store, right.stage.store, part: part, of: parts,
        counts: &difference, onDifference)
    }
    return difference
  }
}

/// The last step of a comparison: keeps all rows, kind by kind.
final class SpoolStage: RecordStage {
  /// Bytes that are kept in memory.
  private static let threshold = 16 << 20

  private let ledger: ConversionLedger
  let store = RowStore(kinds: RecordKind.all, threshold: SpoolStage.threshold)
  private(set) var lacksID = [Bool](repeating: false, count: RecordKind.limit)

  init(ledger: ConversionLedger) {
    self.ledger = ledger
  }

  func put(_ batch: StageBatch) throws {
    guard !batch.kind.isSourceLayer else { return }
    let number = batch.kind.number
    ledger.counts[number].written += batch.count
    for row in 0..<batch.count {
      if unsafe batch.rows.text(0, of: row).count == 0 { lacksID[number] = true }
      try store.append(row, of: batch.rows, to: number - 1)
    }
  }

  func finish() throws {}
}
