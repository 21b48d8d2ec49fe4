/* breaks: batches.  The stride counts texts, not bytes. */
#define ON_BATCH batch.stride = sizeof *person / sizeof(cbl_text)
#include "sound.h"
ADAPTER(.context = NULL)
