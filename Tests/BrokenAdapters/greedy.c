/* breaks: probe-foreign.  Everything is a list of people. */
#include "sound.h"
static cbl_status probe(const cbl_adapter *adapter, const cbl_host *host, const cbl_input *input,
                        uint32_t format, cbl_probe *verdict) {
  (void)adapter, (void)host, (void)input, (void)format;
  verdict->confidence = 100;
  strcpy(verdict->reason, "looks good");
  return CBL_OK;
}
ADAPTER(.probe = probe)
