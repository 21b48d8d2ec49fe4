#include "cbl/rows.h"

#include "cbl/date.h"
#include "cbl/identifier.h"

/* Whether a text is a number of digits, perhaps with a sign and a fraction. */
static inline int is_number(const uint8_t *text, size_t count) {
  if (count > 24) return 0;
  size_t at = text[0] == '-', first = at;
  while (at < count && (uint8_t)(text[at] - '0') < 10) at++;
  if (at == first) return 0;
  if (at == count) return 1;
  if (text[at] != '.' || at + 1 == count) return 0;
  for (at++; at < count; at++)
    if ((uint8_t)(text[at] - '0') > 9) return 0;
  return 1;
}

static inline int is_boolean(const uint8_t *text, size_t count) {
  if (count - 4 > 1) return 0;
  return count == 4 ? memcmp(text, "true", 4) == 0
                    : memcmp(text, "fals", 4) == 0 && text[4] == 'e';
}

/* Whether two texts of the same length, which is not 0, are the same. */
static inline int is_same(const uint8_t *one, const uint8_t *two, size_t count) {
  if (count >= 8) {
    uint64_t a, b, c, d;
    if (count > 16) return memcmp(one, two, count) == 0;
    memcpy(&a, one, 8);
    memcpy(&b, two, 8);
    memcpy(&c, one + count - 8, 8);
    memcpy(&d, two + count - 8, 8);
    return ((a ^ b) | (c ^ d)) == 0;
  }
  if (count >= 4) {
    uint32_t a, b, c, d;
    memcpy(&a, one, 4);
    memcpy(&b, two, 4);
    memcpy(&c, one + count - 4, 4);
    memcpy(&d, two + count - 4, 4);
    return ((a ^ b) | (c ^ d)) == 0;
  }
  for (size_t i = 0; i < count; i++)
    if (one[i] != two[i]) return 0;
  return 1;
}

/* Finds the word that a cell is, and stores what it stands for. */
static inline int take_word(const cbl_row_plan *plan, const cbl_row_column *column,
                            const uint8_t *text, size_t count, uint8_t *cell) {
  const cbl_row_word *word = plan->words + column->first_word;
  for (uint32_t i = 0; i < column->word_count; i++, word++) {
    if (word->count != count || !is_same(word->text, text, count)) continue;
    if (word->value) {
      uint64_t length = word->value_count;
      memcpy(cell, &word->value, sizeof word->value);
      memcpy(cell + 8, &length, sizeof length);
    }
    return 1;
  }
  return 0;
}

/* Whether a cell that is not empty has the form of its column. */
static inline int is_formed(const cbl_row_plan *plan, const cbl_row_column *column,
                            const uint8_t *text, size_t count, uint8_t *cell) {
  switch (column->form) {
    case CBL_FORM_TEXT: return 1;
    case CBL_FORM_NUMBER: return is_number(text, count);
    case CBL_FORM_DAY: return count == 10 && cbl_plain_day(text);
    case CBL_FORM_INSTANT: return count == 24 && cbl_plain_instant(text);
    case CBL_FORM_BOOLEAN: return is_boolean(text, count);
    case CBL_FORM_IDENTIFIER: return count < 256 && cbl_is_identifier(text, count);
    case CBL_FORM_WORD: return take_word(plan, column, text, count, cell);
    default: return 0;
  }
}

cbl_row_count cbl_fill_rows(const cbl_row_plan *plan, const uint8_t *base, const uint32_t *ends,
                            size_t end_count, const cbl_cut_record *records, size_t record_count,
                            size_t first, uint64_t first_line, uint8_t *rows, size_t room) {
  const cbl_row_column *columns = plan->columns;
  const size_t column_count = plan->column_count, width = plan->width;
  const uint32_t origin[2] = {plan->member, plan->flags};
  cbl_row_count made = {0, 0};
  for (size_t i = first; i < record_count && made.rows < room; i++) {
    const cbl_cut_record *record = records + i;
    const uint32_t *fields = ends + record->first_field;
    const size_t past = i + 1 < record_count ? record[1].first_field : end_count;
    if (record->findings || past - record->first_field != width) break;
    /* A line of nothing but delimiters is as good as blank. */
    if (fields[width - 1] - record->start < width) break;
    uint8_t *row = rows + made.rows * plan->stride;
    uint64_t empty = 0;
    int is_plain = 1;
    for (size_t c = 0; c < column_count; c++) {
      const cbl_row_column *column = columns + c;
      const uint32_t source = column->source;
      const uint32_t from = source ? fields[source - 1] + 1 : record->start;
      const uint8_t *text = base + from;
      const uint64_t length = fields[source] - from;
      uint8_t *cell = row + column->offset;
      memcpy(cell, &text, sizeof text);
      memcpy(cell + 8, &length, sizeof length);
      if (length == 0) {
        empty |= (uint64_t)1 << c;
      } else if (!is_formed(plan, column, text, (size_t)length, cell)) {
        is_plain = 0;
        break;
      }
    }
    if (!is_plain || (empty & plan->required)) break;
    const uint64_t line = first_line + record->line;
    memcpy(row, &line, sizeof line);
    memcpy(row + 8, origin, sizeof origin);
    made.counted += (~empty & plan->counted) != 0;
    made.rows++;
  }
  return made;
}
