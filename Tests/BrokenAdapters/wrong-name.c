/* breaks: entry.  The function has another name. */
#define NAME my_adapter
#include "sound.h"
ADAPTER(.context = NULL)
