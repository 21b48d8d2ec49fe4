/* breaks: capabilities.  Every person is active, which the table does not say. */
#define ON_ROW person.status.bytes = "active", person.status.count = 6
#include "sound.h"
ADAPTER(.context = NULL)
