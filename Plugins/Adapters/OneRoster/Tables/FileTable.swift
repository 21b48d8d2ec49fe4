internal import AdapterKit
internal import CAdapterABI

/// What the text of a cell means.
enum CellType: String {
  case text
  /// Identifier of the record.
  case id
  /// Identifier of another record.
  case ref
  /// Identifiers of other records, with commas.
  case refs
  /// Texts, with commas.
  case list
  case boolean
  /// A day.
  case date
  /// An instant.
  case time
  case year
  case number
  /// `active` or `tobedeleted`.
  case status
  /// A word of a vocabulary.
  case token
  /// The state of a result, whose words differ from ours.
  case state
  /// `{type:value},{type:value}`.
  case identifiers
  /// One further identifier, without a type (1.0).
  case identifier
  /// The levels of a scale, which have records of their own.
  case levels
  /// A column that only an attribute record can carry.
  case attribute
}

/// One column of a file: a heading, and the field of the record that it fills.
struct Column {
  /// The heading as the format has it.
  var header: String
  /// The field of the kind, from 0, or -1 when the record has none.
  var field: Int
  var type: CellType
  /// The words of a token.
  var vocabulary: Vocabulary
  /// Whether the format wants a value in every row.
  var isRequired: Bool

  /// Whether a row without a value cannot become a record.
  var isKey: Bool { isRequired && (type == .id || type == .ref) }

  /// Bytes from the start of a row to the field's text.
  var offset: Int { Self.offset(of: field) }

  /// Bytes from the start of a row to a field's text.
  static func offset(of field: Int) -> Int {
    MemoryLayout<cbl_origin>.size + field * MemoryLayout<Text>.stride
  }
}

/// One file of a version: the kind of its records and its columns in their order.
struct FileTable {
  /// Name without `.csv`.
  var name: String
  var kind: cbl_kind
  var columns: [Column]
  /// What `ownerKind` is for every record of the file.
  var ownerKind: StaticString?

  /// The file's name with its extension.
  var fileName: String { name + ".csv" }

  /// A table from its columns as text.
  ///
  /// - Parameter columns: `HEADING[!][:FIELD[:TYPE]]` between blanks. `!` marks a required
  ///   column. The field is the heading unless it says otherwise, and `-` for none; the type is
  ///   text, a type's name, or a vocabulary's name after `@`.
  init(_ name: String, _ kind: cbl_kind, ownerKind: StaticString? = nil, _ columns: String) {
    self.name = name
    self.kind = kind
    self.ownerKind = ownerKind
    self.columns = columns.split { $0 == " " || $0 == "\n" }.map { Column(String($0), of: kind) }
  }

  /// The column with a heading, byte for byte.
  func column(_ header: String) -> Int? {
    columns.firstIndex { $0.header.utf8.elementsEqual(header.utf8) }
  }

  /// The column that fills a field.
  func column(filling field: Int) -> Int? {
    columns.firstIndex { $0.field == field }
  }
}

extension Column {
  fileprivate init(_ text: String, of kind: cbl_kind) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    header = parts[0]
    isRequired = header.last == "!"
    if isRequired { header.removeLast() }
    let name = parts.count > 1 && !parts[1].isEmpty ? parts[1] : header
    let type = parts.count > 2 ? parts[2] : "text"
    if type.first == "@" {
      self.type = .token
      vocabulary = Vocabulary.named(String(type.dropFirst()))
    } else {
      guard let known = CellType(rawValue: type) else {
        preconditionFailure("there is no type \(type)")
      }
      self.type = known
      vocabulary = .none
    }
    field = name == "-" || self.type == .attribute ? -1 : Self.field(name, of: kind)
  }

  /// The number of a field; the tables are ours, so a wrong name is a programmer's mistake.
  static func field(_ name: String, of kind: cbl_kind) -> Int {
    guard let info = unsafe cbl_kind_table(kind.rawValue) else {
      preconditionFailure("there is no kind \(kind)")
    }
    for index in 0..<Int(unsafe info.pointee.field_count) {
      if unsafe info.pointee.fields[index].name.string == name { return index }
    }
    preconditionFailure("\(kind) has no field \(name)")
  }

  /// What the values of a field are; `nil` when the kind has no such field.
  static func type(of field: Int, of kind: cbl_kind) -> cbl_field_type? {
    guard let info = unsafe cbl_kind_table(kind.rawValue), field >= 0,
      unsafe field < Int(info.pointee.field_count)
    else { return nil }
    return unsafe cbl_field_type(info.pointee.fields[field].type)
  }
}
