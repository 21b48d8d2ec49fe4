/* The system calls that no adapter needs.
 *
 * The numbers are those of the machine that this is compiled for, from the system's header; those
 * from 424 on are the same on all machines and are written out, because a header may be older than
 * the kernel. */
#ifndef CBL_CALLS_H
#define CBL_CALLS_H

#include <stdint.h>
#include <sys/syscall.h>

#include "cbl/sandbox.h"

typedef struct forbidden_call {
  uint32_t number;
  int what;
} forbidden_call;

enum {
  CALL_pidfd_send_signal = 424,
  CALL_io_uring_setup = 425,
  CALL_io_uring_enter = 426,
  CALL_io_uring_register = 427,
  CALL_open_tree = 428,
  CALL_move_mount = 429,
  CALL_fsopen = 430,
  CALL_fsconfig = 431,
  CALL_fsmount = 432,
  CALL_fspick = 433,
  CALL_pidfd_open = 434,
  CALL_clone3 = 435,
  CALL_openat2 = 437,
  CALL_pidfd_getfd = 438,
  CALL_process_madvise = 440,
  CALL_mount_setattr = 442,
  CALL_quotactl_fd = 443,
  CALL_memfd_secret = 447,
  CALL_process_mrelease = 448,
  CALL_fchmodat2 = 452,
  CALL_statmount = 457,
  CALL_listmount = 458,
  CALL_setxattrat = 463,
  CALL_removexattrat = 466,
  CALL_open_tree_attr = 467
};

#define FILE_CALL(name) {__NR_##name, CBL_FORBIDDEN_FILE}
#define NETWORK_CALL(name) {__NR_##name, CBL_FORBIDDEN_NETWORK}
#define SYSTEM_CALL(name) {__NR_##name, CBL_FORBIDDEN_SYSTEM}
#define NEW_CALL(name) {CALL_##name, CBL_FORBIDDEN_SYSTEM}

