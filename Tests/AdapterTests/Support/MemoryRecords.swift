import CAdapterABI

/// One file of an input or output that is held in memory.
struct MemoryMember: Hashable {
  var name: String
  var bytes: [UInt8]

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  init(_ name: String, _ text: String) {
    self.init(name, Array(text.utf8))
  }

  /// The bytes as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A record as a test sees it: absent fields are missing, blank fields are empty.
struct MemoryRow: Hashable, CustomStringConvertible {
  var kind: String
  var fields: [String: String]
  var line: UInt64 = 0
  var member: UInt32 = 0

  init(_ kind: String, _ fields: [String: String]) {
    self.kind = kind
    self.fields = fields
  }

  /// The value of a field, or `nil` when it is absent.
  subscript(_ field: String) -> String? {
    get { fields[field] }
    set { fields[field] = newValue }
  }

  var description: String {
    let texts = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "\(kind){\(texts.joined(separator: ", "))}"
  }
}

/// A problem that an adapter reported.
struct MemoryProblem: Hashable, CustomStringConvertible {
  /// From 0, note, to 4, fatal.
  var severity: Int32
  var code: String
  var message: String
  var member: String
  var line: UInt64
  var column: UInt64
  var value: String
  var raw: String
  var kind: UInt32

  var description: String {
    let names = ["note", "warning", "skipped", "rejected", "fatal"]
    let name = names.indices.contains(Int(severity)) ? names[Int(severity)] : "\(severity)"
    return "\(member):\(line):\(column): \(name): \(code): \(message) [\(value)]"
  }
}

/// Values or records that a writer could not carry.
struct MemoryLoss: Hashable {
  var kind: String
  /// Name of the field, or `nil` for whole records.
  var field: String?
  var reduced: Bool
  var count: UInt64
  var reason: String
  var example: String
}

/// What a reading gave.
struct MemoryReading {
  var status: cbl_status = 0
  /// In the order in which the host got them.
  var rows: [MemoryRow] = []
  var problems: [MemoryProblem] = []

  /// The records of a kind, such as `result`.
  func rows(_ kind: String) -> [MemoryRow] { rows.filter { $0.kind == kind } }

  /// The codes of the problems of at least a severity, in order, each once.
  func codes(from severity: Int32 = 0) -> [String] {
    var codes: [String] = []
    for problem in problems where problem.severity >= severity && !codes.contains(problem.code) {
      codes.append(problem.code)
    }
    return codes
  }
}

/// What a writing gave.
struct MemoryWriting {
  var status: cbl_status = 0
  /// In the order in which they were written.
  var members: [MemoryMember] = []
  var problems: [MemoryProblem] = []
  var losses: [MemoryLoss] = []

  /// The text of a member, or `nil` when there is none.
  func text(_ name: String) -> String? { members.first { $0.name == name }?.text }
}

/// What a test asks for.
struct MemoryRequest {
  /// Refuse what the format's rules forbid.
  var isStrict = false
  /// Reading: also give source records.
  var wantsSourceLayer = false
  /// Writing: guard cells that a spreadsheet would take as formulas.
  var guardsFormulas = false
  /// Reading: the host can forget the rows and read once more.
  var mayRestart = false
  /// Names of the kinds that somebody uses; `nil` for all.
  var kinds: [String]?
  var options: [String: String] = [:]
  /// Rows in a batch that is given to a writer.
  var batchRows = 100
  /// Host calls after which the host asks to stop; `nil` for never.
  var stopsAfter: Int?

  init(
    isStrict: Bool = false, wantsSourceLayer: Bool = false, guardsFormulas: Bool = false,
    kinds: [String]? = nil, options: [String: String] = [:]
  ) {
    self.isStrict = isStrict
    self.wantsSourceLayer = wantsSourceLayer
    self.guardsFormulas = guardsFormulas
    self.kinds = kinds
    self.options = options
  }

  var flags: UInt32 {
    (isStrict ? 1 : 0) | (wantsSourceLayer ? 2 : 0) | (guardsFormulas ? 4 : 0)
      | (mayRestart ? 8 : 0)
  }

  var kindMask: UInt64 {
    guard let kinds else { return .max }
    return kinds.reduce(0) { mask, name in
      mask | (MemoryKinds.named(name).map { 1 << UInt64($0.number) } ?? 0)
    }
  }
}

/// The kinds of records, by name.
struct MemoryKind: Sendable {
  struct Field: Sendable {
    var name: String
    var type: UInt32
    /// Kind that it names, or 0.
    var reference: UInt32
  }

  var number: UInt32
  var name: String
  var fields: [Field]
  var rowSize: Int

  func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
}

enum MemoryKinds {
  /// All kinds in the order of their numbers.
  static let all: [MemoryKind] = (1..<CBL_KIND_COUNT.rawValue).compactMap { number in
    guard let info = unsafe cbl_kind_table(number) else { return nil }
    let fields = (0..<Int(unsafe info.pointee.field_count)).map { index in
      let field = unsafe info.pointee.fields[index]
      return MemoryKind.Field(
        name: field.name.memoryString ?? "", type: field.type, reference: field.reference)
    }
    return unsafe MemoryKind(
      number: number, name: info.pointee.name.memoryString ?? "", fields: fields,
      rowSize: info.pointee.row_size)
  }

  static func named(_ name: String) -> MemoryKind? { all.first { $0.name == name } }

  static func numbered(_ number: UInt32) -> MemoryKind? { all.first { $0.number == number } }

  /// Kinds that some field refers to: the host numbers their identifiers.
  static let referenced: Set<UInt32> = Set(all.flatMap { $0.fields.map(\.reference) })
    .subtracting([0])
}

extension cbl_text {
  /// The text, or `nil` when it is absent.
  var memoryString: String? {
    guard let bytes = unsafe bytes else { return nil }
    return unsafe String(
      decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}

/// Memory for texts that live as long as the arena.
@safe
final class MemoryArena {
  private var blocks: [UnsafeMutableRawPointer] = unsafe []

  deinit {
    unsafe blocks.forEach { block in unsafe block.deallocate() }
  }

  /// Uninitialised memory.
  func room(_ count: Int) -> UnsafeMutableRawPointer {
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 16)
    unsafe blocks.append(block)
    return unsafe block
  }

  func text(_ string: String?) -> cbl_text {
    guard let string else { return unsafe cbl_text(bytes: nil, count: 0) }
    let bytes = Array(string.utf8)
    let block = unsafe room(bytes.count)
    unsafe block.copyMemory(from: bytes, byteCount: bytes.count)
    return unsafe cbl_text(
      bytes: UnsafePointer(block.assumingMemoryBound(to: CChar.self)), count: bytes.count)
  }
}
