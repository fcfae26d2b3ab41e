// SPDX-License-Identifier: Apache-2.0
//
// What the parts of the verbs client share: the line that is being executed, and its answer.
#ifndef GODWIT_GUEST_VERBS_H
#define GODWIT_GUEST_VERBS_H

#include <stddef.h>
#include <stdint.h>

// MAX is how many objects of a kind there may be, LINE how long a line.
enum { MAX = 1024, LINE = 65536 };

// oob is the path of the side channel's port.
extern const char *oob;
// used is how long the answer is so far.
extern size_t used;

// say adds to the answer; fail and bad replace it by an error.
void say(const char *format, ...);
void fail(int number, const char *what);
int bad(const char *what);

// text finds the value of a field, or NULL; num reads it as a number.
const char *text(const char *name);
uint64_t num(const char *name, uint64_t otherwise);

// now is a clock in milliseconds.
double now(void);

// Commands of programs.c.
void do_spawn(void);
void do_reap(void);
void do_relay(void);

#endif