static const forbidden_call always[] = {
    /* Programs and processes. */
    {__NR_execve, CBL_FORBIDDEN_PROGRAM},
    {__NR_execveat, CBL_FORBIDDEN_PROGRAM},
#ifdef __NR_fork
    {__NR_fork, CBL_FORBIDDEN_PROCESS},
    {__NR_vfork, CBL_FORBIDDEN_PROCESS},
#endif
    {CALL_pidfd_send_signal, CBL_FORBIDDEN_SIGNAL},
    /* The network. */
    NETWORK_CALL(socket), NETWORK_CALL(socketpair), NETWORK_CALL(bind), NETWORK_CALL(connect),
    NETWORK_CALL(listen), NETWORK_CALL(accept), NETWORK_CALL(accept4),
    /* Changes of files, some of which Landlock does not know. */
    FILE_CALL(mkdirat), FILE_CALL(unlinkat), FILE_CALL(renameat2), FILE_CALL(linkat),
    FILE_CALL(symlinkat), FILE_CALL(mknodat), FILE_CALL(truncate), FILE_CALL(fchmod),
    FILE_CALL(fchmodat), FILE_CALL(fchown), FILE_CALL(fchownat), FILE_CALL(utimensat),
    FILE_CALL(setxattr), FILE_CALL(lsetxattr), FILE_CALL(fsetxattr), FILE_CALL(removexattr),
    FILE_CALL(lremovexattr), FILE_CALL(fremovexattr), FILE_CALL(memfd_create),
    FILE_CALL(name_to_handle_at), FILE_CALL(open_by_handle_at), FILE_CALL(chroot),
    {CALL_fchmodat2, CBL_FORBIDDEN_FILE}, {CALL_setxattrat, CBL_FORBIDDEN_FILE},
    {CALL_removexattrat, CBL_FORBIDDEN_FILE}, {CALL_memfd_secret, CBL_FORBIDDEN_FILE},
#ifdef __NR_renameat
    FILE_CALL(renameat),
#endif
#ifdef __NR_mkdir /* The calls before those with a folder, which younger machines do not have. */
    FILE_CALL(creat), FILE_CALL(mkdir), FILE_CALL(rmdir), FILE_CALL(unlink), FILE_CALL(rename),
    FILE_CALL(link), FILE_CALL(symlink), FILE_CALL(mknod), FILE_CALL(chmod), FILE_CALL(chown),
    FILE_CALL(lchown), FILE_CALL(utime), FILE_CALL(utimes), FILE_CALL(futimesat),
#endif
    /* Other processes and their memory. */
    SYSTEM_CALL(ptrace), SYSTEM_CALL(process_vm_readv), SYSTEM_CALL(process_vm_writev),
    SYSTEM_CALL(kcmp), SYSTEM_CALL(perf_event_open), SYSTEM_CALL(userfaultfd), NEW_CALL(pidfd_open),
    NEW_CALL(pidfd_getfd), NEW_CALL(process_madvise), NEW_CALL(process_mrelease),
    SYSTEM_CALL(setpgid), SYSTEM_CALL(setsid), SYSTEM_CALL(setns), SYSTEM_CALL(unshare),
    SYSTEM_CALL(setrlimit), SYSTEM_CALL(migrate_pages), SYSTEM_CALL(move_pages),
    /* Memory and queues that outlive the process. */
    SYSTEM_CALL(shmget), SYSTEM_CALL(shmat), SYSTEM_CALL(shmctl), SYSTEM_CALL(semget),
    SYSTEM_CALL(msgget), SYSTEM_CALL(mq_open), SYSTEM_CALL(mq_unlink), SYSTEM_CALL(add_key),
    SYSTEM_CALL(request_key), SYSTEM_CALL(keyctl),
    /* The kernel itself. */
    SYSTEM_CALL(bpf), NEW_CALL(io_uring_setup), NEW_CALL(io_uring_enter),
    NEW_CALL(io_uring_register), SYSTEM_CALL(init_module), SYSTEM_CALL(finit_module),
    SYSTEM_CALL(delete_module), SYSTEM_CALL(kexec_load), SYSTEM_CALL(reboot), SYSTEM_CALL(syslog),
    SYSTEM_CALL(acct), SYSTEM_CALL(quotactl), NEW_CALL(quotactl_fd), SYSTEM_CALL(swapon),
    SYSTEM_CALL(swapoff), SYSTEM_CALL(settimeofday), SYSTEM_CALL(clock_settime),
    SYSTEM_CALL(adjtimex), SYSTEM_CALL(clock_adjtime), SYSTEM_CALL(sethostname),
    SYSTEM_CALL(setdomainname), SYSTEM_CALL(personality), SYSTEM_CALL(vhangup),
    SYSTEM_CALL(fanotify_init), SYSTEM_CALL(fanotify_mark), SYSTEM_CALL(inotify_init1),
    SYSTEM_CALL(inotify_add_watch),
#ifdef __NR_kexec_file_load
    SYSTEM_CALL(kexec_file_load),
#endif
#ifdef __NR_iopl
    SYSTEM_CALL(iopl), SYSTEM_CALL(ioperm), SYSTEM_CALL(modify_ldt), SYSTEM_CALL(uselib),
    SYSTEM_CALL(inotify_init),
#endif
    /* What is mounted where. */
    SYSTEM_CALL(mount), SYSTEM_CALL(umount2), SYSTEM_CALL(pivot_root), NEW_CALL(open_tree),
    NEW_CALL(move_mount), NEW_CALL(fsopen), NEW_CALL(fsconfig), NEW_CALL(fsmount),
    NEW_CALL(fspick), NEW_CALL(mount_setattr), NEW_CALL(statmount), NEW_CALL(listmount),
    NEW_CALL(open_tree_attr),
};

/* Also forbidden once the library is loaded. */
static const forbidden_call opening[] = {
    FILE_CALL(openat),
    {CALL_openat2, CBL_FORBIDDEN_FILE},
#ifdef __NR_open
    FILE_CALL(open),
#endif
};

#endif
