internal import CAdapterABI

/// What the values of a field are.
public enum RecordFieldType: UInt32, Hashable, Sendable {
  /// Identifier of the record.
  case identifier = 1
  /// Identifier of another record.
  case reference
  /// Identifiers of other records, with U+001F between them.
  case referenceList
  /// Free text.
  case text
  /// A decimal number.
  case number
  /// An ISO 8601 year, date or instant.
  case date
  /// `true` or `false`.
  case boolean
  /// A word of a vocabulary.
  case token
  /// Texts, with U+001F between them.
  case list
}

/// A field of a kind of record.
public struct RecordField: Hashable, Sendable {
  /// Place among the fields, from 0.
  public let index: Int
  /// The name, such as `lineItem`.
  public let name: String
  /// What its values are.
  public let type: RecordFieldType
  /// The kind that a reference names.
  public let reference: RecordKind?
}

/// The fields of a kind of record.
public struct RecordSchema: Hashable, Sendable {
  /// The kind.
  public let kind: RecordKind
  /// The name of the kind.
  public let name: String
  /// The fields, in the order of a row.
  public let fields: [RecordField]
  /// Bytes of a row of this version.
  public let rowSize: Int
  /// Whether records of the kind are numbered, because others refer to them.
  public let isNumbered: Bool

  /// The schema of a kind.
  ///
  /// - Complexity: O(1).
  public static func of(_ kind: RecordKind) -> RecordSchema { all[kind.number - 1] }

  /// The field of a name, or `nil`.
  public func field(_ name: String) -> RecordField? { fields.first { $0.name == name } }

  /// The schemas of all kinds, in the order of their numbers.
  public static let all: [RecordSchema] = {
    var numbered: Set<UInt32> = []
    for number in 1..<RecordKind.limit {
      guard let info = unsafe cbl_kind_table(UInt32(number)) else { continue }
      for index in 0..<Int(unsafe info.pointee.field_count) {
        unsafe numbered.insert(info.pointee.fields[index].reference)
      }
    }
    return RecordKind.all.compactMap { kind in
      guard let info = unsafe cbl_kind_table(UInt32(kind.number)) else { return nil }
      let fields = (0..<Int(unsafe info.pointee.field_count)).map { index in
        let field = unsafe info.pointee.fields[index]
        return RecordField(
          index: index, name: text(field.name),
          type: RecordFieldType(rawValue: field.type) ?? .text,
          reference: RecordKind(number: Int(field.reference)))
      }
      return RecordSchema(
        kind: kind, name: text(unsafe info.pointee.name), fields: fields,
        rowSize: unsafe info.pointee.row_size,
        isNumbered: numbered.contains(UInt32(kind.number)))
    }
  }()

  private static func text(_ text: cbl_text) -> String {
    unsafe String(
      decoding: UnsafeRawBufferPointer(start: text.bytes, count: text.count), as: UTF8.self)
  }
}
