/* breaks: options.  What it does without the option is not what it says. */
#include <string.h>
#define FORMAT .options = options, .option_count = 1
#define ON_ROW                                                                      \
  if (l->request->option_count == 0 || memcmp(l->request->options[0].value.bytes, "yes", 3) != 0) \
    person.modified.bytes = NULL, person.modified.count = 0
#include "cbl/adapter.h"
static const cbl_option_info options[] = {
    {{"dates", 5}, {"yes|no", 6}, {"yes", 3}, {"Whether dates are read.", 23}}};
#include "sound.h"
ADAPTER(.context = NULL)
