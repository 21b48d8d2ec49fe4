/* breaks: minor.  A host whose struct is longer is taken for a wrong one. */
#define ON_READ if (host->size != sizeof *host) return CBL_UNSUPPORTED
#include "sound.h"
ADAPTER(.context = NULL)
