/*
 * The kinds of records and their fields.
 *
 * Every field is a cbl_text, whatever it means, so that field n of any row is the text n after
 * the origin.  Kinds and fields are only ever appended.  A batch holds rows of one kind; a writer
 * gets the kinds in the order of their numbers, but for source_member, source_line and attribute
 * records, which come at any time before the record that they belong to.
 */
#ifndef CBL_RECORDS_H
#define CBL_RECORDS_H

#include <stddef.h>
#include <stdint.h>

/* Tells Swift that code which only moves these values about needs no `unsafe`. */
#if defined(__clang__) && defined(__has_attribute)
#if __has_attribute(swift_attr)
#define CBL_SWIFT_SAFE __attribute__((swift_attr("@safe")))
#endif
#endif
#ifndef CBL_SWIFT_SAFE
#define CBL_SWIFT_SAFE
#endif

/* Text: UTF-8, no terminator, borrowed.  {NULL, 0} is absent. */
typedef struct CBL_SWIFT_SAFE cbl_text {
  const char *bytes;
  size_t count;
} cbl_text;

/* What a reader knows of a row. */
enum {
  /* Every text that has a count has an address and is valid UTF-8, and the values of numbers, dates
   * and booleans have the forms of their types.  A host believes it of adapters that it trusts, and
   * looks at the rows of all others. */
  CBL_ROW_CHECKED = 1
};

/* Where a record comes from. */
typedef struct CBL_SWIFT_SAFE cbl_origin {
  uint64_t line;   /* line of the member, from 1; 0 when there is none */
  uint32_t member; /* index of the member in the input */
  uint32_t flags;  /* from a reader: 0 or CBL_ROW_CHECKED */
} cbl_origin;

typedef enum cbl_kind {
  CBL_KIND_SOURCE_MEMBER = 1,
  CBL_KIND_SOURCE_LINE = 2,
  CBL_KIND_ATTRIBUTE = 3,
  CBL_KIND_DATASET = 4,
  CBL_KIND_ORGANIZATION = 5,
  CBL_KIND_ACADEMIC_SESSION = 6,
  CBL_KIND_COURSE = 7,
  CBL_KIND_CLASS = 8,
  CBL_KIND_PERSON = 9,
  CBL_KIND_DEMOGRAPHICS = 10,
  CBL_KIND_PROFILE = 11,
  CBL_KIND_ROLE = 12,
  CBL_KIND_ENROLLMENT = 13,
  CBL_KIND_RESOURCE = 14,
  CBL_KIND_RESOURCE_USE = 15,
  CBL_KIND_CATEGORY = 16,
  CBL_KIND_SCALE = 17,
  CBL_KIND_SCALE_LEVEL = 18,
  CBL_KIND_SCALE_MAPPING = 19,
  CBL_KIND_FRAMEWORK = 20,
  CBL_KIND_TARGET = 21,
  CBL_KIND_ASSOCIATION = 22,
  CBL_KIND_LINE_ITEM = 23,
  CBL_KIND_LINE_ITEM_OVERRIDE = 24,
  CBL_KIND_SCALE_USE = 25,
  CBL_KIND_RUBRIC = 26,
  CBL_KIND_CRITERION = 27,
  CBL_KIND_CRITERION_LEVEL = 28,
  CBL_KIND_ALIGNMENT = 29,
  CBL_KIND_RESULT = 30,
  CBL_KIND_ATTEMPT = 31,
  CBL_KIND_RESPONSE = 32,
  CBL_KIND_TARGET_RESULT = 33,
  CBL_KIND_AGGREGATE_GRADE = 34,
  CBL_KIND_ASSESSMENT_RESULT = 35,
  CBL_KIND_EVIDENCE = 36,
  CBL_KIND_TRANSCRIPT_ENTRY = 37,
  CBL_KIND_CREDENTIAL = 38,
  CBL_KIND_EVENT = 39,
  CBL_KIND_COUNT = 40
} cbl_kind;

/* How one member of the input was written, so that the same format can be written back byte for
   byte. */
