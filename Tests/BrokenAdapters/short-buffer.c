/* breaks: giant-fields.  A line has room for 4,096 bytes, whatever comes. */
#include <string.h>
static char *volatile place;
#define ON_LINE                                 \
  char copy[4096];                              \
  place = copy;                                 \
  memcpy(place, line, count)
#include "sound.h"
ADAPTER(.context = NULL)
