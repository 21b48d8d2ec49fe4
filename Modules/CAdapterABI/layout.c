#include "cbl/adapter.h"

/* The table of kinds, and the proof that it agrees with the structs: a row is an origin followed
 * by as many texts as the kind has fields.  Changing an assertion means a new major version. */

#define TEXT(literal) {literal, sizeof(literal) - 1}
#define FIELD(kind, member, name, type, reference)                                                 \
  {TEXT(name), type, reference, offsetof(cbl_##kind, member)}
#define LAYOUT(kind, count)                                                                        \
  _Static_assert(sizeof(cbl_##kind) == sizeof(cbl_origin) + (count) * sizeof(cbl_text),            \
                 "a row of " #kind " is an origin and its texts");                                 \
  _Static_assert(sizeof(kind##_fields) == (count) * sizeof(cbl_field),                             \
                 "every field of " #kind " is in the table")
#define KIND(kind, name, number)                                                                   \
  {number, sizeof(kind##_fields) / sizeof(cbl_field), TEXT(name), kind##_fields, sizeof(cbl_##kind)}

_Static_assert(sizeof(void *) == 8, "64-bit hosts only");
_Static_assert(sizeof(cbl_text) == 16, "text is a pointer and a count");
_Static_assert(sizeof(cbl_origin) == 16, "the origin has the size of a text");
_Static_assert(CBL_KIND_COUNT <= 64, "kinds fit a mask");

static const cbl_field source_member_fields[] = {
  FIELD(source_member, id, "id", CBL_ID, 0),
  FIELD(source_member, status, "status", CBL_TOKEN, 0),
  FIELD(source_member, modified, "modified", CBL_DATE, 0),
  FIELD(source_member, format, "format", CBL_TOKEN, 0),
  FIELD(source_member, dialect, "dialect", CBL_TEXT, 0),
  FIELD(source_member, header, "header", CBL_TEXT, 0),
  FIELD(source_member, trailer, "trailer", CBL_TEXT, 0),
  FIELD(source_member, position, "position", CBL_NUMBER, 0),
};
LAYOUT(source_member, 8);

static const cbl_field source_line_fields[] = {
  FIELD(source_line, id, "id", CBL_ID, 0),
  FIELD(source_line, status, "status", CBL_TOKEN, 0),
  FIELD(source_line, modified, "modified", CBL_DATE, 0),
  FIELD(source_line, member, "member", CBL_TEXT, 0),
  FIELD(source_line, position, "position", CBL_NUMBER, 0),
  FIELD(source_line, check, "check", CBL_TEXT, 0),
  FIELD(source_line, raw, "raw", CBL_TEXT, 0),
  FIELD(source_line, line_end, "lineEnd", CBL_TOKEN, 0),
};
LAYOUT(source_line, 8);

static const cbl_field attribute_fields[] = {
  FIELD(attribute, id, "id", CBL_ID, 0),
  FIELD(attribute, status, "status", CBL_TOKEN, 0),
  FIELD(attribute, modified, "modified", CBL_DATE, 0),
  FIELD(attribute, owner_kind, "ownerKind", CBL_TOKEN, 0),
  FIELD(attribute, owner, "owner", CBL_TEXT, 0),
  FIELD(attribute, vocabulary, "vocabulary", CBL_TOKEN, 0),
  FIELD(attribute, key, "key", CBL_TEXT, 0),
  FIELD(attribute, value, "value", CBL_TEXT, 0),
};
LAYOUT(attribute, 8);

static const cbl_field dataset_fields[] = {
  FIELD(dataset, id, "id", CBL_ID, 0),
  FIELD(dataset, status, "status", CBL_TOKEN, 0),
  FIELD(dataset, modified, "modified", CBL_DATE, 0),
  FIELD(dataset, format, "format", CBL_TOKEN, 0),
  FIELD(dataset, version, "version", CBL_TEXT, 0),
  FIELD(dataset, intent, "intent", CBL_TOKEN, 0),
  FIELD(dataset, system_name, "systemName", CBL_TEXT, 0),
  FIELD(dataset, system_code, "systemCode", CBL_TEXT, 0),
  FIELD(dataset, title, "title", CBL_TEXT, 0),
  FIELD(dataset, locale, "locale", CBL_TOKEN, 0),
  FIELD(dataset, created, "created", CBL_DATE, 0),
};
LAYOUT(dataset, 11);

static const cbl_field organization_fields[] = {
  FIELD(organization, id, "id", CBL_ID, 0),
  FIELD(organization, status, "status", CBL_TOKEN, 0),
  FIELD(organization, modified, "modified", CBL_DATE, 0),
  FIELD(organization, name, "name", CBL_TEXT, 0),
  FIELD(organization, type, "type", CBL_TOKEN, 0),
  FIELD(organization, identifier, "identifier", CBL_TEXT, 0),
  FIELD(organization, parent, "parent", CBL_REFERENCE, CBL_KIND_ORGANIZATION),
};
LAYOUT(organization, 7);

static const cbl_field academic_session_fields[] = {
  FIELD(academic_session, id, "id", CBL_ID, 0),
  FIELD(academic_session, status, "status", CBL_TOKEN, 0),
  FIELD(academic_session, modified, "modified", CBL_DATE, 0),
  FIELD(academic_session, title, "title", CBL_TEXT, 0),
  FIELD(academic_session, type, "type", CBL_TOKEN, 0),
  FIELD(academic_session, start_date, "startDate", CBL_DATE, 0),
  FIELD(academic_session, end_date, "endDate", CBL_DATE, 0),
  FIELD(academic_session, parent, "parent", CBL_REFERENCE, CBL_KIND_ACADEMIC_SESSION),
  FIELD(academic_session, school_year, "schoolYear", CBL_TEXT, 0),
};
LAYOUT(academic_session, 9);

static const cbl_field course_fields[] = {
  FIELD(course, id, "id", CBL_ID, 0),
  FIELD(course, status, "status", CBL_TOKEN, 0),
  FIELD(course, modified, "modified", CBL_DATE, 0),
  FIELD(course, title, "title", CBL_TEXT, 0),
  FIELD(course, code, "code", CBL_TEXT, 0),
  FIELD(course, organization, "organization", CBL_REFERENCE, CBL_KIND_ORGANIZATION),
  FIELD(course, academic_session, "academicSession", CBL_REFERENCE, CBL_KIND_ACADEMIC_SESSION),
  FIELD(course, grades, "grades", CBL_LIST, 0),
  FIELD(course, subjects, "subjects", CBL_LIST, 0),
  FIELD(course, subject_codes, "subjectCodes", CBL_LIST, 0),
  FIELD(course, description, "description", CBL_TEXT, 0),
  FIELD(course, type, "type", CBL_TOKEN, 0),
  FIELD(course, start_date, "startDate", CBL_DATE, 0),
  FIELD(course, end_date, "endDate", CBL_DATE, 0),
};
LAYOUT(course, 14);

static const cbl_field class_fields[] = {
  FIELD(class, id, "id", CBL_ID, 0),
  FIELD(class, status, "status", CBL_TOKEN, 0),
  FIELD(class, modified, "modified", CBL_DATE, 0),
  FIELD(class, title, "title", CBL_TEXT, 0),
  FIELD(class, code, "code", CBL_TEXT, 0),
  FIELD(class, course, "course", CBL_REFERENCE, CBL_KIND_COURSE),
  FIELD(class, organization, "organization", CBL_REFERENCE, CBL_KIND_ORGANIZATION),
  FIELD(class, academic_sessions, "academicSessions", CBL_REFERENCE_LIST, CBL_KIND_ACADEMIC_SESSION),
  FIELD(class, type, "type", CBL_TOKEN, 0),
  FIELD(class, location, "location", CBL_TEXT, 0),
  FIELD(class, grades, "grades", CBL_LIST, 0),
  FIELD(class, subjects, "subjects", CBL_LIST, 0),
  FIELD(class, subject_codes, "subjectCodes", CBL_LIST, 0),
  FIELD(class, periods, "periods", CBL_LIST, 0),
  FIELD(class, start_date, "startDate", CBL_DATE, 0),
  FIELD(class, end_date, "endDate", CBL_DATE, 0),
};
LAYOUT(class, 16);

static const cbl_field person_fields[] = {
  FIELD(person, id, "id", CBL_ID, 0),
  FIELD(person, status, "status", CBL_TOKEN, 0),
  FIELD(person, modified, "modified", CBL_DATE, 0),
  FIELD(person, given_name, "givenName", CBL_TEXT, 0),
  FIELD(person, family_name, "familyName", CBL_TEXT, 0),
  FIELD(person, middle_name, "middleName", CBL_TEXT, 0),
  FIELD(person, name, "name", CBL_TEXT, 0),
  FIELD(person, sort_name, "sortName", CBL_TEXT, 0),
  FIELD(person, username, "username", CBL_TEXT, 0),
  FIELD(person, identifier, "identifier", CBL_TEXT, 0),
  FIELD(person, identifiers, "identifiers", CBL_LIST, 0),
  FIELD(person, email, "email", CBL_TEXT, 0),
  FIELD(person, sms, "sms", CBL_TEXT, 0),
  FIELD(person, phone, "phone", CBL_TEXT, 0),
  FIELD(person, enabled, "enabled", CBL_BOOLEAN, 0),
  FIELD(person, grades, "grades", CBL_LIST, 0),
  FIELD(person, agents, "agents", CBL_REFERENCE_LIST, CBL_KIND_PERSON),
  FIELD(person, organizations, "organizations", CBL_REFERENCE_LIST, CBL_KIND_ORGANIZATION),
  FIELD(person, primary_organization, "primaryOrganization", CBL_REFERENCE, CBL_KIND_ORGANIZATION),
  FIELD(person, role, "role", CBL_TOKEN, 0),
  FIELD(person, password, "password", CBL_TEXT, 0),
  FIELD(person, master_identifier, "masterIdentifier", CBL_TEXT, 0),
  FIELD(person, preferred_given_name, "preferredGivenName", CBL_TEXT, 0),
  FIELD(person, preferred_middle_name, "preferredMiddleName", CBL_TEXT, 0),
  FIELD(person, preferred_family_name, "preferredFamilyName", CBL_TEXT, 0),
  FIELD(person, pronouns, "pronouns", CBL_TEXT, 0),
  FIELD(person, test, "test", CBL_BOOLEAN, 0),
};
LAYOUT(person, 27);

static const cbl_field demographics_fields[] = {
  FIELD(demographics, id, "id", CBL_ID, 0),
  FIELD(demographics, status, "status", CBL_TOKEN, 0),
  FIELD(demographics, modified, "modified", CBL_DATE, 0),
  FIELD(demographics, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(demographics, birth_date, "birthDate", CBL_DATE, 0),
  FIELD(demographics, sex, "sex", CBL_TOKEN, 0),
  FIELD(demographics, american_indian_or_alaska_native, "americanIndianOrAlaskaNative", CBL_BOOLEAN, 0),
  FIELD(demographics, asian, "asian", CBL_BOOLEAN, 0),
  FIELD(demographics, black_or_african_american, "blackOrAfricanAmerican", CBL_BOOLEAN, 0),
  FIELD(demographics, native_hawaiian_or_other_pacific_islander, "nativeHawaiianOrOtherPacificIslander", CBL_BOOLEAN, 0),
  FIELD(demographics, white, "white", CBL_BOOLEAN, 0),
  FIELD(demographics, two_or_more_races, "twoOrMoreRaces", CBL_BOOLEAN, 0),
  FIELD(demographics, hispanic_or_latino, "hispanicOrLatino", CBL_BOOLEAN, 0),
  FIELD(demographics, country_of_birth, "countryOfBirth", CBL_TEXT, 0),
  FIELD(demographics, state_of_birth, "stateOfBirth", CBL_TEXT, 0),
  FIELD(demographics, city_of_birth, "cityOfBirth", CBL_TEXT, 0),
  FIELD(demographics, public_school_residence, "publicSchoolResidence", CBL_TEXT, 0),
};
LAYOUT(demographics, 17);

static const cbl_field profile_fields[] = {
  FIELD(profile, id, "id", CBL_ID, 0),
  FIELD(profile, status, "status", CBL_TOKEN, 0),
  FIELD(profile, modified, "modified", CBL_DATE, 0),
  FIELD(profile, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(profile, type, "type", CBL_TOKEN, 0),
  FIELD(profile, vendor, "vendor", CBL_TEXT, 0),
  FIELD(profile, application, "application", CBL_TEXT, 0),
  FIELD(profile, description, "description", CBL_TEXT, 0),
  FIELD(profile, credential_type, "credentialType", CBL_TOKEN, 0),
  FIELD(profile, username, "username", CBL_TEXT, 0),
  FIELD(profile, password, "password", CBL_TEXT, 0),
};
LAYOUT(profile, 11);

static const cbl_field role_fields[] = {
  FIELD(role, id, "id", CBL_ID, 0),
  FIELD(role, status, "status", CBL_TOKEN, 0),
  FIELD(role, modified, "modified", CBL_DATE, 0),
  FIELD(role, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(role, type, "type", CBL_TOKEN, 0),
  FIELD(role, role, "role", CBL_TOKEN, 0),
  FIELD(role, begin_date, "beginDate", CBL_DATE, 0),
  FIELD(role, end_date, "endDate", CBL_DATE, 0),
  FIELD(role, organization, "organization", CBL_REFERENCE, CBL_KIND_ORGANIZATION),
  FIELD(role, profile, "profile", CBL_REFERENCE, CBL_KIND_PROFILE),
};
LAYOUT(role, 10);

static const cbl_field enrollment_fields[] = {
  FIELD(enrollment, id, "id", CBL_ID, 0),
  FIELD(enrollment, status, "status", CBL_TOKEN, 0),
  FIELD(enrollment, modified, "modified", CBL_DATE, 0),
  FIELD(enrollment, class_, "class", CBL_REFERENCE, CBL_KIND_CLASS),
  FIELD(enrollment, organization, "organization", CBL_REFERENCE, CBL_KIND_ORGANIZATION),
  FIELD(enrollment, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(enrollment, role, "role", CBL_TOKEN, 0),
  FIELD(enrollment, primary, "primary", CBL_BOOLEAN, 0),
  FIELD(enrollment, begin_date, "beginDate", CBL_DATE, 0),
  FIELD(enrollment, end_date, "endDate", CBL_DATE, 0),
  FIELD(enrollment, state, "state", CBL_TOKEN, 0),
};
LAYOUT(enrollment, 11);

static const cbl_field resource_fields[] = {
  FIELD(resource, id, "id", CBL_ID, 0),
  FIELD(resource, status, "status", CBL_TOKEN, 0),
  FIELD(resource, modified, "modified", CBL_DATE, 0),
  FIELD(resource, title, "title", CBL_TEXT, 0),
  FIELD(resource, vendor_resource, "vendorResource", CBL_TEXT, 0),
  FIELD(resource, roles, "roles", CBL_LIST, 0),
  FIELD(resource, importance, "importance", CBL_TOKEN, 0),
  FIELD(resource, vendor, "vendor", CBL_TEXT, 0),
  FIELD(resource, application, "application", CBL_TEXT, 0),
};
LAYOUT(resource, 9);

static const cbl_field resource_use_fields[] = {
  FIELD(resource_use, id, "id", CBL_ID, 0),
  FIELD(resource_use, status, "status", CBL_TOKEN, 0),
  FIELD(resource_use, modified, "modified", CBL_DATE, 0),
  FIELD(resource_use, title, "title", CBL_TEXT, 0),
  FIELD(resource_use, owner_kind, "ownerKind", CBL_TOKEN, 0),
  FIELD(resource_use, owner, "owner", CBL_TEXT, 0),
  FIELD(resource_use, resource, "resource", CBL_REFERENCE, CBL_KIND_RESOURCE),
  FIELD(resource_use, organization, "organization", CBL_REFERENCE, CBL_KIND_ORGANIZATION),
  FIELD(resource_use, class_, "class", CBL_REFERENCE, CBL_KIND_CLASS),
};
LAYOUT(resource_use, 9);

static const cbl_field category_fields[] = {
  FIELD(category, id, "id", CBL_ID, 0),
  FIELD(category, status, "status", CBL_TOKEN, 0),
  FIELD(category, modified, "modified", CBL_DATE, 0),
  FIELD(category, title, "title", CBL_TEXT, 0),
  FIELD(category, weight, "weight", CBL_NUMBER, 0),
  FIELD(category, class_, "class", CBL_REFERENCE, CBL_KIND_CLASS),
  FIELD(category, position, "position", CBL_NUMBER, 0),
};
LAYOUT(category, 7);

static const cbl_field scale_fields[] = {
  FIELD(scale, id, "id", CBL_ID, 0),
  FIELD(scale, status, "status", CBL_TOKEN, 0),
  FIELD(scale, modified, "modified", CBL_DATE, 0),
  FIELD(scale, title, "title", CBL_TEXT, 0),
  FIELD(scale, type, "type", CBL_TOKEN, 0),
  FIELD(scale, organization, "organization", CBL_REFERENCE, CBL_KIND_ORGANIZATION),
  FIELD(scale, course, "course", CBL_REFERENCE, CBL_KIND_COURSE),
  FIELD(scale, class_, "class", CBL_REFERENCE, CBL_KIND_CLASS),
  FIELD(scale, description, "description", CBL_TEXT, 0),
  FIELD(scale, mastery, "mastery", CBL_NUMBER, 0),
};
LAYOUT(scale, 10);

static const cbl_field scale_level_fields[] = {
  FIELD(scale_level, id, "id", CBL_ID, 0),
  FIELD(scale_level, status, "status", CBL_TOKEN, 0),
  FIELD(scale_level, modified, "modified", CBL_DATE, 0),
  FIELD(scale_level, scale, "scale", CBL_REFERENCE, CBL_KIND_SCALE),
  FIELD(scale_level, label, "label", CBL_TEXT, 0),
  FIELD(scale_level, position, "position", CBL_NUMBER, 0),
  FIELD(scale_level, value, "value", CBL_NUMBER, 0),
  FIELD(scale_level, low, "low", CBL_NUMBER, 0),
  FIELD(scale_level, high, "high", CBL_NUMBER, 0),
  FIELD(scale_level, mastery, "mastery", CBL_BOOLEAN, 0),
  FIELD(scale_level, is_default, "default", CBL_BOOLEAN, 0),
  FIELD(scale_level, description, "description", CBL_TEXT, 0),
};
LAYOUT(scale_level, 12);

static const cbl_field scale_mapping_fields[] = {
  FIELD(scale_mapping, id, "id", CBL_ID, 0),
  FIELD(scale_mapping, status, "status", CBL_TOKEN, 0),
  FIELD(scale_mapping, modified, "modified", CBL_DATE, 0),
  FIELD(scale_mapping, title, "title", CBL_TEXT, 0),
  FIELD(scale_mapping, from_scale, "fromScale", CBL_REFERENCE, CBL_KIND_SCALE),
  FIELD(scale_mapping, to_scale, "toScale", CBL_REFERENCE, CBL_KIND_SCALE),
  FIELD(scale_mapping, from_level, "fromLevel", CBL_TEXT, 0),
  FIELD(scale_mapping, to_level, "toLevel", CBL_TEXT, 0),
  FIELD(scale_mapping, loss, "loss", CBL_TEXT, 0),
};
LAYOUT(scale_mapping, 9);

static const cbl_field framework_fields[] = {
  FIELD(framework, id, "id", CBL_ID, 0),
  FIELD(framework, status, "status", CBL_TOKEN, 0),
  FIELD(framework, modified, "modified", CBL_DATE, 0),
  FIELD(framework, title, "title", CBL_TEXT, 0),
  FIELD(framework, creator, "creator", CBL_TEXT, 0),
  FIELD(framework, publisher, "publisher", CBL_TEXT, 0),
  FIELD(framework, version, "version", CBL_TEXT, 0),
  FIELD(framework, uri, "uri", CBL_TEXT, 0),
  FIELD(framework, language, "language", CBL_TOKEN, 0),
  FIELD(framework, description, "description", CBL_TEXT, 0),
  FIELD(framework, description_format, "descriptionFormat", CBL_TOKEN, 0),
  FIELD(framework, adoption, "adoption", CBL_TOKEN, 0),
  FIELD(framework, subjects, "subjects", CBL_LIST, 0),
  FIELD(framework, scale, "scale", CBL_REFERENCE, CBL_KIND_SCALE),
  FIELD(framework, taxonomy, "taxonomy", CBL_LIST, 0),
  FIELD(framework, identifier, "identifier", CBL_TEXT, 0),
};
LAYOUT(framework, 16);

static const cbl_field target_fields[] = {
  FIELD(target, id, "id", CBL_ID, 0),
  FIELD(target, status, "status", CBL_TOKEN, 0),
  FIELD(target, modified, "modified", CBL_DATE, 0),
  FIELD(target, framework, "framework", CBL_REFERENCE, CBL_KIND_FRAMEWORK),
  FIELD(target, code, "code", CBL_TEXT, 0),
  FIELD(target, title, "title", CBL_TEXT, 0),
  FIELD(target, statement, "statement", CBL_TEXT, 0),
  FIELD(target, display_name, "displayName", CBL_TEXT, 0),
  FIELD(target, type, "type", CBL_TOKEN, 0),
  FIELD(target, uri, "uri", CBL_TEXT, 0),
  FIELD(target, language, "language", CBL_TOKEN, 0),
  FIELD(target, grades, "grades", CBL_LIST, 0),
  FIELD(target, description_format, "descriptionFormat", CBL_TOKEN, 0),
  FIELD(target, notes, "notes", CBL_TEXT, 0),
  FIELD(target, scale, "scale", CBL_REFERENCE, CBL_KIND_SCALE),
  FIELD(target, mastery, "mastery", CBL_NUMBER, 0),
  FIELD(target, method, "method", CBL_TOKEN, 0),
  FIELD(target, method_value, "methodValue", CBL_NUMBER, 0),
  FIELD(target, rule_type, "ruleType", CBL_TEXT, 0),
  FIELD(target, rule_outcome, "ruleOutcome", CBL_TEXT, 0),
  FIELD(target, rule_config, "ruleConfig", CBL_TEXT, 0),
  FIELD(target, position, "position", CBL_NUMBER, 0),
  FIELD(target, number, "number", CBL_TEXT, 0),
};
LAYOUT(target, 23);

static const cbl_field association_fields[] = {
  FIELD(association, id, "id", CBL_ID, 0),
  FIELD(association, status, "status", CBL_TOKEN, 0),
  FIELD(association, modified, "modified", CBL_DATE, 0),
  FIELD(association, framework, "framework", CBL_REFERENCE, CBL_KIND_FRAMEWORK),
  FIELD(association, type, "type", CBL_TOKEN, 0),
  FIELD(association, from_target, "fromTarget", CBL_TEXT, 0),
  FIELD(association, to_target, "toTarget", CBL_TEXT, 0),
  FIELD(association, sequence, "sequence", CBL_NUMBER, 0),
  FIELD(association, group, "group", CBL_TEXT, 0),
};
LAYOUT(association, 9);

static const cbl_field line_item_fields[] = {
  FIELD(line_item, id, "id", CBL_ID, 0),
  FIELD(line_item, status, "status", CBL_TOKEN, 0),
  FIELD(line_item, modified, "modified", CBL_DATE, 0),
  FIELD(line_item, title, "title", CBL_TEXT, 0),
  FIELD(line_item, description, "description", CBL_TEXT, 0),
  FIELD(line_item, assign_date, "assignDate", CBL_DATE, 0),
  FIELD(line_item, due_date, "dueDate", CBL_DATE, 0),
  FIELD(line_item, class_, "class", CBL_REFERENCE, CBL_KIND_CLASS),
  FIELD(line_item, category, "category", CBL_REFERENCE, CBL_KIND_CATEGORY),
  FIELD(line_item, academic_session, "academicSession", CBL_REFERENCE, CBL_KIND_ACADEMIC_SESSION),
  FIELD(line_item, organization, "organization", CBL_REFERENCE, CBL_KIND_ORGANIZATION),
  FIELD(line_item, minimum, "minimum", CBL_NUMBER, 0),
  FIELD(line_item, maximum, "maximum", CBL_NUMBER, 0),
  FIELD(line_item, type, "type", CBL_TOKEN, 0),
  FIELD(line_item, score_kind, "scoreKind", CBL_TOKEN, 0),
  FIELD(line_item, scale, "scale", CBL_REFERENCE, CBL_KIND_SCALE),
  FIELD(line_item, position, "position", CBL_NUMBER, 0),
  FIELD(line_item, hidden, "hidden", CBL_BOOLEAN, 0),
  FIELD(line_item, weight, "weight", CBL_NUMBER, 0),
};
LAYOUT(line_item, 19);

static const cbl_field line_item_override_fields[] = {
  FIELD(line_item_override, id, "id", CBL_ID, 0),
  FIELD(line_item_override, status, "status", CBL_TOKEN, 0),
  FIELD(line_item_override, modified, "modified", CBL_DATE, 0),
  FIELD(line_item_override, line_item, "lineItem", CBL_REFERENCE, CBL_KIND_LINE_ITEM),
  FIELD(line_item_override, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(line_item_override, state, "state", CBL_TOKEN, 0),
  FIELD(line_item_override, due_date, "dueDate", CBL_DATE, 0),
};
LAYOUT(line_item_override, 7);

static const cbl_field scale_use_fields[] = {
  FIELD(scale_use, id, "id", CBL_ID, 0),
  FIELD(scale_use, status, "status", CBL_TOKEN, 0),
  FIELD(scale_use, modified, "modified", CBL_DATE, 0),
  FIELD(scale_use, title, "title", CBL_TEXT, 0),
  FIELD(scale_use, owner_kind, "ownerKind", CBL_TOKEN, 0),
  FIELD(scale_use, owner, "owner", CBL_TEXT, 0),
  FIELD(scale_use, scale, "scale", CBL_REFERENCE, CBL_KIND_SCALE),
};
LAYOUT(scale_use, 7);

static const cbl_field rubric_fields[] = {
  FIELD(rubric, id, "id", CBL_ID, 0),
  FIELD(rubric, status, "status", CBL_TOKEN, 0),
  FIELD(rubric, modified, "modified", CBL_DATE, 0),
  FIELD(rubric, title, "title", CBL_TEXT, 0),
  FIELD(rubric, description, "description", CBL_TEXT, 0),
  FIELD(rubric, uri, "uri", CBL_TEXT, 0),
  FIELD(rubric, points, "points", CBL_NUMBER, 0),
};
LAYOUT(rubric, 7);

static const cbl_field criterion_fields[] = {
  FIELD(criterion, id, "id", CBL_ID, 0),
  FIELD(criterion, status, "status", CBL_TOKEN, 0),
  FIELD(criterion, modified, "modified", CBL_DATE, 0),
  FIELD(criterion, rubric, "rubric", CBL_REFERENCE, CBL_KIND_RUBRIC),
  FIELD(criterion, description, "description", CBL_TEXT, 0),
  FIELD(criterion, category, "category", CBL_TEXT, 0),
  FIELD(criterion, target, "target", CBL_REFERENCE, CBL_KIND_TARGET),
  FIELD(criterion, weight, "weight", CBL_NUMBER, 0),
  FIELD(criterion, position, "position", CBL_NUMBER, 0),
};
LAYOUT(criterion, 9);

static const cbl_field criterion_level_fields[] = {
  FIELD(criterion_level, id, "id", CBL_ID, 0),
  FIELD(criterion_level, status, "status", CBL_TOKEN, 0),
  FIELD(criterion_level, modified, "modified", CBL_DATE, 0),
  FIELD(criterion_level, criterion, "criterion", CBL_REFERENCE, CBL_KIND_CRITERION),
  FIELD(criterion_level, description, "description", CBL_TEXT, 0),
  FIELD(criterion_level, quality, "quality", CBL_TEXT, 0),
  FIELD(criterion_level, score, "score", CBL_NUMBER, 0),
  FIELD(criterion_level, feedback, "feedback", CBL_TEXT, 0),
  FIELD(criterion_level, position, "position", CBL_NUMBER, 0),
};
LAYOUT(criterion_level, 9);

static const cbl_field alignment_fields[] = {
  FIELD(alignment, id, "id", CBL_ID, 0),
  FIELD(alignment, status, "status", CBL_TOKEN, 0),
  FIELD(alignment, modified, "modified", CBL_DATE, 0),
  FIELD(alignment, owner_kind, "ownerKind", CBL_TOKEN, 0),
  FIELD(alignment, owner, "owner", CBL_REFERENCE, CBL_KIND_LINE_ITEM),
  FIELD(alignment, target, "target", CBL_REFERENCE, CBL_KIND_TARGET),
  FIELD(alignment, source, "source", CBL_TOKEN, 0),
  FIELD(alignment, weight, "weight", CBL_NUMBER, 0),
};
LAYOUT(alignment, 8);

static const cbl_field result_fields[] = {
  FIELD(result, id, "id", CBL_ID, 0),
  FIELD(result, status, "status", CBL_TOKEN, 0),
  FIELD(result, modified, "modified", CBL_DATE, 0),
  FIELD(result, line_item, "lineItem", CBL_REFERENCE, CBL_KIND_LINE_ITEM),
  FIELD(result, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(result, class_, "class", CBL_REFERENCE, CBL_KIND_CLASS),
  FIELD(result, state, "state", CBL_TOKEN, 0),
  FIELD(result, score, "score", CBL_NUMBER, 0),
  FIELD(result, text_score, "textScore", CBL_TEXT, 0),
  FIELD(result, score_date, "scoreDate", CBL_DATE, 0),
  FIELD(result, comment, "comment", CBL_TEXT, 0),
  FIELD(result, in_progress, "inProgress", CBL_BOOLEAN, 0),
  FIELD(result, incomplete, "incomplete", CBL_BOOLEAN, 0),
  FIELD(result, late, "late", CBL_BOOLEAN, 0),
  FIELD(result, missing, "missing", CBL_BOOLEAN, 0),
  FIELD(result, score_kind, "scoreKind", CBL_TOKEN, 0),
  FIELD(result, maximum, "maximum", CBL_NUMBER, 0),
  FIELD(result, scale, "scale", CBL_REFERENCE, CBL_KIND_SCALE),
  FIELD(result, rater, "rater", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(result, attempt, "attempt", CBL_NUMBER, 0),
  FIELD(result, submitted, "submitted", CBL_DATE, 0),
};
LAYOUT(result, 21);

static const cbl_field attempt_fields[] = {
  FIELD(attempt, id, "id", CBL_ID, 0),
  FIELD(attempt, status, "status", CBL_TOKEN, 0),
  FIELD(attempt, modified, "modified", CBL_DATE, 0),
  FIELD(attempt, line_item, "lineItem", CBL_REFERENCE, CBL_KIND_LINE_ITEM),
  FIELD(attempt, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(attempt, number, "number", CBL_NUMBER, 0),
  FIELD(attempt, start, "start", CBL_DATE, 0),
  FIELD(attempt, end, "end", CBL_DATE, 0),
  FIELD(attempt, state, "state", CBL_TOKEN, 0),
  FIELD(attempt, duration, "duration", CBL_TEXT, 0),
};
LAYOUT(attempt, 10);

static const cbl_field response_fields[] = {
  FIELD(response, id, "id", CBL_ID, 0),
  FIELD(response, status, "status", CBL_TOKEN, 0),
  FIELD(response, modified, "modified", CBL_DATE, 0),
  FIELD(response, attempt, "attempt", CBL_REFERENCE, CBL_KIND_ATTEMPT),
  FIELD(response, item, "item", CBL_TEXT, 0),
  FIELD(response, value, "value", CBL_TEXT, 0),
  FIELD(response, correct, "correct", CBL_TEXT, 0),
  FIELD(response, score, "score", CBL_NUMBER, 0),
  FIELD(response, maximum, "maximum", CBL_NUMBER, 0),
};
LAYOUT(response, 9);

static const cbl_field target_result_fields[] = {
  FIELD(target_result, id, "id", CBL_ID, 0),
  FIELD(target_result, status, "status", CBL_TOKEN, 0),
  FIELD(target_result, modified, "modified", CBL_DATE, 0),
  FIELD(target_result, result, "result", CBL_TEXT, 0),
  FIELD(target_result, target, "target", CBL_REFERENCE, CBL_KIND_TARGET),
  FIELD(target_result, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(target_result, class_, "class", CBL_REFERENCE, CBL_KIND_CLASS),
  FIELD(target_result, source, "source", CBL_TOKEN, 0),
  FIELD(target_result, score, "score", CBL_NUMBER, 0),
  FIELD(target_result, text_score, "textScore", CBL_TEXT, 0),
  FIELD(target_result, maximum, "maximum", CBL_NUMBER, 0),
  FIELD(target_result, mastery, "mastery", CBL_NUMBER, 0),
  FIELD(target_result, state, "state", CBL_TOKEN, 0),
  FIELD(target_result, date, "date", CBL_DATE, 0),
  FIELD(target_result, scale, "scale", CBL_REFERENCE, CBL_KIND_SCALE),
};
LAYOUT(target_result, 15);

static const cbl_field aggregate_grade_fields[] = {
  FIELD(aggregate_grade, id, "id", CBL_ID, 0),
  FIELD(aggregate_grade, status, "status", CBL_TOKEN, 0),
  FIELD(aggregate_grade, modified, "modified", CBL_DATE, 0),
  FIELD(aggregate_grade, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(aggregate_grade, class_, "class", CBL_REFERENCE, CBL_KIND_CLASS),
  FIELD(aggregate_grade, category, "category", CBL_REFERENCE, CBL_KIND_CATEGORY),
  FIELD(aggregate_grade, academic_session, "academicSession", CBL_REFERENCE, CBL_KIND_ACADEMIC_SESSION),
  FIELD(aggregate_grade, title, "title", CBL_TEXT, 0),
  FIELD(aggregate_grade, type, "type", CBL_TOKEN, 0),
  FIELD(aggregate_grade, score, "score", CBL_NUMBER, 0),
  FIELD(aggregate_grade, text_score, "textScore", CBL_TEXT, 0),
  FIELD(aggregate_grade, score_kind, "scoreKind", CBL_TOKEN, 0),
  FIELD(aggregate_grade, position, "position", CBL_NUMBER, 0),
  FIELD(aggregate_grade, date, "date", CBL_DATE, 0),
};
LAYOUT(aggregate_grade, 14);

static const cbl_field assessment_result_fields[] = {
  FIELD(assessment_result, id, "id", CBL_ID, 0),
  FIELD(assessment_result, status, "status", CBL_TOKEN, 0),
  FIELD(assessment_result, modified, "modified", CBL_DATE, 0),
  FIELD(assessment_result, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(assessment_result, assessment, "assessment", CBL_TEXT, 0),
  FIELD(assessment_result, part, "part", CBL_TEXT, 0),
  FIELD(assessment_result, target, "target", CBL_REFERENCE, CBL_KIND_TARGET),
  FIELD(assessment_result, measure, "measure", CBL_TOKEN, 0),
  FIELD(assessment_result, score, "score", CBL_NUMBER, 0),
  FIELD(assessment_result, text_score, "textScore", CBL_TEXT, 0),
  FIELD(assessment_result, low, "low", CBL_NUMBER, 0),
  FIELD(assessment_result, high, "high", CBL_NUMBER, 0),
  FIELD(assessment_result, error, "error", CBL_NUMBER, 0),
  FIELD(assessment_result, date, "date", CBL_DATE, 0),
};
LAYOUT(assessment_result, 14);

static const cbl_field evidence_fields[] = {
  FIELD(evidence, id, "id", CBL_ID, 0),
  FIELD(evidence, status, "status", CBL_TOKEN, 0),
  FIELD(evidence, modified, "modified", CBL_DATE, 0),
  FIELD(evidence, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(evidence, class_, "class", CBL_REFERENCE, CBL_KIND_CLASS),
  FIELD(evidence, line_item, "lineItem", CBL_REFERENCE, CBL_KIND_LINE_ITEM),
  FIELD(evidence, target, "target", CBL_REFERENCE, CBL_KIND_TARGET),
  FIELD(evidence, kind, "kind", CBL_TOKEN, 0),
  FIELD(evidence, purpose, "purpose", CBL_TOKEN, 0),
  FIELD(evidence, state, "state", CBL_TOKEN, 0),
  FIELD(evidence, score, "score", CBL_NUMBER, 0),
  FIELD(evidence, text_score, "textScore", CBL_TEXT, 0),
  FIELD(evidence, minimum, "minimum", CBL_NUMBER, 0),
  FIELD(evidence, maximum, "maximum", CBL_NUMBER, 0),
  FIELD(evidence, scaled, "scaled", CBL_NUMBER, 0),
  FIELD(evidence, scale, "scale", CBL_REFERENCE, CBL_KIND_SCALE),
  FIELD(evidence, occurred, "occurred", CBL_DATE, 0),
  FIELD(evidence, recorded, "recorded", CBL_DATE, 0),
  FIELD(evidence, rater, "rater", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(evidence, artefact, "artefact", CBL_TEXT, 0),
  FIELD(evidence, attempt, "attempt", CBL_NUMBER, 0),
  FIELD(evidence, context, "context", CBL_TEXT, 0),
  FIELD(evidence, depth, "depth", CBL_TOKEN, 0),
  FIELD(evidence, trust, "trust", CBL_TOKEN, 0),
  FIELD(evidence, comment, "comment", CBL_TEXT, 0),
};
LAYOUT(evidence, 25);

static const cbl_field transcript_entry_fields[] = {
  FIELD(transcript_entry, id, "id", CBL_ID, 0),
  FIELD(transcript_entry, status, "status", CBL_TOKEN, 0),
  FIELD(transcript_entry, modified, "modified", CBL_DATE, 0),
  FIELD(transcript_entry, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(transcript_entry, course, "course", CBL_REFERENCE, CBL_KIND_COURSE),
  FIELD(transcript_entry, title, "title", CBL_TEXT, 0),
  FIELD(transcript_entry, academic_session, "academicSession", CBL_REFERENCE, CBL_KIND_ACADEMIC_SESSION),
  FIELD(transcript_entry, score, "score", CBL_NUMBER, 0),
  FIELD(transcript_entry, text_score, "textScore", CBL_TEXT, 0),
  FIELD(transcript_entry, credits_attempted, "creditsAttempted", CBL_NUMBER, 0),
  FIELD(transcript_entry, credits_earned, "creditsEarned", CBL_NUMBER, 0),
  FIELD(transcript_entry, state, "state", CBL_TOKEN, 0),
};
LAYOUT(transcript_entry, 12);

static const cbl_field credential_fields[] = {
  FIELD(credential, id, "id", CBL_ID, 0),
  FIELD(credential, status, "status", CBL_TOKEN, 0),
  FIELD(credential, modified, "modified", CBL_DATE, 0),
  FIELD(credential, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(credential, type, "type", CBL_TOKEN, 0),
  FIELD(credential, media_type, "mediaType", CBL_TOKEN, 0),
  FIELD(credential, content, "content", CBL_TEXT, 0),
};
LAYOUT(credential, 7);

static const cbl_field event_fields[] = {
  FIELD(event, id, "id", CBL_ID, 0),
  FIELD(event, status, "status", CBL_TOKEN, 0),
  FIELD(event, modified, "modified", CBL_DATE, 0),
  FIELD(event, person, "person", CBL_REFERENCE, CBL_KIND_PERSON),
  FIELD(event, type, "type", CBL_TOKEN, 0),
  FIELD(event, time, "time", CBL_DATE, 0),
  FIELD(event, json, "json", CBL_TEXT, 0),
};
LAYOUT(event, 7);

static const cbl_kind_info kinds[] = {
  {0, 0, {0, 0}, 0, 0},
  KIND(source_member, "sourceMember", CBL_KIND_SOURCE_MEMBER),
  KIND(source_line, "sourceLine", CBL_KIND_SOURCE_LINE),
  KIND(attribute, "attribute", CBL_KIND_ATTRIBUTE),
  KIND(dataset, "dataset", CBL_KIND_DATASET),
  KIND(organization, "organization", CBL_KIND_ORGANIZATION),
  KIND(academic_session, "academicSession", CBL_KIND_ACADEMIC_SESSION),
  KIND(course, "course", CBL_KIND_COURSE),
  KIND(class, "class", CBL_KIND_CLASS),
  KIND(person, "person", CBL_KIND_PERSON),
  KIND(demographics, "demographics", CBL_KIND_DEMOGRAPHICS),
  KIND(profile, "profile", CBL_KIND_PROFILE),
  KIND(role, "role", CBL_KIND_ROLE),
  KIND(enrollment, "enrollment", CBL_KIND_ENROLLMENT),
  KIND(resource, "resource", CBL_KIND_RESOURCE),
  KIND(resource_use, "resourceUse", CBL_KIND_RESOURCE_USE),
  KIND(category, "category", CBL_KIND_CATEGORY),
  KIND(scale, "scale", CBL_KIND_SCALE),
  KIND(scale_level, "scaleLevel", CBL_KIND_SCALE_LEVEL),
  KIND(scale_mapping, "scaleMapping", CBL_KIND_SCALE_MAPPING),
  KIND(framework, "framework", CBL_KIND_FRAMEWORK),
  KIND(target, "target", CBL_KIND_TARGET),
  KIND(association, "association", CBL_KIND_ASSOCIATION),
  KIND(line_item, "lineItem", CBL_KIND_LINE_ITEM),
  KIND(line_item_override, "lineItemOverride", CBL_KIND_LINE_ITEM_OVERRIDE),
  KIND(scale_use, "scaleUse", CBL_KIND_SCALE_USE),
  KIND(rubric, "rubric", CBL_KIND_RUBRIC),
  KIND(criterion, "criterion", CBL_KIND_CRITERION),
  KIND(criterion_level, "criterionLevel", CBL_KIND_CRITERION_LEVEL),
  KIND(alignment, "alignment", CBL_KIND_ALIGNMENT),
  KIND(result, "result", CBL_KIND_RESULT),
  KIND(attempt, "attempt", CBL_KIND_ATTEMPT),
  KIND(response, "response", CBL_KIND_RESPONSE),
  KIND(target_result, "targetResult", CBL_KIND_TARGET_RESULT),
  KIND(aggregate_grade, "aggregateGrade", CBL_KIND_AGGREGATE_GRADE),
  KIND(assessment_result, "assessmentResult", CBL_KIND_ASSESSMENT_RESULT),
  KIND(evidence, "evidence", CBL_KIND_EVIDENCE),
  KIND(transcript_entry, "transcriptEntry", CBL_KIND_TRANSCRIPT_ENTRY),
  KIND(credential, "credential", CBL_KIND_CREDENTIAL),
  KIND(event, "event", CBL_KIND_EVENT),
};

const cbl_kind_info *cbl_kind_table(uint32_t kind) {
  return kind > 0 && kind < CBL_KIND_COUNT ? &kinds[kind] : 0;
}
