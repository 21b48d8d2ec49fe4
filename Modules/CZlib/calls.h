#ifndef CBL_CZLIB_CALLS_H
#define CBL_CZLIB_CALLS_H

/* Linux system calls that the C library declares only for programs that ask for GNU extensions. */

#ifdef __linux__
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Returns 0, or -1 with errno set. Flags: 1 keeps an existing file, 2 exchanges both. */
static inline int cbl_rename(const char *old_path, const char *new_path, unsigned flags) {
#ifdef SYS_renameat2
  return (int)syscall(SYS_renameat2, -100, old_path, -100, new_path, flags);
#else
  (void)old_path, (void)new_path, (void)flags;
  errno = ENOSYS;
  return -1;
#endif
}

/* Waits until all of a file system is on the disk; returns 0, or -1 with errno set. */
static inline int cbl_sync_file_system(int descriptor) {
  return (int)syscall(SYS_syncfs, descriptor);
}
#endif

#endif
