/* Lists of people, an identifier and a name on each line with a tab between them; in C99, with
 * nothing but the header. */
#include <stdlib.h>
#include <string.h>

#include "cbl/adapter.h"

#define TEXT(literal) {literal, sizeof(literal) - 1}

static const cbl_capability capabilities[] = {
    /* Fields 0 and 6 of a person: id and name. */
    {CBL_KIND_PERSON, 0, 1u << 0 | 1u << 6, 0, 0, 0, TEXT("")},
};

static const cbl_format formats[] = {
    {sizeof(cbl_format), CBL_READS | CBL_SELF_CONTAINED, TEXT("tiny-c"), {NULL, 0}, TEXT("1"),
     TEXT("Tiny list of people (C)"), TEXT("tinyc"), TEXT("people.tinyc"), capabilities, NULL, 1, 0},
};

static cbl_status probe(const cbl_adapter *adapter, const cbl_host *host, const cbl_input *input,
                        uint32_t format, cbl_probe *verdict) {
  cbl_member member;
  cbl_status status;
  (void)adapter, (void)host, (void)format;
  verdict->confidence = 0;
  verdict->reason[0] = 0;
  if (input->member_count != 1) return CBL_OK;
  memset(&member, 0, sizeof member);
  member.size = sizeof member;
  status = input->describe(input->context, 0, &member);
  if (status != CBL_OK) return status;
  if (member.name.count > 6 &&
      memcmp(member.name.bytes + member.name.count - 6, ".tinyc", 6) == 0) {
    verdict->confidence = 90;
    strcpy(verdict->reason, "the name ends in .tinyc");
  }
  return CBL_OK;
}

/* What a reading needs to know. */
typedef struct reading {
  const cbl_host *host;
  const cbl_input *input;
  const cbl_sink *sink;
  cbl_text member;
  uint64_t line;
} reading;

/* Whether bytes are UTF-8, which every text must be. */
static int is_utf8(const char *text, size_t count) {
  const unsigned char *bytes = (const unsigned char *)text;
  size_t i, more;
  for (i = 0; i < count; i++) {
    unsigned char first = bytes[i], low = 0x80, high = 0xBF;
    if (first < 0x80) continue;
    if (first < 0xC2 || first > 0xF4) return 0;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    for (more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3; more > 0; more--) {
      if (++i == count || bytes[i] < low || bytes[i] > high) return 0;
      low = 0x80, high = 0xBF;
    }
  }
  return 1;
}

/* Tells the user of a problem at the current line. */
static cbl_status report(const reading *r, int32_t severity, const char *code,
                         const char *message) {
  cbl_problem problem;
  memset(&problem, 0, sizeof problem);
  problem.size = sizeof problem;
  problem.severity = severity;
  problem.code.bytes = code;
  problem.code.count = strlen(code);
  problem.message.bytes = message;
  problem.message.count = strlen(message);
  problem.member = r->member;
  problem.line = r->line;
  problem.kind = CBL_KIND_PERSON;
  return r->host->report(r->host->context, &problem);
}

static cbl_status put(const reading *r, const char *line, size_t count) {
  cbl_person person;
  cbl_batch batch;
  const char *tab = (const char *)memchr(line, '\t', count);
  if (tab == NULL) {
    return report(r, CBL_REJECTED, "tiny.fields",
                  "a line needs an identifier, a tab and a name; add the tab");
  }
  if (!is_utf8(line, count)) {
    return report(r, CBL_REJECTED, "tiny.encoding", "the line is not UTF-8; save it as UTF-8");
  }
  memset(&person, 0, sizeof person);
  person.origin.line = r->line;
  person.id.bytes = line;
  person.id.count = (size_t)(tab - line);
  person.name.bytes = tab + 1;
  person.name.count = count - person.id.count - 1;
  memset(&batch, 0, sizeof batch);
  batch.size = sizeof batch;
  batch.kind = CBL_KIND_PERSON;
  batch.rows = &person;
  batch.count = 1;
  batch.stride = sizeof person;
  return r->sink->put(r->sink->context, &batch);
}

static cbl_status read_lines(reading *r, char *buffer, size_t capacity) {
  size_t held = 0, given = 0, start, i;
  cbl_status status;
  r->line = 1;
  do {
    status = r->input->read(r->input->context, buffer + held, capacity - held, &given);
    if (status != CBL_OK) return status;
    held += given;
    for (start = 0, i = 0; i < held; i++) {
      if (buffer[i] != '\n') continue;
      status = put(r, buffer + start, i - start);
      if (status != CBL_OK) return status;
      r->line++;
      start = i + 1;
    }
    memmove(buffer, buffer + start, held - start);
    held -= start;
    if (held == capacity) {
      status = report(r, CBL_FATAL, "tiny.line_too_long", "a line is longer than 65,536 bytes");
      return status == CBL_OK ? CBL_LIMIT : status;
    }
  } while (given != 0);
  return held == 0 ? CBL_OK : put(r, buffer, held);
}

static cbl_status read_all(const cbl_adapter *adapter, const cbl_host *host,
                           const cbl_input *input, const cbl_request *request,
                           const cbl_sink *sink) {
  enum { capacity = 65536 };
  char *buffer = NULL;
  reading r;
  cbl_member member;
  cbl_status status;
  (void)adapter, (void)request;
  memset(&member, 0, sizeof member);
  member.size = sizeof member;
  status = input->describe(input->context, 0, &member);
  if (status == CBL_OK) status = input->open(input->context, 0);
  if (status != CBL_OK) return status;
  buffer = (char *)malloc(capacity);
  if (buffer == NULL) return CBL_FAILED;
  r.host = host;
  r.input = input;
  r.sink = sink;
  r.member = member.name;
  r.line = 0;
  status = read_lines(&r, buffer, capacity);
  free(buffer);
  return status;
}

static cbl_status open_nothing(const cbl_adapter *adapter, const cbl_host *host,
                               const cbl_output *output, const cbl_request *request,
                               void **session) {
  (void)adapter, (void)host, (void)output, (void)request, (void)session;
  return CBL_UNSUPPORTED;
}

static cbl_status put_nothing(const cbl_adapter *adapter, void *session, const cbl_batch *batch) {
  (void)adapter, (void)session, (void)batch;
  return CBL_UNSUPPORTED;
}

static cbl_status close_nothing(const cbl_adapter *adapter, void *session, int32_t abandon) {
  (void)adapter, (void)session, (void)abandon;
  return CBL_OK;
}

static const void *extension(const cbl_adapter *adapter, cbl_text identifier) {
  (void)adapter, (void)identifier;
  return NULL;
}

static const cbl_adapter table = {
    sizeof(cbl_adapter), CBL_MINOR, TEXT("org.example.tiny-c"), TEXT("1.0"), TEXT("Example"),
    TEXT("MIT"), formats, 1, NULL, probe, read_all, open_nothing, put_nothing, close_nothing,
    extension,
};

const cbl_adapter *cbl_adapter_v1(uint32_t host_minor) {
  (void)host_minor;
  return &table;
}