typedef struct CBL_SWIFT_SAFE cbl_source_member {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text format;                         /* Identifier of the format that was read. */
  /* Notes of the adapter on encoding, delimiter, quoting and line ends, in a form of its own. */
  cbl_text dialect;
  cbl_text header;                         /* Everything above the first data row, as written. */
  cbl_text trailer;                        /* Everything below the last data row, as written. */
  cbl_text position;                       /* Place of the member among the members, from 0. */
} cbl_source_member;

/* A line that its record does not reproduce; see the source layer in the documentation. */
typedef struct CBL_SWIFT_SAFE cbl_source_line {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text member;                         /* Name of the member. */
  cbl_text position;                       /* Number of the data line in its member, from 0. */
  /* Hash of the line that the record alone would give; blank for a line without a record. */
  cbl_text check;
  cbl_text raw;                            /* The line as written, without its line end. */
  /* `lf`, `crlf`, `cr` or `none`, when it differs from the member's. */
  cbl_text line_end;
} cbl_source_line;

/* Anything that a format has and no other record can carry. */
typedef struct CBL_SWIFT_SAFE cbl_attribute {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text owner_kind;                     /* Kind of the owner. */
  cbl_text owner;                          /* Identifier of the owner. */
  cbl_text vocabulary;                     /* Who defines the key. */
  cbl_text key;                            /* Name. */
  cbl_text value;                          /* Value. */
} cbl_attribute;

/* The exchange itself: where the data comes from and what it means to receive it. */
typedef struct CBL_SWIFT_SAFE cbl_dataset {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text format;                         /* Identifier of the format that was read. */
  cbl_text version;                        /* Version of the format. */
  cbl_text intent;                         /* `snapshot`, `delta` or `append`. */
  cbl_text system_name;                    /* Name of the source system. */
  cbl_text system_code;                    /* Code of the source system. */
  cbl_text title;                          /* Title of the data set. */
  cbl_text locale;                         /* Language of the labels, as a BCP 47 tag. */
  cbl_text created;                        /* When the export was made. */
} cbl_dataset;

/* A school, district, department or other body. */
typedef struct CBL_SWIFT_SAFE cbl_organization {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text name;                           /* Name. */
  /* `school`, `district`, `department`, `local`, `state`, `national` or a token of the source. */
  cbl_text type;
  cbl_text identifier;                     /* Number by which people know it. */
  cbl_text parent;                         /* The body it belongs to. */
} cbl_organization;

/* A school year, term or grading period. */
typedef struct CBL_SWIFT_SAFE cbl_academic_session {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  /* `schoolYear`, `semester`, `term`, `gradingPeriod` or a token of the source. */
  cbl_text type;
  cbl_text start_date;                     /* First day. */
  cbl_text end_date;                       /* First day after the end. */
  cbl_text parent;                         /* The session it is part of. */
  cbl_text school_year;                    /* Year in which the school year ends. */
} cbl_academic_session;

/* What is taught; classes are its instances. */
typedef struct CBL_SWIFT_SAFE cbl_course {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text code;                           /* Course code. */
  cbl_text organization;                   /* Who offers it. */
  cbl_text academic_session;               /* School year it belongs to. */
  cbl_text grades;                         /* Grade levels. */
  cbl_text subjects;                       /* Subjects. */
  cbl_text subject_codes;                  /* Codes of the subjects. */
  cbl_text description;                    /* Description. */
  cbl_text type;                           /* Form of the course, such as `online`. */
  cbl_text start_date;                     /* First day. */
  cbl_text end_date;                       /* First day after the end. */
} cbl_course;

/* A course as it is held for one group of learners: the section a gradebook belongs to. */
typedef struct CBL_SWIFT_SAFE cbl_class {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text code;                           /* Class code. */
  cbl_text course;                         /* The course. */
  cbl_text organization;                   /* The school. */
  cbl_text academic_sessions;              /* Terms in which it is held. */
  cbl_text type;                           /* `homeroom`, `scheduled` or a token of the source. */
  cbl_text location;                       /* Room. */
  cbl_text grades;                         /* Grade levels. */
  cbl_text subjects;                       /* Subjects. */
  cbl_text subject_codes;                  /* Codes of the subjects. */
  cbl_text periods;                        /* Periods of the day. */
  cbl_text start_date;                     /* First day. */
  cbl_text end_date;                       /* First day after the end. */
} cbl_class;

