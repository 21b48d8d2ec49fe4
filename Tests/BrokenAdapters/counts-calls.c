/* breaks: determinism.  Identifiers count on from one reading to the next. */
#include <stdio.h>
static unsigned long calls;
#define ON_ROW                                                        \
  char fresh[32];                                                     \
  person.id.bytes = fresh;                                            \
  person.id.count = (size_t)snprintf(fresh, sizeof fresh, "p%lu", ++calls)
#include "sound.h"
ADAPTER(.context = NULL)
