/* breaks: borrowed-rows.  A row is written when the next one is there. */
#include "sound.h"
typedef struct late { session s; cbl_person last; int has_last; } late;
static cbl_status open(const cbl_adapter *adapter, const cbl_host *host, const cbl_output *output,
                       const cbl_request *request, void **opened) {
  void *plain = NULL;
  cbl_status status = sound_open(adapter, host, output, request, &plain);
  late *l;
  if (status != CBL_OK) return status;
  l = (late *)realloc(plain, sizeof *l);
  if (l == NULL) return CBL_LIMIT;
  l->has_last = 0;
  *opened = l;
  return CBL_OK;
}
static cbl_status put(const cbl_adapter *adapter, void *opened, const cbl_batch *batch) {
  late *l = (late *)opened;
  size_t i;
  (void)adapter;
  for (i = 0; batch->kind == CBL_KIND_PERSON && i < batch->count; i++) {
    cbl_status status = l->has_last ? put_row(&l->s, &l->last) : CBL_OK;
    if (status != CBL_OK) return status;
    l->last = *(const cbl_person *)((const char *)batch->rows + i * batch->stride);
    l->has_last = 1;
  }
  return CBL_OK;
}
static cbl_status close(const cbl_adapter *adapter, void *opened, int32_t abandon) {
  late *l = (late *)opened;
  cbl_status status = abandon || !l->has_last ? CBL_OK : put_row(&l->s, &l->last);
  cbl_status closed = sound_close(adapter, opened, abandon || status != CBL_OK);
  return status == CBL_OK ? closed : status;
}
ADAPTER(.open = open, .put = put, .close = close)
