/* breaks: borrowed-request.  The session looks at the request of open. */
#include "sound.h"
typedef struct wide { session s; const cbl_request *request; } wide;
static cbl_status open(const cbl_adapter *adapter, const cbl_host *host, const cbl_output *output,
                       const cbl_request *request, void **opened) {
  void *plain = NULL;
  cbl_status status = sound_open(adapter, host, output, request, &plain);
  wide *w;
  if (status != CBL_OK) return status;
  w = (wide *)realloc(plain, sizeof *w);
  if (w == NULL) return CBL_LIMIT;
  w->request = request;
  *opened = w;
  return CBL_OK;
}
static cbl_status put(const cbl_adapter *adapter, void *opened, const cbl_batch *batch) {
  if (((wide *)opened)->request->flags & CBL_STRICT) return CBL_UNSUPPORTED;
  return sound_put(adapter, opened, batch);
}
ADAPTER(.open = open, .put = put)