/* A learner, teacher, guardian or other user. */
typedef struct CBL_SWIFT_SAFE cbl_person {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text given_name;                     /* Given name. */
  cbl_text family_name;                    /* Family name. */
  cbl_text middle_name;                    /* Middle name. */
  cbl_text name;                           /* Whole name, when the source does not part it. */
  cbl_text sort_name;                      /* Name in the order in which lists sort it. */
  cbl_text username;                       /* Login name. */
  cbl_text identifier;                     /* Number by which the school knows the person. */
  cbl_text identifiers;                    /* Further identifiers, each `type:value`. */
  cbl_text email;                          /* E-mail address. */
  cbl_text sms;                            /* Number for text messages. */
  cbl_text phone;                          /* Telephone number. */
  cbl_text enabled;                        /* Whether the account may be used. */
  cbl_text grades;                         /* Grade levels. */
  cbl_text agents;                         /* People who act for this person, such as guardians. */
  cbl_text organizations;                  /* Schools of the person. */
  cbl_text primary_organization;           /* Main school of the person. */
  /* Main role, in the words of OneRoster: `student`, `teacher`, ... */
  cbl_text role;
  /* Password or its hash, as the source has it; never written unless asked. */
  cbl_text password;
  cbl_text master_identifier;              /* Identifier that is unique across systems. */
  cbl_text preferred_given_name;           /* Preferred given name. */
  cbl_text preferred_middle_name;          /* Preferred middle name. */
  cbl_text preferred_family_name;          /* Preferred family name. */
  cbl_text pronouns;                       /* Pronouns. */
  cbl_text test;                           /* Whether this is a test account and no real person. */
} cbl_person;

/* Facts on a person that privacy rules treat apart; kept out unless asked for. */
typedef struct CBL_SWIFT_SAFE cbl_demographics {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text person;                         /* Whom the facts are on. */
  cbl_text birth_date;                     /* Date of birth. */
  /* `male`, `female`, `other`, `unspecified` or a token of the source. */
  cbl_text sex;
  cbl_text american_indian_or_alaska_native; /* American Indian or Alaska Native. */
  cbl_text asian;                          /* Asian. */
  cbl_text black_or_african_american;      /* Black or African American. */
  cbl_text native_hawaiian_or_other_pacific_islander; /* Native Hawaiian or other Pacific Islander. */
  cbl_text white;                          /* White. */
  cbl_text two_or_more_races;              /* Two or more races. */
  cbl_text hispanic_or_latino;             /* Hispanic or Latino. */
  cbl_text country_of_birth;               /* Country of birth. */
  cbl_text state_of_birth;                 /* State of birth. */
  cbl_text city_of_birth;                  /* City of birth. */
  cbl_text public_school_residence;        /* Public school residence status. */
} cbl_demographics;

/* An account of a person in another system. */
typedef struct CBL_SWIFT_SAFE cbl_profile {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text person;                         /* Whose account. */
  cbl_text type;                           /* Kind of profile. */
  cbl_text vendor;                         /* Identifier of the vendor. */
  cbl_text application;                    /* Identifier of the application. */
  cbl_text description;                    /* Description. */
  cbl_text credential_type;                /* Kind of credential. */
  cbl_text username;                       /* Login name. */
  cbl_text password;                       /* Password or its hash. */
} cbl_profile;

/* What a person is at an organization. */
typedef struct CBL_SWIFT_SAFE cbl_role {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text person;                         /* Who. */
  cbl_text type;                           /* `primary` or `secondary`. */
  cbl_text role;                           /* Role, in the words of OneRoster. */
  cbl_text begin_date;                     /* First day. */
  cbl_text end_date;                       /* First day after the end. */
  cbl_text organization;                   /* Where. */
  cbl_text profile;                        /* Account used in this role. */
} cbl_role;

