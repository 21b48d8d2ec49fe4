/*
 * The usual forms of days and instants, known at a glance.
 *
 * A yes is certain.  A no says only that the text wants a closer look: the 29th of February, leap
 * seconds and other forms are left to the caller.
 */
#ifndef CBL_DATE_H
#define CBL_DATE_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The number that two digits are. */
static inline unsigned cbl_two(const uint8_t *text) {
  return (unsigned)(text[0] - '0') * 10 + (unsigned)(text[1] - '0');
}

/* Whether 8 bytes are `0000-00-`, with any digits. */
static inline int cbl_day_start(const uint8_t *text) {
  uint64_t word;
  memcpy(&word, text, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  /* Hyphens are at 4 and 7; elsewhere a digit has the high half 3, and keeps it when 6 is added. */
  const uint64_t hyphens = 0xFF0000FF00000000u;
  if ((word & hyphens) != 0x2D00002D00000000u) return 0;
  uint64_t digits = word & ~hyphens;
  const uint64_t threes = 0x0030300030303030u, high = 0x00F0F000F0F0F0F0u;
  return (digits & high) == threes && ((digits + (0x0006060006060606u)) & high) == threes;
}

/* Whether 10 bytes are a day but the 29th of February, of the year 1 or later. */
static inline int cbl_plain_day(const uint8_t *text) {
  if (!cbl_day_start(text)) return 0;
  if ((uint8_t)(text[8] - '0') > 3 || (uint8_t)(text[9] - '0') > 9) return 0;
  unsigned month = cbl_two(text + 5), day = cbl_two(text + 8);
  if (month - 1 >= 12) return 0;
  /* Bit n stands for month n, when it has 31 days. */
  unsigned days = month == 2 ? 28 : 30 + (0x15AAu >> month & 1);
  return day - 1 < days && memcmp(text, "0000", 4) != 0;
}

/* Whether 24 bytes are such a day and a time in UTC, `2025-09-30T14:05:00.000Z`. */
static inline int cbl_plain_instant(const uint8_t *text) {
#if defined(__SSE2__)
  const __m128i marks = _mm_setr_epi8(0, 0, 'T', 0, 0, ':', 0, 0, ':', 0, 0, '.', 0, 0, 0, 'Z');
  __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + 8));
  __m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
  __m128i isDigit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
  __m128i wantsDigit = _mm_cmpeq_epi8(marks, _mm_setzero_si128());
  __m128i right = _mm_or_si128(_mm_and_si128(wantsDigit, isDigit), _mm_cmpeq_epi8(v, marks));
  if (_mm_movemask_epi8(right) != 0xFFFF) return 0;
#else
  static const char marks[] = "00T00:00:00.000Z";
  for (int i = 0; i < 16; i++) {
    uint8_t byte = text[8 + i];
    if (marks[i] == '0' ? (uint8_t)(byte - '0') > 9 : byte != (uint8_t)marks[i]) return 0;
  }
#endif
  return cbl_plain_day(text) && cbl_two(text + 11) < 24 && cbl_two(text + 14) < 60 &&
         cbl_two(text + 17) < 60;
}

#endif
