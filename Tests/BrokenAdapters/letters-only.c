/* breaks: bit-flips.  A control character in an identifier ends the process. */
#undef NDEBUG
#include <assert.h>
#define ON_LINE if (count > 2) assert((unsigned char)line[0] >= 0x20 && (unsigned char)line[1] < 0x80)
#include "sound.h"
ADAPTER(.context = NULL)
