internal import AdapterKit
internal import CAdapterABI

// The tables of the three versions: which column of which file fills which field.  Reading and
// writing both follow them.

private let stem = "sourcedId!:id:id status::status dateLastModified:modified:time "
private let demographicColumns = """
  americanIndianOrAlaskaNative::boolean asian::boolean blackOrAfricanAmerican::boolean \
  nativeHawaiianOrOtherPacificIslander::boolean white::boolean \
  demographicRaceTwoOrMoreRaces:twoOrMoreRaces:boolean \
  hispanicOrLatinoEthnicity:hispanicOrLatino:boolean countryOfBirthCode:countryOfBirth \
  stateOfBirthAbbreviation:stateOfBirth cityOfBirth \
  publicSchoolResidenceStatus:publicSchoolResidence
  """
private let personColumns = """
  username! userIds:identifiers:identifiers givenName! familyName! middleName identifier email \
  sms phone agentSourcedIds:agents:refs grades::list password
  """
private let itemColumns = """
  title! description assignDate!::date dueDate!::date classSourcedId!:class:ref \
  categorySourcedId!:category:ref
  """
private let resultColumns = """
  lineItemSourcedId!:lineItem:ref studentSourcedId!:person:ref scoreStatus!:state:state \
  score::number scoreDate!::date comment
  """

// Files that are the same in 1.1 and 1.2.
private let orgs = FileTable(
  "orgs", CBL_KIND_ORGANIZATION, stem + "name! type!::@org identifier parentSourcedId:parent:ref")
private let academicSessions = FileTable(
  "academicSessions", CBL_KIND_ACADEMIC_SESSION,
  stem + """
    title! type!::@session startDate!::date endDate!::date parentSourcedId:parent:ref \
    schoolYear!::year
    """)
private let courses = FileTable(
  "courses", CBL_KIND_COURSE,
  stem + """
    schoolYearSourcedId:academicSession:ref title! courseCode:code grades::list \
    orgSourcedId!:organization:ref subjects::list subjectCodes::list
    """)
private let classes = FileTable(
  "classes", CBL_KIND_CLASS,
  stem + """
    title! grades::list courseSourcedId!:course:ref classCode:code classType!:type:@class \
    location schoolSourcedId!:organization:ref termSourcedIds!:academicSessions:refs \
    subjects::list subjectCodes::list periods::list
    """)
private let resources = FileTable(
  "resources", CBL_KIND_RESOURCE,
  stem + """
    vendorResourceId!:vendorResource title roles::list importance::@importance \
    vendorId:vendor applicationId:application
    """)
private let courseResources = FileTable(
  "courseResources", CBL_KIND_RESOURCE_USE, ownerKind: "course",
  stem + "title courseSourcedId!:owner:ref resourceSourcedId!:resource:ref")
private let classResources = FileTable(
  "classResources", CBL_KIND_RESOURCE_USE, ownerKind: "class",
  stem + "title classSourcedId!:owner:ref resourceSourcedId!:resource:ref")

private func enrollments(role: String) -> FileTable {
  FileTable(
    "enrollments", CBL_KIND_ENROLLMENT,
    stem + """
      classSourcedId!:class:ref schoolSourcedId!:organization:ref userSourcedId!:person:ref \
      role!::@\(role) primary::boolean beginDate::date endDate::date
      """)
}

private func demographics(sex: String) -> FileTable {
  FileTable(
    "demographics", CBL_KIND_DEMOGRAPHICS,
    """
    sourcedId!:person:id status::status dateLastModified:modified:time birthDate::date \
    sex::@\(sex) \(demographicColumns)
    """)
}

