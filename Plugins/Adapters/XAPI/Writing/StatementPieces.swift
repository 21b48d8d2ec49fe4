internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What statements need to know of people and line items, by the host's numbers.
struct StatementPieces: ~Copyable {
  /// A line item.
  struct Item {
    var title: [UInt8] = []
    var classID: [UInt8] = []
    var minimum: [UInt8] = []
    var maximum: [UInt8] = []
    var targets: [[UInt8]] = []
  }

  private var names: [[UInt8]] = []
  private var items: [Item] = []

  /// The line item of a number; without anything when there is none.
  func item(_ number: UInt32?) -> Item {
    guard let number, Int(number) < items.count else { return Item() }
    return items[Int(number)]
  }

  /// The name of a person; blank when there is none.
  func name(_ number: UInt32?) -> [UInt8] {
    guard let number, Int(number) < names.count else { return [] }
    return names[Int(number)]
  }

  mutating func addPersons(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    for (row, person) in batch.rows(as: PersonRow.self).enumerated() {
      guard let number = unsafe numbers?[row], number != .max else { continue }
      while names.count <= Int(number) { names.append([]) }
      if !person.name.isEmpty {
        names[Int(number)] = unsafe Array(person.name.rawBytes)
      } else {
        let parts = [person.given_name, person.family_name].filter { !$0.isEmpty }
        names[Int(number)] = Array(parts.map(\.string).joined(separator: " ").utf8)
      }
    }
  }

  mutating func addItems(_ batch: RecordBatch) {
    let numbers = unsafe batch.numbers(0)
    for (row, line) in batch.rows(as: LineItemRow.self).enumerated() {
      guard let number = unsafe numbers?[row], number != .max else { continue }
      makeRoom(for: number)
      items[Int(number)].title = unsafe Array(line.title.rawBytes)
      items[Int(number)].classID = unsafe Array(line.class_.rawBytes)
      items[Int(number)].minimum = unsafe Array(line.minimum.rawBytes)
      items[Int(number)].maximum = unsafe Array(line.maximum.rawBytes)
    }
  }

  mutating func addAlignments(_ batch: RecordBatch) {
    let owners = unsafe batch.numbers(4)
    for (row, alignment) in batch.rows(as: AlignmentRow.self).enumerated() {
      let isItem =
        alignment.owner_kind.isEmpty || alignment.owner_kind.equals("line_item")
        || alignment.owner_kind.equals("lineItem")
      guard isItem, let number = unsafe owners?[row], number != .max,
        !alignment.status.equals("tobedeleted")
      else { continue }
      makeRoom(for: number)
      items[Int(number)].targets.append(unsafe Array(alignment.target.rawBytes))
    }
  }

  private mutating func makeRoom(for number: UInt32) {
    while items.count <= Int(number) { items.append(Item()) }
  }
}

/// Names that statements give to things.
enum StatementName {
  /// Whether an identifier has the form of a UUID.
  static func isUUID(_ id: [UInt8]) -> Bool {
    guard id.count == 36 else { return false }
    for (index, byte) in id.enumerated() {
      if [8, 13, 18, 23].contains(index) {
        guard byte == 0x2D else { return false }
      } else {
        let small = byte | 0x20
        guard (0x30...0x39).contains(byte) || (0x61...0x66).contains(small) else { return false }
      }
    }
    return true
  }

  /// A UUID that depends on nothing but an identifier and the statement.
  ///
  /// It has the form of version 5, which record stores know, though another hash makes it.
  static func uuid(of id: [UInt8], _ body: UnsafeRawBufferPointer) -> String {
    var all = ByteBuffer(capacity: 1_024)
    all.append(id)
    all.append(0)
    unsafe all.append(body)
    let first = unsafe hash64(all.bytes, seed: 1)
    let second = unsafe hash64(all.bytes, seed: 2)
    let high = first & 0xFFFF_FFFF_FFFF_0FFF | 0x5000
    let low = second & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = Array((hex(high) + hex(low)).utf8)
    var text: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append(0x2D) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func hex(_ value: UInt64) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }

  /// Whether an identifier begins with a scheme.
  static func isIRI(_ id: [UInt8]) -> Bool {
    guard let colon = id.firstIndex(of: 0x3A), colon > 0 else { return false }
    let scheme = id[..<colon]
    if scheme.elementsEqual("urn".utf8) { return id.count > colon + 1 }
    return id.dropFirst(colon + 1).starts(with: "//".utf8)
      && scheme.allSatisfy { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
      }
  }

  /// An identifier as a part of an IRI.
  static func escaped(_ id: [UInt8]) -> [UInt8] {
    var escaped: [UInt8] = []
    for byte in id {
      let small = byte | 0x20
      if (0x61...0x7A).contains(small) || (0x30...0x39).contains(byte) || "-._~".utf8.contains(byte)
      {
        escaped.append(byte)
      } else {
        escaped.append(0x25)
        escaped.append(digit(byte >> 4))
        escaped.append(digit(byte & 15))
      }
    }
    return escaped
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

  /// A decimal as JSON takes it, without leading zeros.
  static func number(_ text: [UInt8]) -> [UInt8]? {
    var digits = text[...]
    var sign: [UInt8] = []
    if digits.first == 0x2D {
      sign = [0x2D]
      digits = digits.dropFirst()
    }
    while digits.count > 1, digits.first == 0x30,
      let next = digits.dropFirst().first, (0x30...0x39).contains(next)
    {
      digits = digits.dropFirst()
    }
    guard let first = digits.first, (0x30...0x39).contains(first) else { return nil }
    return sign + digits
  }
}
