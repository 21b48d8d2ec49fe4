/// A value of a document with the pointer to it, for readers that ask for one field after another.
package struct DocumentNode: Sendable {
  /// The value.
  package let value: DocumentValue
  /// The RFC 6901 pointer to it.
  package let pointer: String

  /// Creates a node.
  package init(_ value: DocumentValue, at pointer: String = "") {
    self.value = value
    self.pointer = pointer
  }

  /// A member, or `nil` when there is none.
  package subscript(name: Identifier) -> DocumentNode? {
    value[name].map { DocumentNode($0, at: "\(pointer)/\(DocumentReader.escaped(name))") }
  }

  /// A member that has to be there.
  package func need(_ name: Identifier) throws(DomainError) -> DocumentNode {
    if let node = self[name] { return node }
    throw DomainError(
      .malformedJSON, "The field \"\(name)\" is missing.", at: Place(pointer: pointer))
  }

  /// The elements of an array; none of other values.
  package var items: [DocumentNode] {
    (value.elements ?? []).enumerated().map { DocumentNode($1, at: "\(pointer)/\($0)") }
  }

  /// The texts of an array.
  package var words: [Identifier] { (value.elements ?? []).compactMap(\.text) }

  /// Whether the value is true.
  package var isTrue: Bool { value == .bool(true) }

  /// Whether a member is there and true.
  package func isTrue(_ name: Identifier) -> Bool { value[name] == .bool(true) }

  /// The text.
  package func text() throws(DomainError) -> Identifier {
    guard let text = value.text else { throw malformed("a text") }
    return text
  }

  /// The number, which may be written as text.
  package func number() throws(DomainError) -> BigRational {
    if case .number(let number) = value { return BigRational(number) }
    guard let text = value.text, let number = Rational(text.text) else {
      throw malformed("a number")
    }
    return BigRational(number)
  }

  /// The whole number.
  package func count() throws(DomainError) -> Int {
    let number = try number().rational
    guard let number, number.denominator == 1, let count = Int(exactly: number.numerator) else {
      throw malformed("a whole number")
    }
    return count
  }

  /// The moment.
  package func moment() throws(DomainError) -> Instant {
    guard let moment = Instant(try text().text) else { throw malformed("a moment") }
    return moment
  }

  /// The day, month, year or time.
  package func date() throws(DomainError) -> PartialDate {
    guard let date = PartialDate(try text().text) else { throw malformed("a date") }
    return date
  }

  /// A failure at this value.
  package func malformed(_ expected: String) -> DomainError {
    DomainError(
      .malformedJSON, "Found \(value.kind), expected \(expected).", at: Place(pointer: pointer))
  }
}

extension DocumentNode {
  /// Refuses the value unless it is the one that it has to be.
  package func expect(_ expected: DocumentValue) throws(DomainError) {
    // Equal canonical texts are equal values, whatever the order of their members.
    let (found, right) = (value.canonicalText, expected.canonicalText)
    guard found != right else { return }
    throw unexpected("Found \(found.prefix(200)), expected \(right.prefix(200)).")
  }

  /// Refuses the value unless it is this text.
  package func expect(_ expected: some CustomStringConvertible) throws(DomainError) {
    try expect(DocumentValue(expected.description))
  }

  /// A failure at this value, which is right in itself.
  package func unexpected(_ message: String) -> DomainError {
    DomainError(.unexpected, message, at: Place(pointer: pointer))
  }
}

extension DocumentValue {
  /// Creates an object of texts, leaving out those that are not there.
  package init(texts: [(Identifier, (any CustomStringConvertible)?)]) {
    self.init(members: texts.map { name, text in (name, text.map { DocumentValue("\($0)") }) })
  }

  /// Creates an array of texts.
  package init(texts: [some CustomStringConvertible]) {
    self = .array(texts.map { DocumentValue("\($0)") })
  }
}

extension ProficiencyScale {
  /// Reads a scale as policies write it.
  package init(_ node: DocumentNode) throws(DomainError) {
    let id = try node.need("id").text()
    var levels: [MasteryLevel] = []
    for level in try node.need("levels").items {
      let number = try level["number"].map { (node) throws(DomainError) in
        guard let decimal = try node.number().rational?.decimal else {
          throw node.malformed("a decimal")
        }
        return decimal
      }
      levels.append(MasteryLevel(try level.need("label").text(), number: number))
    }
    try self.init(
      id: ID(id), title: node["title"]?.value.text?.text ?? id.text, levels: levels,
      masteredFrom: node.need("masteredFrom").text())
  }

  /// The numbers of the levels, or their ranks where they have none.
  package var numbers: [BigRational] {
    levels.enumerated().map { rank, level in
      level.number.map { BigRational($0) } ?? BigRational(rank)
    }
  }

  /// The number of a level, or its rank; `nil` when there is no such level.
  package func number(of label: Identifier) -> BigRational? { rank(of: label).map { numbers[$0] } }

  /// The highest level whose number, or rank, is reached.
  package func level(atOrBelow number: BigRational) -> MasteryLevel? {
    numbers.lastIndex { $0 <= number }.map { levels[$0] }
  }
}
