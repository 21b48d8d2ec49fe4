/* breaks: problems.  A problem has no code. */
#define ON_PROBLEM problem.code.count = 0
#include "sound.h"
ADAPTER(.context = NULL)
