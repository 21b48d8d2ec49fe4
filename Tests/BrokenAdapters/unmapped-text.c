/* breaks: batches.  The bytes of the name are gone when the batch is put. */
#include <sys/mman.h>
#define ON_ROW                                                                            \
  char *page = (char *)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0); \
  person.name.bytes = page;                                                               \
  munmap(page, 4096)
#include "sound.h"
ADAPTER(.context = NULL)
