public import CAdapterABI

/// A row of one kind of record, as it crosses the boundary: an origin and texts.
///
/// The rows are the C structs of `cbl/records.h`; a fresh one has only absent fields.
public protocol RecordRow {
  /// The number of the kind.
  static var kind: cbl_kind { get }

  /// A row whose fields are all absent.
  init()
}

/// How one member of the input was written, so that the same format can be written back byte for byte.
public typealias SourceMemberRow = cbl_source_member

/// A line that its record does not reproduce; see the source layer in the documentation.
public typealias SourceLineRow = cbl_source_line

/// Anything that a format has and no other record can carry.
public typealias AttributeRow = cbl_attribute

/// The exchange itself: where the data comes from and what it means to receive it.
public typealias DatasetRow = cbl_dataset

/// A school, district, department or other body.
public typealias OrganizationRow = cbl_organization

/// A school year, term or grading period.
public typealias AcademicSessionRow = cbl_academic_session

/// What is taught; classes are its instances.
public typealias CourseRow = cbl_course

/// A course as it is held for one group of learners: the section a gradebook belongs to.
public typealias ClassRow = cbl_class

/// A learner, teacher, guardian or other user.
public typealias PersonRow = cbl_person

/// Facts on a person that privacy rules treat apart; kept out unless asked for.
public typealias DemographicsRow = cbl_demographics

/// An account of a person in another system.
public typealias ProfileRow = cbl_profile

/// What a person is at an organization.
public typealias RoleRow = cbl_role

/// A person in a class.
public typealias EnrollmentRow = cbl_enrollment

/// Teaching material or an application.
public typealias ResourceRow = cbl_resource

/// Where a resource is used.
public typealias ResourceUseRow = cbl_resource_use

/// A group of line items, such as homework or tests.
public typealias CategoryRow = cbl_category

/// A proficiency or grading scale.
public typealias ScaleRow = cbl_scale

/// One level of a scale.
public typealias ScaleLevelRow = cbl_scale_level

/// A named rule that takes one scale's level to another's.
public typealias ScaleMappingRow = cbl_scale_mapping

/// A standards catalog: a document of targets.
public typealias FrameworkRow = cbl_framework

/// What can be mastered: a standard, learning target, outcome, skill or habit.
public typealias TargetRow = cbl_target

/// A link between targets.
public typealias AssociationRow = cbl_association

/// Something that learners are scored on: an assignment, quiz, project or column of a gradebook.
public typealias LineItemRow = cbl_line_item

/// An exception of one learner from a line item.
public typealias LineItemOverrideRow = cbl_line_item_override

/// A scale that a line item or result uses.
public typealias ScaleUseRow = cbl_scale_use

/// A rubric.
public typealias RubricRow = cbl_rubric

/// A criterion of a rubric.
public typealias CriterionRow = cbl_criterion

/// A level of a criterion.
public typealias CriterionLevelRow = cbl_criterion_level

/// What a line item, criterion or test item shows.
public typealias AlignmentRow = cbl_alignment

/// The score or state of one learner in one line item.
public typealias ResultRow = cbl_result

/// One try of a learner at a line item.
public typealias AttemptRow = cbl_attempt

/// An answer to one item within an attempt.
public typealias ResponseRow = cbl_response

/// What a result says of one target.
public typealias TargetResultRow = cbl_target_result

/// A total that the source system computed: a category, course or final grade.
public typealias AggregateGradeRow = cbl_aggregate_grade

/// A score on a test or part of a test.
public typealias AssessmentResultRow = cbl_assessment_result

/// One observation of one learner on one target, complete in itself.
public typealias EvidenceRow = cbl_evidence

/// A line of a transcript.
public typealias TranscriptEntryRow = cbl_transcript_entry

/// A badge or record, kept as bytes.
public typealias CredentialRow = cbl_credential

/// A learning event, kept as JSON.
public typealias EventRow = cbl_event

extension SourceMemberRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_SOURCE_MEMBER }
}

extension SourceLineRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_SOURCE_LINE }
}

extension AttributeRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_ATTRIBUTE }
}

extension DatasetRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_DATASET }
}

extension OrganizationRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_ORGANIZATION }
}

extension AcademicSessionRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_ACADEMIC_SESSION }
}

extension CourseRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_COURSE }
}

extension ClassRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_CLASS }
}

extension PersonRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_PERSON }
}

extension DemographicsRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_DEMOGRAPHICS }
}

extension ProfileRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_PROFILE }
}

extension RoleRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_ROLE }
}

extension EnrollmentRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_ENROLLMENT }
}

extension ResourceRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_RESOURCE }
}

extension ResourceUseRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_RESOURCE_USE }
}

extension CategoryRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_CATEGORY }
}

extension ScaleRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_SCALE }
}

extension ScaleLevelRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_SCALE_LEVEL }
}

extension ScaleMappingRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_SCALE_MAPPING }
}

extension FrameworkRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_FRAMEWORK }
}

extension TargetRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_TARGET }
}

extension AssociationRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_ASSOCIATION }
}

extension LineItemRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_LINE_ITEM }
}

extension LineItemOverrideRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_LINE_ITEM_OVERRIDE }
}

extension ScaleUseRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_SCALE_USE }
}

extension RubricRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_RUBRIC }
}

extension CriterionRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_CRITERION }
}

extension CriterionLevelRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_CRITERION_LEVEL }
}

extension AlignmentRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_ALIGNMENT }
}

extension ResultRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_RESULT }
}

extension AttemptRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_ATTEMPT }
}

extension ResponseRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_RESPONSE }
}

extension TargetResultRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_TARGET_RESULT }
}

extension AggregateGradeRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_AGGREGATE_GRADE }
}

extension AssessmentResultRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_ASSESSMENT_RESULT }
}

extension EvidenceRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_EVIDENCE }
}

extension TranscriptEntryRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_TRANSCRIPT_ENTRY }
}

extension CredentialRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_CREDENTIAL }
}

extension EventRow: RecordRow {
  /// The number of the kind.
  public static var kind: cbl_kind { CBL_KIND_EVENT }
}
