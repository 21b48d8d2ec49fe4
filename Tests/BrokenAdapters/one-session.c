/* breaks: sessions.  There is one session, for whoever comes last. */
#include "sound.h"
static session only;
static cbl_status open(const cbl_adapter *adapter, const cbl_host *host, const cbl_output *output,
                       const cbl_request *request, void **opened) {
  void *plain = NULL;
  cbl_status status = sound_open(adapter, host, output, request, &plain);
  if (status != CBL_OK) return status;
  only = *(session *)plain;
  free(plain);
  *opened = &only;
  return CBL_OK;
}
static cbl_status close(const cbl_adapter *adapter, void *opened, int32_t abandon) {
  (void)adapter, (void)opened;
  return abandon ? CBL_OK : only.output->end(only.output->context);
}
ADAPTER(.open = open, .close = close)
