/* breaks: order.  The school comes after its people. */
#define FLAGS (CBL_READS | CBL_WRITES | CBL_ORDERED)
#define CAPABILITY                                                     \
  {CBL_KIND_ORGANIZATION, 0, FIELD(0), 0, 0, 0, {NULL, 0}},            \
      {CBL_KIND_PERSON, 0, FIELDS, FIELDS, 0, FIELD(0), {NULL, 0}}
#define ON_ROW                                                         \
  cbl_organization school;                                             \
  memset(&school, 0, sizeof school);                                   \
  school.id = person.id;                                               \
  school.origin = person.origin;                                       \
  cbl_batch extra = {sizeof extra, CBL_KIND_ORGANIZATION, &school, 1, sizeof school, NULL, 0}; \
  status = l->sink->put(l->sink->context, &extra);                     \
  if (status != CBL_OK) return status
#include "sound.h"
ADAPTER(.context = NULL)