/* A person in a class. */
typedef struct CBL_SWIFT_SAFE cbl_enrollment {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text class_;                         /* The class. */
  cbl_text organization;                   /* The school. */
  cbl_text person;                         /* Who. */
  /* `student`, `teacher`, `proctor`, `administrator` or a token of the source. */
  cbl_text role;
  cbl_text primary;                        /* Whether this is the main teacher. */
  cbl_text begin_date;                     /* First day. */
  cbl_text end_date;                       /* First day after the end. */
  /* State in the source's words, such as `completed` or `inactive`. */
  cbl_text state;
} cbl_enrollment;

/* Teaching material or an application. */
typedef struct CBL_SWIFT_SAFE cbl_resource {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text vendor_resource;                /* Identifier given by the vendor. */
  cbl_text roles;                          /* Roles that may use it. */
  cbl_text importance;                     /* `primary` or `secondary`. */
  cbl_text vendor;                         /* Identifier of the vendor. */
  cbl_text application;                    /* Identifier of the application. */
} cbl_resource;

/* Where a resource is used. */
typedef struct CBL_SWIFT_SAFE cbl_resource_use {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text owner_kind;                     /* Kind of the owner: `course`, `class` or `person`. */
  cbl_text owner;                          /* Identifier of the owner. */
  cbl_text resource;                       /* The resource. */
  cbl_text organization;                   /* School, for a person's resource. */
  cbl_text class_;                         /* Class, for a person's resource. */
} cbl_resource_use;

/* A group of line items, such as homework or tests. */
typedef struct CBL_SWIFT_SAFE cbl_category {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text weight;                         /* Weight in percent. */
  cbl_text class_;                         /* Class that owns the category. */
  cbl_text position;                       /* Place among the categories. */
} cbl_category;

/* A proficiency or grading scale. */
typedef struct CBL_SWIFT_SAFE cbl_scale {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text type;                           /* Kind of scale, such as `percent` or `level`. */
  cbl_text organization;                   /* Who owns it. */
  cbl_text course;                         /* Course that it is for. */
  cbl_text class_;                         /* Class that it is for. */
  cbl_text description;                    /* Description. */
  cbl_text mastery;                        /* Points from which a target counts as mastered. */
} cbl_scale;

/* One level of a scale. */
typedef struct CBL_SWIFT_SAFE cbl_scale_level {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text scale;                          /* The scale. */
  cbl_text label;                          /* Name of the level, such as `Meets`. */
  cbl_text position;                       /* Place from the lowest, from 0. */
  cbl_text value;                          /* Points of the level. */
  cbl_text low;                            /* Least value of the level's range. */
  cbl_text high;                           /* Greatest value of the level's range. */
  cbl_text mastery;                        /* Whether the level counts as mastered. */
  cbl_text is_default;                     /* Whether the level is assumed when nothing is said. */
  cbl_text description;                    /* Description. */
} cbl_scale_level;

/* A named rule that takes one scale's level to another's. */
typedef struct CBL_SWIFT_SAFE cbl_scale_mapping {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Name of the mapping. */
  cbl_text from_scale;                     /* Scale that is read. */
  cbl_text to_scale;                       /* Scale that is given. */
  cbl_text from_level;                     /* Level that is read. */
  cbl_text to_level;                       /* Level that is given. */
  cbl_text loss;                           /* What the mapping cannot keep. */
} cbl_scale_mapping;

/* A standards catalog: a document of targets. */
typedef struct CBL_SWIFT_SAFE cbl_framework {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text creator;                        /* Who made it. */
  cbl_text publisher;                      /* Who published it. */
  cbl_text version;                        /* Edition. */
  cbl_text uri;                            /* Address. */
  cbl_text language;                       /* Language, as a BCP 47 tag. */
  cbl_text description;                    /* Description. */
  cbl_text description_format;             /* Markup of the description. */
  cbl_text adoption;                       /* Adoption status. */
  cbl_text subjects;                       /* Subjects. */
  cbl_text scale;                          /* Scale of its targets, unless they say otherwise. */
  cbl_text taxonomy;                       /* Names of the levels of the tree. */
  cbl_text identifier;                     /* Number by which people know it. */
} cbl_framework;

