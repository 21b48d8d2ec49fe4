/* Tables of scores: a line for each learner, a column for each assignment. */
#include <stdlib.h>
#include <string.h>

#include "cbl/adapter.h"

#define TEXT(literal) {literal, sizeof(literal) - 1}
#define FIELD(kind, field)                                                                         \
  ((uint64_t)1 << ((offsetof(cbl_##kind, field) - sizeof(cbl_origin)) / sizeof(cbl_text)))

enum { LONGEST_LINE = 1 << 20, MOST_COLUMNS = 10000 };

/* What reading gives; the host works out from this table what a conversion loses. */
static const cbl_capability capabilities[] = {
    {CBL_KIND_PERSON, 0, FIELD(person, id), 0, 0, 0, TEXT("")},
    {CBL_KIND_LINE_ITEM, 0, FIELD(line_item, id) | FIELD(line_item, title), 0, 0, 0, TEXT("")},
    {CBL_KIND_RESULT, 0,
     FIELD(result, line_item) | FIELD(result, person) | FIELD(result, state) | FIELD(result, score),
     0, 0, 0, TEXT("")},
};

static const cbl_format formats[] = {
    {sizeof(cbl_format), CBL_READS, TEXT("template-format"), {NULL, 0}, TEXT("1"),
     TEXT("Template table of scores"), TEXT("csv"), TEXT("scores.csv"), capabilities, NULL, 3, 0},
};

/* One reading. */
typedef struct reading {
  const cbl_host *host;
  const cbl_sink *sink;
  cbl_text member;
  char *header;         /* the first line, which the titles point into */
  cbl_line_item *items; /* one for each column but the first */
  cbl_result *results;  /* room for the results of a line */
  size_t columns;
} reading;

static cbl_text text(const char *bytes, size_t count) {
  cbl_text made;
  made.bytes = bytes;
  made.count = count;
  return made;
}

static cbl_status report(const reading *r, int32_t severity, const char *code,
                         const char *message, uint64_t number, cbl_text line) {
  cbl_problem problem;
  memset(&problem, 0, sizeof problem);
  problem.size = sizeof problem;
  problem.severity = severity;
  problem.code = text(code, strlen(code));
  problem.message = text(message, strlen(message));
  problem.member = r->member;
  problem.line = number;
  problem.raw = line;
  problem.kind = CBL_KIND_PERSON;
  return r->host->report(r->host->context, &problem);
}

static cbl_status put(const reading *r, uint32_t kind, const void *rows, size_t count,
                      size_t stride) {
  cbl_batch batch;
  if (count == 0) return CBL_OK;
  memset(&batch, 0, sizeof batch);
  batch.size = sizeof batch;
  batch.kind = kind;
  batch.rows = rows;
  batch.count = count;
  batch.stride = stride;
  return r->sink->put(r->sink->context, &batch);
}

/* The next cell of a line; `*line` becomes what is left, without bytes after the last cell. */
static cbl_text cell(cbl_text *line) {
  const char *comma = (const char *)memchr(line->bytes, ',', line->count);
  cbl_text found = text(line->bytes, comma ? (size_t)(comma - line->bytes) : line->count);
  *line = comma ? text(comma + 1, line->count - found.count - 1) : text(NULL, 0);
  return found;
}

static size_t count_cells(cbl_text line) {
  size_t count = 1, i;
  for (i = 0; i < line.count; i++) count += line.bytes[i] == ',';
  return count;
}

static cbl_status read_header(reading *r, cbl_text line) {
  size_t column;
  r->columns = count_cells(line);
  if (r->columns > MOST_COLUMNS) {
    (void)report(r, CBL_FATAL, "template-format.columns", "there are more than 10,000 columns", 1,
                 text(NULL, 0));
    return CBL_LIMIT;
  }
  r->header = (char *)malloc(line.count + 1);
  r->items = (cbl_line_item *)calloc(r->columns, sizeof *r->items);
  r->results = (cbl_result *)calloc(r->columns, sizeof *r->results);
  if (r->header == NULL || r->items == NULL || r->results == NULL) return CBL_FAILED;
  if (line.count > 0) memcpy(r->header, line.bytes, line.count);
  line.bytes = r->header;
  (void)cell(&line);
  for (column = 0; column + 1 < r->columns; column++) {
    r->items[column].origin.line = 1;
    r->items[column].id = r->items[column].title = cell(&line);
  }
  return put(r, CBL_KIND_LINE_ITEM, r->items, r->columns - 1, sizeof *r->items);
}

static cbl_status read_learner(reading *r, cbl_text line, uint64_t number) {
  static const cbl_text graded = TEXT("graded");
  const cbl_text whole = line;
  cbl_person person;
  cbl_status status;
  size_t column, count = 0;
  if (line.count == 0)
    return report(r, CBL_SKIPPED, "template-format.blank_line", "a blank line was passed over",
                  number, whole);
  if (memchr(line.bytes, '"', line.count) != NULL)
    return report(r, CBL_REJECTED, "template-format.quote",
                  "cells with quotes are not read; take the quotes out", number, whole);
  if (count_cells(line) != r->columns)
    return report(r, CBL_REJECTED, "template-format.cells",
                  "the line has not as many cells as the header; add or remove commas", number,
                  whole);
  memset(&person, 0, sizeof person);
  person.origin.line = number;
  person.id = cell(&line);
  if (person.id.count == 0)
    return report(r, CBL_REJECTED, "template-format.no_learner",
                  "the line names no learner; fill in the first cell", number, whole);
  status = put(r, CBL_KIND_PERSON, &person, 1, sizeof person);
  for (column = 0; column + 1 < r->columns; column++) {
    const cbl_text score = cell(&line);
    cbl_result *result = &r->results[count];
    if (score.count == 0) continue;
    result->origin.line = number;
    result->line_item = r->items[column].id;
    result->person = person.id;
    result->state = graded;
    result->score = score;
    count++;
  }
  return status ? status : put(r, CBL_KIND_RESULT, r->results, count, sizeof *r->results);
}

static cbl_status read_line(reading *r, const char *bytes, size_t count, uint64_t number) {
  if (count > 0 && bytes[count - 1] == '\r') count--;
  return number == 1 ? read_header(r, text(bytes, count))
                     : read_learner(r, text(bytes, count), number);
}

static cbl_status read_lines(reading *r, const cbl_input *input, char *buffer) {
  size_t held = 0, given = 0, start, i;
  uint64_t number = 1;
  cbl_status status;
  do {
    status = input->read(input->context, buffer + held, LONGEST_LINE - held, &given);
    if (status != CBL_OK) return status;
    held += given;
    for (start = 0, i = held - given; i < held; i++) {
      if (buffer[i] != '\n') continue;
      status = read_line(r, buffer + start, i - start, number++);
      if (status != CBL_OK) return status;
      start = i + 1;
    }
    memmove(buffer, buffer + start, held - start);
    held -= start;
    if (held == LONGEST_LINE) {
      (void)report(r, CBL_FATAL, "template-format.long_line", "a line is longer than 1 MiB", number,
                   text(NULL, 0));
      return CBL_LIMIT;
    }
  } while (given != 0);
  return held == 0 ? CBL_OK : read_line(r, buffer, held, number);
}

static cbl_status read_input(const cbl_adapter *adapter, const cbl_host *host,
                             const cbl_input *input, const cbl_request *request,
                             const cbl_sink *sink) {
  reading r;
  cbl_member member;
  cbl_status status;
  char *buffer = (char *)malloc(LONGEST_LINE);
  (void)adapter, (void)request;
  if (buffer == NULL) return CBL_FAILED;
  memset(&r, 0, sizeof r);
  memset(&member, 0, sizeof member);
  member.size = sizeof member;
  r.host = host;
  r.sink = sink;
  status = input->describe(input->context, 0, &member);
  r.member = member.name;
  if (status == CBL_OK) status = input->open(input->context, 0);
  if (status == CBL_OK) status = read_lines(&r, input, buffer);
  free(r.header);
  free(r.items);
  free(r.results);
  free(buffer);
  return status;
}

static cbl_status probe(const cbl_adapter *adapter, const cbl_host *host, const cbl_input *input,
                        uint32_t format, cbl_probe *verdict) {
  char head[8];
  size_t count = 0;
  cbl_status status;
  (void)adapter, (void)host, (void)format;
  verdict->confidence = 0;
  verdict->reason[0] = 0;
  if (input->member_count != 1) return CBL_OK;
  status = input->head(input->context, 0, head, sizeof head, &count);
  if (status == CBL_OK && count == sizeof head && memcmp(head, "learner,", sizeof head) == 0) {
    verdict->confidence = 80;
    strcpy(verdict->reason, "begins with learner");
  }
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
    sizeof(cbl_adapter), CBL_MINOR, TEXT("org.example.template-format"), TEXT("0.1.0"),
    TEXT("Example"), TEXT("Apache-2.0"), formats, 1, NULL, probe, read_input, open_nothing,
    put_nothing, close_nothing, extension,
};

const cbl_adapter *cbl_adapter_v1(uint32_t host_minor) {
  (void)host_minor;
  return &table;
}
