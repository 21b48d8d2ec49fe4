/*
 * Holds a process before it loads an adapter that nobody vouches for.
 *
 * Linux only; elsewhere nothing is available and the functions say so.  A layer that the kernel
 * does not have is left out, and the answer says which ones hold.  Everything here is for a process
 * that does nothing but run one adapter: nothing can be undone.
 */
#ifndef CBL_SANDBOX_H
#define CBL_SANDBOX_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The layers, a bit each. */
enum {
  CBL_LAYER_LIMITS = 1u << 0,     /* memory, CPU time, descriptors, file size, core, stack */
  CBL_LAYER_PARENT = 1u << 1,     /* the process dies with the thread that started it */
  CBL_LAYER_PRIVILEGES = 1u << 2, /* no new privileges, no capabilities */
  CBL_LAYER_FILES = 1u << 3,      /* Landlock: only libraries can be opened, only for reading */
  CBL_LAYER_CALLS = 1u << 4       /* seccomp: no sockets, processes, signals and the like */
};
#define CBL_LAYER_ALL 31u

/* What the process may use. */
typedef struct cbl_sandbox_limits {
  uint64_t memory_bytes; /* address space; 0 for no limit of ours */
  uint64_t cpu_seconds;  /* 0 for no limit of ours */
  int32_t parent;        /* process that this one dies with */
  int32_t descriptors;   /* descriptors from 0 that stay open */
} cbl_sandbox_limits;

/* Codes that a process ends with when it tries what the seccomp layer forbids. */
enum {
  CBL_FORBIDDEN_FILE = 241,    /* opens, makes, renames or changes a file */
  CBL_FORBIDDEN_NETWORK = 242, /* makes or uses a socket */
  CBL_FORBIDDEN_PROCESS = 243, /* makes a process */
  CBL_FORBIDDEN_PROGRAM = 244, /* runs a program */
  CBL_FORBIDDEN_SIGNAL = 245,  /* sends a signal to another process */
  CBL_FORBIDDEN_SYSTEM = 246   /* anything else: mounts, keys, tracing, limits, clocks */
};

/* Takes all layers that there are; call it before the library is loaded.  Only `library` and the
 * system's libraries can be opened afterwards.  Ends the process when its parent is gone.
 *
 * Returns the layers that hold. */
uint32_t cbl_sandbox_enter(const char *library, const cbl_sandbox_limits *limits);

/* Forbids to open any file at all; call it when the library is loaded.
 *
 * Returns 0, or -1 when the seccomp layer holds and this cannot be added. */
int cbl_sandbox_seal(uint32_t layers);

/* The version of Landlock that the kernel has, from 1; 0 when it has none. */
int32_t cbl_sandbox_landlock_version(void);

#ifdef __cplusplus
}
#endif

#endif
