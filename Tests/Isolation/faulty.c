/* A sound adapter that does what the options of the format say, at the place they say:
 *   --option fault=NAME   what it does, see `faults` below
 *   --option at=PLACE     read, row, open, put, close
 *   --option row=N        at the N-th line of a reading, or the N-th batch of a writing
 * Compiled with LOAD_FAULT it does that one when it is loaded. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cbl/adapter.h"

static cbl_status at(const cbl_request *request, const char *place, uint64_t row);
static const cbl_sink *sink_now;
static const cbl_output *output_now;
static const cbl_host *host_now;
static const cbl_input *input_now;
#define ON_READ                                    \
  sink_now = sink;                                 \
  host_now = host;                                 \
  input_now = input;                               \
  if ((status = at(request, "read", 0)) != CBL_OK) return status
#define ON_ROW \
  if ((status = at(l->request, "row", number)) != CBL_OK) return status
#include "../BrokenAdapters/sound.h"

static void segfault(void) { *(volatile int *)8 = 1; }
static void trap(void) { __builtin_trap(); }
static void leave(void) { exit(0); }
static void leave_fast(void) { _exit(3); }
static volatile int deep;
static int recurse(int n) {
  volatile char room[4096];
  room[0] = (char)n;
  deep = recurse(n + 1) + room[0];
  return deep;
}
static void recursion(void) { recurse(0); }
static void loop(void) {
  for (;;) deep++;
}
static void sleeps(void) {
  for (;;) pause();
}
static void stops(void) { raise(SIGSTOP); }
static void memory(void) {
  for (;;) {
    char *block = (char *)malloc(16u << 20);
    memset(block, 1, 16u << 20);
  }
}
static void print(void) {
  for (;;) printf("more and more and more\n");
}

static void put(uint32_t kind, const void *rows, size_t count, size_t stride) {
  cbl_batch batch = {.size = sizeof batch, .kind = kind, .rows = rows, .count = count,
                     .stride = stride};
  if (sink_now != NULL) sink_now->put(sink_now->context, &batch);
}
static void flood(void) {
  static cbl_person people[512];
  for (;;) {
    for (int i = 0; i < 512; i++) people[i].id.bytes = "again", people[i].id.count = 5;
    if (output_now != NULL)
      output_now->write(output_now->context, people, sizeof people);
    else
      put(CBL_KIND_PERSON, people, 512, sizeof *people);
  }
}
static void progress(void) {
  while (host_now != NULL) host_now->progress(host_now->context, 1, 2);
}
static void rereads(void) {
  static char block[65536];
  size_t count = 1;
  while (input_now != NULL && input_now->open(input_now->context, 0) == CBL_OK) {
    do {
      if (input_now->read(input_now->context, block, sizeof block, &count) != CBL_OK) return;
    } while (count == sizeof block);
  }
}
static void *gone(void) {
  void *page = mmap(NULL, 1u << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(page, 1u << 20, PROT_NONE);
  return page;
}
static void dangling_rows(void) { put(CBL_KIND_PERSON, gone(), 512, sizeof(cbl_person)); }
static void dangling_text(void) {
  static cbl_person person;
  person.id.bytes = (const char *)gone(), person.id.count = 1u << 20;
  put(CBL_KIND_PERSON, &person, 1, sizeof person);
}
static void long_text(void) {
  static cbl_person person;
  person.id.bytes = "x", person.id.count = SIZE_MAX / 2;
  put(CBL_KIND_PERSON, &person, 1, sizeof person);
}
static cbl_person one;
static void bad_kind(void) { put(4711, &one, 1, sizeof one); }
static void bad_stride(void) { put(CBL_KIND_PERSON, &one, 1, 24); }
static void bad_count(void) { put(CBL_KIND_PERSON, &one, SIZE_MAX / 8, sizeof one); }
static void bad_place(void) { put(CBL_KIND_PERSON, (const char *)&one + 1, 1, sizeof one); }

/* Children that outlive the tool; whoever tests without a sandbox ends them. */
static void forks(void) {
  for (int i = 0; i < 8; i++)
    if (fork() == 0) {
      sleep(60);
      _exit(0);
    }
}
static void opens(void) { open("/etc/passwd", O_RDONLY); }
static void makes(void) { open("made-by-an-adapter", O_CREAT | O_WRONLY, 0600); }
static void removes(void) { unlink("kept"); }
static void sockets(void) { socket(AF_INET, SOCK_STREAM, 0); }
static void executes(void) { execl("/bin/true", "true", (char *)NULL); }
static void kills(void) { kill(getppid(), SIGUSR1); }
static void traces(void) { ptrace(PTRACE_TRACEME, 0, NULL, NULL); }
static void quietly(void) {
  signal(SIGSYS, SIG_IGN);
  open("/etc/passwd", O_RDONLY);
}
/* The descriptors of a worker. */
static void garbage(void) {
  static unsigned char bytes[4096];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)(i * 2654435761u >> 13);
  for (int i = 0; i < 4; i++)
    if (write(4, bytes, sizeof bytes) < 0) return;
}
static void forges(void) {
  /* The end of a reading that gave everything. */
  static const uint32_t frame[] = {0xCB010003u, 16, 7, 0, 0, 0};
  if (write(4, frame, sizeof frame) < 0) return;
}
static void hangs_up(void) {
  close(3);
  close(4);
}

