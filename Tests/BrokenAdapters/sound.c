/* breaks: nothing */
#include "sound.h"
ADAPTER(.context = NULL)
