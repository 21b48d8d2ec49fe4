/* breaks: truncation.  The last line must have its end. */
#undef NDEBUG
#include <assert.h>
#define ON_LINE assert(line[count] == '\n')
#include "sound.h"
ADAPTER(.context = NULL)
