/* breaks: calling-thread.  Rows are put by a thread of its own. */
#include <pthread.h>
#include "cbl/adapter.h"
typedef struct work { const cbl_sink *sink; const cbl_batch *batch; cbl_status status; } work;
static void *put_there(void *context) {
  work *w = (work *)context;
  w->status = w->sink->put(w->sink->context, w->batch);
  return NULL;
}
#define ON_BATCH                                                 \
  pthread_t thread;                                              \
  work w = {l->sink, &batch, CBL_FAILED};                        \
  if (pthread_create(&thread, NULL, put_there, &w) == 0) {       \
    pthread_join(thread, NULL);                                  \
    return w.status;                                             \
  }
#include "sound.h"
ADAPTER(.context = NULL)
