/* Landlock by its system calls: headers of many systems are older than their kernel. */
#if defined(__linux__)
#define _GNU_SOURCE

#include <fcntl.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cbl/sandbox.h"
#include "layers.h"

/* The same numbers on all machines. */
enum { create_ruleset = 444, add_rule = 445, restrict_self = 446 };

#define READ_FILE (UINT64_C(1) << 2)

typedef struct ruleset_attributes {
  uint64_t files;
  uint64_t network; /* from version 4 */
  uint64_t scoped;  /* from version 6 */
} ruleset_attributes;

typedef struct path_rule {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed)) path_rule;

int32_t cbl_sandbox_landlock_version(void) {
  long version = syscall(create_ruleset, NULL, 0, 1u);
  return version > 0 ? (int32_t)version : 0;
}

/* Everything that a version can forbid. */
static ruleset_attributes everything(int32_t version) {
  ruleset_attributes all = {(UINT64_C(1) << 13) - 1, 0, 0};
  if (version >= 2) all.files |= UINT64_C(1) << 13; /* move to another folder */
  if (version >= 3) all.files |= UINT64_C(1) << 14; /* truncate */
  if (version >= 5) all.files |= UINT64_C(1) << 15; /* control devices */
  if (version >= 4) all.network = 3;                /* bind, connect */
  if (version >= 6) all.scoped = 3;                 /* abstract sockets, signals */
  return all;
}

/* Lets files at or below a path be read; what is not there needs no rule. */
static void allow(int rules, const char *path) {
  path_rule rule = {READ_FILE, open(path, O_PATH | O_CLOEXEC)};
  if (rule.parent < 0) return;
  syscall(add_rule, rules, 1, &rule, 0u);
  close(rule.parent);
}

/* Lets the folder of a library be read that is loaded already, as the one of the Swift runtime. */
static int allow_loaded(struct dl_phdr_info *info, size_t size, void *rules) {
  char folder[4096];
  const char *slash = info->dlpi_name == NULL ? NULL : strrchr(info->dlpi_name, '/');
  size_t count = slash == NULL ? 0 : (size_t)(slash - info->dlpi_name);
  (void)size;
  /* A library in the root folder would allow everything. */
  if (count == 0 || count >= sizeof folder || strstr(info->dlpi_name, ".so") == NULL) return 0;
  memcpy(folder, info->dlpi_name, count);
  folder[count] = 0;
  allow(*(const int *)rules, folder);
  return 0;
}

int cbl_hold_files(const char *library) {
  static const char *const system_paths[] = {
      "/lib",       "/lib32",         "/lib64",           "/usr/lib",          "/usr/lib32",
      "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/etc/ld.so.preload"};
  int32_t version = cbl_sandbox_landlock_version();
  ruleset_attributes all = everything(version);
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8, i;
  int rules, held;
  if (version == 0) return 0;
  rules = (int)syscall(create_ruleset, &all, size, 0u);
  if (rules < 0) return 0;
  for (i = 0; i < sizeof system_paths / sizeof *system_paths; i++) allow(rules, system_paths[i]);
  dl_iterate_phdr(allow_loaded, &rules);
  allow(rules, library);
  held = syscall(restrict_self, rules, 0u) == 0;
  close(rules);
  return held;
}

#endif
