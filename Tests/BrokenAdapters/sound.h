/* A sound adapter for lists of people, from which the broken ones differ in one thing each.
 *
 * A list begins with "#tiny 1"; then come lines of an identifier, a name and a date, with tabs
 * between them; the date may be missing.  A broken adapter defines some of the hooks below, or
 * functions of its own that it names after ADAPTER, and says in its first line what it breaks. */
#include <stdlib.h>
#include <string.h>

#include "cbl/adapter.h"

#define TEXT(literal) {literal, sizeof(literal) - 1}
#define HEADER "#tiny 1\n"

#ifndef ON_READ /* at the start of a reading */
#define ON_READ
#endif
#ifndef ON_ROW /* before a row is put: person, line, count and number are in scope */
#define ON_ROW
#endif
#ifndef ON_BATCH /* before a batch is put */
#define ON_BATCH
#endif
#ifndef ON_PROBLEM /* before a problem is reported */
#define ON_PROBLEM
#endif
#ifndef ON_STOP /* when put answers that the host wants to stop */
#define ON_STOP return status
#endif
#ifndef ON_LINE /* before a line is looked at */
#define ON_LINE
#endif
#ifndef IS_TEXT
#define IS_TEXT is_utf8
#endif
#ifndef LINE_LIMIT
#define LINE_LIMIT (64u << 20)
#endif

/* Lines of the input, one after the other. */
typedef struct lines {
  const cbl_host *host;
  const cbl_input *input;
  const cbl_sink *sink;
  const cbl_request *request;
  cbl_text member;
  char *bytes;
  size_t held, capacity, seen;
  uint64_t number;
} lines;

static int is_utf8(const char *text, size_t count) {
  const unsigned char *byte = (const unsigned char *)text;
  size_t i = 0, more, j;
  while (i < count) {
    unsigned char first = byte[i], low = 0x80, high = 0xBF;
    if (first < 0x80) { i++; continue; }
    if (first < 0xC2 || first > 0xF4) return 0;
    more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    if (i + more >= count) return 0;
    for (j = 1; j <= more; j++, low = 0x80, high = 0xBF)
      if (byte[i + j] < low || byte[i + j] > high) return 0;
    i += more + 1;
  }
  return 1;
}

