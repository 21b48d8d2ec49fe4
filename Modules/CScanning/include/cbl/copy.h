/*
 * Copies of short texts without a call, and the look for marks on the way.
 *
 * But for cbl_copy_roomy, no byte outside of the text is read or written: the last load of a text
 * overlaps the one before.
 */
#ifndef CBL_COPY_H
#define CBL_COPY_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/* Up to 15 bytes as two words, with bytes that repeat in place of missing ones; n is not 0. */
static inline void cbl_short_words(const uint8_t *from, size_t n, uint64_t *low, uint64_t *high) {
  if (n >= 8) {
    memcpy(low, from, 8);
    memcpy(high, from + n - 8, 8);
  } else if (n >= 4) {
    uint32_t a, b;
    memcpy(&a, from, 4);
    memcpy(&b, from + n - 4, 4);
    *low = *high = (uint64_t)a | (uint64_t)b << 32;
  } else {
    uint64_t word = (uint64_t)from[0] | (uint64_t)from[n / 2] << 8 | (uint64_t)from[n - 1] << 16;
    word |= word << 24;
    *low = *high = word | word << 48;
  }
}

static inline void cbl_copy_short(uint8_t *to, const uint8_t *from, size_t n) {
  if (n >= 8) {
    uint64_t a, b;
    memcpy(&a, from, 8);
    memcpy(&b, from + n - 8, 8);
    memcpy(to, &a, 8);
    memcpy(to + n - 8, &b, 8);
  } else if (n >= 4) {
    uint32_t a, b;
    memcpy(&a, from, 4);
    memcpy(&b, from + n - 4, 4);
    memcpy(to, &a, 4);
    memcpy(to + n - 4, &b, 4);
  } else if (n > 0) {
    uint8_t a = from[0], b = from[n / 2], c = from[n - 1];
    to[0] = a;
    to[n / 2] = b;
    to[n - 1] = c;
  }
}

/* Copies n bytes that do not overlap. */
static inline void cbl_copy(uint8_t *to, const uint8_t *from, size_t n) {
#if defined(__SSE2__)
  if (n >= 16 && n <= 128) {
    size_t at = 0;
    __m128i last = _mm_loadu_si128((const __m128i *)(const void *)(from + n - 16));
    for (; at + 16 < n; at += 16)
      _mm_storeu_si128((__m128i *)(void *)(to + at),
                       _mm_loadu_si128((const __m128i *)(const void *)(from + at)));
    _mm_storeu_si128((__m128i *)(void *)(to + n - 16), last);
    return;
  }
#elif defined(__ARM_NEON)
  if (n >= 16 && n <= 128) {
    size_t at = 0;
    uint8x16_t last = vld1q_u8(from + n - 16);
    for (; at + 16 < n; at += 16) vst1q_u8(to + at, vld1q_u8(from + at));
    vst1q_u8(to + n - 16, last);
    return;
  }
#endif
  if (n < 16)
    cbl_copy_short(to, from, n);
  else
    memcpy(to, from, n);
}

/* Copies n bytes where up to 63 more can be read and written. */
static inline void cbl_copy_roomy(uint8_t *to, const uint8_t *from, size_t n) {
  for (size_t at = 0; at < n; at += 64) memcpy(to + at, from + at, 64);
}

/* Whether a word has a byte of 0; exact as a yes or no. */
static inline uint64_t cbl_zero_byte(uint64_t word) {
  return (word - 0x0101010101010101u) & ~word & 0x8080808080808080u;
}

static inline uint64_t cbl_word_marks(uint64_t word, uint8_t delimiter, uint8_t quote) {
  const uint64_t ones = 0x0101010101010101u;
  return cbl_zero_byte(word ^ ones * delimiter) | cbl_zero_byte(word ^ ones * quote) |
         cbl_zero_byte(word ^ ones * '\n') | cbl_zero_byte(word ^ ones * '\r');
}

/* Copies a text, and says whether it is not plain: whether it holds the delimiter, the quote or a
 * line end.  What was copied is to be thrown away then. */
static inline int cbl_copy_marked(uint8_t *to, const uint8_t *from, size_t n, uint8_t delimiter,
                                  uint8_t quote) {
#if defined(__SSE2__)
  const __m128i d = _mm_set1_epi8((char)delimiter), q = _mm_set1_epi8((char)quote);
  const __m128i cr = _mm_set1_epi8('\r'), lf = _mm_set1_epi8('\n');
  if (n < 16) {
    uint64_t low, high;
    if (n == 0) return 0;
    cbl_short_words(from, n, &low, &high);
    cbl_copy_short(to, from, n);
    __m128i v = _mm_set_epi64x((long long)high, (long long)low);
    return _mm_movemask_epi8(_mm_or_si128(
               _mm_or_si128(_mm_cmpeq_epi8(v, d), _mm_cmpeq_epi8(v, q)),
               _mm_or_si128(_mm_cmpeq_epi8(v, cr), _mm_cmpeq_epi8(v, lf)))) != 0;
  }
  __m128i found = _mm_setzero_si128();
  size_t at = 0;
  for (;;) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(from + at));
    found = _mm_or_si128(found, _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, d), _mm_cmpeq_epi8(v, q)),
                                             _mm_or_si128(_mm_cmpeq_epi8(v, cr), _mm_cmpeq_epi8(v, lf))));
    _mm_storeu_si128((__m128i *)(void *)(to + at), v);
    if (at == n - 16) break;
    at = at + 32 <= n ? at + 16 : n - 16;
  }
  return _mm_movemask_epi8(found) != 0;
#else
  if (n < 16) {
    uint64_t low, high;
    if (n == 0) return 0;
    cbl_short_words(from, n, &low, &high);
    cbl_copy_short(to, from, n);
    return (cbl_word_marks(low, delimiter, quote) | cbl_word_marks(high, delimiter, quote)) != 0;
  }
  uint64_t found = 0;
  size_t at = 0;
  for (;;) {
    uint64_t word;
    memcpy(&word, from + at, 8);
    found |= cbl_word_marks(word, delimiter, quote);
    memcpy(to + at, &word, 8);
    if (at == n - 8) break;
    at = at + 16 <= n ? at + 8 : n - 8;
  }
  return found != 0;
#endif
}

/* Whether two texts of the same length are the same. */
static inline int cbl_same(const uint8_t *one, const uint8_t *two, size_t n) {
  if (n >= 8) {
    size_t at = 0;
    for (;;) {
      uint64_t a, b;
      memcpy(&a, one + at, 8);
      memcpy(&b, two + at, 8);
      if (a != b) return 0;
      if (at == n - 8) return 1;
      at = at + 16 <= n ? at + 8 : n - 8;
    }
  }
  for (size_t at = 0; at < n; at++)
    if (one[at] != two[at]) return 0;
  return 1;
}

#endif
