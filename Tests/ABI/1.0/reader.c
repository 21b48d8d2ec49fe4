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
    {sizeof(cbl_format), CBL_READS | CBL_SELF_CONTAINED, TEXT("people-1.0"), {NULL, 0}, TEXT("1"),
     TEXT("List of people"), TEXT("people"), TEXT("people.people"), capabilities, NULL, 1, 0},
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
  if (member.name.count > 7 &&
      memcmp(member.name.bytes + member.name.count - 7, ".people", 7) == 0) {
    verdict->confidence = 90;
    strcpy(verdict->reason, "the name ends in .people");
  }
  return CBL_OK;
}

static cbl_status put(const cbl_sink *sink, const char *line, size_t count, uint64_t number) {
  cbl_person person;
  cbl_batch batch;
  const char *tab = (const char *)memchr(line, '\t', count);
  if (tab == NULL) return CBL_BAD_DATA;
  memset(&person, 0, sizeof person);
  person.origin.line = number;
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
  return sink->put(sink->context, &batch);
}

static cbl_status read_lines(const cbl_input *input, const cbl_sink *sink, char *buffer,
                             size_t capacity) {
  size_t held = 0, given = 0, start, i;
  uint64_t number = 1;
  do {
    cbl_status status = input->read(input->context, buffer + held, capacity - held, &given);
    if (status != CBL_OK) return status;
    held += given;
    for (start = 0, i = 0; i < held; i++) {
      if (buffer[i] != '\n') continue;
      status = put(sink, buffer + start, i - start, number++);
      if (status != CBL_OK) return status;
      start = i + 1;
    }
    memmove(buffer, buffer + start, held - start);
    held -= start;
    if (held == capacity) return CBL_LIMIT;
  } while (given != 0);
  return held == 0 ? CBL_OK : put(sink, buffer, held, number);
}

static cbl_status read_all(const cbl_adapter *adapter, const cbl_host *host,
                           const cbl_input *input, const cbl_request *request,
                           const cbl_sink *sink) {
  enum { capacity = 65536 };
  char *buffer = (char *)malloc(capacity);
  cbl_status status = CBL_FAILED;
  (void)adapter, (void)host, (void)request;
  if (buffer == NULL) return CBL_FAILED;
  status = input->open(input->context, 0);
  if (status == CBL_OK) status = read_lines(input, sink, buffer, capacity);
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
    sizeof(cbl_adapter), CBL_MINOR, TEXT("org.example.people-1.0"), TEXT("1.0"), TEXT("Example"),
    TEXT("MIT"), formats, 1, NULL, probe, read_all, open_nothing, put_nothing, close_nothing,
    extension,
};

const cbl_adapter *cbl_adapter_v1(uint32_t host_minor) {
  (void)host_minor;
  return &table;
}
