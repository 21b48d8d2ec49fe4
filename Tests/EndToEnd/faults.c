/*
 * A library to be loaded before the C library (LD_PRELOAD) that lets one call of a program fail,
 * and tells which calls there are.
 *
 * Only calls count that touch files below the folder CBL_FAULT_ROOT, in the order in which they are
 * made, from 1. Each is written to the file CBL_FAULT_LOG as one line: its name, a blank, and the
 * path below the folder. CBL_FAULT says what happens at which of them:
 *
 *   7:5        call 7 fails with the error number 5
 *   7:28+      so do all later calls that need room, if call 7 does: the disk is full
 *   7:short    call 7 reads or writes half of what it is asked to
 *   7:kill     the process is killed before call 7 does anything
 *   7:stop     the process stops before call 7, until somebody lets it go on
 *   7:torn     call 7 writes half and the process is killed
 *   0:any:42   every reading and writing is interrupted or cut short now and then; 42 is the seed
 *
 * CBL_FAULT_CLOCK shifts the clock of the day by so many seconds.
 *
 * The line of a call that is changed begins with `! `, so that nobody takes a fault that never came
 * for a fault that was survived.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum action { NONE, FAIL, SHORT, KILL, STOP, TORN, ANY };

static struct {
  char root[PATH_MAX];
  size_t root_length;
  int log;
  enum action action;
  long at;
  int number;
  int goes_on;
  _Atomic int is_full; /* whether calls that need room go on failing */
  _Atomic long count;
  _Atomic uint64_t seed;
} state = {.log = -1};

__attribute__((constructor)) static void begin(void) {
  const char *root = getenv("CBL_FAULT_ROOT"), *log = getenv("CBL_FAULT_LOG");
  const char *fault = getenv("CBL_FAULT");
  if (root == NULL || strlen(root) >= sizeof state.root) return;
  strcpy(state.root, root);
  if (log != NULL) {
    int file = (int)syscall(
        SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    /* Out of the way of a program that is given few descriptors or counts them. */
    state.log = fcntl(file, F_DUPFD_CLOEXEC, 200);
    if (state.log < 0) state.log = file; else syscall(SYS_close, file);
  }
  state.root_length = strlen(root);
  char *rest;
  if (fault == NULL) return;
  state.at = strtol(fault, &rest, 10);
  if (*rest++ != ':') return;
  if (strcmp(rest, "short") == 0) state.action = SHORT;
  else if (strcmp(rest, "kill") == 0) state.action = KILL;
  else if (strcmp(rest, "stop") == 0) state.action = STOP;
  else if (strcmp(rest, "torn") == 0) state.action = TORN;
  else if (strncmp(rest, "any:", 4) == 0) {
    state.action = ANY;
    state.seed = strtoull(rest + 4, NULL, 10) * 2 + 1;
  } else {
    state.action = FAIL;
    state.number = (int)strtol(rest, &rest, 10);
    state.goes_on = *rest == '+';
  }
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static uint64_t chance(void) {
  uint64_t mixed = atomic_fetch_add(&state.seed, 0x9E3779B97F4A7C15u);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

/* The path below the folder, or NULL when the file lies elsewhere. */
static const char *inside(const char *path) {
  if (state.root_length == 0 || strncmp(path, state.root, state.root_length) != 0) return NULL;
  if (path[state.root_length] != '/') return NULL;
  return path + state.root_length + 1;
}

static const char *place_of(int descriptor, char *buffer) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, buffer, PATH_MAX - 1);
  if (length < 0) return NULL;
  buffer[length] = 0;
  return inside(buffer);
}

static const char *place_at(int folder, const char *path, char *buffer) {
  char base[PATH_MAX];
  if (path[0] == '/') {
    snprintf(buffer, PATH_MAX, "%s", path);
    return inside(buffer);
  }
  if (folder == AT_FDCWD) {
    if (getcwd(base, sizeof base) == NULL) return NULL;
  } else {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, base, sizeof base - 1);
    if (length < 0) return NULL;
    base[length] = 0;
  }
  if (strlen(base) + strlen(path) + 2 > PATH_MAX) return NULL;
  strcpy(buffer, base);
  strcat(buffer, "/");
  strcat(buffer, path);
  return inside(buffer);
}

static void note(const char *mark, const char *name, const char *place) {
  char line[PATH_MAX + 64];
  int length = snprintf(line, sizeof line, "%s%s %s\n", mark, name, place);
  if (state.log >= 0) syscall(SYS_write, state.log, line, (size_t)length);
}

/*
 * Counts a call. Returns 0 when it is to be made as asked, -1 when it fails with errno set, or 1
 * when it is to do half of its work.
 */
static int meet(const char *name, const char *place, int moves, int needs_room) {
  if (place == NULL) return 0;
  long number = atomic_fetch_add(&state.count, 1) + 1;
  int is_hit = state.action != NONE && state.action != ANY && number == state.at;
  int follows = state.is_full && needs_room;
  if (state.action == ANY && moves) {
    uint64_t dice = chance() % 8;
    is_hit = dice < 4;
    if (dice == 0) {
      note("! ", name, place);
      errno = EINTR;
      return -1;
    }
  }
  note(is_hit || follows ? "! " : "", name, place);
  if (!is_hit && !follows) return 0;
  switch (state.action) {
  case FAIL:
    if (is_hit) state.is_full = state.goes_on && needs_room;
    errno = state.number;
    return -1;
  case KILL:
  case STOP:
    kill(getpid(), state.action == KILL ? SIGKILL : SIGSTOP);
    return 0;
  case SHORT:
  case TORN:
  case ANY: return moves ? 1 : 0;
  case NONE: break;
  }
  return 0;
}

