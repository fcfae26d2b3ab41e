// SPDX-License-Identifier: Apache-2.0
//
// Writes each state of handshake.pml as a line of hexadecimal digits, once, to the file that the environment variable
// GODWIT_DUMP names; without it, nothing. The set of lines written is exact: a chained table of the lines themselves.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kBuckets = 1 << 22, kLongest = 1024 };

struct DumpLine {
  struct DumpLine *next;
  unsigned short len;
  unsigned char data[];
};

static struct DumpLine *dump_table[kBuckets];
static unsigned char dump_line[kLongest];
static unsigned dump_len;
static FILE *dump_file;

// Tells whether to dump, and begins a line.
static int dump_begin(void) {
  static int asked;
  if (!asked) {
    const char *name = getenv("GODWIT_DUMP");
    asked = 1;
    if (name && !(dump_file = fopen(name, "w"))) {
      perror(name);
      exit(3);
    }
  }
  dump_len = 0;
  return dump_file != NULL;
}

static void dump(int x) {
  if (dump_len == kLongest) {
    fprintf(stderr, "dump: the state is longer than %d\n", kLongest);
    exit(3);
  }
  dump_line[dump_len++] = (unsigned char)x;
}

static void dump_end(void) {
  unsigned long long h = 14695981039346656037ULL;  // FNV-1a
  for (unsigned i = 0; i < dump_len; i++) h = (h ^ dump_line[i]) * 1099511628211ULL;
  struct DumpLine **at = &dump_table[(h ^ h >> 32) % kBuckets];
  for (struct DumpLine *x = *at; x; x = x->next) {
    if (x->len == dump_len && memcmp(x->data, dump_line, dump_len) == 0) return;
  }
  struct DumpLine *x = malloc(sizeof *x + dump_len);
  if (!x) {
    perror("dump");
    exit(3);
  }
  x->next = *at, x->len = dump_len, *at = x;
  memcpy(x->data, dump_line, dump_len);
  for (unsigned i = 0; i < dump_len; i++) fprintf(dump_file, "%02x", dump_line[i]);
  if (putc('\n', dump_file) == EOF) {
    perror("dump");
    exit(3);
  }
}

// The order of the fields is that of Tuple in internal/abstract. The types are those of pan.h, which knows them only
// behind this header. All links have the same channel type, the first.
#define DUMP_STATE(places, movers, links)                                                                   \
  if (dump_begin()) {                                                                                       \
    for (int at = 0; at < (places); at++) {                                                                 \
      const struct QP *x = &now.q[at];                                                                      \
      dump(x->st), dump(x->why), dump(x->ep), dump(x->peer), dump(x->pend), dump(x->rest), dump(x->tmr);    \
      dump(x->una), dump(x->max), dump(x->back), dump(x->cur), dump(x->ok), dump(x->fl), dump(x->retry);    \
      dump(x->epsn), dump(x->nak), dump(x->probe), dump(x->probes), dump(x->resumes), dump(x->rem);         \
      dump(x->fwd);                                                                                         \
    }                                                                                                       \
    for (int at = 0; at < (movers); at++) dump(now.phase[at]);                                              \
    for (int at = 0; at < (links); at++) {                                                                  \
      const Q1 *x = (const Q1 *)qptr(now.link[at] - 1);                                                     \
      dump(x->Qlen);                                                                                        \
      for (int p = 0; p < x->Qlen; p++) {                                                                   \
        dump(x->contents[p].fld0), dump(x->contents[p].fld1), dump(x->contents[p].fld2);                    \
        dump(x->contents[p].fld3), dump(x->contents[p].fld4), dump(x->contents[p].fld5);                    \
        dump(x->contents[p].fld6);                                                                          \
      }                                                                                                     \
    }                                                                                                       \
    dump_end();                                                                                             \
  }
