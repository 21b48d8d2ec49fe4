/* breaks: minor.  Only hosts of its own minor version get the table. */
#define ENTRY return host_minor == CBL_MINOR ? &table : NULL
#include "sound.h"
ADAPTER(.context = NULL)
