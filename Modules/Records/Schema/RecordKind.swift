internal import CAdapterABI

/// A kind of record, such as `result` or `lineItem`.
///
/// The kinds and their fields are the table of `cbl/records.h`; numbers never change.
public struct RecordKind: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The number of the kind, from 1.
  public let number: Int

  /// A kind by its number, or `nil` when there is none.
  public init?(number: Int) {
    guard (1..<Self.limit).contains(number) else { return nil }
    self.number = number
  }

  /// A kind by its name, such as `lineItem`, or `nil` when there is none.
  public init?(name: String) {
    guard let kind = Self.all.first(where: { $0.name == name }) else { return nil }
    self = kind
  }

  init(_ kind: cbl_kind) {
    number = Int(kind.rawValue)
  }

  /// One more than the greatest number.
  public static let limit = Int(CBL_KIND_COUNT.rawValue)

  /// All kinds, in the order of their numbers.
  public static let all: [RecordKind] = (1..<limit).compactMap(RecordKind.init(number:))

  /// How one member of the input was written.
  public static let sourceMember = RecordKind(CBL_KIND_SOURCE_MEMBER)
  /// A line that its record does not reproduce.
  public static let sourceLine = RecordKind(CBL_KIND_SOURCE_LINE)
  /// Anything that no other kind can carry.
  public static let attribute = RecordKind(CBL_KIND_ATTRIBUTE)
  /// The exchange itself.
  public static let dataset = RecordKind(CBL_KIND_DATASET)
  /// A school or other body.
  public static let organization = RecordKind(CBL_KIND_ORGANIZATION)
  /// A school year, term or grading period.
  public static let academicSession = RecordKind(CBL_KIND_ACADEMIC_SESSION)
  /// A course.
  public static let course = RecordKind(CBL_KIND_COURSE)
  /// A class.
  public static let schoolClass = RecordKind(CBL_KIND_CLASS)
  /// A person.
  public static let person = RecordKind(CBL_KIND_PERSON)
  /// Facts on a person that privacy rules treat apart.
  public static let demographics = RecordKind(CBL_KIND_DEMOGRAPHICS)
  /// An account in another system.
  public static let profile = RecordKind(CBL_KIND_PROFILE)
  /// What a person is at an organization.
  public static let role = RecordKind(CBL_KIND_ROLE)
  /// A person in a class.
  public static let enrollment = RecordKind(CBL_KIND_ENROLLMENT)
  /// A proficiency or grading scale.
  public static let scale = RecordKind(CBL_KIND_SCALE)
  /// One level of a scale.
  public static let scaleLevel = RecordKind(CBL_KIND_SCALE_LEVEL)
  /// A target.
  public static let target = RecordKind(CBL_KIND_TARGET)
  /// How two targets stand to each other.
  public static let association = RecordKind(CBL_KIND_ASSOCIATION)
  /// Something that learners are scored on.
  public static let lineItem = RecordKind(CBL_KIND_LINE_ITEM)
  /// A scale that a line item or result uses.
  public static let scaleUse = RecordKind(CBL_KIND_SCALE_USE)
  /// What a line item shows.
  public static let alignment = RecordKind(CBL_KIND_ALIGNMENT)
  /// The score or state of one learner in one line item.
  public static let result = RecordKind(CBL_KIND_RESULT)
  /// What a result says of one target.
  public static let targetResult = RecordKind(CBL_KIND_TARGET_RESULT)
  /// A total that the source system computed.
  public static let aggregateGrade = RecordKind(CBL_KIND_AGGREGATE_GRADE)
  /// One observation of one learner on one target.
  public static let evidence = RecordKind(CBL_KIND_EVIDENCE)
  /// A learning event, kept as JSON.
  public static let event = RecordKind(CBL_KIND_EVENT)

  /// Whether records of the kind describe the source and are no data of their own.
  public var isSourceLayer: Bool { self == .sourceMember || self == .sourceLine }

  /// The kind's bit in a mask of kinds.
  public var bit: UInt64 { 1 << UInt64(number) }

  /// The name, as in the table of kinds.
  public var name: String { RecordSchema.of(self).name }

  /// The name, as in the table of kinds.
  public var description: String { name }

  /// Orders by number.
  public static func < (left: RecordKind, right: RecordKind) -> Bool {
    left.number < right.number
  }
}
