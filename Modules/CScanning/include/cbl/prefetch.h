/*
 * Asks for a cache line before it is needed.
 */
#ifndef CBL_PREFETCH_H
#define CBL_PREFETCH_H

static inline void cbl_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
