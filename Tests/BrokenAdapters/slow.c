/* breaks: speed.  Each row is thought over for a while. */
#include <stddef.h>
static volatile unsigned sum;
#define ON_ROW                                   \
  size_t i;                                      \
  for (i = 0; i < 800000; i++) sum += (unsigned)i
#include "sound.h"
ADAPTER(.context = NULL)
