/* breaks: determinism.  Names end with the time zone of the machine. */
#include <stdlib.h>
#define ON_ROW                                                       \
  const char *zone = getenv("TZ");                                   \
  if (zone != NULL) person.name.bytes = zone, person.name.count = 3
#include "sound.h"
ADAPTER(.context = NULL)
