/*
 * Identifiers of letters, digits and a few marks.
 */
#ifndef CBL_IDENTIFIER_H
#define CBL_IDENTIFIER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>

/* Which of 16 bytes are none of `0-9 a-z A-Z . - _ / @`.  The marks stand beside the digits and the
 * capital letters, so there are three ranges and an underscore. */
static inline int cbl_foreign_bytes(__m128i v) {
  __m128i low = _mm_sub_epi8(v, _mm_set1_epi8('-'));
  __m128i capital = _mm_sub_epi8(v, _mm_set1_epi8('@'));
  __m128i letter = _mm_sub_epi8(v, _mm_set1_epi8('a'));
  __m128i right = _mm_or_si128(
      _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(low, _mm_set1_epi8('9' - '-')), low),
                   _mm_cmpeq_epi8(_mm_min_epu8(capital, _mm_set1_epi8('Z' - '@')), capital)),
      _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8('z' - 'a')), letter),
                   _mm_cmpeq_epi8(v, _mm_set1_epi8('_'))));
  return _mm_movemask_epi8(right) ^ 0xFFFF;
}
#endif

/* Whether a text has only `0-9 a-z A-Z . - _ / @`. */
static inline int cbl_is_identifier(const uint8_t *text, size_t n) {
#if defined(__SSE2__)
  if (n >= 16) {
    int foreign = cbl_foreign_bytes(_mm_loadu_si128((const __m128i *)(const void *)(text + n - 16)));
    for (size_t at = 0; at + 16 < n; at += 16)
      foreign |= cbl_foreign_bytes(_mm_loadu_si128((const __m128i *)(const void *)(text + at)));
    return foreign == 0;
  }
#endif
  for (size_t at = 0; at < n; at++) {
    uint8_t byte = text[at];
    if ((uint8_t)(byte - '-') > '9' - '-' && (uint8_t)(byte - '@') > 'Z' - '@' &&
        (uint8_t)(byte - 'a') > 'z' - 'a' && byte != '_')
      return 0;
  }
  return 1;
}

#endif
