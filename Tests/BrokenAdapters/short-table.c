/* breaks: sizes.  The size of the table is that of a pointer to it. */
#include "sound.h"
ADAPTER(.size = sizeof(cbl_adapter *))
