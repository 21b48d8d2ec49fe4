/* breaks: places.  A problem does not say where it is. */
#define ON_PROBLEM problem.line = 0
#include "sound.h"
ADAPTER(.context = NULL)
