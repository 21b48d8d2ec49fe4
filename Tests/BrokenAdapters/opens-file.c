/* breaks: files.  It needs a file of its own. */
#include <stdio.h>
#define ON_READ                                    \
  FILE *settings = fopen("/dev/null", "r");        \
  if (settings == NULL) return CBL_UNSUPPORTED;    \
  fclose(settings)
#include "sound.h"
ADAPTER(.context = NULL)
