internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// A kind of record and its fields, from the table of kinds.
struct KindInfo: Sendable {
  /// A field.
  struct Field: Sendable {
    var name: String
    var isList: Bool
  }

  let kind: cbl_kind
  let name: String
  let fields: [Field]

  /// Kinds that come at any time before the record that they belong to.
  var isForward: Bool { kind.rawValue <= CBL_KIND_ATTRIBUTE.rawValue }

  /// All kinds in the order of their numbers.
  static let all: [KindInfo] = (1..<CBL_KIND_COUNT.rawValue).compactMap { number in
    guard let info = unsafe cbl_kind_table(number) else { return nil }
    let fields = (0..<Int(unsafe info.pointee.field_count)).map { index in
      let field = unsafe info.pointee.fields[index]
      let isList = field.type == CBL_LIST.rawValue || field.type == CBL_REFERENCE_LIST.rawValue
      return Field(name: field.name.string, isList: isList)
    }
    return unsafe KindInfo(kind: cbl_kind(number), name: info.pointee.name.string, fields: fields)
  }

  static func of(_ kind: cbl_kind) -> KindInfo? { all.first { $0.kind == kind } }

  static func named(_ name: String) -> KindInfo? { all.first { $0.name == name } }

  /// The field of a name, looked for from a place on, because names mostly come in order.
  func field(_ name: JSONString, from start: Int) -> Int? {
    for offset in fields.indices {
      let index = (start + offset) % fields.count
      if name.equals(fields[index].name) { return index }
    }
    return nil
  }
}

extension JSONString {
  /// Whether the text is that of a string.
  func equals(_ name: String) -> Bool {
    hasEscapes ? decoded.elementsEqual(name.utf8) : unsafe raw.elementsEqual(name.utf8)
  }
}

/// Lists: in a record their elements have U+001F between them, in our files they are JSON arrays.
enum ListText {
  /// Whether a list is written as an array: it has several elements, or its one element looks like
  /// an array.
  static func needsArray(_ text: Text) -> Bool {
    let bytes = unsafe text.rawBytes
    guard bytes.count > 0 else { return false }
    if unsafe bytes[0] == 0x5B { return true }
    for index in 0..<bytes.count where unsafe bytes[index] == 0x1F { return true }
    return false
  }

  /// Appends a list as an array.
  static func append(_ text: Text, to buffer: inout ByteBuffer) {
    let bytes = unsafe text.rawBytes
    buffer.append(0x5B)
    var start = 0
    for index in 0...bytes.count {
      guard unsafe index == bytes.count || bytes[index] == 0x1F else { continue }
      if start > 0 { buffer.append(0x2C) }
      unsafe JSONText.append(
        UnsafeRawBufferPointer(rebasing: bytes[start..<index]), to: &buffer)
      start = index + 1
    }
    buffer.append(0x5D)
  }

  /// Reads an array of texts.
  static func read(
    _ json: inout JSONReader, into buffer: inout ByteBuffer
  ) throws(ScanningError) {
    buffer.removeAll()
    try json.beginArray()
    var isFirst = true
    while try json.nextElement() {
      if !isFirst { buffer.append(0x1F) }
      isFirst = false
      try json.string().append(to: &buffer)
    }
  }
}
