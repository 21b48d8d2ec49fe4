/* Writes lists of people, an identifier and a name on each line with a tab between them. */
#include <stdlib.h>
#include <string.h>

#include "cbl/adapter.h"

#define TEXT(literal) {literal, sizeof(literal) - 1}

static const cbl_capability capabilities[] = {
    /* Fields 0 and 6 of a person: id and name. */
    {CBL_KIND_PERSON, 0, 0, 1u << 0 | 1u << 6, 0, 1u << 0, TEXT("")},
};

static const cbl_format formats[] = {
    {sizeof(cbl_format), CBL_WRITES, TEXT("people-list-1.0"), {NULL, 0}, TEXT("1"),
     TEXT("List of people"), TEXT("list"), TEXT("people.list"), capabilities, NULL, 1, 0},
};

/* One output. */
typedef struct session {
  const cbl_host *host;
  const cbl_output *output;
  uint64_t people;
} session;

static cbl_status probe(const cbl_adapter *adapter, const cbl_host *host, const cbl_input *input,
                        uint32_t format, cbl_probe *verdict) {
  (void)adapter, (void)host, (void)input, (void)format;
  verdict->confidence = 0;
  verdict->reason[0] = 0;
  return CBL_OK;
}

static cbl_status read_nothing(const cbl_adapter *adapter, const cbl_host *host,
                               const cbl_input *input, const cbl_request *request,
                               const cbl_sink *sink) {
  (void)adapter, (void)host, (void)input, (void)request, (void)sink;
  return CBL_UNSUPPORTED;
}

static cbl_status begin(const cbl_adapter *adapter, const cbl_host *host, const cbl_output *output,
                        const cbl_request *request, void **made) {
  static const cbl_text name = TEXT("people.list");
  session *s = (session *)malloc(sizeof *s);
  cbl_status status;
  (void)adapter, (void)request;
  if (s == NULL) return CBL_FAILED;
  s->host = host;
  s->output = output;
  s->people = 0;
  status = output->begin(output->context, name);
  if (status != CBL_OK) {
    free(s);
    return status;
  }
  *made = s;
  return CBL_OK;
}

static cbl_status write_text(const session *s, const char *bytes, size_t count) {
  return count == 0 ? CBL_OK : s->output->write(s->output->context, bytes, count);
}

static cbl_status put(const cbl_adapter *adapter, void *opened, const cbl_batch *batch) {
  session *s = (session *)opened;
  size_t row;
  (void)adapter;
  if (batch->kind != CBL_KIND_PERSON) return CBL_OK;
  for (row = 0; row < batch->count; row++) {
    const cbl_person *person =
        (const cbl_person *)(const void *)((const char *)batch->rows + row * batch->stride);
    cbl_status status = write_text(s, person->id.bytes, person->id.count);
    if (status == CBL_OK) status = write_text(s, "\t", 1);
    if (status == CBL_OK) status = write_text(s, person->name.bytes, person->name.count);
    if (status == CBL_OK) status = write_text(s, "\n", 1);
    if (status != CBL_OK) return status;
    s->people++;
  }
  return s->host->progress(s->host->context, s->people, 0);
}

static cbl_status finish(const cbl_adapter *adapter, void *opened, int32_t abandon) {
  session *s = (session *)opened;
  cbl_status status = abandon ? CBL_OK : s->output->end(s->output->context);
  (void)adapter;
  free(s);
  return status;
}

static const void *extension(const cbl_adapter *adapter, cbl_text identifier) {
  (void)adapter, (void)identifier;
  return NULL;
}

static const cbl_adapter table = {
    sizeof(cbl_adapter), CBL_MINOR, TEXT("org.example.people-writer"), TEXT("1.0"), TEXT("Example"),
    TEXT("MIT"), formats, 1, NULL, probe, read_nothing, begin, put, finish, extension,
};

const cbl_adapter *cbl_adapter_v1(uint32_t host_minor) {
  (void)host_minor;
  return &table;
}
