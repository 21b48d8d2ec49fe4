/* breaks: cancel.  A stop is obeyed after a nap. */
#include <time.h>
#define ON_STOP                                    \
  do {                                             \
    struct timespec nap = {0, 300000000};          \
    nanosleep(&nap, NULL);                         \
    return status;                                 \
  } while (0)
#include "sound.h"
ADAPTER(.context = NULL)
