/* breaks: stop.  What put answers is not looked at. */
#define ON_STOP (void)status
#include "sound.h"
ADAPTER(.context = NULL)
