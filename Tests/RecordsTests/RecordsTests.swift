import Records
import Testing

@Suite("Records guide")
struct GuideTests {
  @Test("does what it says")
  func guide() {
    let result = RecordSchema.of(.result)
    #expect(result.field("score")?.type == .number)
    #expect(result.field("person")?.reference == .person)

    var interner = Interner()
    let ids = ["007", "7", "007", "caf\u{E9}", "cafe\u{301}"]
    let numbers = ids.map { id in
      Array(id.utf8).withUnsafeBytes { bytes in interner.insert(bytes).number }
    }
    #expect(numbers == [0, 1, 0, 2, 3])
  }
}

@Suite("Interner")
struct InternerTests {
  /// Identifiers that a careless packing would take for one another.
  static let awkward: [[UInt8]] = {
    var ids: [[UInt8]] = [[], [0], [0, 0], Array("a".utf8), Array("a\0".utf8)]
    for length in 1...40 {
      ids.append([UInt8](repeating: 0x61, count: length))
      ids.append([UInt8](repeating: 0x30, count: length))
    }
    let uuid = "0f8b6d1f-4667-4d0e-9bfa-b95d3beaba22"
    ids.append(Array(uuid.utf8))
    ids.append(Array(uuid.uppercased().utf8))
    ids.append(Array(uuid.replacing("-", with: "_").utf8))
    for place in uuid.indices where uuid[place] != "-" {
      var changed = Array(uuid.utf8)
      changed[uuid.utf8.distance(from: uuid.startIndex, to: place)] ^= 1
      ids.append(changed)
    }
    return ids
  }()

  @Test("tells apart what differs in one byte or in length")
  func apart() {
    var interner = Interner(seed: 7)
    var seen: [[UInt8]: UInt32] = [:]
    for id in Self.awkward {
      let (number, isNew) = id.withUnsafeBytes { interner.insert($0) }
      #expect(isNew == (seen[id] == nil), "\(id)")
      if let known = seen[id] { #expect(known == number) } else { seen[id] = number }
    }
    #expect(interner.count == seen.count)
    for (id, number) in seen {
      #expect(id.withUnsafeBytes { interner.number(of: $0) } == number)
      var room = [UInt8](repeating: 0xFF, count: 36)
      let text = room.withUnsafeMutableBufferPointer { room in
        room.baseAddress.map { Array(interner.text(of: number, in: $0)) }
      }
      #expect(text == id)
    }
  }

  @Test("looks a column up as it does single identifiers", arguments: [1, 63, 64, 65, 300])
  func column(rows: Int) {
    var random = SystemLikeRandom(state: UInt64(rows))
    var interner = Interner(seed: 3)
    var cells: [[UInt8]] = []
    for row in 0..<rows {
      let id = Self.awkward[Int(random.next()) % Self.awkward.count]
      if !id.isEmpty, row % 3 > 0 { _ = id.withUnsafeBytes { interner.insert($0) } }
      for _ in 0...random.next() % 3 { cells.append(id) }
    }
    let bytes: [UInt8] = Array(cells.joined()) + [0]
    bytes.withUnsafeBytes { memory in
      var table: [(address: UnsafeRawPointer?, count: Int)] = []
      var start = 0
      for cell in cells {
        table.append((memory.baseAddress.map { $0 + start }, cell.count))
        start += cell.count
      }
      var numbers = [UInt32](repeating: 7, count: cells.count)
      let unknown = table.withUnsafeBytes { table in
        numbers.withUnsafeMutableBufferPointer { numbers in
          table.baseAddress.flatMap { cells in
            numbers.baseAddress.map { numbers in
              interner.look(up: table.count / 16, cells: cells, stride: 16, into: numbers)
            }
          }
        }
      }
      let expected = cells.map { cell in
        cell.isEmpty ? nil : cell.withUnsafeBytes { interner.number(of: $0) }
      }
      #expect(numbers == expected.map { $0 ?? .max })
      #expect(unknown == zip(cells, expected).count { !$0.isEmpty && $1 == nil })
    }
  }

  @Test("agrees with a dictionary on many identifiers, whatever the seed", arguments: [1, 2, 3])
  func many(seed: UInt64) {
    var random = SystemLikeRandom(state: seed)
    var interner = Interner(seed: seed)
    var dictionary: [[UInt8]: UInt32] = [:]
    for _ in 0..<20_000 {
      let length = Int(random.next() % 24)
      let id = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next() % 3 + 0x60) }
      let (number, isNew) = id.withUnsafeBytes { interner.insert($0) }
      #expect(isNew == (dictionary[id] == nil))
      let known = dictionary[id, default: UInt32(dictionary.count)]
      dictionary[id] = known
      #expect(number == known)
    }
  }
}

/// A small generator with a fixed seed.
struct SystemLikeRandom {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