extension Version {
  static let files12: [FileTable] = [
    orgs, academicSessions, courses, classes,
    FileTable(
      "users", CBL_KIND_PERSON,
      stem + "enabledUser!:enabled:boolean " + personColumns + """
         userMasterIdentifier:masterIdentifier preferredGivenName preferredMiddleName \
        preferredFamilyName primaryOrgSourcedId:primaryOrganization:ref pronouns
        """),
    demographics(sex: "sex"),
    FileTable(
      "userProfiles", CBL_KIND_PROFILE,
      stem + """
        userSourcedId!:person:ref profileType!:type vendorId!:vendor applicationId:application \
        description credentialType! username! password
        """),
    FileTable(
      "roles", CBL_KIND_ROLE,
      stem + """
        userSourcedId!:person:ref roleType!:type:@roleType role!::@role beginDate::date \
        endDate::date orgSourcedId!:organization:ref userProfileSourcedId:profile:ref
        """),
    enrollments(role: "enrollment"), resources, courseResources, classResources,
    FileTable(
      "userResources", CBL_KIND_RESOURCE_USE, ownerKind: "person",
      stem + """
        userSourcedId!:owner:ref orgSourcedId:organization:ref classSourcedId:class:ref \
        resourceSourcedId!:resource:ref
        """),
    FileTable("categories", CBL_KIND_CATEGORY, stem + "title! weight::number"),
    FileTable(
      "scoreScales", CBL_KIND_SCALE,
      stem + """
        title! type! orgSourcedId!:organization:ref courseSourcedId!:course:ref \
        classSourcedId!:class:ref scoreScaleValue!:-:levels
        """),
    FileTable(
      "lineItems", CBL_KIND_LINE_ITEM,
      stem + itemColumns + """
         academicSessionSourcedId!:academicSession:ref resultValueMin:minimum:number \
        resultValueMax:maximum:number schoolSourcedId!:organization:ref
        """),
    FileTable(
      "lineItemScoreScales", CBL_KIND_SCALE_USE, ownerKind: "line_item",
      stem + "title lineItemSourcedId!:owner:ref scoreScaleSourcedId!:scale:ref"),
    FileTable(
      "resultScoreScales", CBL_KIND_SCALE_USE, ownerKind: "result",
      stem + "title resultSourcedId!:owner:ref scoreScaleSourcedId!:scale:ref"),
    FileTable(
      "lineItemLearningObjectiveIds", CBL_KIND_ALIGNMENT, ownerKind: "line_item",
      stem + "lineItemSourcedId!:owner:ref source!::@source learningObjectiveId!:target"),
    FileTable(
      "results", CBL_KIND_RESULT,
      stem + resultColumns + """
         textScore classSourcedId:class:ref inProgress::boolean incomplete::boolean \
        late::boolean missing::boolean
        """),
    FileTable(
      "resultLearningObjectiveIds", CBL_KIND_TARGET_RESULT,
      stem + """
        resultSourcedId!:result:ref source!::@source learningObjectiveId!:target score::number \
        textScore
        """),
  ]

  static let files11: [FileTable] = [
    orgs, academicSessions, courses, classes,
    FileTable(
      "users", CBL_KIND_PERSON,
      stem + """
        enabledUser!:enabled:boolean orgSourcedIds!:organizations:refs role!::@userRole \
        \(personColumns)
        """),
    demographics(sex: "binarySex"), enrollments(role: "enrollmentRole"),
    resources, courseResources, classResources,
    FileTable("categories", CBL_KIND_CATEGORY, stem + "title!"),
    FileTable(
      "lineItems", CBL_KIND_LINE_ITEM,
      stem + itemColumns + """
         gradingPeriodSourcedId!:academicSession:ref resultValueMin:minimum:number \
        resultValueMax:maximum:number
        """),
    FileTable("results", CBL_KIND_RESULT, stem + resultColumns),
  ]

  static let files10: [FileTable] = [
    FileTable(
      "orgs", CBL_KIND_ORGANIZATION,
      stem + """
        name! type!::@org identifier metadata.classification::attribute \
        metadata.gender::attribute metadata.boarding::attribute parentSourcedId:parent:ref
        """),
    FileTable(
      "academicSessions", CBL_KIND_ACADEMIC_SESSION,
      stem + "title! type!::@session startDate!::date endDate!::date parentSourcedId:parent:ref"),
    FileTable(
      "courses", CBL_KIND_COURSE,
      stem + """
        schoolYearId:academicSession:ref metadata.duration::attribute title! courseCode:code \
        grade:grades:list orgSourcedId!:organization:ref subjects::list
        """),
    FileTable(
      "classes", CBL_KIND_CLASS,
      stem + """
        title! grade:grades:list courseSourcedId!:course:ref classCode:code \
        classType!:type:@class location schoolSourcedId!:organization:ref \
        termSourcedId!:academicSessions:refs subjects::list
        """),
    FileTable(
      "users", CBL_KIND_PERSON,
      stem + """
        orgSourcedIds!:organizations:refs role!::@userRole username! userId:identifiers:identifier \
        givenName! familyName! identifier email sms phone agents::refs
        """),
    FileTable(
      "demographics", CBL_KIND_DEMOGRAPHICS,
      """
      userSourcedId!:person:id status::status dateLastModified:modified:time \
      birthdate:birthDate:date sex::@binarySex \(demographicColumns)
      """),
    FileTable(
      "enrollments", CBL_KIND_ENROLLMENT,
      """
      sourcedId!:id:id classSourcedId!:class:ref schoolSourcedId!:organization:ref \
      userSourcedId!:person:ref role!::@enrollmentRole status::status \
      dateLastModified:modified:time primary::boolean
      """),
  ]
}
