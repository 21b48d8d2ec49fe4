/* The layers, each on its own: 1 when it holds. */
#ifndef CBL_LAYERS_H
#define CBL_LAYERS_H

int cbl_hold_files(const char *library);
int cbl_hold_calls(void);
int cbl_forbid_opening(void);

#endif
