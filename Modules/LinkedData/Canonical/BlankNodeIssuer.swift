/// Gives names to blank nodes in the order in which they are asked for.
struct BlankNodeIssuer {
  let prefix: StaticString
  private var numbers: [Int: Int] = [:]
  /// The nodes in the order of their names.
  private(set) var nodes: [Int] = []

  init(_ prefix: StaticString) {
    self.prefix = prefix
  }

  /// Whether a node has a name.
  func hasName(_ node: Int) -> Bool { numbers[node] != nil }

  /// Gives a name to a node that has none.
  mutating func issue(_ node: Int) {
    guard numbers[node] == nil else { return }
    numbers[node] = nodes.count
    nodes.append(node)
  }

  /// Appends the name of a node, such as `_:c14n0`.
  ///
  /// - Returns: Whether it has one.
  @discardableResult
  func append(_ node: Int, to bytes: inout [UInt8]) -> Bool {
    guard let number = numbers[node] else { return false }
    bytes += "_:".utf8
    bytes += "\(prefix)".utf8
    bytes += String(number).utf8
    return true
  }
}
