/*
 * The loop of cbl_cut_plain, once for each kind of processor: CUT_NAME is the function, CUT_TARGET
 * its attributes, CUT_MASKS fills a cut_masks from 64 bytes, CUT_FIRST finds the lowest bit of a
 * mask, or anything when it is 0.
 */
CUT_TARGET static void CUT_NAME(cbl_cut *cut) {
  const uint8_t *bytes = cut->bytes;
  uint32_t *ends = cut->ends;
  size_t block = cut->block, end_count = cut->end_count;
  uint64_t high = cut->high, nul = cut->nul;
  /* A carriage return is paired with the byte after it, which must be there. */
  while (block + 64 < cut->count && end_count + 80 <= cut->end_capacity &&
         cut->record_count + 64 <= cut->record_capacity) {
    cut_masks masks;
    CUT_MASKS(bytes + block, cut->delimiter, cut->quote, &masks);
    uint64_t paired = masks.cr << 1;
    if (masks.quote | (masks.cr >> 63) | (paired & ~masks.lf)) break;
    uint64_t breaks = masks.cr | (masks.lf & ~paired);
    uint64_t marks = masks.delimiter | breaks;
    /* Eight are written at once: most blocks have fewer, and what is too much is overwritten. */
    uint64_t left = marks;
    uint32_t *next = ends + end_count;
    while (left) {
      for (int i = 0; i < 8; i++) {
        next[i] = (uint32_t)block + (uint32_t)CUT_FIRST(left);
        left &= left - 1;
      }
      next += 8;
    }
    if (breaks && !cut_close(cut, block, end_count, marks, breaks, masks.cr)) break;
    end_count += (size_t)__builtin_popcountll(marks);
    high |= masks.high;
    nul |= masks.nul;
    block += 64;
  }
  cut->block = block;
  cut->end_count = end_count;
  cut->high = high;
  cut->nul = nul;
}
#undef CUT_NAME
#undef CUT_TARGET
#undef CUT_MASKS
#undef CUT_FIRST
