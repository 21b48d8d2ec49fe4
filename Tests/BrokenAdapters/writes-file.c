/* breaks: files.  It keeps a trace in a file. */
#include <stdio.h>
#define ON_READ                                    \
  FILE *trace = tmpfile();                         \
  if (trace != NULL) {                             \
    fputs("reading\n", trace);                     \
    fclose(trace);                                 \
  }
#include "sound.h"
ADAPTER(.context = NULL)
