/*
 * Compares JSON with the layout of a document that was read before.
 *
 * Between the values that change, bytes are compared; the values themselves are checked. The plain
 * branches are what other machines take, and what the tests compare with.
 */
#ifndef CBL_JSON_LAYOUT_H
#define CBL_JSON_LAYOUT_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/* What a value of a layout is. */
enum {
  CBL_JSON_END = 0,    /* no value: the document ends */
  CBL_JSON_STRING = 1, /* a string, without its quotes */
  CBL_JSON_NUMBER = 2,
  CBL_JSON_BOOLEAN = 3
};

/* Bytes that stay as they are, and the value that follows them. */
typedef struct cbl_json_piece {
  uint32_t start; /* of the bytes in the sample */
  uint32_t count;
  uint32_t kind;
} cbl_json_piece;

/* Facts on a string. */
enum {
  CBL_JSON_ESCAPES = 1u << 0, /* holds backslashes, which are still to be checked */
  CBL_JSON_HIGH = 1u << 1     /* holds bytes of 128 or more, which are still to be checked */
};

/* Where a value stands in the document. */
typedef struct cbl_json_value {
  uint32_t start;
  uint32_t end;
  uint32_t flags;
} cbl_json_value;

/* Whether bytes are the same. */
static inline int cbl_json_same(const uint8_t *left, const uint8_t *right, int64_t count) {
#if defined(__SSE2__)
  if (count >= 16) {
    const int64_t last = count - 16;
    __m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(left + last)),
                                  _mm_loadu_si128((const __m128i *)(const void *)(right + last)));
    for (int64_t at = 0; at < last; at += 16) {
      __m128i a = _mm_loadu_si128((const __m128i *)(const void *)(left + at));
      __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(right + at));
      same = _mm_and_si128(same, _mm_cmpeq_epi8(a, b));
    }
    return _mm_movemask_epi8(same) == 0xFFFF;
  }
#endif
  if (count >= 8) {
    uint64_t a, b, c, d;
    if (count > 16) return memcmp(left, right, (size_t)count) == 0;
    memcpy(&a, left, 8);
    memcpy(&b, right, 8);
    memcpy(&c, left + count - 8, 8);
    memcpy(&d, right + count - 8, 8);
    return ((a ^ b) | (c ^ d)) == 0;
  }
  if (count >= 4) {
    uint32_t a, b, c, d;
    memcpy(&a, left, 4);
    memcpy(&b, right, 4);
    memcpy(&c, left + count - 4, 4);
    memcpy(&d, right + count - 4, 4);
    return ((a ^ b) | (c ^ d)) == 0;
  }
  for (int64_t at = 0; at < count; at++)
    if (left[at] != right[at]) return 0;
  return 1;
}

/* The place of the quote that ends a string, or -1 when there is none or a control character. */
static inline int64_t cbl_json_string_end(const uint8_t *bytes, int64_t from, int64_t length,
                                          uint32_t *flags) {
  int64_t at = from;
  uint32_t found = 0;
  for (;;) {
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
    const __m128i last = _mm_set1_epi8(0x1F);
    while (at + 16 <= length) {
      __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + at));
      unsigned hit = (unsigned)_mm_movemask_epi8(
          _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, backslash)),
                       _mm_cmpeq_epi8(_mm_min_epu8(v, last), v)));
      unsigned high = (unsigned)_mm_movemask_epi8(v);
      if (hit) {
        /* Only the bytes before the hit belong to the string. */
        if (high & (hit ^ (hit - 1))) found |= CBL_JSON_HIGH;
        at += __builtin_ctz(hit);
        goto stopped;
      }
      if (high) found |= CBL_JSON_HIGH;
      at += 16;
    }
#endif
    while (at < length && bytes[at] >= 0x20 && bytes[at] != '"' && bytes[at] != '\\') {
      if (bytes[at] >= 0x80) found |= CBL_JSON_HIGH;
      at++;
    }
    if (at >= length) return -1;
#if defined(__SSE2__)
  stopped:
#endif
    if (bytes[at] == '"') {
      *flags = found;
      return at;
    }
    if (bytes[at] != '\\') return -1;
    found |= CBL_JSON_ESCAPES;
    /* A byte of 128 or more after a backslash is no escape, so it need not be noted. */
    at += 2;
  }
}

static inline int64_t cbl_json_digits_end(const uint8_t *bytes, int64_t from, int64_t length) {
  int64_t at = from;
  while (at < length && (uint8_t)(bytes[at] - '0') < 10) at++;
  return at;
}

/* The end of a number by the grammar of JSON, or -1. */
static inline int64_t cbl_json_number_end(const uint8_t *bytes, int64_t from, int64_t length) {
  int64_t at = from, first;
  if (at < length && bytes[at] == '-') at++;
  first = at;
  at = cbl_json_digits_end(bytes, at, length);
  if (at == first || (at > first + 1 && bytes[first] == '0')) return -1;
  if (at < length && bytes[at] == '.') {
    first = at + 1;
    at = cbl_json_digits_end(bytes, first, length);
    if (at == first) return -1;
  }
  if (at < length && (bytes[at] | 0x20) == 'e') {
    at++;
    if (at < length && (bytes[at] == '+' || bytes[at] == '-')) at++;
    first = at;
    at = cbl_json_digits_end(bytes, first, length);
    if (at == first) return -1;
  }
  return at;
}

/*
 * Walks over a document by its layout.
 *
 * Returns the length of the document, or -1 when it has another layout or a value that needs a
 * closer look. `values` gets one entry for each piece but the last, whose kind is CBL_JSON_END.
 * Escapes and bytes of 128 and more are flagged, in the value and in `seen`, and not checked.
 */
static inline int64_t cbl_json_match(const uint8_t *sample, const cbl_json_piece *pieces,
                                     const uint8_t *bytes, int64_t length,
                                     cbl_json_value *values, uint32_t *seen) {
  int64_t at = 0;
  for (;; pieces++, values++) {
    const int64_t count = pieces->count;
    int64_t end;
    uint32_t flags = 0;
    if (length - at < count || !cbl_json_same(sample + pieces->start, bytes + at, count)) return -1;
    at += count;
    switch (pieces->kind) {
      case CBL_JSON_STRING:
        end = cbl_json_string_end(bytes, at, length, &flags);
        break;
      case CBL_JSON_NUMBER:
        end = cbl_json_number_end(bytes, at, length);
        break;
      case CBL_JSON_BOOLEAN:
        end = length - at >= 4 && memcmp(bytes + at, "true", 4) == 0    ? at + 4
              : length - at >= 5 && memcmp(bytes + at, "false", 5) == 0 ? at + 5
                                                                        : -1;
        break;
      default:
        return at;
    }
    /* What is longer than usual is left to the reader, which knows the limits. */
    if (end < 0 || end - at > (pieces->kind == CBL_JSON_STRING ? 1 << 16 : 32)) return -1;
    values->start = (uint32_t)at;
    values->end = (uint32_t)end;
    values->flags = flags;
    *seen |= flags;
    at = end;
  }
}

#endif
