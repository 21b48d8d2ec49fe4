import AdapterHost
import Domain
import Foundation
import Interop
import Records
import Testing

/// Random data sets through every format that can be written, and back.
///
/// `CBL_PAIRS` sets how many data sets there are over all formats, `CBL_PAIR_SEED` the first seed,
/// `CBL_PAIR_FORMATS` the only formats, with commas, `CBL_PAIR_KEEP` a folder that keeps what was
/// read and written.
@Suite("Random data sets")
struct PairTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let total = environment["CBL_PAIRS"].flatMap(Int.init) ?? 1_000
  private static let firstSeed = environment["CBL_PAIR_SEED"].flatMap(UInt64.init) ?? 1

  static let formats: [String] = Pairs.catalog.formats
    .filter { $0.format.writes && $0.format.reads }
    .map(\.format.identifier)

  private static let asked: [String] = {
    let only = environment["CBL_PAIR_FORMATS"]?.split(separator: ",").map(String.init)
    return formats.filter { only?.contains($0) ?? true }
  }()

  @Test("keep what the certificate does not name", arguments: asked)
  func keeps(format: String) throws {
    try check(format)
  }

  private func check(_ format: String) throws {
    let handle = try Pairs.catalog.format(named: format)
    let folder = try PairFolder()
    var failures: [String: (count: Int, example: String)] = [:]
    let count = max(1, Self.total / Self.formats.count)
    for seed in Self.firstSeed..<(Self.firstSeed + UInt64(count)) {
      var generator = PairGenerator(seed: seed)
      let records = generator.make()
      for failure in try Self.failures(of: records, handle, seed, in: folder) {
        failures[failure.what, default: (0, "seed \(seed): \(failure.example)")].count += 1
      }
    }
    let table = failures.sorted { $0.value.count > $1.value.count }
      .map { "\(format) | \($0.value.count) of \(count) | \($0.key) | \($0.value.example)" }
    #expect(table.isEmpty, "\n\(table.joined(separator: "\n"))\n")
  }

  private struct Failure {
    var what: String
    var example: String
  }

  private static func failures(
    of records: PairRecords, _ handle: FormatHandle, _ seed: UInt64, in folder: PairFolder
  ) throws -> [Failure] {
    let format = handle.format.identifier
    let input: String
    if seed % 4 == 0 {
      for (name, text) in records.tables { try folder.put(text, "\(seed)/\(name)") }
      input = folder["\(seed)"]
    } else {
      try folder.put(records.lines, "\(seed).ndjson")
      input = folder["\(seed).ndjson"]
    }
    let output = folder["out-\(seed)" + (handle.format.givesSeveralMembers ? "/" : "")]
    defer {
      if let keep = environment["CBL_PAIR_KEEP"] {
        let copy = "\(keep)/\(format)-\(seed)"
        try? FileManager.default.copyItem(atPath: input, toPath: copy + ".in")
        try? FileManager.default.copyItem(atPath: output, toPath: copy + ".out")
      }
      try? FileManager.default.removeItem(atPath: input)
      try? FileManager.default.removeItem(atPath: output)
    }
    let report: ConversionReport
    do {
      report = try Pairs.convert([input], to: format, at: output)
    } catch {
      return [Failure(what: "conversion threw", example: "\(error)")]
    }
    var failures: [Failure] = []
    for rows in report.rows where !rows.isBalanced {
      failures.append(Failure(what: "accounts of \(rows.kind)", example: "\(rows)"))
    }
    for rows in report.rows where rows.rejected + rows.skipped + rows.dropped > 0 {
      failures.append(
        Failure(what: "rejected \(rows.kind)", example: "\(report.problems.map(\.code))"))
    }
    let (back, codes) = try PairRecords.read(Pairs.members(of: output), as: handle)
    if let code = codes.first {
      failures.append(Failure(what: "own output refused", example: code))
    }
    let excuses = Excuses(report.certificate)
    for kind in RecordKind.all where !kind.isSourceLayer {
      let comparison = PairComparison(kind: kind, excused: excuses.fields[kind] ?? [])
      let missing = comparison.missing(records[kind], in: back[kind])
      if missing.count > excuses.whole[kind] ?? 0, let first = missing.first {
        failures.append(
          Failure(
            what: "\(kind): \(comparison.difference(first, back[kind]).what)",
            example: "\(missing.count) missing, \(excuses.whole[kind] ?? 0) told; "
              + comparison.difference(first, back[kind]).example))
      }
    }
    return failures
  }
}

