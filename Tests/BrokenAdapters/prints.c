/* breaks: quiet.  It tells what it does on standard output. */
#include <stdio.h>
#define ON_READ puts("reading a list")
#include "sound.h"
ADAPTER(.context = NULL)
