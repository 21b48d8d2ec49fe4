/*
 * Bit masks of the bytes that matter in JSON, 64 bytes at a time.
 *
 * The same three branches as in scan.h; the plain one is what the tests compare with.
 */
#ifndef CBL_JSON_H
#define CBL_JSON_H

#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/* What 64 bytes hold; bit n stands for byte n. */
typedef struct cbl_json_block {
  uint64_t quote;      /* quotes */
  uint64_t backslash;  /* backslashes */
  uint64_t structural; /* braces, brackets, colons and commas */
  uint64_t blank;      /* bytes up to 32 */
  uint64_t control;    /* bytes below 32 */
  uint64_t high;       /* any byte of 128 or more: not 0 when there is one */
} cbl_json_block;

/* The plain form. */
static inline cbl_json_block cbl_json_block_plain(const uint8_t *bytes) {
  cbl_json_block block = {0, 0, 0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint64_t bit = (uint64_t)1 << i;
    uint8_t byte = bytes[i];
    if (byte == '"') block.quote |= bit;
    if (byte == '\\') block.backslash |= bit;
    if (byte == '{' || byte == '}' || byte == '[' || byte == ']' || byte == ':' || byte == ',')
      block.structural |= bit;
    if (byte <= 0x20) block.blank |= bit;
    if (byte < 0x20) block.control |= bit;
    if (byte >= 0x80) block.high |= bit;
  }
  return block;
}

#if defined(__SSE2__)
static inline cbl_json_block cbl_json_block_of(const uint8_t *bytes) {
  cbl_json_block block = {0, 0, 0, 0, 0, 0};
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
  const __m128i space = _mm_set1_epi8(0x20), last = _mm_set1_epi8(0x1F);
  const __m128i open = _mm_set1_epi8(0x7B), close = _mm_set1_epi8(0x7D);
  const __m128i colon = _mm_set1_epi8(':'), comma = _mm_set1_epi8(',');
  __m128i any = _mm_setzero_si128();
  for (int i = 0; i < 4; i++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
    /* With bit 5 set a bracket becomes a brace, and no other byte does. */
    __m128i folded = _mm_or_si128(v, space);
    __m128i mark = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(folded, open), _mm_cmpeq_epi8(folded, close)),
        _mm_or_si128(_mm_cmpeq_epi8(v, colon), _mm_cmpeq_epi8(v, comma)));
    int shift = 16 * i;
    block.quote |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, quote)) << shift;
    block.backslash |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, backslash))
                       << shift;
    block.structural |= (uint64_t)(uint16_t)_mm_movemask_epi8(mark) << shift;
    block.blank |=
        (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(v, space), v)) << shift;
    block.control |=
        (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(v, last), v)) << shift;
    any = _mm_or_si128(any, v);
  }
  block.high = (uint64_t)(uint16_t)_mm_movemask_epi8(any);
  return block;
}
#elif defined(__ARM_NEON)
static inline uint64_t cbl_json_mask(const uint8x16_t *hit) {
  const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t ab = vpaddq_u8(vandq_u8(hit[0], bits), vandq_u8(hit[1], bits));
  uint8x16_t cd = vpaddq_u8(vandq_u8(hit[2], bits), vandq_u8(hit[3], bits));
  uint8x16_t all = vpaddq_u8(ab, cd);
  all = vpaddq_u8(all, all);
  return vgetq_lane_u64(vreinterpretq_u64_u8(all), 0);
}

static inline cbl_json_block cbl_json_block_of(const uint8_t *bytes) {
  cbl_json_block block;
  uint8x16_t quote[4], backslash[4], structural[4], blank[4], control[4];
  uint8x16_t any = vdupq_n_u8(0);
  for (int i = 0; i < 4; i++) {
    uint8x16_t v = vld1q_u8(bytes + 16 * i);
    uint8x16_t folded = vorrq_u8(v, vdupq_n_u8(0x20));
    quote[i] = vceqq_u8(v, vdupq_n_u8('"'));
    backslash[i] = vceqq_u8(v, vdupq_n_u8('\\'));
    structural[i] = vorrq_u8(
        vorrq_u8(vceqq_u8(folded, vdupq_n_u8(0x7B)), vceqq_u8(folded, vdupq_n_u8(0x7D))),
        vorrq_u8(vceqq_u8(v, vdupq_n_u8(':')), vceqq_u8(v, vdupq_n_u8(','))));
    blank[i] = vcleq_u8(v, vdupq_n_u8(0x20));
    control[i] = vcltq_u8(v, vdupq_n_u8(0x20));
    any = vorrq_u8(any, v);
  }
  block.quote = cbl_json_mask(quote);
  block.backslash = cbl_json_mask(backslash);
  block.structural = cbl_json_mask(structural);
  block.blank = cbl_json_mask(blank);
  block.control = cbl_json_mask(control);
  block.high = vmaxvq_u8(any) >= 0x80;
  return block;
}
#else
static inline cbl_json_block cbl_json_block_of(const uint8_t *bytes) {
  return cbl_json_block_plain(bytes);
}
#endif

#endif