/// What a certificate says may be gone.
struct Excuses {
  /// Fields by kind.
  private(set) var fields: [RecordKind: Set<Int>] = [:]
  /// Whole records by kind.
  private(set) var whole: [RecordKind: Int] = [:]

  /// Only what was counted excuses: it is not enough that a format declares what it may lose.
  init(_ certificate: LossCertificate) {
    for entry in certificate.entries where entry.count > 0 {
      if let name = entry.field {
        guard let field = RecordSchema.of(entry.kind).field(name) else { continue }
        fields[entry.kind, default: []].insert(field.index)
      } else {
        whole[entry.kind, default: 0] += entry.count
      }
    }
  }
}

/// Looks for the records of one kind among others.
struct PairComparison {
  let kind: RecordKind
  let excused: Set<Int>

  private var schema: RecordSchema { RecordSchema.of(kind) }

  /// The records that have no equal among others; each of those stands for one.
  ///
  /// As many as possible find theirs: one that says little leaves it to one that says more.
  func missing(_ wanted: [PairRecords.Row], in found: [PairRecords.Row]) -> [PairRecords.Row] {
    var taken: [Int?] = Array(repeating: nil, count: found.count)
    func settle(_ row: Int, _ tried: inout Set<Int>) -> Bool {
      for place in found.indices
      where !tried.contains(place) && differences(wanted[row], found[place]).isEmpty {
        tried.insert(place)
        if let holder = taken[place], !settle(holder, &tried) { continue }
        taken[place] = row
        return true
      }
      return false
    }
    return wanted.indices.filter { row in
      var tried: Set<Int> = []
      return !settle(row, &tried)
    }.map { wanted[$0] }
  }

  /// What became of a record that is missing, in words.
  func difference(
    _ row: PairRecords.Row, _ found: [PairRecords.Row]
  ) -> (what: String, example: String) {
    let nearest = found.min { left, right in
      differences(row, left).count < differences(row, right).count
    }
    let id = String(decoding: row[0] ?? [], as: UTF8.self)
    guard let nearest, differences(row, nearest).count < row.count - excused.count else {
      return ("gone", id)
    }
    let fields = differences(row, nearest)
    let example = fields.map { field in
      let texts = [row[field] ?? [], nearest[field] ?? []].map {
        String(decoding: $0, as: UTF8.self).debugDescription
      }
      return "\(schema.fields[field].name) \(texts[0]) became \(texts[1])"
    }
    return (
      fields.map { schema.fields[$0].name }.joined(separator: " "),
      "\(id): \(example.joined(separator: "; "))"
    )
  }

  /// Fields with a value that the other record does not have.
  private func differences(_ row: PairRecords.Row, _ other: PairRecords.Row) -> [Int] {
    row.keys.sorted().filter { field in
      guard let value = row[field], !value.isEmpty, !excused.contains(field) else { return false }
      return !means(value, other[field] ?? [], schema.fields[field].type)
    }
  }

  private func means(_ first: [UInt8], _ second: [UInt8], _ type: RecordFieldType) -> Bool {
    if first == second { return true }
    guard type == .number, !second.isEmpty,
      let one = ExactDecimal(String(decoding: first, as: UTF8.self)),
      let other = ExactDecimal(String(decoding: second, as: UTF8.self))
    else { return false }
    return one == other
  }
}
