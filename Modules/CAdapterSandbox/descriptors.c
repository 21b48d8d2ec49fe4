#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "cbl/descriptors.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif
#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC 0
#endif

/* Room for one descriptor. */
typedef union control {
  struct cmsghdr heading;
  char bytes[CMSG_SPACE(sizeof(int))];
} control;

ptrdiff_t cbl_send_descriptor(int socket, const void *bytes, size_t count, int descriptor) {
  control room;
  struct iovec part = {(void *)(uintptr_t)bytes, count};
  struct msghdr message;
  struct cmsghdr *heading;
  memset(&message, 0, sizeof message);
  memset(&room, 0, sizeof room);
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = room.bytes;
  message.msg_controllen = sizeof room.bytes;
  heading = CMSG_FIRSTHDR(&message);
  heading->cmsg_level = SOL_SOCKET;
  heading->cmsg_type = SCM_RIGHTS;
  heading->cmsg_len = CMSG_LEN(sizeof descriptor);
  memcpy(CMSG_DATA(heading), &descriptor, sizeof descriptor);
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}

ptrdiff_t cbl_receive_descriptor(int socket, void *bytes, size_t count, int *descriptor) {
  control room;
  struct iovec part = {bytes, count};
  struct msghdr message;
  struct cmsghdr *heading;
  ptrdiff_t received;
  memset(&message, 0, sizeof message);
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = room.bytes;
  message.msg_controllen = sizeof room.bytes;
  *descriptor = -1;
  received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (received < 0) return received;
  heading = CMSG_FIRSTHDR(&message);
  if (heading != NULL && heading->cmsg_level == SOL_SOCKET && heading->cmsg_type == SCM_RIGHTS &&
      heading->cmsg_len == CMSG_LEN(sizeof *descriptor))
    memcpy(descriptor, CMSG_DATA(heading), sizeof *descriptor);
  return received;
}

int cbl_open_again(int descriptor) {
#if defined(__linux__)
  char path[40];
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
#else
  (void)descriptor;
  return -1;
#endif
}
