/* breaks: values.  Dates are handed over as people write them. */
#define ON_ROW                                                      \
  if (person.modified.count > 0) {                                  \
    person.modified.bytes = "04.03.2026";                           \
  }
#include "sound.h"
ADAPTER(.context = NULL)
