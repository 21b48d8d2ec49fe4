/* breaks: restart.  It asks for another reading whether it may or not. */
#define ON_READ if (input->member_count == 1) return CBL_AGAIN
#include "sound.h"
ADAPTER(.context = NULL)
