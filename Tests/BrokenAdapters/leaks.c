/* breaks: memory.  A copy of each name is made and forgotten. */
#define ON_ROW                                                     \
  char *copy = (char *)malloc(person.name.count + 256);            \
  if (copy != NULL && person.name.bytes != NULL) {                 \
    memcpy(copy, person.name.bytes, person.name.count);            \
    person.name.bytes = copy;                                      \
  }
#include "sound.h"
ADAPTER(.context = NULL)
