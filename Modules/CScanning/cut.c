#include "cbl/cut.h"

#include "cbl/scan.h"

/* What 64 bytes hold; bit n stands for byte n. */
typedef struct cut_masks {
  uint64_t delimiter, quote, cr, lf;
  uint64_t high, nul; /* not 0 when there is one */
} cut_masks;

/* Closes the records that end in a block; 0 when one passes a limit, and then nothing changes. */
static inline __attribute__((always_inline)) int cut_close(cbl_cut *cut, size_t block,
                                                           size_t end_count, uint64_t marks,
                                                           uint64_t breaks, uint64_t cr) {
  const size_t record_count = cut->record_count, start = cut->start, first_end = cut->first_end;
  const uint64_t lines = cut->lines, quoted_lines = cut->quoted_lines;
  const uint8_t findings = cut->findings;
  while (breaks) {
    int place = __builtin_ctzll(breaks);
    breaks &= breaks - 1;
    uint64_t before = marks & (((uint64_t)1 << place) - 1);
    size_t past = end_count + (size_t)__builtin_popcountll(before) + 1;
    size_t end = block + (size_t)place;
    if (past - cut->first_end > cut->column_limit || end - cut->start > cut->byte_limit) {
      cut->record_count = record_count;
      cut->start = start;
      cut->first_end = first_end;
      cut->lines = lines;
      cut->quoted_lines = quoted_lines;
      cut->findings = findings;
      return 0;
    }
    int is_pair = (int)(cr >> place & 1);
    cbl_cut_record *record = &cut->records[cut->record_count++];
    record->start = (uint32_t)cut->start;
    record->first_field = (uint32_t)cut->first_end;
    record->line = (uint32_t)cut->lines;
    record->findings = cut->findings;
    record->line_end = is_pair ? CBL_CUT_CRLF : CBL_CUT_LF;
    cut->lines += cut->quoted_lines + 1;
    cut->quoted_lines = 0;
    cut->findings = 0;
    cut->start = end + 1 + (size_t)is_pair;
    cut->first_end = past;
  }
  return 1;
}

static inline __attribute__((always_inline)) void masks_plain(const uint8_t *bytes,
                                                              uint8_t delimiter, uint8_t quote,
                                                              cut_masks *masks) {
  cut_masks found = {0, 0, 0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint64_t bit = (uint64_t)1 << i;
    uint8_t byte = bytes[i];
    if (byte == delimiter) found.delimiter |= bit;
    if (byte == quote) found.quote |= bit;
    if (byte == '\r') found.cr |= bit;
    if (byte == '\n') found.lf |= bit;
    if (byte >= 0x80) found.high |= bit;
    if (byte == 0) found.nul |= bit;
  }
  *masks = found;
}

#define CUT_NAME cut_plain_portable
#define CUT_TARGET
#define CUT_MASKS masks_plain
#define CUT_FIRST(mask) ((mask) ? __builtin_ctzll(mask) : 0)
#include "cut_blocks.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define AVX512 __attribute__((target("avx512f,avx512bw,bmi,bmi2,popcnt")))

static inline __attribute__((always_inline)) void masks_sse2(const uint8_t *bytes,
                                                             uint8_t delimiter, uint8_t quote,
                                                             cut_masks *masks) {
  cut_masks found = {0, 0, 0, 0, 0, 0};
  __m128i any = _mm_setzero_si128(), least = _mm_set1_epi8((char)0xFF);
  for (int i = 0; i < 4; i++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
#define FIND(mark) \
  ((uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)(mark)))) << (16 * i))
    found.delimiter |= FIND(delimiter);
    found.quote |= FIND(quote);
    found.cr |= FIND('\r');
    found.lf |= FIND('\n');
#undef FIND
    any = _mm_or_si128(any, v);
    least = _mm_min_epu8(least, v);
  }
  found.high = (uint64_t)(uint16_t)_mm_movemask_epi8(any);
  found.nul = (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128()));
  *masks = found;
}

AVX2 static inline __attribute__((always_inline)) void masks_avx2(const uint8_t *bytes,
                                                                  uint8_t delimiter, uint8_t quote,
                                                                  cut_masks *masks) {
  __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
  __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32));
