/* breaks: process.  The mask of new files is set and left. */
#include <sys/stat.h>
#define ON_READ umask(077)
#include "sound.h"
ADAPTER(.context = NULL)
