import Domain

/// A value of a document together with the pointer to it.
struct Field {
  var value: DocumentValue
  var pointer: String

  func wrong(_ expected: String) -> GradingError {
    GradingError(
      .wrongValue, "Found \(shown), expected \(expected).", at: Place(pointer: pointer))
  }

  private var shown: String {
    switch value {
    case .string(let text): "\"\(text.text.prefix(60))\""
    case .number(let number): "\(number)"
    default: value.kind
    }
  }

  func text() throws(GradingError) -> Identifier {
    guard let text = value.text, !text.isEmpty else { throw wrong("a text that is not empty") }
    return text
  }

  func bool() throws(GradingError) -> Bool {
    guard case .bool(let value) = value else { throw wrong("true or false") }
    return value
  }

  func whole(_ range: ClosedRange<Int>) throws(GradingError) -> Int {
    guard case .number(let number) = value, number.places == 0,
      let whole = Int(exactly: number.unscaled), range.contains(whole)
    else { throw wrong("a whole number from \(range.lowerBound) to \(range.upperBound)") }
    return whole
  }

  func rational() throws(GradingError) -> Rational {
    switch value {
    case .number(let number): return Rational(number)
    case .string(let text):
      if let number = Rational(text.text) { return number }
      throw wrong("a number such as 0.65 or \"85/26\"")
    default: throw wrong("a number such as 0.65 or \"85/26\"")
    }
  }

  func share() throws(GradingError) -> Rational {
    let number = try rational()
    guard number >= 0, number <= 1 else { throw wrong("a share from 0 to 1") }
    return number
  }

  func date() throws(GradingError) -> CalendarDate {
    guard let date = CalendarDate(try text().text) else { throw wrong("a day such as 2025-06-30") }
    return date
  }

  func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type
  ) throws(GradingError) -> Word where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    guard let text = value.text, let word = Word(rawValue: text.text) else {
      throw wrong("one of \(words)")
    }
    return word
  }

  func list() throws(GradingError) -> [Field] {
    guard let elements = value.elements else { throw wrong("an array") }
    return elements.enumerated().map { Field(value: $1, pointer: "\(pointer)/\($0)") }
  }

  func map<Element>(
    _ transform: (Field) throws(GradingError) -> Element
  ) throws(GradingError) -> [Element] {
    var result: [Element] = []
    for field in try list() { result.append(try transform(field)) }
    return result
  }

  func fields() throws(GradingError) -> Fields {
    guard let members = value.members else { throw wrong("an object") }
    return Fields(members: members, pointer: pointer)
  }
}

/// The fields of an object; what nobody asked for is an error in the end.
struct Fields {
  let members: [DocumentValue.Member]
  let pointer: String
  private var asked: Set<Identifier> = []

  init(members: [DocumentValue.Member], pointer: String) {
    self.members = members
    self.pointer = pointer
  }

  mutating func optional(_ name: Identifier) -> Field? {
    asked.insert(name)
    guard let value = members.first(where: { $0.name == name })?.value else { return nil }
    return Field(value: value, pointer: "\(pointer)/\(DocumentReader.escaped(name))")
  }

  mutating func required(_ name: Identifier) throws(GradingError) -> Field {
    guard let field = optional(name) else {
      throw GradingError(
        .missingField, "The field \"\(name)\" is missing; add it.", at: Place(pointer: pointer))
    }
    return field
  }

  /// All members as fields, for objects whose names are data.
  mutating func all() -> [(name: Identifier, field: Field)] {
    members.map { member in
      asked.insert(member.name)
      return (
        member.name,
        Field(
          value: member.value, pointer: "\(pointer)/\(DocumentReader.escaped(member.name))")
      )
    }
  }

  func finish() throws(GradingError) {
    guard let stranger = members.first(where: { !asked.contains($0.name) }) else { return }
    let known = asked.map(\.text).sorted().joined(separator: ", ")
    throw GradingError(
      .unknownField, "There is no field \"\(stranger.name)\" here; there are \(known).",
      at: Place(pointer: "\(pointer)/\(DocumentReader.escaped(stranger.name))"))
  }
}

extension Optional {
  /// As `map`, with an error of one type.
  func reading<Element>(
    _ transform: (Wrapped) throws(GradingError) -> Element
  ) throws(GradingError) -> Element? {
    guard let self else { return nil }
    return try transform(self)
  }
}

extension Rational {
  /// The number as it stands in documents: a JSON number where every reader keeps it, else text.
  var documentValue: DocumentValue {
    if let decimal, decimal.survivesBinaryReaders { return .number(decimal) }
    return DocumentValue(description)
  }
}

extension DocumentValue {
  static func whole(_ number: Int) -> DocumentValue { .number(ExactDecimal(number)) }

  static func words(_ words: [Identifier]?) -> DocumentValue? {
    words.map { .array($0.map { .string($0) }) }
  }
}
