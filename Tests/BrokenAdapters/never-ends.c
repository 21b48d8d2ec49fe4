/* breaks: members.  The member is not ended. */
#include "sound.h"
static cbl_status close(const cbl_adapter *adapter, void *opened, int32_t abandon) {
  (void)abandon;
  return sound_close(adapter, opened, 1);
}
ADAPTER(.close = close)
