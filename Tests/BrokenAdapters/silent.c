/* breaks: accounting.  What is no row is passed over. */
#define BAD_LINE return CBL_OK
#include "sound.h"
ADAPTER(.context = NULL)
