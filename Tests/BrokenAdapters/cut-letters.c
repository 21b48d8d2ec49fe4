/* breaks: text.  Names are cut after so many bytes, in the middle of a letter. */
#define ON_ROW if (person.name.count > 5) person.name.count = memchr(line, 0xC3, 6) ? 6 : 5
#include "sound.h"
ADAPTER(.context = NULL)