static int is_date(const char *text, size_t count) {
  int month, day;
  size_t i;
  if (count != 10 || text[4] != '-' || text[7] != '-') return 0;
  for (i = 0; i < 10; i++)
    if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9')) return 0;
  month = (text[5] - '0') * 10 + text[6] - '0';
  day = (text[8] - '0') * 10 + text[9] - '0';
  return memcmp(text, "0000", 4) != 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

static cbl_status tell(const lines *l, int32_t severity, const char *code, const char *message) {
  cbl_problem problem;
  memset(&problem, 0, sizeof problem);
  problem.size = sizeof problem;
  problem.severity = severity;
  problem.code.bytes = code, problem.code.count = strlen(code);
  problem.message.bytes = message, problem.message.count = strlen(message);
  problem.member = l->member;
  problem.line = l->number;
  problem.kind = CBL_KIND_PERSON;
  ON_PROBLEM;
  return l->host->report(l->host->context, &problem);
}

static cbl_status put_person(const lines *l, const cbl_person *person) {
  cbl_batch batch;
  memset(&batch, 0, sizeof batch);
  batch.size = sizeof batch;
  batch.kind = CBL_KIND_PERSON;
  batch.rows = person;
  batch.count = 1;
  batch.stride = sizeof *person;
  ON_BATCH;
  return l->sink->put(l->sink->context, &batch);
}

#ifndef BAD_LINE
#define BAD_LINE return tell(l, CBL_REJECTED, "tiny.fields", "expected an identifier, a tab and a name")
#endif

static cbl_status take(const lines *l, const char *line, size_t count) {
  const char *tab, *end = line + count;
  uint64_t number = l->number;
  cbl_person person;
  cbl_status status;
  (void)number;
  ON_LINE;
  if (!IS_TEXT(line, count))
    return tell(l, CBL_REJECTED, "tiny.encoding", "the line is not UTF-8; save the list as UTF-8");
  tab = (const char *)memchr(line, '\t', count);
  if (tab == NULL || tab == line) BAD_LINE;
  memset(&person, 0, sizeof person);
  person.origin.line = l->number;
  person.id.bytes = line, person.id.count = (size_t)(tab - line);
  line = tab + 1;
  tab = (const char *)memchr(line, '\t', (size_t)(end - line));
  if (tab == NULL) tab = end;
  if (tab > line) person.name.bytes = line, person.name.count = (size_t)(tab - line);
  if (tab < end) {
    if (!is_date(tab + 1, (size_t)(end - tab - 1)))
      return tell(l, CBL_REJECTED, "tiny.date", "expected a date such as 2026-03-04");
    person.modified.bytes = tab + 1, person.modified.count = 10;
  }
  ON_ROW;
  status = put_person(l, &person);
  if (status != CBL_OK) ON_STOP;
  return CBL_OK;
}

static cbl_status read_lines(lines *l) {
  int begun = 0;
  size_t given = 0;
  for (;;) {
    size_t start = 0, i, wanted = l->capacity - l->held;
    cbl_status status = l->input->read(l->input->context, l->bytes + l->held, wanted, &given);
    if (status != CBL_OK) return status;
    l->held += given, l->seen += given;
    for (i = 0; i < l->held || (given < wanted && start < l->held); i++) {
      if (i < l->held && l->bytes[i] != '\n') continue;
      l->number++;
      if (begun) {
        status = take(l, l->bytes + start, i - start);
      } else if (i - start == 7 && memcmp(l->bytes + start, HEADER, 7) == 0) {
        begun = 1;
      } else {
        status = tell(l, CBL_FATAL, "tiny.header", "the list does not begin with #tiny 1");
        if (status == CBL_OK) status = CBL_BAD_DATA;
      }
      if (status != CBL_OK) return status;
      start = i + 1;
    }
    if (given < wanted) break;
    memmove(l->bytes, l->bytes + start, l->held - start);
    l->held -= start;
    if (l->held == l->capacity) {
      char *larger = l->capacity < LINE_LIMIT ? (char *)realloc(l->bytes, l->capacity * 2) : NULL;
      if (larger == NULL) {
        status = tell(l, CBL_FATAL, "tiny.line_too_long", "a line is longer than 64 MB");
        return status == CBL_OK ? CBL_LIMIT : status;
      }
      l->bytes = larger, l->capacity *= 2;
    }
  }
  if (begun) return CBL_OK;
  given = (size_t)tell(l, CBL_FATAL, "tiny.header", "the list is empty");
  return given == CBL_OK ? CBL_BAD_DATA : (cbl_status)given;
}

static cbl_status sound_read(const cbl_adapter *adapter, const cbl_host *host,
                             const cbl_input *input, const cbl_request *request,
                             const cbl_sink *sink) {
  lines l = {NULL, NULL, NULL, NULL, {NULL, 0}, NULL, 0, 65536, 0, 0};
  cbl_member member;
  cbl_status status;
  (void)adapter;
  l.host = host, l.input = input, l.sink = sink, l.request = request;
  memset(&member, 0, sizeof member);
  member.size = sizeof member;
  status = input->describe(input->context, 0, &member);
  if (status != CBL_OK) return status;
  l.member = member.name;
  ON_READ;
  status = input->open(input->context, 0);
  if (status != CBL_OK) return status;
  l.bytes = (char *)malloc(l.capacity);
  if (l.bytes == NULL) return CBL_LIMIT;
  status = read_lines(&l);
  free(l.bytes);
  return status;
}

static cbl_status sound_probe(const cbl_adapter *adapter, const cbl_host *host,
                              const cbl_input *input, uint32_t format, cbl_probe *verdict) {
  char head[8];
  size_t count = 0;
  cbl_status status;
  (void)adapter, (void)host, (void)format;
  verdict->confidence = 0;
  verdict->reason[0] = 0;
  if (input->member_count != 1) return CBL_OK;
  status = input->head(input->context, 0, head, sizeof head, &count);
  if (status != CBL_OK) return status;
  if (count == 8 && memcmp(head, HEADER, 8) == 0) {
    verdict->confidence = 95;
    strcpy(verdict->reason, "the first line is #tiny 1");
  }
  return CBL_OK;
}

/* A writing: what the session holds. */
typedef struct session {
  const cbl_host *host;
  const cbl_output *output;
} session;

static cbl_status sound_open(const cbl_adapter *adapter, const cbl_host *host,
                             const cbl_output *output, const cbl_request *request, void **opened) {
  session *s = (session *)calloc(1, sizeof *s);
  cbl_text name = TEXT("people.tiny");
  cbl_status status;
  (void)adapter, (void)request;
  if (s == NULL) return CBL_LIMIT;
  s->host = host, s->output = output;
  status = output->begin(output->context, name);
  if (status == CBL_OK) status = output->write(output->context, HEADER, 8);
  if (status != CBL_OK) free(s);
  else *opened = s;
  return status;
}

static int is_plain(cbl_text text) {
  size_t i;
  for (i = 0; i < text.count; i++)
    if (text.bytes[i] == '\t' || text.bytes[i] == '\n') return 0;
  return 1;
}

static cbl_status put_cell(const cbl_output *output, cbl_text text, const char *mark) {
  cbl_status status = CBL_OK;
  if (text.count > 0) status = output->write(output->context, text.bytes, text.count);
  return status == CBL_OK && *mark ? output->write(output->context, mark, 1) : status;
}

static cbl_status put_row(const session *s, const cbl_person *person) {
  const cbl_output *output = s->output;
  cbl_status status;
  if (person->id.count == 0 || !is_plain(person->id) || !is_plain(person->name)) {
    lines l = {NULL, NULL, NULL, NULL, {NULL, 0}, NULL, 0, 0, 0, 0};
    l.host = s->host;
    return tell(&l, CBL_REJECTED, "tiny.tab", "an identifier or name has a tab or line end");
  }
  status = put_cell(output, person->id, "\t");
  if (status == CBL_OK) status = put_cell(output, person->name, person->modified.count ? "\t" : "");
  return status == CBL_OK ? put_cell(output, person->modified, "\n") : status;
}

static cbl_status sound_put(const cbl_adapter *adapter, void *opened, const cbl_batch *batch) {
  size_t i;
  (void)adapter;
  if (batch->kind != CBL_KIND_PERSON) return CBL_OK;
  for (i = 0; i < batch->count; i++) {
    const char *row = (const char *)batch->rows + i * batch->stride;
    cbl_status status = put_row((const session *)opened, (const cbl_person *)row);
    if (status != CBL_OK) return status;
  }
  return CBL_OK;
}

static cbl_status sound_close(const cbl_adapter *adapter, void *opened, int32_t abandon) {
  session *s = (session *)opened;
  cbl_status status = abandon ? CBL_OK : s->output->end(s->output->context);
  (void)adapter;
  free(s);
  return status;
}

static const void *sound_extension(const cbl_adapter *adapter, cbl_text identifier) {
  (void)adapter, (void)identifier;
  return NULL;
}

#define FIELD(n) (UINT64_C(1) << (n))
/* id, modified and name of a person. */
#define FIELDS (FIELD(0) | FIELD(2) | FIELD(6))
#ifndef CAPABILITY
#define CAPABILITY {CBL_KIND_PERSON, 0, FIELDS, FIELDS, 0, FIELD(0), {NULL, 0}}
#endif
static const cbl_capability capabilities[] = {CAPABILITY};

#ifndef FLAGS
#define FLAGS (CBL_READS | CBL_WRITES)
#endif
#ifndef FORMAT /* fields of the format that differ */
#define FORMAT .alias = {NULL, 0}
#endif
static const cbl_format formats[] = {{.size = sizeof(cbl_format), .flags = FLAGS,
                                      .identifier = TEXT("tiny"), .version = TEXT("1"),
                                      .title = TEXT("Tiny list of people"),
                                      .extensions = TEXT("tiny"),
                                      .member_name = TEXT("people.tiny"),
                                      .capabilities = capabilities,
                                      .capability_count = sizeof capabilities / sizeof *capabilities,
                                      FORMAT}};

#ifndef ENTRY
#define ENTRY return &table
#endif
#ifndef NAME
#define NAME cbl_adapter_v1
#endif
/* The table and the entry; fields that differ are named as arguments. */
#define ADAPTER(...)                                                                          \
  static const cbl_adapter table = {                                                          \
      .size = sizeof(cbl_adapter), .minor = CBL_MINOR, .identifier = TEXT("org.example.tiny"), \
      .version = TEXT("1.0"), .vendor = TEXT("Example"), .license = TEXT("MIT"),              \
      .formats = formats, .format_count = 1, .probe = sound_probe, .read = sound_read,        \
      .open = sound_open, .put = sound_put, .close = sound_close,                             \
      .extension = sound_extension, __VA_ARGS__};                                             \
  CBL_EXPORT const cbl_adapter *NAME(uint32_t host_minor);                                    \
  const cbl_adapter *NAME(uint32_t host_minor) {                                              \
    (void)host_minor;                                                                         \
    ENTRY;                                                                                    \
  }
