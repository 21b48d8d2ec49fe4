/*
 * The boundary between the host and a gradebook-format adapter.
 *
 * An adapter is a dynamic library that exports one function, cbl_adapter_v1, and that turns the
 * bytes of one family of formats into records and records into bytes.  It opens no file, socket
 * or process: bytes come from the host and go to the host.
 *
 * Rules that hold everywhere
 *   - Text is UTF-8 without a terminator.  {NULL, 0} means that the field is absent; a non-null
 *     pointer with count 0 means that the field is blank.
 *   - Every pointer is borrowed for the call it is passed in.  Nobody frees another's memory.
 *   - Every struct starts with its size in bytes; a reader uses min(size, its own sizeof).  Rows
 *     have a stride.  Minor versions only append fields; the major version is in the symbol.
 *   - No exception, panic, trap, longjmp or Swift type crosses.  Functions return a cbl_status.
 *   - The table is immutable.  Its functions may run at the same time on different inputs; all
 *     calls for one input or one session come from one thread, and host callbacks are only made
 *     on that thread, from inside the call.
 *   - When a callback returns a status other than CBL_OK, the adapter stops at once and returns
 *     that status.
 *
 * C99 to C17, C++11 to C++20.
 */
#ifndef CBL_ADAPTER_H
#define CBL_ADAPTER_H

#include <stddef.h>
#include <stdint.h>

#include "cbl/records.h"

#if defined(_WIN32)
#define CBL_EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#define CBL_EXPORT __attribute__((visibility("default")))
#else
#define CBL_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Minor version of this header. */
#define CBL_MINOR 0u
/* A reference that names no record, or one that the host did not number. */
#define CBL_NONE UINT32_MAX
/* A byte count that is not known in advance. */
#define CBL_UNKNOWN UINT64_MAX
/* Between the elements of a list field: U+001F. */
#define CBL_LIST_SEPARATOR 0x1F

/* What a function answers.  Other numbers count as CBL_FAILED. */
typedef int32_t cbl_status;
enum {
  CBL_OK = 0,          /* done */
  CBL_STOPPED = 1,     /* the other side asked to stop */
  CBL_BAD_DATA = 2,    /* the input cannot be read any further; a fatal problem was reported */
  CBL_UNSUPPORTED = 3, /* the adapter does not do this */
  CBL_LIMIT = 4,       /* a limit was passed; a fatal problem was reported */
  CBL_FAILED = 5,      /* a fault in the adapter */
  CBL_IO = 6,          /* reading or writing failed on the host's side */
  CBL_AGAIN = 7        /* reading, when CBL_MAY_RESTART is set: forget all rows and reports of this
                          call, and call again without that flag */
};

/* How bad a problem is. */
enum {
  CBL_NOTE = 0,     /* worth knowing; nothing is lost */
  CBL_WARNING = 1,  /* read, but not as the format's rules have it */
  CBL_SKIPPED = 2,  /* one row has no record and needs none: blank, or filtered by rule */
  CBL_REJECTED = 3, /* one row was left out because it is wrong */
  CBL_FATAL = 4     /* the work cannot go on */
};

/* A run of rows of one kind. */
typedef struct CBL_SWIFT_SAFE cbl_batch {
  uint32_t size;     /* sizeof(cbl_batch) */
  uint32_t kind;     /* cbl_kind */
  const void *rows;  /* the first row, aligned to 8 bytes */
  size_t count;      /* rows */
  size_t stride;     /* bytes from a row to the next; at least the size of version 1.0 */
  /* To a writer only, else NULL.  One entry for each field of the kind.  Where the field is the
   * identifier of a numbered kind, or a reference to one, the entry points to `count` numbers:
   * equal identifiers have equal numbers, counted from 0 within their kind, CBL_NONE for none.
   * Other entries are NULL. */
  const uint32_t *const *numbers;
  size_t number_columns; /* entries in numbers */
} cbl_batch;

/* Something that the user should know. */
typedef struct CBL_SWIFT_SAFE cbl_problem {
  uint32_t size;     /* sizeof(cbl_problem) */
  int32_t severity;  /* CBL_NOTE ... CBL_FATAL */
  cbl_text code;     /* stable, such as csv.row_too_short */
  cbl_text message;  /* what was found, what was expected, how to repair it; no personal data */
  cbl_text member;   /* name of the member */
  uint64_t line;     /* from 1; 0 when there is none */
  uint64_t column;   /* column of the table, or byte in the line, from 1; 0 when there is none */
  cbl_text value;    /* the value at fault, shown only when the user asks */
  cbl_text raw;      /* the row as written, for the rejects file */
  uint32_t kind;     /* cbl_kind of the record that the row would have been; 0 when unknown */
  uint32_t reserved; /* 0 */
} cbl_problem;

/* What a writer could not carry. */
typedef struct CBL_SWIFT_SAFE cbl_loss {
  uint32_t size;    /* sizeof(cbl_loss) */
  uint32_t kind;    /* cbl_kind */
  uint32_t field;   /* field of the kind, from 0; UINT32_MAX for whole records */
  uint32_t reduced; /* 0: dropped; 1: kept in a poorer form */
  uint64_t count;   /* values or records */
  cbl_text reason;  /* why, as a sentence */
  cbl_text example; /* identifier of one such record */
} cbl_loss;

