#ifndef CBL_ADAPTER_H
#define CBL_ADAPTER_H
#endif
