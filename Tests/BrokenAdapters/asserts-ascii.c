/* breaks: probe-heads.  A byte above 0x7F ends the process. */
#undef NDEBUG
#include <assert.h>
#include "sound.h"
static cbl_status probe(const cbl_adapter *adapter, const cbl_host *host, const cbl_input *input,
                        uint32_t format, cbl_probe *verdict) {
  unsigned char head[8];
  size_t count = 0, i;
  if (input->member_count == 1 && input->head(input->context, 0, head, 8, &count) == CBL_OK)
    if (count == 8 && memcmp(head, "#tiny", 5) == 0)
      for (i = 0; i < count; i++) assert(head[i] < 0x80);
  return sound_probe(adapter, host, input, format, verdict);
}
ADAPTER(.probe = probe)
