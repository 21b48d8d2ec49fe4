/* breaks: origins.  Lines are counted in thousands. */
#define ON_ROW person.origin.line *= 1000
#include "sound.h"
ADAPTER(.context = NULL)