/* What can be mastered: a standard, learning target, outcome, skill or habit. */
typedef struct CBL_SWIFT_SAFE cbl_target {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text framework;                      /* The catalog. */
  cbl_text code;                           /* Human coding scheme. */
  cbl_text title;                          /* Short title. */
  cbl_text statement;                      /* Full statement. */
  cbl_text display_name;                   /* Friendly name. */
  cbl_text type;                           /* Kind, such as `group`, `outcome`, `standard`, `competency`. */
  cbl_text uri;                            /* Address. */
  cbl_text language;                       /* Language, as a BCP 47 tag. */
  cbl_text grades;                         /* Grade levels. */
  cbl_text description_format;             /* Markup of the statement. */
  cbl_text notes;                          /* Notes. */
  cbl_text scale;                          /* Scale. */
  cbl_text mastery;                        /* Points from which it counts as mastered. */
  cbl_text method;                         /* How results become a level, in canonical words. */
  cbl_text method_value;                   /* Parameter of the method. */
  cbl_text rule_type;                      /* Rule over the children, as the source has it. */
  cbl_text rule_outcome;                   /* What the rule does. */
  cbl_text rule_config;                    /* Parameters of the rule. */
  cbl_text position;                       /* Place among its siblings. */
  cbl_text number;                         /* Number in the source system. */
} cbl_target;

/* A link between targets. */
typedef struct CBL_SWIFT_SAFE cbl_association {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text framework;                      /* The catalog that states it. */
  cbl_text type;                           /* CASE association type, such as `isChildOf`. */
  cbl_text from_target;                    /* Identifier of the origin. */
  cbl_text to_target;                      /* Identifier of the destination. */
  cbl_text sequence;                       /* Place among siblings. */
  cbl_text group;                          /* Grouping. */
} cbl_association;

/* Something that learners are scored on: an assignment, quiz, project or column of a gradebook. */
typedef struct CBL_SWIFT_SAFE cbl_line_item {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text description;                    /* Description. */
  cbl_text assign_date;                    /* First day on which it can be worked on. */
  cbl_text due_date;                       /* Day on which it is due. */
  cbl_text class_;                         /* The class. */
  cbl_text category;                       /* Category. */
  cbl_text academic_session;               /* Grading period. */
  cbl_text organization;                   /* The school. */
  cbl_text minimum;                        /* Least score. */
  cbl_text maximum;                        /* Greatest score without extra credit. */
  cbl_text type;                           /* Kind, such as `assignment`, `quiz`, `manual`. */
  /* `points`, `percent`, `fraction`, `level`, `letter` or `passFail`. */
  cbl_text score_kind;
  cbl_text scale;                          /* Scale. */
  cbl_text position;                       /* Place in the gradebook. */
  cbl_text hidden;                         /* Whether scores are kept from learners. */
  cbl_text weight;                         /* Weight within its category. */
} cbl_line_item;

/* An exception of one learner from a line item. */
typedef struct CBL_SWIFT_SAFE cbl_line_item_override {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text line_item;                      /* The line item. */
  cbl_text person;                         /* Who. */
  cbl_text state;                          /* `excused`, `notAssigned` or a token of the source. */
  cbl_text due_date;                       /* Due date of this person. */
} cbl_line_item_override;

/* A scale that a line item or result uses. */
typedef struct CBL_SWIFT_SAFE cbl_scale_use {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text owner_kind;                     /* `line_item` or `result`. */
  cbl_text owner;                          /* Identifier of the owner. */
  cbl_text scale;                          /* The scale. */
} cbl_scale_use;

/* A rubric. */
typedef struct CBL_SWIFT_SAFE cbl_rubric {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text title;                          /* Title. */
  cbl_text description;                    /* Description. */
  cbl_text uri;                            /* Address. */
  cbl_text points;                         /* Points possible. */
} cbl_rubric;

/* A criterion of a rubric. */
typedef struct CBL_SWIFT_SAFE cbl_criterion {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text rubric;                         /* The rubric. */
  cbl_text description;                    /* Description. */
  cbl_text category;                       /* Category. */
  cbl_text target;                         /* Target that it shows. */
  cbl_text weight;                         /* Weight. */
  cbl_text position;                       /* Place. */
} cbl_criterion;

