/* breaks: nested.  Lines are counted in one place for all readings. */
static unsigned long lines_seen;
#define ON_READ lines_seen = 0
#define ON_LINE lines_seen++
/* What it makes of a row hangs on the count. */
#define ON_ROW if (lines_seen != number - 1) person.name.count = 1
#include "sound.h"
ADAPTER(.context = NULL)
