/* breaks: truncation.  A list without people ends the host. */
#define ON_LINE if (count < 3) exit(0)
#include "sound.h"
ADAPTER(.context = NULL)
