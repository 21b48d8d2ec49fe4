internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What the toolkit takes from one statement; texts are slices of it.
///
/// One statement is filled again and again, so a steady loop allocates nothing.
@safe
struct Statement: ~Copyable {
  /// What the object of a statement is.
  enum ObjectKind {
    case activity, agent, group, reference, subStatement
  }

  /// A text or number of a statement.
  enum Field: Int, CaseIterable {
    case id
    /// Account name, mailbox, hash of a mailbox, or OpenID.
    case person
    case personName, homePage, mailbox, verb, object, objectName, objectType
    case scaled, raw, minimum, maximum
    case grouping, timestamp, stored
  }

  /// What decides how a statement is read, besides the texts.
  struct Facts {
    var isGroup = false
    var objectKind = ObjectKind.activity
    /// Activities of `other` that are objectives; they stand after the fields.
    var targetCount = 0
  }

  private static let fieldCount = Field.allCases.count

  var facts = Facts()
  private var capacity = Statement.fieldCount + 16
  /// The fields, then the targets.
  private(set) var slices: UnsafeMutablePointer<JSONString?>

  init() {
    unsafe slices = .allocate(capacity: capacity)
    unsafe slices.initialize(repeating: nil, count: capacity)
  }

  deinit { unsafe slices.deallocate() }

  /// Forgets everything but keeps its memory.
  mutating func clear() {
    facts = Facts()
    unsafe slices.update(repeating: nil, count: Self.fieldCount)
  }

  /// A field, or `nil` when the statement does not have it.
  @inline(__always)
  subscript(field: Field) -> JSONString? {
    get { unsafe slices[field.rawValue] }
    set { unsafe slices[field.rawValue] = newValue }
  }

  /// A target, by its number.
  @inline(__always)
  func target(_ index: Int) -> JSONString? { unsafe slices[Self.fieldCount &+ index] }

  /// Adds a target.
  mutating func append(target: JSONString) {
    reserve(targets: facts.targetCount + 1)
    unsafe slices[Self.fieldCount + facts.targetCount] = target
    facts.targetCount += 1
  }

  /// Makes room for targets.
  mutating func reserve(targets count: Int) {
    guard Self.fieldCount + count > capacity else { return }
    let larger = max(capacity * 2, Self.fieldCount + count)
    let bigger = UnsafeMutablePointer<JSONString?>.allocate(capacity: larger)
    unsafe bigger.initialize(from: slices, count: capacity)
    unsafe (bigger + capacity).initialize(repeating: nil, count: larger - capacity)
    unsafe slices.deallocate()
    unsafe slices = bigger
    capacity = larger
  }

  /// The number of fields and targets.
  var sliceCount: Int { Self.fieldCount + facts.targetCount }

  /// Whether there is a score.
  var hasScore: Bool { self[.raw] != nil || self[.scaled] != nil }

  /// Whether the statement takes back another one.
  var isVoiding: Bool {
    self[.verb]?.equals("http://adlnet.gov/expapi/verbs/voided") ?? false
  }

  /// Whether the statement shows what a learner did in an activity, with a score.
  var isEvidence: Bool {
    hasScore && self[.person] != nil && !facts.isGroup && facts.objectKind == .activity
      && self[.object] != nil && !isVoiding
  }
}
