/* The files of a new adapter, as `cbl-tool adapter new` writes them. */
#ifndef ADAPTER_TEMPLATES_H
#define ADAPTER_TEMPLATES_H

#include <stddef.h>
#include <stdint.h>

typedef struct adapter_template {
  const char *language; /* `swift`, `c`, `rust`, or `` for every language */
  const char *path;     /* in the new folder */
  int32_t is_program;   /* whether it may be executed */
  const uint8_t *bytes;
  size_t count;
} adapter_template;

/* The file at a place in the list, or NULL after the last. */
const adapter_template *adapter_template_at(size_t index);

#endif
