/*
 * Lines of a delimited file as rows of records, many in one call.
 *
 * Only plain lines are taken: nothing in them is quoted or odd, and every cell has the form that its
 * column asks for. The caller looks at the others one by one.
 */
#ifndef CBL_ROWS_H
#define CBL_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "cut.h"

/* What the cells of a column are, when they are not empty. */
enum {
  CBL_FORM_TEXT = 0,       /* any text */
  CBL_FORM_NUMBER = 1,     /* digits, perhaps with a sign and a fraction, 24 bytes at most */
  CBL_FORM_DAY = 2,        /* 2025-09-30 */
  CBL_FORM_INSTANT = 3,    /* 2025-09-30T14:05:00.000Z */
  CBL_FORM_BOOLEAN = 4,    /* true or false */
  CBL_FORM_IDENTIFIER = 5, /* fewer than 256 of 0-9 a-z A-Z . - _ / @ */
  CBL_FORM_WORD = 6,       /* one of some words */
  CBL_FORM_NONE = 7        /* a cell that is not empty wants a closer look */
};

/* A word that a column may hold, and what the row gets for it. */
typedef struct CBL_CUT_SAFE cbl_row_word {
  const uint8_t *text;
  size_t count;
  const uint8_t *value; /* NULL for the cell itself */
  size_t value_count;
} cbl_row_word;

/* A column and the cell of a row that it fills. */
typedef struct cbl_row_column {
  uint32_t source; /* its number in the file */
  uint32_t offset; /* of the cell, from the start of the row */
  uint32_t form;
  uint32_t first_word, word_count;
} cbl_row_column;

/* How rows are made.  Memory is the caller's. */
typedef struct CBL_CUT_SAFE cbl_row_plan {
  const cbl_row_column *columns; /* 64 at most */
  const cbl_row_word *words;
  size_t column_count;
  size_t width;       /* columns of the file */
  size_t stride;      /* bytes from a row to the next */
  uint64_t required;  /* columns that must not be empty, a bit each */
  uint64_t counted;   /* columns of which one that is not empty makes the line count */
  uint32_t member;
  uint32_t flags; /* of the origin of each row */
} cbl_row_plan;

/* What was made. */
typedef struct cbl_row_count {
  size_t rows;    /* lines that became rows; the next one is not plain, or there is none */
  size_t counted; /* those of them that count */
} cbl_row_count;

/*
 * Makes rows of the records from `first` on, at most `room`.  A row is the line's number from 1 in 8
 * bytes, the member and the flags in 4 each, and then cells of an address and a count; cells without a
 * column stay as they are.  `end_count` is the number of fields of all records.
 */
cbl_row_count cbl_fill_rows(const cbl_row_plan *plan, const uint8_t *base, const uint32_t *ends,
                            size_t end_count, const cbl_cut_record *records, size_t record_count,
                            size_t first, uint64_t first_line, uint8_t *rows, size_t room);

#endif
