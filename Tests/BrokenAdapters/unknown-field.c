/* breaks: declarations.  The mask names fields that a person does not have. */
#define CAPABILITY {CBL_KIND_PERSON, 0, FIELDS | FIELD(60), FIELDS, 0, FIELD(0), {NULL, 0}}
#include "sound.h"
ADAPTER(.context = NULL)