/* What the host offers during a call. */
typedef struct CBL_SWIFT_SAFE cbl_host {
  uint32_t size;  /* sizeof(cbl_host) */
  uint32_t minor; /* CBL_MINOR of the host */
  void *context;  /* passed back to each function */
  void (*log)(void *context, int32_t level, cbl_text message);
  cbl_status (*report)(void *context, const cbl_problem *problem);
  cbl_status (*lose)(void *context, const cbl_loss *loss);
  /* Called now and then; a status other than CBL_OK asks to stop.  Units are the adapter's. */
  cbl_status (*progress)(void *context, uint64_t done, uint64_t total);
  /* A capability of the host that this header does not name, or NULL. */
  const void *(*extension)(void *context, cbl_text identifier);
} cbl_host;

/* One file of the input. */
typedef struct CBL_SWIFT_SAFE cbl_member {
  uint32_t size;       /* sizeof(cbl_member) */
  uint32_t reserved;   /* 0 */
  cbl_text name;       /* relative, with slashes */
  uint64_t byte_count; /* CBL_UNKNOWN when the host cannot tell */
} cbl_member;

/* The input: one or more members, read from front to back. */
typedef struct CBL_SWIFT_SAFE cbl_input {
  uint32_t size; /* sizeof(cbl_input) */
  uint32_t member_count;
  void *context;
  cbl_status (*describe)(void *context, uint32_t index, cbl_member *member);
  /* Copies the first bytes of a member, up to `capacity`, without opening it.  The host keeps
   * at least 65,536 of them. */
  cbl_status (*head)(void *context, uint32_t index, void *buffer, size_t capacity, size_t *count);
  /* Goes to the first byte of a member.  At most one member is open at a time. */
  cbl_status (*open)(void *context, uint32_t index);
  /* Fills the buffer from the open member; fewer bytes than `capacity` only at the end. */
  cbl_status (*read)(void *context, void *buffer, size_t capacity, size_t *count);
} cbl_input;

/* The output: members, written one after the other. */
typedef struct CBL_SWIFT_SAFE cbl_output {
  uint32_t size;     /* sizeof(cbl_output) */
  uint32_t reserved; /* 0 */
  void *context;
  cbl_status (*begin)(void *context, cbl_text member);
  cbl_status (*write)(void *context, const void *bytes, size_t count);
  cbl_status (*end)(void *context);
} cbl_output;

/* Where a reader puts its records.  The rows are borrowed until the call returns. */
typedef struct CBL_SWIFT_SAFE cbl_sink {
  uint32_t size;     /* sizeof(cbl_sink) */
  uint32_t reserved; /* 0 */
  void *context;
  cbl_status (*put)(void *context, const cbl_batch *batch);
} cbl_sink;

/* An option that the user set. */
typedef struct CBL_SWIFT_SAFE cbl_option {
  cbl_text name;
  cbl_text value;
} cbl_option;

/* Flags of a request. */
enum {
  CBL_STRICT = 1u << 0,        /* refuse what the format's rules forbid */
  CBL_SOURCE_LAYER = 1u << 1,  /* reading: also give source_member and source_line records */
  CBL_FORMULA_GUARD = 1u << 2, /* writing: guard cells that a spreadsheet would take as formulas */
  CBL_MAY_RESTART = 1u << 3    /* reading: the host can forget the rows and read once more, so a
                                  reader need not look ahead for what is rare */
};

/* What the host wants from one read or one write. */
typedef struct CBL_SWIFT_SAFE cbl_request {
  uint32_t size;   /* sizeof(cbl_request) */
  uint32_t format; /* index into the adapter's formats */
  uint32_t flags;
  uint32_t option_count;
  /* Kinds that somebody will use, one bit (1 << kind) each; a reader need not make others. */
  uint64_t kinds;
  const cbl_option *options;
} cbl_request;

/* How sure a probe is. */
typedef struct CBL_SWIFT_SAFE cbl_probe {
  uint32_t size;       /* sizeof(cbl_probe) */
  uint32_t confidence; /* 0 no ... 100 certain */
  char reason[160];    /* why, with a terminator */
} cbl_probe;

/* What a format does with one kind of record.  Masks have bit n for field n. */
typedef struct CBL_SWIFT_SAFE cbl_capability {
  uint32_t kind;
  uint32_t reserved; /* 0 */
  uint64_t reads;    /* fields that reading can give */
  uint64_t writes;   /* fields that writing keeps whole */
  uint64_t reduces;  /* fields that writing keeps in a poorer form */
  uint64_t needs;    /* fields without which a record cannot be written */
  cbl_text rule;     /* how values are reduced, as a sentence */
} cbl_capability;

