#ifndef CBL_SCAN_H
#define CBL_SCAN_H
#endif
