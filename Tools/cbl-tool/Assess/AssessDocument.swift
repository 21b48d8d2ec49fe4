import Assessment
import Domain

/// A JSON or YAML document that a command of `assess` is given.
///
/// A document with a member `input` is a published case; its input is read. Another part is named
/// by a JSON pointer after the path, as in `case.json#/sprt/0/input`.
struct AssessDocument {
  private let source: SourceDocument
  /// The part that is read.
  let root: DocumentNode

  /// Reads a document.
  ///
  /// - Throws: ``ToolFailure`` with file, line and column.
  init(_ name: String) throws {
    let parts = name.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    source = try SourceDocument(
      path: String(parts[0]), limit: 256 << 20, takesFigures: true)
    var node = DocumentNode(source.value)
    guard parts.count > 1 else {
      root = node["input"] ?? node
      return
    }
    for step in parts[1].split(separator: "/") {
      let next =
        node[Identifier(String(step))]
        ?? Int(step).flatMap { node.items.indices.contains($0) ? node.items[$0] : nil }
      guard let next else {
        throw ToolFailure(
          65, "\(source.place(of: node.pointer)): there is no '\(step)' here")
      }
      node = next
    }
    root = node
  }

  /// The place of a value.
  func place(_ node: DocumentNode) -> Place { source.place(of: node.pointer) }

  /// A failure at a value.
  func failure(_ node: DocumentNode, _ message: String) -> ToolFailure {
    ToolFailure(65, "\(place(node)): \(message)")
  }

  /// A member that has to be there.
  func need(_ name: Identifier, in node: DocumentNode? = nil) throws -> DocumentNode {
    let node = node ?? root
    if let found = node[name], found.value != .null { return found }
    throw failure(node, "the member '\(name)' is missing")
  }

  /// A member, or `nil` when it is not there or null.
  func optional(_ name: Identifier, in node: DocumentNode? = nil) -> DocumentNode? {
    let found = (node ?? root)[name]
    return found?.value == .null ? nil : found
  }

  /// A number.
  func number(_ node: DocumentNode) throws -> Double {
    switch node.value {
    case .number(let number): return number.nearestDouble
    case .bool(let flag): return flag ? 1 : 0
    case .string(let text):
      if let number = Double(text.text), number.isFinite { return number }
    default: break
    }
    throw failure(node, "found \(node.value.kind), a number is wanted")
  }

  /// A whole number.
  func whole(_ node: DocumentNode) throws -> Int {
    guard let number = Int(exactly: try number(node)) else {
      throw failure(node, "a whole number is wanted")
    }
    return number
  }

  /// A list.
  func list(_ node: DocumentNode) throws -> [DocumentNode] {
    guard node.value.elements != nil else {
      throw failure(node, "found \(node.value.kind), a list is wanted")
    }
    return node.items
  }

  /// A list of numbers.
  func numbers(_ node: DocumentNode) throws -> [Double] { try list(node).map(number) }

  /// A list of right and wrong as 1 and 0.
  func answers(_ node: DocumentNode) throws -> [Bool] {
    try list(node).map { entry in
      let number = try number(entry)
      guard number == 0 || number == 1 else { throw failure(entry, "an answer is 1 or 0") }
      return number == 1
    }
  }

  /// A list of lists of numbers.
  func rows(_ node: DocumentNode) throws -> [[Double]] { try list(node).map(numbers) }

  /// A text; numbers are texts too.
  func text(_ node: DocumentNode) throws -> String {
    switch node.value {
    case .string(let text): return text.text
    case .number(let number): return number.description
    default: throw failure(node, "found \(node.value.kind), a text is wanted")
    }
  }

  /// A number, or another one when the member is not there.
  func number(_ name: Identifier, or other: Double) throws -> Double {
    try optional(name).map(number) ?? other
  }

  /// Does work whose failures are told with the place of a value.
  func at<Value>(
    _ node: DocumentNode, _ body: () throws(AssessmentError) -> Value
  ) throws -> Value {
    do throws(AssessmentError) { return try body() } catch {
      throw failure(node, error.message)
    }
  }

  /// Items as rows of *a*, *b*, *c* and *d*, of which the last two may be left out, or as objects
  /// with these members.
  func items(_ node: DocumentNode) throws -> [LogisticItem] {
    try list(node).map { entry in
      let numbers =
        entry.value.elements != nil
        ? try self.numbers(entry)
        : [
          try optional("a", in: entry).map(number) ?? 1, try number(need("b", in: entry)),
          try optional("c", in: entry).map(number) ?? 0,
          try optional("d", in: entry).map(number) ?? 1,
        ]
      guard (2...4).contains(numbers.count) else {
        throw failure(entry, "an item has 2 to 4 numbers: a, b, c, d")
      }
      return try at(entry) { () throws(AssessmentError) in
        try LogisticItem(
          discrimination: numbers[0], difficulty: numbers[1],
          guessing: numbers.count > 2 ? numbers[2] : 0,
          ceiling: numbers.count > 3 ? numbers[3] : 1)
      }
    }
  }
}