static size_t half(size_t count) { return count > 1 ? count / 2 : count; }

static void tear(void) {
  if (state.action == TORN) kill(getpid(), SIGKILL);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  REAL(read);
  char buffer[PATH_MAX];
  int met = meet("read", place_of(descriptor, buffer), 1, 0);
  return met < 0 ? -1 : real(descriptor, bytes, met ? half(count) : count);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
  REAL(pread);
  char buffer[PATH_MAX];
  int met = meet("pread", place_of(descriptor, buffer), 1, 0);
  return met < 0 ? -1 : real(descriptor, bytes, met ? half(count) : count, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t offset) {
  return pread(descriptor, bytes, count, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(write);
  char buffer[PATH_MAX];
  int met = meet("write", place_of(descriptor, buffer), 1, 1);
  if (met < 0) return -1;
  ssize_t done = real(descriptor, bytes, met ? half(count) : count);
  if (met) tear();
  return done;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  char buffer[PATH_MAX];
  int met = meet("pwrite", place_of(descriptor, buffer), 1, 1);
  if (met < 0) return -1;
  ssize_t done = real(descriptor, bytes, met ? half(count) : count, offset);
  if (met) tear();
  return done;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  return pwrite(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
  REAL(fsync);
  char buffer[PATH_MAX];
  return meet("fsync", place_of(descriptor, buffer), 0, 1) < 0 ? -1 : real(descriptor);
}

/* A descriptor is gone after close, whatever close says. */
int close(int descriptor) {
  REAL(close);
  char buffer[PATH_MAX];
  int met = meet("close", place_of(descriptor, buffer), 0, 0), number = errno;
  int done = real(descriptor);
  if (met == 0) return done;
  errno = number;
  return -1;
}

static int open_at(int folder, const char *path, int flags, mode_t mode) {
  char buffer[PATH_MAX];
  const char *name = flags & (O_WRONLY | O_RDWR) ? "create" : "open";
  if (meet(name, place_at(folder, path, buffer), 0, flags & (O_WRONLY | O_RDWR)) < 0) return -1;
  return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define OPEN_BODY(folder) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list list; \
    va_start(list, flags); \
    mode = va_arg(list, mode_t); \
    va_end(list); \
  } \
  return open_at(folder, path, flags, mode)

int open(const char *path, int flags, ...) { OPEN_BODY(AT_FDCWD); }
int open64(const char *path, int flags, ...) { OPEN_BODY(AT_FDCWD); }
int openat(int folder, const char *path, int flags, ...) { OPEN_BODY(folder); }
int openat64(int folder, const char *path, int flags, ...) { OPEN_BODY(folder); }

struct dirent *readdir(DIR *folder) {
  REAL(readdir);
  char buffer[PATH_MAX];
  return meet("readdir", place_of(dirfd(folder), buffer), 0, 0) < 0 ? NULL : real(folder);
}

#define WITH_PATH(name, needs_room, folder, path, call) \
  char buffer[PATH_MAX]; \
  return meet(#name, place_at(folder, path, buffer), 0, needs_room) < 0 ? -1 : call

int rename(const char *path, const char *new_path) {
  REAL(rename);
  WITH_PATH(rename, 0, AT_FDCWD, path, real(path, new_path));
}

int link(const char *path, const char *new_path) {
  REAL(link);
  WITH_PATH(link, 0, AT_FDCWD, path, real(path, new_path));
}

int unlink(const char *path) {
  REAL(unlink);
  WITH_PATH(unlink, 0, AT_FDCWD, path, real(path));
}

int unlinkat(int folder, const char *path, int flags) {
  REAL(unlinkat);
  WITH_PATH(unlinkat, 0, folder, path, real(folder, path, flags));
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  WITH_PATH(mkdir, 1, AT_FDCWD, path, real(path, mode));
}

int rmdir(const char *path) {
  REAL(rmdir);
  WITH_PATH(rmdir, 0, AT_FDCWD, path, real(path));
}

/* Renaming with flags and synchronizing a file system have no function of their own. */
long syscall(long number, ...) {
  static long (*real)(long, ...);
  if (real == NULL) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  va_list list;
  va_start(list, number);
  long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
  long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
  va_end(list);
  char buffer[PATH_MAX];
  if (number == SYS_renameat2 &&
      meet("renameat2", place_at((int)a, (const char *)b, buffer), 0, 0) < 0) return -1;
  if (number == SYS_syncfs && meet("syncfs", place_of((int)a, buffer), 0, 1) < 0) return -1;
  return real(number, a, b, c, d, e, f);
}

/* A clock that is set wrong; the one that only runs forward goes on as it is. */
static time_t shift(void) {
  const char *text = getenv("CBL_FAULT_CLOCK");
  return text == NULL ? 0 : (time_t)strtol(text, NULL, 10);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int done = (int)syscall(SYS_clock_gettime, clock, now);
  if (done == 0 && clock == CLOCK_REALTIME) now->tv_sec += shift();
  return done;
}

int gettimeofday(struct timeval *now, void *zone) {
  struct timespec exact;
  (void)zone;
  if (clock_gettime(CLOCK_REALTIME, &exact) != 0) return -1;
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *result) {
  struct timespec exact;
  if (clock_gettime(CLOCK_REALTIME, &exact) != 0) return -1;
  if (result != NULL) *result = exact.tv_sec;
  return exact.tv_sec;
}
