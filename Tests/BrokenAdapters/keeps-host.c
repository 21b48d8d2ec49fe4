/* breaks: borrowed-call.  The first host is used for ever. */
#include "cbl/adapter.h"
static const cbl_host *first_host;
#define ON_READ                                                  \
  if (first_host == NULL) first_host = host;                     \
  if (first_host->size < sizeof *host) return CBL_UNSUPPORTED
#include "sound.h"
ADAPTER(.context = NULL)
