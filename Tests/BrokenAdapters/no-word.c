/* breaks: status.  It gives up at a bad line and does not say why. */
#define BAD_LINE return CBL_BAD_DATA
#include "sound.h"
ADAPTER(.context = NULL)
