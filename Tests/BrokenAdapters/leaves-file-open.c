/* breaks: process.  A descriptor is made at each reading and never closed. */
#include <unistd.h>
#define ON_READ if (dup(0) < 0) {}
#include "sound.h"
ADAPTER(.context = NULL)