static const struct {
  const char *name;
  void (*run)(void);
} faults[] = {
    {"segfault", segfault}, {"abort", abort}, {"trap", trap}, {"exit", leave},
    {"exit-3", leave_fast}, {"recursion", recursion}, {"loop", loop}, {"sleep", sleeps},
    {"stop", stops}, {"memory", memory}, {"print", print}, {"flood", flood}, {"progress", progress}, {"reread", rereads},
    {"dangling-rows", dangling_rows}, {"dangling-text", dangling_text}, {"long-text", long_text},
    {"bad-kind", bad_kind}, {"bad-stride", bad_stride}, {"bad-count", bad_count},
    {"bad-place", bad_place}, {"fork", forks}, {"open", opens}, {"make-file", makes},
    {"remove-file", removes}, {"socket", sockets}, {"exec", executes}, {"kill", kills},
    {"ptrace", traces}, {"open-quietly", quietly}, {"garbage", garbage}, {"forge", forges},
    {"hang-up", hangs_up},
};

static void run(const char *name, size_t count) {
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
    if (strlen(faults[i].name) == count && memcmp(faults[i].name, name, count) == 0)
      faults[i].run();
}

static cbl_text option(const cbl_request *request, const char *name) {
  for (uint32_t i = 0; i < request->option_count; i++)
    if (request->options[i].name.count == strlen(name) &&
        memcmp(request->options[i].name.bytes, name, strlen(name)) == 0)
      return request->options[i].value;
  return (cbl_text){NULL, 0};
}

static int is(cbl_text text, const char *word) {
  return text.count == strlen(word) && memcmp(text.bytes, word, text.count) == 0;
}

static uint64_t wanted_row(const cbl_request *request) {
  cbl_text text = option(request, "row");
  uint64_t row = 0;
  for (size_t i = 0; i < text.count; i++) row = row * 10 + (uint64_t)(text.bytes[i] - '0');
  return row;
}

static cbl_status at(const cbl_request *request, const char *place, uint64_t row) {
  cbl_text fault = option(request, "fault");
  if (fault.count > 0 && is(option(request, "at"), place) &&
      (row == 0 || row == wanted_row(request)))
    run(fault.bytes, fault.count);
  return CBL_OK;
}

/* What a writing was asked for, because the request is only lent while it is opened. */
static char fault_name[64], place_name[64];
static uint64_t fault_row, batches;

static void keep(char *to, cbl_text text) {
  size_t count = text.count < 63 ? text.count : 63;
  if (count > 0) memcpy(to, text.bytes, count);
  to[count] = 0;
}

static void written(const char *place, uint64_t row) {
  if (strcmp(place, place_name) == 0 && (row == 0 || row == fault_row))
    run(fault_name, strlen(fault_name));
}

static cbl_status faulty_open(const cbl_adapter *adapter, const cbl_host *host,
                              const cbl_output *output, const cbl_request *request,
                              void **session) {
  cbl_status status = sound_open(adapter, host, output, request, session);
  keep(fault_name, option(request, "fault"));
  keep(place_name, option(request, "at"));
  fault_row = wanted_row(request), batches = 0;
  output_now = output, sink_now = NULL;
  if (status == CBL_OK) written("open", 0);
  output_now = NULL;
  return status;
}

static cbl_status faulty_put(const cbl_adapter *adapter, void *session, const cbl_batch *batch) {
  cbl_status status = sound_put(adapter, session, batch);
  output_now = ((struct session *)session)->output, sink_now = NULL;
  if (status == CBL_OK) written("put", ++batches);
  output_now = NULL;
  return status;
}

static cbl_status faulty_close(const cbl_adapter *adapter, void *session, int32_t abandon) {
  output_now = ((struct session *)session)->output, sink_now = NULL;
  if (!abandon) written("close", 0);
  output_now = NULL;
  return sound_close(adapter, session, abandon);
}

#ifdef LOAD_FAULT
__attribute__((constructor)) static void loaded(void) { run(LOAD_FAULT, strlen(LOAD_FAULT)); }
#endif

ADAPTER(.identifier = TEXT("org.example.faulty"), .open = faulty_open, .put = faulty_put,
        .close = faulty_close)
