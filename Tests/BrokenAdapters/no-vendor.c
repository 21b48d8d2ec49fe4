/* breaks: names.  Nobody says who made it. */
#include "sound.h"
ADAPTER(.vendor = {NULL, 0})
