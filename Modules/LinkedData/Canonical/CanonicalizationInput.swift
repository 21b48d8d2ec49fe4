internal import Domain

/// A dataset with its blank nodes as numbers and everything else as N-Quads.
struct CanonicalizationInput {
  /// A term: a blank node, or a piece of the text.
  struct Part {
    /// The number of the blank node, -1 for other terms.
    var node: Int
    var start = 0
    var end = 0
  }

  /// A statement.
  struct Statement {
    var subject: Part
    var predicate: Part
    var object: Part
    var graph: Part?
  }

  private(set) var text: [UInt8] = []
  private(set) var statements: [Statement] = []
  /// The labels of blank nodes by their numbers.
  private(set) var labels: [Identifier] = []
  /// The statements of every blank node, each once.
  private(set) var mentions: [[Int]] = []

  init(_ quads: [Quad]) {
    var numbers: [Identifier: Int] = [:]
    text.reserveCapacity(quads.count * 96)
    statements.reserveCapacity(quads.count)
    for quad in quads {
      let start = text.count
      NQuadsWriter.append(iri: quad.predicate, to: &text)
      let predicate = Part(node: -1, start: start, end: text.count)
      let statement = Statement(
        subject: part(quad.subject, &numbers), predicate: predicate,
        object: part(quad.object, &numbers), graph: quad.graph.map { part($0, &numbers) })
      let nodes = [statement.subject.node, statement.object.node, statement.graph?.node ?? -1]
      for (place, node) in nodes.enumerated() where node >= 0 && !nodes[..<place].contains(node) {
        mentions[node].append(statements.count)
      }
      statements.append(statement)
    }
  }

  private mutating func part(_ term: RDFTerm, _ numbers: inout [Identifier: Int]) -> Part {
    if case .blank(let label) = term {
      if let number = numbers[label] { return Part(node: number) }
      numbers[label] = labels.count
      labels.append(label)
      mentions.append([])
      return Part(node: labels.count - 1)
    }
    let start = text.count
    NQuadsWriter.append(term, to: &text)
    return Part(node: -1, start: start, end: text.count)
  }

  /// Appends a statement, with names for its blank nodes.
  func append(
    _ statement: Statement, to line: inout [UInt8], _ name: (Int, inout [UInt8]) -> Void
  ) {
    append(statement.subject, to: &line, name)
    line.append(0x20)
    append(statement.predicate, to: &line, name)
    line.append(0x20)
    append(statement.object, to: &line, name)
    line.append(0x20)
    if let graph = statement.graph {
      append(graph, to: &line, name)
      line.append(0x20)
    }
    line.append(UInt8(ascii: "."))
    line.append(0x0A)
  }

  private func append(
    _ part: Part, to line: inout [UInt8], _ name: (Int, inout [UInt8]) -> Void
  ) {
    if part.node >= 0 {
      name(part.node, &line)
    } else {
      line += text[part.start..<part.end]
    }
  }
}
