/* breaks: threads.  All threads but the first to come share one counter of lines. */
#include <pthread.h>
static unsigned long counter;
static pthread_t owner;
#define ON_READ                                     \
  if (!owner) owner = pthread_self();               \
  if (!pthread_equal(owner, pthread_self())) counter = 0
#define ON_LINE if (!pthread_equal(owner, pthread_self())) counter++
#define ON_ROW \
  if (!pthread_equal(owner, pthread_self()) && counter != number - 1) person.name.count = 1
#include "sound.h"
ADAPTER(.context = NULL)
