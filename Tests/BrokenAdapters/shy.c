/* breaks: probe-own.  It looks at the name only, and the samples have another. */
#include "sound.h"
static cbl_status probe(const cbl_adapter *adapter, const cbl_host *host, const cbl_input *input,
                        uint32_t format, cbl_probe *verdict) {
  cbl_member member = {.size = sizeof member};
  cbl_status status = input->describe(input->context, 0, &member);
  (void)adapter, (void)host, (void)format;
  verdict->reason[0] = 0;
  verdict->confidence = member.name.count == 8 && memcmp(member.name.bytes, "list.txt", 8) == 0;
  return status;
}
ADAPTER(.probe = probe)