#define FIND(mark)                                                                               \
  ((uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, _mm256_set1_epi8((char)(mark)))) | \
   (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, _mm256_set1_epi8((char)(mark)))) \
       << 32)
  masks->delimiter = FIND(delimiter);
  masks->quote = FIND(quote);
  masks->cr = FIND('\r');
  masks->lf = FIND('\n');
#undef FIND
  masks->high = (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_or_si256(a, b));
  masks->nul = (uint64_t)(uint32_t)_mm256_movemask_epi8(
      _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), _mm256_setzero_si256()));
}

AVX512 static inline __attribute__((always_inline)) void masks_avx512(const uint8_t *bytes,
                                                                      uint8_t delimiter,
                                                                      uint8_t quote,
                                                                      cut_masks *masks) {
  __m512i v = _mm512_loadu_si512((const void *)bytes);
  masks->delimiter = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)delimiter));
  masks->quote = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)quote));
  masks->cr = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\r'));
  masks->lf = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n'));
  masks->high = _mm512_movepi8_mask(v);
  masks->nul = _mm512_testn_epi8_mask(v, v);
}

#define CUT_NAME cut_plain_sse2
#define CUT_TARGET
#define CUT_MASKS masks_sse2
#define CUT_FIRST(mask) ((mask) ? __builtin_ctzll(mask) : 0)
#include "cut_blocks.h"

#define CUT_NAME cut_plain_avx2
#define CUT_TARGET AVX2
#define CUT_MASKS masks_avx2
#define CUT_FIRST(mask) _tzcnt_u64(mask)
#include "cut_blocks.h"

#define CUT_NAME cut_plain_avx512
#define CUT_TARGET AVX512
#define CUT_MASKS masks_avx512
#define CUT_FIRST(mask) _tzcnt_u64(mask)
#include "cut_blocks.h"

typedef void cut_function(cbl_cut *);

static cut_function *cut_way(int way) {
  switch (way) {
    case 0: return cut_plain_portable;
    case 1: return cut_plain_sse2;
    case 2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") ? cut_plain_avx2 : 0;
    case 3:
      return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2") ? cut_plain_avx512
                                                                                  : 0;
    default: return 0;
  }
}
#elif defined(__ARM_NEON)
static inline __attribute__((always_inline)) void masks_neon(const uint8_t *bytes,
                                                             uint8_t delimiter, uint8_t quote,
                                                             cut_masks *masks) {
  uint8x16_t v[4], any = vdupq_n_u8(0), least = vdupq_n_u8(0xFF);
  for (int i = 0; i < 4; i++) {
    v[i] = vld1q_u8(bytes + 16 * i);
    any = vorrq_u8(any, v[i]);
    least = vminq_u8(least, v[i]);
  }
#define FIND(mark)                                                          \
  cbl_neon_mask(vceqq_u8(v[0], vdupq_n_u8(mark)), vceqq_u8(v[1], vdupq_n_u8(mark)), \
                vceqq_u8(v[2], vdupq_n_u8(mark)), vceqq_u8(v[3], vdupq_n_u8(mark)))
  masks->delimiter = FIND(delimiter);
  masks->quote = FIND(quote);
  masks->cr = FIND('\r');
  masks->lf = FIND('\n');
#undef FIND
  masks->high = vmaxvq_u8(any) >= 0x80;
  masks->nul = vminvq_u8(least) == 0;
}

#define CUT_NAME cut_plain_neon
#define CUT_TARGET
#define CUT_MASKS masks_neon
#define CUT_FIRST(mask) ((mask) ? __builtin_ctzll(mask) : 0)
#include "cut_blocks.h"

typedef void cut_function(cbl_cut *);

static cut_function *cut_way(int way) {
  return way == 0 ? cut_plain_portable : way == 1 ? cut_plain_neon : 0;
}
#else
typedef void cut_function(cbl_cut *);

static cut_function *cut_way(int way) { return way == 0 ? cut_plain_portable : 0; }
#endif

int cbl_cut_plain_by(int way, cbl_cut *cut) {
  cut_function *function = cut_way(way);
  if (!function) return 0;
  function(cut);
  return 1;
}

void cbl_cut_plain(cbl_cut *cut) {
  for (int way = 3; way >= 0; way--)
    if (cbl_cut_plain_by(way, cut)) return;
}