/* A level of a criterion. */
typedef struct CBL_SWIFT_SAFE cbl_criterion_level {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text criterion;                      /* The criterion. */
  cbl_text description;                    /* Description. */
  cbl_text quality;                        /* Name of the level. */
  cbl_text score;                          /* Points. */
  cbl_text feedback;                       /* Feedback for the learner. */
  cbl_text position;                       /* Place. */
} cbl_criterion_level;

/* What a line item, criterion or test item shows. */
typedef struct CBL_SWIFT_SAFE cbl_alignment {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text owner_kind;                     /* `line_item`, `criterion` or `item`. */
  cbl_text owner;                          /* Identifier of the owner; numbered when it is a line item. */
  cbl_text target;                         /* The target. */
  /* Where the target's identifier comes from: `case` or `unknown`. */
  cbl_text source;
  cbl_text weight;                         /* Weight. */
} cbl_alignment;

/* The score or state of one learner in one line item. */
typedef struct CBL_SWIFT_SAFE cbl_result {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text line_item;                      /* The line item. */
  cbl_text person;                         /* The learner. */
  cbl_text class_;                         /* The class, when the source says it. */
  /* `graded`, `partiallyGraded`, `submitted`, `notSubmitted`, `exempt`, `notAssigned` or
     `noGrade`. */
  cbl_text state;
  cbl_text score;                          /* Score in the line item's unit. */
  cbl_text text_score;                     /* Score in words or letters. */
  cbl_text score_date;                     /* When it was scored. */
  cbl_text comment;                        /* Comment to the learner. */
  cbl_text in_progress;                    /* Whether the work goes on. */
  cbl_text incomplete;                     /* Whether the work is incomplete. */
  cbl_text late;                           /* Whether the work was late. */
  cbl_text missing;                        /* Whether the work is missing. */
  /* Unit when it is not the line item's: `points`, `percent`, `fraction`, `level`, `letter`,
     `passFail`. */
  cbl_text score_kind;
  cbl_text maximum;                        /* Greatest score, when it is not the line item's. */
  cbl_text scale;                          /* Scale of the text score. */
  cbl_text rater;                          /* Who scored it. */
  cbl_text attempt;                        /* Number of the attempt, from 1. */
  cbl_text submitted;                      /* When the work was handed in. */
} cbl_result;

/* One try of a learner at a line item. */
typedef struct CBL_SWIFT_SAFE cbl_attempt {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text line_item;                      /* The line item. */
  cbl_text person;                         /* Who. */
  cbl_text number;                         /* Number of the try, from 1. */
  cbl_text start;                          /* Begin. */
  cbl_text end;                            /* End. */
  cbl_text state;                          /* State. */
  cbl_text duration;                       /* ISO 8601 duration. */
} cbl_attempt;

/* An answer to one item within an attempt. */
typedef struct CBL_SWIFT_SAFE cbl_response {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text attempt;                        /* The attempt. */
  cbl_text item;                           /* Identifier of the item. */
  cbl_text value;                          /* The answer. */
  cbl_text correct;                        /* The right answer. */
  cbl_text score;                          /* Points. */
  cbl_text maximum;                        /* Points possible. */
} cbl_response;

/* What a result says of one target. */
typedef struct CBL_SWIFT_SAFE cbl_target_result {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text result;                         /* Identifier of the result; absent for a roll-up. */
  cbl_text target;                         /* The target. */
  cbl_text person;                         /* The learner. */
  cbl_text class_;                         /* The class. */
  /* Where the target's identifier comes from: `case` or `unknown`. */
  cbl_text source;
  cbl_text score;                          /* Score. */
  cbl_text text_score;                     /* Score in words or letters. */
  cbl_text maximum;                        /* Greatest score. */
  cbl_text mastery;                        /* Points from which it counts as mastered. */
  cbl_text state;                          /* State, as of a result. */
  cbl_text date;                           /* When. */
  cbl_text scale;                          /* Scale. */
} cbl_target_result;

