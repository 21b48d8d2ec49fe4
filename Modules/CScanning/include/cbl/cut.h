/*
 * Cuts the plain stretches of a delimited file into fields and records.
 */
#ifndef CBL_CUT_H
#define CBL_CUT_H

#include <stddef.h>
#include <stdint.h>

/* Swift may use the struct without saying "unsafe"; its pointers are unsafe all the same. */
#if defined(__clang__)
#define CBL_CUT_SAFE __attribute__((swift_attr("@safe")))
#else
#define CBL_CUT_SAFE
#endif

/* One record of a chunk. */
typedef struct CBL_CUT_SAFE cbl_cut_record {
  uint32_t start;       /* its first byte */
  uint32_t first_field; /* its first field's number */
  uint32_t line;        /* line breaks before it */
  uint8_t findings;     /* what is unusual about it */
  uint8_t line_end;     /* how it ends */
} cbl_cut_record;

/* Values of `line_end`. */
enum { CBL_CUT_LF = 1, CBL_CUT_CRLF = 2 };

/* Where the cutting stands.  Memory is the caller's. */
typedef struct CBL_CUT_SAFE cbl_cut {
  const uint8_t *bytes;
  size_t count;
  uint32_t *ends;          /* where each field ends */
  cbl_cut_record *records; /* the records that are closed */
  size_t end_capacity, record_capacity;
  size_t end_count, record_count;
  size_t block;          /* the next 64 bytes to look at */
  size_t start;          /* first byte of the record that is open */
  size_t first_end;      /* its first field's number */
  size_t column_limit;   /* most columns of a record */
  size_t byte_limit;     /* most bytes of a record */
  uint64_t quoted_lines; /* line breaks inside of the open record */
  uint64_t lines;        /* line breaks before the open record */
  uint64_t high;         /* not 0 when a byte of 128 or more was seen */
  uint64_t nul;          /* not 0 when a byte of 0 was seen */
  uint8_t findings;      /* of the open record */
  uint8_t delimiter, quote;
} cbl_cut;

/*
 * Cuts whole blocks, up to the first that has a quote or a carriage return without a line feed
 * after it, passes a limit, or finds no room for its fields; `block` says which.  A carriage return
 * at the end of a block is left to the caller too.
 */
void cbl_cut_plain(cbl_cut *cut);

/* The same by one of the ways of doing it, from 0, the plain one; for tests.  0 when the processor
 * cannot go that way, and then nothing was done. */
int cbl_cut_plain_by(int way, cbl_cut *cut);

#endif
