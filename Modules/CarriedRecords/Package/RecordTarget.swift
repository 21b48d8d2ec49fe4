public import Domain
public import Grading

/// A target of a carried record: what was graded, with the words that people read.
public struct RecordTarget: Hashable, Sendable {
  /// The target as the policy sees it.
  public var graded: GradedTarget
  /// What the learner has to be able to do.
  public var title: String?
  /// The address of the item in its catalog.
  public var url: Identifier?

  /// Creates a target.
  public init(_ graded: GradedTarget, title: String? = nil, url: Identifier? = nil) {
    self.graded = graded
    self.title = title
    self.url = url
  }

  init(_ node: DocumentNode) throws(DomainError) {
    graded = GradedTarget(
      ID(try node.need("target").text()), isBackbone: node.isTrue("backbone"),
      groups: node["groups"]?.words ?? [])
    title = node["title"]?.value.text?.text
    url = node["url"]?.value.text
  }

  var document: DocumentValue {
    DocumentValue(members: [
      ("target", .string(graded.id.identifier)), ("backbone", .bool(graded.isBackbone)),
      ("groups", graded.groups.isEmpty ? nil : .array(graded.groups.map { .string($0) })),
      ("title", title.map { DocumentValue($0) }), ("url", url.map { .string($0) }),
    ])
  }

  /// The document of several, as `cbl-tool grade --catalog` reads it too.
  static func document(_ targets: [RecordTarget]) -> DocumentValue {
    DocumentValue(members: [("targets", .array(targets.map(\.document)))])
  }

  static func targets(_ bytes: [UInt8]) throws(DomainError) -> [RecordTarget] {
    let limits = DocumentReader.Limits(bytes: RecordPackage.limit)
    let root = DocumentNode(try DocumentReader.read(bytes, limits: limits))
    var targets: [RecordTarget] = []
    for item in try root.need("targets").items { targets.append(try RecordTarget(item)) }
    return targets
  }
}
