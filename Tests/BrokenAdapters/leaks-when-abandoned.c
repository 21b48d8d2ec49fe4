/* breaks: memory.  A session that is abandoned is not freed. */
#include "sound.h"
static cbl_status open(const cbl_adapter *adapter, const cbl_host *host, const cbl_output *output,
                       const cbl_request *request, void **opened) {
  void *plain = NULL;
  cbl_status status = sound_open(adapter, host, output, request, &plain);
  if (status != CBL_OK) return status;
  *opened = realloc(plain, 4096);
  if (*opened != NULL) memset((char *)*opened + sizeof(session), 0, 4096 - sizeof(session));
  return *opened == NULL ? CBL_LIMIT : CBL_OK;
}
static cbl_status close(const cbl_adapter *adapter, void *opened, int32_t abandon) {
  return abandon ? CBL_OK : sound_close(adapter, opened, abandon);
}
ADAPTER(.open = open, .close = close)
