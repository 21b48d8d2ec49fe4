/* breaks: round-trip.  What is in quotes is lost on the way out. */
#include "sound.h"
static cbl_status put(const cbl_adapter *adapter, void *opened, const cbl_batch *batch) {
  size_t i;
  (void)adapter;
  for (i = 0; batch->kind == CBL_KIND_PERSON && i < batch->count; i++) {
    cbl_person person = *(const cbl_person *)((const char *)batch->rows + i * batch->stride);
    const char *quote = person.name.count ? memchr(person.name.bytes, '"', person.name.count) : NULL;
    cbl_status status;
    if (quote != NULL) person.name.count = (size_t)(quote - person.name.bytes);
    status = put_row((const session *)opened, &person);
    if (status != CBL_OK) return status;
  }
  return CBL_OK;
}
ADAPTER(.put = put)
