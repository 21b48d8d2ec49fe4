/* breaks: abandon.  An abandoned output is finished like any other. */
#include "sound.h"
static cbl_status close(const cbl_adapter *adapter, void *opened, int32_t abandon) {
  (void)abandon;
  return sound_close(adapter, opened, 0);
}
ADAPTER(.close = close)
