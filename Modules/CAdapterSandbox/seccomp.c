/* A list of system calls that an adapter has no use for, as a filter for the kernel.
 *
 * A call of the list is not made.  It raises SIGSYS instead, whose handler ends the process with a
 * code that says what was tried, so that the host can tell the user. */
#if defined(__linux__)
#define _GNU_SOURCE

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cbl/sandbox.h"
#include "layers.h"

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#if defined(MACHINE)

#include "calls.h"

/* A filter that is being made. */
typedef struct filter {
  struct sock_filter steps[1024];
  unsigned short count;
} filter;

static void add(filter *f, uint16_t code, uint8_t yes, uint8_t no, uint32_t value) {
  struct sock_filter step = {code, yes, no, value};
  if (f->count < sizeof f->steps / sizeof *f->steps) f->steps[f->count++] = step;
}

static void answer(filter *f, uint32_t action) { add(f, BPF_RET | BPF_K, 0, 0, action); }

static void forbid(filter *f, int forbidden) {
  answer(f, SECCOMP_RET_TRAP | (uint32_t)(forbidden & 0xFF));
}

static void load(filter *f, size_t place) { add(f, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)place); }

#define ARGUMENT(n) offsetof(struct seccomp_data, args[n]) /* the lower half: both are little-endian */

/* Goes on with the next step when the value is this one, else skips some. */
static void when(filter *f, uint32_t value, uint8_t skipped) {
  add(f, BPF_JMP | BPF_JEQ | BPF_K, 0, skipped, value);
}

/* Another machine's calls have other numbers. */
static void begin(filter *f) {
  f->count = 0;
  load(f, offsetof(struct seccomp_data, arch));
  when(f, MACHINE, 1);
  add(f, BPF_JMP | BPF_JA, 0, 0, 1);
  answer(f, SECCOMP_RET_KILL_PROCESS);
  load(f, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
  /* The same calls once more, with 32-bit pointers. */
  add(f, BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000u);
  answer(f, SECCOMP_RET_KILL_PROCESS);
#endif
}

static void forbid_all(filter *f, const forbidden_call *calls, size_t count) {
  size_t i;
  for (i = 0; i < count; i++) {
    when(f, calls[i].number, 1);
    forbid(f, calls[i].what);
  }
}

/* Calls that depend on what they are asked for. */
static void forbid_some(filter *f) {
  /* Threads, but no processes. */
  when(f, __NR_clone, 4);
  load(f, ARGUMENT(0));
  add(f, BPF_JMP | BPF_JSET | BPF_K, 0, 1, CLONE_THREAD);
  answer(f, SECCOMP_RET_ALLOW);
  forbid(f, CBL_FORBIDDEN_PROCESS);
  /* Its flags are out of reach; libraries fall back to clone. */
  when(f, CALL_clone3, 1);
  answer(f, SECCOMP_RET_ERRNO | ENOSYS);
  /* Signals to itself: abort and raise. */
  static const uint32_t signals[] = {__NR_kill, __NR_tkill, __NR_tgkill, __NR_rt_sigqueueinfo,
                                     __NR_rt_tgsigqueueinfo};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    when(f, signals[i], 4);
    load(f, ARGUMENT(0));
    when(f, (uint32_t)getpid(), 1);
    answer(f, SECCOMP_RET_ALLOW);
    forbid(f, CBL_FORBIDDEN_SIGNAL);
  }
  /* Whether a stream is a terminal, which printing asks. */
  when(f, __NR_ioctl, 4);
  load(f, ARGUMENT(1));
  when(f, 0x5401, 1);
  answer(f, SECCOMP_RET_ALLOW);
  answer(f, SECCOMP_RET_ERRNO | EPERM);
  /* Limits can be looked at, not set. */
  when(f, __NR_prlimit64, 6);
  load(f, ARGUMENT(2));
  when(f, 0, 3);
  load(f, ARGUMENT(2) + 4);
  when(f, 0, 1);
  answer(f, SECCOMP_RET_ALLOW);
  forbid(f, CBL_FORBIDDEN_SYSTEM);
  /* The process dies with its parent. */
  when(f, __NR_prctl, 4);
  load(f, ARGUMENT(0));
  when(f, PR_SET_PDEATHSIG, 1);
  forbid(f, CBL_FORBIDDEN_SYSTEM);
  answer(f, SECCOMP_RET_ALLOW);
}

static int install(const filter *f) {
  struct sock_fprog program = {f->count, (struct sock_filter *)f->steps};
  if (f->count == sizeof f->steps / sizeof *f->steps) return 0;
  /* With all threads: what runs when a library is loaded may have begun some. */
  return syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

static void tell(int number, siginfo_t *info, void *context) {
  (void)number, (void)context;
  _exit(info->si_errno & 0xFF);
}

int cbl_hold_calls(void) {
  static filter f;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = tell;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  if (sigaction(SIGSYS, &action, NULL) != 0) return 0;
  begin(&f);
  forbid_all(&f, always, sizeof always / sizeof *always);
  forbid_some(&f);
  answer(&f, SECCOMP_RET_ALLOW);
  return install(&f);
}

int cbl_forbid_opening(void) {
  static filter f;
  begin(&f);
  forbid_all(&f, opening, sizeof opening / sizeof *opening);
  answer(&f, SECCOMP_RET_ALLOW);
  return install(&f);
}

#else

int cbl_hold_calls(void) { return 0; }
int cbl_forbid_opening(void) { return 1; }

#endif
#endif
