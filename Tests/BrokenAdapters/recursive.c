/* breaks: nesting.  Each bracket is a call. */
#include <stddef.h>
static volatile size_t deepest;
static size_t depth_of(const char *text, size_t count) {
  volatile char room[256];
  room[0] = 0;
  if (count == 0) return (size_t)room[0];
  if (*text != '[' && *text != '(') return depth_of(text + 1, 0);
  return 1 + depth_of(text + 1, count - 1) + (size_t)room[0];
}
#define ON_LINE deepest = depth_of(line, count)
#include "sound.h"
ADAPTER(.context = NULL)
