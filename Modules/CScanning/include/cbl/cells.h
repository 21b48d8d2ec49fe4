/*
 * Columns of cells that are a pointer and a count each, as rows of records hold them.
 */
#ifndef CBL_CELLS_H
#define CBL_CELLS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The bytes of a text put together by "or", as far as their high bits go. */
static inline uint64_t cbl_high_bits(const uint8_t *text, size_t n) {
#if defined(__SSE2__)
  if (n >= 16) {
    __m128i seen = _mm_loadu_si128((const __m128i *)(const void *)(text + n - 16));
    for (size_t at = 0; at + 16 < n; at += 16)
      seen = _mm_or_si128(seen, _mm_loadu_si128((const __m128i *)(const void *)(text + at)));
    return (uint64_t)_mm_movemask_epi8(seen);
  }
#endif
  uint64_t seen = 0;
  if (n >= 8) {
    memcpy(&seen, text + n - 8, 8);
    for (size_t at = 0; at + 8 < n; at += 8) {
      uint64_t word;
      memcpy(&word, text + at, 8);
      seen |= word;
    }
  } else if (n >= 4) {
    uint32_t a, b;
    memcpy(&a, text, 4);
    memcpy(&b, text + n - 4, 4);
    seen = a | b;
  } else if (n > 0) {
    seen = (uint64_t)(text[0] | text[n / 2] | text[n - 1]);
  }
  return seen & 0x8080808080808080u;
}

/* Bytes around the first cell of a row in which its other cells mostly are. */
#define CBL_NEAR 2048

/* Whether bytes are ASCII.  What lies between two cells of one page or two neighbouring ones can be
 * read, but belongs to nobody, so address checks look away. */
#if defined(__clang__) || defined(__GNUC__)
__attribute__((no_sanitize("address")))
#endif
static inline int cbl_span_is_ascii(const uint8_t *from, const uint8_t *to) {
#if defined(__SSE2__)
  __m128i seen = _mm_setzero_si128();
  for (; from + 16 <= to; from += 16)
    seen = _mm_or_si128(seen, _mm_loadu_si128((const __m128i *)(const void *)from));
  if (_mm_movemask_epi8(seen)) return 0;
#endif
  for (; from + 8 <= to; from += 8) {
    uint64_t word;
    memcpy(&word, from, 8);
    if (word & 0x8080808080808080u) return 0;
  }
  for (; from < to; from++)
    if (*from & 0x80) return 0;
  return 1;
}

/*
 * The first row, from `row` on, in which one of the first `cell_count` cells has no address or more
 * than `longest` bytes, or a cell of one of the fields has a byte of 128 or more; `rows` when there
 * is none.  A row may be named for less: for such a byte between its cells.  `cells` is the first
 * row's first cell.
 *
 * The cells of a row are mostly parts of one line, so they are looked at together, as one span.
 */
static inline size_t cbl_cells_odd_row(const uint8_t *cells, size_t row, size_t rows, size_t stride,
                                       size_t cell_count, const uint32_t *fields,
                                       size_t field_count, size_t longest) {
  for (; row < rows; row++) {
    const uint8_t *start = cells + row * stride;
    int is_bad = 0;
    for (size_t i = 0; i < cell_count; i++) {
      uint64_t count, address;
      memcpy(&address, start + i * 16, 8);
      memcpy(&count, start + i * 16 + 8, 8);
      is_bad |= (count > longest) | ((count != 0) & (address == 0));
    }
    if (is_bad) return row;
    uint64_t high = 0;
    uintptr_t low = 0, past = 0, middle = 0;
    for (size_t i = 0; i < field_count; i++) {
      const uint8_t *cell = start + (size_t)fields[i] * 16, *text;
      uint64_t count;
      memcpy(&text, cell, sizeof text);
      memcpy(&count, cell + 8, 8);
      if (count == 0) continue;
      uintptr_t address = (uintptr_t)text;
      if (middle == 0) middle = low = past = address;
      if (address - middle + CBL_NEAR < 2 * CBL_NEAR && count < CBL_NEAR) {
        low = address < low ? address : low;
        past = address + count > past ? address + count : past;
      } else {
        high |= cbl_high_bits(text, (size_t)count);
      }
    }
    if (high || !cbl_span_is_ascii((const uint8_t *)low, (const uint8_t *)past)) return row;
  }
  return rows;
}

/* Where a field of a line goes: the number of the field, and the offset of its cell in a row. */
typedef struct cbl_cell_place {
  uint32_t source;
  uint32_t offset;
} cbl_cell_place;

/*
 * Stores fields of a line as cells of a row.  Field n lies between the end of field n - 1 and its
 * own end; field 0 begins at `start`.  Returns a mask of the places whose fields are empty; only 64
 * places fit.
 */
static inline uint64_t cbl_store_cells(uint8_t *row, const uint8_t *base, const uint32_t *ends,
                                       uint32_t start, const cbl_cell_place *places,
                                       size_t count) {
  uint64_t empty = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t source = places[i].source;
    uint32_t from = source ? ends[source - 1] + 1 : start;
    const uint8_t *text = base + from;
    uint64_t length = ends[source] - from;
    memcpy(row + places[i].offset, &text, sizeof text);
    memcpy(row + places[i].offset + 8, &length, sizeof length);
    empty |= (uint64_t)(length == 0) << i;
  }
  return empty;
}

#endif