/* A total that the source system computed: a category, course or final grade. */
typedef struct CBL_SWIFT_SAFE cbl_aggregate_grade {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text person;                         /* The learner. */
  cbl_text class_;                         /* The class. */
  cbl_text category;                       /* Category; absent for the course. */
  cbl_text academic_session;               /* Grading period. */
  cbl_text title;                          /* Heading of the total. */
  /* `current`, `final`, `unpostedCurrent`, `unpostedFinal`, `override`, `total`, ... */
  cbl_text type;
  cbl_text score;                          /* Score. */
  cbl_text text_score;                     /* Letter or words. */
  cbl_text score_kind;                     /* `points`, `percent`, `fraction` or `letter`. */
  cbl_text position;                       /* Place in the gradebook. */
  cbl_text date;                           /* When. */
} cbl_aggregate_grade;

/* A score on a test or part of a test. */
typedef struct CBL_SWIFT_SAFE cbl_assessment_result {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text person;                         /* The learner. */
  cbl_text assessment;                     /* Identifier or name of the test. */
  cbl_text part;                           /* Part of the test. */
  cbl_text target;                         /* Target. */
  cbl_text measure;                        /* What the score measures, such as `rawScore`. */
  cbl_text score;                          /* Score. */
  cbl_text text_score;                     /* Level or words. */
  cbl_text low;                            /* Least possible score. */
  cbl_text high;                           /* Greatest possible score. */
  cbl_text error;                          /* Standard error. */
  cbl_text date;                           /* When. */
} cbl_assessment_result;

/* One observation of one learner on one target, complete in itself. */
typedef struct CBL_SWIFT_SAFE cbl_evidence {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text person;                         /* The learner. */
  cbl_text class_;                         /* The class. */
  cbl_text line_item;                      /* What was scored. */
  cbl_text target;                         /* The target; absent when nothing says it. */
  cbl_text kind;                           /* Kind of evidence, such as `quiz`, `project`, `statement`. */
  cbl_text purpose;                        /* `formative`, `summative`, `preTest`, `self` or `peer`. */
  cbl_text state;                          /* State, as of a result. */
  cbl_text score;                          /* Score. */
  cbl_text text_score;                     /* Score in words or letters. */
  cbl_text minimum;                        /* Least score. */
  cbl_text maximum;                        /* Greatest score. */
  cbl_text scaled;                         /* Score from 0 to 1 (xAPI: from -1). */
  cbl_text scale;                          /* Scale. */
  cbl_text occurred;                       /* When it happened. */
  cbl_text recorded;                       /* When it was recorded. */
  cbl_text rater;                          /* Who scored it. */
  cbl_text artefact;                       /* Identifier of the work. */
  cbl_text attempt;                        /* Number of the attempt. */
  cbl_text context;                        /* Where it was shown. */
  cbl_text depth;                          /* Depth of knowledge. */
  cbl_text trust;                          /* `verified`, `claimed` or `self`. */
  cbl_text comment;                        /* Comment. */
} cbl_evidence;

/* A line of a transcript. */
typedef struct CBL_SWIFT_SAFE cbl_transcript_entry {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text person;                         /* The learner. */
  cbl_text course;                         /* The course. */
  cbl_text title;                          /* Title. */
  cbl_text academic_session;               /* When. */
  cbl_text score;                          /* Grade in numbers. */
  cbl_text text_score;                     /* Grade. */
  cbl_text credits_attempted;              /* Credits attempted. */
  cbl_text credits_earned;                 /* Credits earned. */
  cbl_text state;                          /* State. */
} cbl_transcript_entry;

/* A badge or record, kept as bytes. */
typedef struct CBL_SWIFT_SAFE cbl_credential {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text person;                         /* Whose. */
  cbl_text type;                           /* Kind. */
  cbl_text media_type;                     /* Media type. */
  cbl_text content;                        /* The credential. */
} cbl_credential;

/* A learning event, kept as JSON. */
typedef struct CBL_SWIFT_SAFE cbl_event {
  cbl_origin origin;
  /* Identifier of the record within its kind, byte for byte as the source has it. */
  cbl_text id;
  cbl_text status;                         /* Lifecycle: `active` or `tobedeleted`; absent means active. */
  cbl_text modified;                       /* When the record last changed in the source system. */
  cbl_text person;                         /* Who. */
  cbl_text type;                           /* Format of the event, such as `xapi`. */
  cbl_text time;                           /* When it happened. */
  cbl_text json;                           /* The event as written. */
} cbl_event;
#endif
