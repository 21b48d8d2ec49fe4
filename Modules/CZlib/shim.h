#ifndef CBL_CZLIB_SHIM_H
#define CBL_CZLIB_SHIM_H

#include <zlib.h>

/* zlib checks its version and the size of its struct through macros, which Swift cannot call. */

static inline int cbl_inflate_init(z_stream *stream, int window_bits) {
  return inflateInit2(stream, window_bits);
}

static inline int cbl_deflate_init(z_stream *stream, int level, int window_bits) {
  return deflateInit2(stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
}

#endif
