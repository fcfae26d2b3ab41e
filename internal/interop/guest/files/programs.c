// SPDX-License-Identifier: Apache-2.0
//
// Programs beside the verbs client: run in the background, waited for, and given a TCP connection
// to the outside.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "verbs.h"

const char *oob;
static pid_t child[MAX], relay;

// do_spawn runs the shell command behind cmd=, which is the last field; its output goes to a file
// that reap tells.
void do_spawn(void) {
  uint64_t id = num("id", 0);
  const char *command = text("cmd");
  if (id >= MAX || !command || child[id]) {
    bad("spawn");
    return;
  }
  char path[64];
  snprintf(path, sizeof path, "/tmp/out.%d", (int)id);
  fflush(NULL);
  pid_t p = fork();
  if (p == 0) {
    setsid();
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, 1);
    dup2(fd, 2);
    close(0);
    for (int i = 3; i < 64; i++) close(i);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
  }
  if (p < 0) {
    fail(errno, "fork");
    return;
  }
  child[id] = p;
}

// do_reap waits for a command that was spawned, at most ms; what is not over then is killed.
void do_reap(void) {
  uint64_t id = num("id", 0);
  if (id >= MAX || !child[id]) {
    bad("reap");
    return;
  }
  double end = now() + (double)num("ms", 0);
  int status = 0;
  while (waitpid(child[id], &status, WNOHANG) == 0) {
    if (now() < end) {
      usleep(1000);
      continue;
    }
    kill(-child[id], SIGKILL);
    waitpid(child[id], &status, 0);
    break;
  }
  child[id] = 0;
  say(" exit=%d out=", WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status));
  char path[64];
  snprintf(path, sizeof path, "/tmp/out.%d", (int)id);
  FILE *f = fopen(path, "r");
  for (int c; f && used < LINE - 16 && (c = fgetc(f)) != EOF;) say("%02x", c);
  if (f) fclose(f);
}

static void copy(int in, int out) {
  char b[512];
  ssize_t n = read(in, b, sizeof b);
  if (n <= 0) _exit(0);
  for (ssize_t done = 0; done < n;) {
    ssize_t k = write(out, b + done, (size_t)(n - done));
    if (k <= 0) _exit(0);
    done += k;
  }
}

// do_relay takes one TCP connection on the loopback and joins it to the other port: the side
// channel of a program that exchanges its addresses by TCP, without a TCP outside.
void do_relay(void) {
  if (relay) {
    kill(relay, SIGKILL);
    waitpid(relay, NULL, 0);
    relay = 0;
  }
  if (!text("port")) return;
  int one = 1, s = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = {.sin_family = AF_INET,
                          .sin_port = htons((uint16_t)num("port", 0)),
                          .sin_addr = {htonl(INADDR_LOOPBACK)}};
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 1)) {
    fail(errno, "relay");
    close(s);
    return;
  }
  // What the program before this one did not take would be the first that the next one gets.
  int port = open(oob, O_RDWR);
  char stale[512];
  for (struct pollfd f = {port, POLLIN, 0};
       poll(&f, 1, 20) > 0 && f.revents & POLLIN && read(port, stale, sizeof stale) > 0;) {
  }
  relay = fork();
  if (relay == 0) {
    int c = accept(s, NULL, NULL);
    if (port < 0 || c < 0) _exit(1);
    for (;;) {
      struct pollfd f[2] = {{c, POLLIN, 0}, {port, POLLIN, 0}};
      if (poll(f, 2, -1) < 0) _exit(1);
      if (f[0].revents) copy(c, port);
      if (f[1].revents & POLLIN)
        copy(port, c);
      else if (f[1].revents)
        usleep(1000);
    }
  }
  close(s);
  if (port >= 0) close(port);
  if (relay < 0) {
    relay = 0;
    fail(errno, "fork");
  }
}
