/* breaks: scaling.  At each row all that was read is gone through again. */
#include <stddef.h>
static volatile unsigned sum;
#define ON_ROW                                   \
  size_t i;                                      \
  for (i = 0; i < l->number * 16; i++) sum += (unsigned)i
#include "sound.h"
ADAPTER(.context = NULL)
