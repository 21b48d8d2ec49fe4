/* Open files that go from one process to another over a socket. */
#ifndef CBL_DESCRIPTORS_H
#define CBL_DESCRIPTORS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Sends bytes, and with the first of them a descriptor.  Like send(2). */
ptrdiff_t cbl_send_descriptor(int socket, const void *bytes, size_t count, int descriptor);

/* Receives bytes, and a descriptor when one comes with them, else -1.  Like recv(2). */
ptrdiff_t cbl_receive_descriptor(int socket, void *bytes, size_t count, int *descriptor);

/* Another opening of the file that a descriptor stands for, for reading only; or -1. */
int cbl_open_again(int descriptor);

#ifdef __cplusplus
}
#endif

#endif
