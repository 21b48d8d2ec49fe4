internal import Records

/// A record, copied: absent fields are `nil`, blank fields are empty.
struct TrialRow: Hashable {
  var kind: RecordKind
  var line: UInt64 = 0
  var member: UInt32 = 0
  var fields: [[UInt8]?]

  init(_ kind: RecordKind, fields: [[UInt8]?]) {
    self.kind = kind
    self.fields = fields
  }

  /// A record without any field.
  init(_ kind: RecordKind) {
    self.init(kind, fields: Array(repeating: nil, count: RecordSchema.of(kind).fields.count))
  }

  /// The identifier, or blank.
  var id: [UInt8] { fields.first.flatMap { $0 } ?? [] }

  /// The record in a few words.
  var summary: String {
    let name = String(decoding: id.prefix(40), as: UTF8.self)
    return name.isEmpty ? "\(kind) of line \(line)" : "\(kind) \(name)"
  }
}

/// A problem, copied.
struct TrialProblem: Hashable {
  var severity: Int32
  var code: String
  var message: String
  var member: String
  var line: UInt64
  var kind: UInt32

  /// From this severity on a row was left out.
  var isLeftOut: Bool { severity == 2 || severity == 3 }

  var isFatal: Bool { severity == 4 }
}

/// Values or records that a writer said are lost.
struct TrialLoss: Hashable {
  var kind: UInt32
  /// The field, or `nil` for whole records.
  var field: Int?
  var count: UInt64
}

/// What a fault has to do with; rules pick what they judge.
enum TrialAspect: Hashable {
  case batch, text, value, origin, capability, order, thread, problem, place, member, status
}

/// What a call did that no sound call does.
struct TrialFault: Hashable {
  var aspect: TrialAspect
  var text: String
}
