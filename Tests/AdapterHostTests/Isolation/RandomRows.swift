import Records

@testable import AdapterHost

/// Rows of one kind with random texts, in memory of their own.
@safe
final class RandomRows {
  let kind: RecordKind
  let count: Int
  /// What each field of each row has; `nil` for an absent text.
  let texts: [[[UInt8]?]]
  private let rows: UnsafeMutableRawPointer
  private let stride: Int
  private var kept: [UnsafeMutableRawBufferPointer] = []

  init(_ random: inout some RandomNumberGenerator) {
    kind = RecordKind.all.randomElement(using: &random) ?? .person
    let schema = RecordSchema.of(kind)
    count = Int.random(in: 1...40, using: &random)
    stride = schema.rowSize + 8 * Int.random(in: 0...3, using: &random)
    rows = .allocate(byteCount: stride * count, alignment: 16)
    rows.initializeMemory(as: UInt8.self, repeating: 0, count: stride * count)
    let isUsed = schema.fields.map { _ in Bool.random(using: &random) }
    var all: [[[UInt8]?]] = []
    for _ in 0..<count {
      all.append(
        schema.fields.map { field in
          guard isUsed[field.index], Int.random(in: 0..<4, using: &random) > 0 else { return nil }
          return (0..<Int.random(in: 0...70, using: &random)).map { _ in
            UInt8.random(in: 0...255, using: &random)
          }
        })
    }
    texts = all
    for (row, fields) in texts.enumerated() {
      let place = rows + row * stride
      place.storeBytes(of: UInt64(row + 1), as: UInt64.self)
      place.storeBytes(of: UInt32(row % 3), toByteOffset: 8, as: UInt32.self)
      for (field, text) in fields.enumerated() {
        guard let text else { continue }
        let copy = UnsafeMutableRawBufferPointer.allocate(
          byteCount: max(1, text.count), alignment: 1)
        copy.copyBytes(from: text)
        kept.append(copy)
        let cell = place + 16 + field * 16
        cell.storeBytes(of: UnsafeRawPointer(copy.baseAddress), as: UnsafeRawPointer?.self)
        cell.storeBytes(of: text.count, toByteOffset: 8, as: Int.self)
      }
    }
  }

  deinit {
    for copy in kept { copy.deallocate() }
    rows.deallocate()
  }

  var batch: HostBatch { HostBatch(kind: kind, count: count, rows: rows, stride: stride) }

  /// What the fields of a batch have.
  static func texts(of batch: HostBatch) -> [[[UInt8]?]] {
    (0..<batch.count).map { row in
      RecordSchema.of(batch.kind).fields.map { field in
        let (start, count) = batch.cell(field.index, of: row)
        guard let start else { return nil }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
      }
    }
  }
}

/// The same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}
