/*
 * Bit masks of the bytes that matter, 64 bytes at a time.
 *
 * SSE2 is part of every x86-64 and NEON of every arm64, so nothing is chosen at run time; other
 * machines take the plain branch, which is also what the tests compare with.
 */
#ifndef CBL_SCAN_H
#define CBL_SCAN_H

#include <stdint.h>
#include <string.h>

#include "json.h"
#include "json_layout.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/* What 64 bytes hold; bit n stands for byte n. */
typedef struct cbl_block {
  uint64_t special; /* delimiter, quote, carriage return or line feed */
  uint64_t high;    /* any byte of 128 or more: not 0 when there is one */
  uint64_t nul;     /* any byte of 0: not 0 when there is one */
} cbl_block;

/* The plain form. */
static inline cbl_block cbl_block_plain(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  cbl_block block = {0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint64_t bit = (uint64_t)1 << i;
    uint8_t byte = bytes[i];
    if (byte == delimiter || byte == quote || byte == '\r' || byte == '\n') block.special |= bit;
    if (byte >= 0x80) block.high |= bit;
    if (byte == 0) block.nul |= bit;
  }
  return block;
}

#if defined(__SSE2__)
static inline cbl_block cbl_block_of(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  cbl_block block = {0, 0, 0};
  const __m128i d = _mm_set1_epi8((char)delimiter), q = _mm_set1_epi8((char)quote);
  const __m128i cr = _mm_set1_epi8('\r'), lf = _mm_set1_epi8('\n'), zero = _mm_setzero_si128();
  __m128i any = zero, least = _mm_set1_epi8((char)0xFF);
  for (int i = 0; i < 4; i++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
    __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, d), _mm_cmpeq_epi8(v, q)),
                               _mm_or_si128(_mm_cmpeq_epi8(v, cr), _mm_cmpeq_epi8(v, lf)));
    block.special |= (uint64_t)(uint16_t)_mm_movemask_epi8(hit) << (16 * i);
    any = _mm_or_si128(any, v);
    least = _mm_min_epu8(least, v);
  }
  block.high = (uint64_t)(uint16_t)_mm_movemask_epi8(any);
  block.nul = (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(least, zero));
  return block;
}

/* The first place of a byte at or after `from`, or `count`. */
static inline int64_t cbl_find(const uint8_t *bytes, int64_t from, int64_t count, uint8_t byte) {
  const __m128i wanted = _mm_set1_epi8((char)byte);
  int64_t at = from;
  for (; at + 16 <= count; at += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + at));
    int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(v, wanted));
    if (mask) return at + __builtin_ctz((unsigned)mask);
  }
  for (; at < count; at++)
    if (bytes[at] == byte) return at;
  return count;
}
#elif defined(__ARM_NEON)
static inline uint64_t cbl_neon_mask(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t ab = vpaddq_u8(vandq_u8(a, bits), vandq_u8(b, bits));
  uint8x16_t cd = vpaddq_u8(vandq_u8(c, bits), vandq_u8(d, bits));
  uint8x16_t all = vpaddq_u8(ab, cd);
  all = vpaddq_u8(all, all);
  return vgetq_lane_u64(vreinterpretq_u64_u8(all), 0);
}

static inline cbl_block cbl_block_of(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  cbl_block block = {0, 0, 0};
  const uint8x16_t d = vdupq_n_u8(delimiter), q = vdupq_n_u8(quote);
  const uint8x16_t cr = vdupq_n_u8('\r'), lf = vdupq_n_u8('\n');
  uint8x16_t hit[4], any = vdupq_n_u8(0), least = vdupq_n_u8(0xFF);
  for (int i = 0; i < 4; i++) {
    uint8x16_t v = vld1q_u8(bytes + 16 * i);
    hit[i] = vorrq_u8(vorrq_u8(vceqq_u8(v, d), vceqq_u8(v, q)),
                      vorrq_u8(vceqq_u8(v, cr), vceqq_u8(v, lf)));
    any = vorrq_u8(any, v);
    least = vminq_u8(least, v);
  }
  block.special = cbl_neon_mask(hit[0], hit[1], hit[2], hit[3]);
  block.high = vmaxvq_u8(any) >= 0x80;
  block.nul = vminvq_u8(least) == 0;
  return block;
}

static inline int64_t cbl_find(const uint8_t *bytes, int64_t from, int64_t count, uint8_t byte) {
  if (from >= count) return count;
  const void *hit = memchr(bytes + from, byte, (size_t)(count - from));
  return hit ? (const uint8_t *)hit - bytes : count;
}
#else
static inline cbl_block cbl_block_of(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  return cbl_block_plain(bytes, delimiter, quote);
}

static inline int64_t cbl_find(const uint8_t *bytes, int64_t from, int64_t count, uint8_t byte) {
  if (from >= count) return count;
  const void *hit = memchr(bytes + from, byte, (size_t)(count - from));
  return hit ? (const uint8_t *)hit - bytes : count;
}
#endif

/* The first place of a byte of 128 or more at or after `from`, or `count`. */
static inline int64_t cbl_find_high(const uint8_t *bytes, int64_t from, int64_t count) {
  int64_t at = from;
#if defined(__SSE2__)
  for (; at + 64 <= count; at += 64) {
    const __m128i *v = (const __m128i *)(const void *)(bytes + at);
    __m128i any = _mm_or_si128(_mm_or_si128(_mm_loadu_si128(v), _mm_loadu_si128(v + 1)),
                               _mm_or_si128(_mm_loadu_si128(v + 2), _mm_loadu_si128(v + 3)));
    if (_mm_movemask_epi8(any)) break;
  }
#endif
  for (; at + 8 <= count; at += 8) {
    uint64_t word;
    memcpy(&word, bytes + at, 8);
    if (word & 0x8080808080808080u) break;
  }
  for (; at < count; at++)
    if (bytes[at] >= 0x80) return at;
  return count;
}

#endif
