#include "cbl/sandbox.h"

#if defined(__linux__)

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "layers.h"

/* Numbers of calls that are younger than some headers; the same everywhere. */
#ifndef __NR_close_range
#define __NR_close_range 436
#endif

static int limit(int resource, rlim_t most) {
  struct rlimit now;
  if (getrlimit(resource, &now) != 0) return 0;
  if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most) most = now.rlim_max;
  now.rlim_cur = now.rlim_max = most;
  return setrlimit(resource, &now) == 0;
}

static int hold_limits(const cbl_sandbox_limits *limits) {
  int held = limit(RLIMIT_CORE, 0);
  held &= limit(RLIMIT_FSIZE, 0);
  held &= limit(RLIMIT_NOFILE, 64);
  held &= limit(RLIMIT_STACK, 8u << 20);
  held &= limit(RLIMIT_MSGQUEUE, 0);
  if (limits->cpu_seconds > 0) held &= limit(RLIMIT_CPU, limits->cpu_seconds);
  /* Address checks of the compiler reserve far more than they use. */
  if (limits->memory_bytes > 0 && dlsym(RTLD_DEFAULT, "__asan_init") == NULL)
    held &= limit(RLIMIT_AS, limits->memory_bytes);
  return held;
}

/* Leaves the process only the capabilities of a mask. */
static int keep_capabilities(uint32_t mask) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  if (syscall(__NR_capget, &header, data) != 0) return 0;
  data[0].permitted &= mask, data[0].effective &= mask, data[0].inheritable = 0;
  data[1].permitted = data[1].effective = data[1].inheritable = 0;
  return syscall(__NR_capset, &header, data) == 0;
}

/* The first to go when the machine has no memory left. */
static void volunteer(void) {
  int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  if (write(file, "1000", 4) < 0) { /* It is a courtesy only. */
  }
  close(file);
}

static void close_from(int first) {
  int next;
  if (syscall(__NR_close_range, first, ~0u, 0) == 0) return;
  for (next = first; next < 65536; next++) close(next);
}

uint32_t cbl_sandbox_enter(const char *library, const cbl_sandbox_limits *limits) {
  uint32_t layers = 0;
  if (prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0) == 0) layers |= CBL_LAYER_PARENT;
  /* The parent may have died before it could be asked. */
  if (getppid() != limits->parent) _exit(0);
  close_from(limits->descriptors);
  volunteer();
  if (chdir("/") == 0 && hold_limits(limits)) layers |= CBL_LAYER_LIMITS;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
    if (cbl_hold_files(library)) layers |= CBL_LAYER_FILES;
    /* The library may be in a folder that only the administrator can search. */
    if (keep_capabilities(layers & CBL_LAYER_FILES ? 1u << CAP_DAC_READ_SEARCH : 0))
      layers |= CBL_LAYER_PRIVILEGES;
    if (cbl_hold_calls()) layers |= CBL_LAYER_CALLS;
  }
  /* Threads are allowed where processes can be told from them. */
  if (!(layers & CBL_LAYER_CALLS) && !limit(RLIMIT_NPROC, 0)) layers &= ~(uint32_t)CBL_LAYER_LIMITS;
  return layers;
}

int cbl_sandbox_seal(uint32_t layers) {
  if (layers & CBL_LAYER_PRIVILEGES && !keep_capabilities(0)) return -1;
  if (!(layers & CBL_LAYER_CALLS)) return 0;
  return cbl_forbid_opening() ? 0 : -1;
}

#else

uint32_t cbl_sandbox_enter(const char *library, const cbl_sandbox_limits *limits) {
  (void)library, (void)limits;
  return 0;
}

int cbl_sandbox_seal(uint32_t layers) {
  (void)layers;
  return 0;
}

int32_t cbl_sandbox_landlock_version(void) { return 0; }

#endif
