/* breaks: probe-answer.  The confidence is a number of bytes, not one from 0 to 100. */
#include "sound.h"
static cbl_status probe(const cbl_adapter *adapter, const cbl_host *host, const cbl_input *input,
                        uint32_t format, cbl_probe *verdict) {
  cbl_status status = sound_probe(adapter, host, input, format, verdict);
  if (verdict->confidence > 0) verdict->confidence = 250;
  return status;
}
ADAPTER(.probe = probe)
