/* breaks: same-bytes.  It says that it keeps the layout, and orders the rows anew. */
#define ON_READ                                                                          \
  if (request->flags & CBL_SOURCE_LAYER) {                                               \
    cbl_source_member source;                                                            \
    cbl_batch extra = {sizeof extra, CBL_KIND_SOURCE_MEMBER, &source, 1, sizeof source, NULL, 0}; \
    memset(&source, 0, sizeof source);                                                   \
    source.id = member.name;                                                             \
    status = sink->put(sink->context, &extra);                                           \
    if (status != CBL_OK) return status;                                                 \
  }
#include "sound.h"
static cbl_status put(const cbl_adapter *adapter, void *opened, const cbl_batch *batch) {
  size_t i;
  (void)adapter;
  for (i = batch->kind == CBL_KIND_PERSON ? batch->count : 0; i > 0; i--) {
    const char *row = (const char *)batch->rows + (i - 1) * batch->stride;
    cbl_status status = put_row((const session *)opened, (const cbl_person *)row);
    if (status != CBL_OK) return status;
  }
  return CBL_OK;
}
ADAPTER(.put = put)
