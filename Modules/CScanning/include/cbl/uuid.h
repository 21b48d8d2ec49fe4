/*
 * Canonical lower-case UUIDs as 16 bytes.
 */
#ifndef CBL_UUID_H
#define CBL_UUID_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The 32 hexadecimal digits of a text of 36 bytes, without its hyphens; 0 when they are not where
 * they belong. */
static inline int cbl_uuid_digits(const uint8_t *text, uint64_t digits[4]) {
  uint32_t second, third, fourth, fifth;
  if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return 0;
  memcpy(&digits[0], text, 8);
  memcpy(&second, text + 9, 4);
  memcpy(&third, text + 14, 4);
  memcpy(&fourth, text + 19, 4);
  memcpy(&fifth, text + 24, 4);
  digits[1] = (uint64_t)second | (uint64_t)third << 32;
  digits[2] = (uint64_t)fourth | (uint64_t)fifth << 32;
  memcpy(&digits[3], text + 28, 8);
  return 1;
}

/* The value of a UUID in an order of its own, the same on machines of one kind; 0 when the text of
 * 36 bytes is not a canonical lower-case UUID. */
static inline int cbl_uuid(const uint8_t *text, uint64_t value[2]) {
  uint64_t digits[4];
  if (!cbl_uuid_digits(text, digits)) return 0;
#if defined(__SSE2__)
  __m128i bad = _mm_setzero_si128(), packed[2];
  for (int i = 0; i < 2; i++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(digits + 2 * i));
    __m128i from0 = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    __m128i fromA = _mm_sub_epi8(v, _mm_set1_epi8('a'));
    /* An unsigned byte is at most a bound when the lesser of the two is the byte itself. */
    __m128i isDigit = _mm_cmpeq_epi8(_mm_min_epu8(from0, _mm_set1_epi8(9)), from0);
    __m128i isLetter = _mm_cmpeq_epi8(_mm_min_epu8(fromA, _mm_set1_epi8(5)), fromA);
    __m128i nibbles =
        _mm_or_si128(_mm_and_si128(isDigit, from0),
                     _mm_and_si128(isLetter, _mm_add_epi8(fromA, _mm_set1_epi8(10))));
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(_mm_or_si128(isDigit, isLetter), _mm_setzero_si128()));
    packed[i] = _mm_and_si128(_mm_or_si128(_mm_slli_epi16(nibbles, 4), _mm_srli_epi16(nibbles, 8)),
                              _mm_set1_epi16(0xFF));
  }
  if (_mm_movemask_epi8(bad)) return 0;
  _mm_storeu_si128((__m128i *)(void *)value, _mm_packus_epi16(packed[0], packed[1]));
  return 1;
#else
  const uint64_t high = 0x8080808080808080u, one = 0x0101010101010101u;
  uint32_t parts[4];
  for (int i = 0; i < 4; i++) {
    uint64_t word = digits[i];
    if (word & high) return 0;
    /* A byte of 7 bits plus a bias sets its top bit when it is at least a bound. */
    uint64_t digit = (word + one * (0x80 - '0')) & ~(word + one * (0x80 - ':'));
    uint64_t letter = (word + one * (0x80 - 'a')) & ~(word + one * (0x80 - 'g'));
    if (((digit | letter) & high) != high) return 0;
    uint64_t nibbles = (word & one * 0x0F) + ((word >> 6) & one) * 9;
    uint64_t pairs = (nibbles | nibbles >> 4) & 0x00FF00FF00FF00FFu;
    uint64_t quads = (pairs | pairs >> 8) & 0x0000FFFF0000FFFFu;
    parts[i] = (uint32_t)(quads | quads >> 16);
  }
  value[0] = (uint64_t)parts[0] | (uint64_t)parts[1] << 32;
  value[1] = (uint64_t)parts[2] | (uint64_t)parts[3] << 32;
  return 1;
#endif
}

/* Writes the 36 bytes of the UUID whose value cbl_uuid gave. */
static inline void cbl_uuid_text(const uint64_t value[2], uint8_t *text) {
  static const char digits[] = "0123456789abcdef";
  uint8_t bytes[16];
  memcpy(bytes, value, 16);
  for (int i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *text++ = '-';
#if defined(__SSE2__)
    *text++ = (uint8_t)digits[bytes[i] >> 4];
    *text++ = (uint8_t)digits[bytes[i] & 15];
#else
    *text++ = (uint8_t)digits[bytes[i] & 15];
    *text++ = (uint8_t)digits[bytes[i] >> 4];
#endif
  }
}

#endif
