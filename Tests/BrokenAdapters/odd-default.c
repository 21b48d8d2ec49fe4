/* breaks: options.  The default is none of the allowed words. */
#define FORMAT .options = options, .option_count = 1
#include "cbl/adapter.h"
static const cbl_option_info options[] = {{{"order", 5}, {"name|id", 7}, {"date", 4}, {"Order.", 6}}};
#include "sound.h"
ADAPTER(.context = NULL)
