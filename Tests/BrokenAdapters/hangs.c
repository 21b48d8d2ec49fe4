/* breaks: truncation.  It waits for the rest of a line that never comes. */
#include <stddef.h>
#define ON_LINE                                       \
  static volatile size_t waited;                      \
  while (count < 3) waited++
#include "sound.h"
ADAPTER(.context = NULL)