/* An option that a format understands. */
typedef struct CBL_SWIFT_SAFE cbl_option_info {
  cbl_text name;
  cbl_text values; /* `text`, `number`, `boolean`, or the allowed words with | between them */
  cbl_text default_value;
  cbl_text help;
} cbl_option_info;

/* Flags of a format. */
enum {
  CBL_READS = 1u << 0,
  CBL_WRITES = 1u << 1,
  /* Reading gives the kinds in the order of their numbers, and source and attribute records
   * before the record that they belong to. */
  CBL_ORDERED = 1u << 2,
  /* Reading gives records that need no others: references are not checked. */
  CBL_SELF_CONTAINED = 1u << 3,
  /* The output is meant for a spreadsheet: the formula guard is on unless the user says no. */
  CBL_SPREADSHEET = 1u << 4,
  /* Writing wants results, target results and totals class by class: all rows of one class come
   * together, in the order of the classes. */
  CBL_GROUPED = 1u << 5,
  /* Writing gives several members. */
  CBL_SEVERAL_MEMBERS = 1u << 6
};

/* A format of the adapter. */
typedef struct CBL_SWIFT_SAFE cbl_format {
  uint32_t size; /* sizeof(cbl_format) */
  uint32_t flags;
  cbl_text identifier; /* such as oneroster-1.2 */
  cbl_text alias;      /* another name, or absent */
  cbl_text version;
  cbl_text title;
  cbl_text extensions;  /* with | between them, without dots */
  cbl_text member_name; /* name of the member when there is only one */
  const cbl_capability *capabilities;
  const cbl_option_info *options;
  uint32_t capability_count;
  uint32_t option_count;
} cbl_format;

/* The adapter.  Every function gets the table itself first, and finds its `context` there. */
typedef struct cbl_adapter cbl_adapter;
struct CBL_SWIFT_SAFE cbl_adapter {
  uint32_t size;  /* sizeof(cbl_adapter) */
  uint32_t minor; /* CBL_MINOR of the adapter */
  cbl_text identifier;
  cbl_text version;
  cbl_text vendor;
  cbl_text license;
  const cbl_format *formats;
  size_t format_count;
  const void *context; /* the adapter's own; the host never looks at it */
  /* Says whether the input looks like a format, from names and heads alone. */
  cbl_status (*probe)(const cbl_adapter *adapter, const cbl_host *host, const cbl_input *input,
                      uint32_t format, cbl_probe *probe);
  /* Reads the whole input into the sink. */
  cbl_status (*read)(const cbl_adapter *adapter, const cbl_host *host, const cbl_input *input,
                     const cbl_request *request, const cbl_sink *sink);
  /* Begins to write.  `host` and `output` stay valid until `close`.  The session is the
   * adapter's; it is freed by `close`, which is called exactly once if this returned CBL_OK. */
  cbl_status (*open)(const cbl_adapter *adapter, const cbl_host *host, const cbl_output *output,
                     const cbl_request *request, void **session);
  /* Takes a batch.  Batches come in the order of the kinds' numbers. */
  cbl_status (*put)(const cbl_adapter *adapter, void *session, const cbl_batch *batch);
  /* Finishes the output, or abandons it when `abandon` is not 0, and frees the session. */
  cbl_status (*close)(const cbl_adapter *adapter, void *session, int32_t abandon);
  /* A capability of the adapter that this header does not name, or NULL. */
  const void *(*extension)(const cbl_adapter *adapter, cbl_text identifier);
};

/* The only symbol that an adapter exports.  The table lives as long as the process.  NULL when
 * the adapter cannot work with a host of this minor version. */
CBL_EXPORT const cbl_adapter *cbl_adapter_v1(uint32_t host_minor);

/* What the fields of a kind are; the same for everybody who compiled this header. */
typedef enum cbl_field_type {
  CBL_ID = 1,             /* identifier of the record */
  CBL_REFERENCE = 2,      /* identifier of another record */
  CBL_REFERENCE_LIST = 3, /* identifiers of other records */
  CBL_TEXT = 4,           /* free text */
  CBL_NUMBER = 5,         /* -?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)? */
  CBL_DATE = 6,           /* ISO 8601: a year, date or instant */
  CBL_BOOLEAN = 7,        /* true or false */
  CBL_TOKEN = 8,          /* a word of a vocabulary */
  CBL_LIST = 9            /* texts */
} cbl_field_type;

/* One field of a kind.  Field n of a row is the cbl_text n after the origin. */
typedef struct CBL_SWIFT_SAFE cbl_field {
  cbl_text name;
  uint32_t type;      /* cbl_field_type */
  uint32_t reference; /* kind that a reference names, else 0 */
  size_t offset;      /* bytes from the start of the row */
} cbl_field;

/* One kind of record. */
typedef struct CBL_SWIFT_SAFE cbl_kind_info {
  uint32_t kind;
  uint32_t field_count;
  cbl_text name;
  const cbl_field *fields;
  size_t row_size;
} cbl_kind_info;

/* The table of kinds, for the host and for kits; an adapter does not need it. */
const cbl_kind_info *cbl_kind_table(uint32_t kind);

#ifdef __cplusplus
}
#endif

#endif
