// SPDX-License-Identifier: Apache-2.0
//
// The verbs client of the guest: one command a line on a virtio-serial port, one answer a line. A
// command is a word and fields name=value; an answer is "ok" and fields, or "err NUMBER TEXT".
// Numbers are decimal or 0x. Objects have small numbers that count from 0 in the order of creation,
// by kind. internal/interop/guest/verbs.go is the other end.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <infiniband/verbs.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX = 1024, LINE = 65536 };

static struct ibv_context *ctx;
static struct ibv_pd *pd[MAX];
static struct ibv_mr *mr[MAX];
static struct ibv_mw *mw[MAX];
static struct ibv_cq *cq[MAX];
static struct ibv_qp *qp[MAX];
static struct ibv_ah *ah[MAX];
static int npd, nmr, nmw, ncq, nqp, nah;
static pid_t child[MAX], relay;
static const char *oob;

static char line[LINE], answer[LINE];
static size_t used;

static void say(const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(answer + used, LINE - used, format, args);
  va_end(args);
  if (n > 0) used += (size_t)n;
  if (used > LINE - 2) used = LINE - 2;
}

static void fail(int number, const char *what) {
  used = 0;
  say("err %d %s: %s", number, what, strerror(number));
}

// text finds the value of a field, or NULL.
static const char *text(const char *name) {
  size_t n = strlen(name);
  for (const char *p = strchr(line, ' '); p; p = strchr(p + 1, ' '))
    if (!strncmp(p + 1, name, n) && p[1 + n] == '=') return p + 2 + n;
  return NULL;
}

static uint64_t num(const char *name, uint64_t otherwise) {
  const char *t = text(name);
  return t ? strtoull(t, NULL, 0) : otherwise;
}

// word copies the value of a field.
static const char *word(const char *name) {
  static char copy[256];
  const char *t = text(name);
  size_t n = t ? strcspn(t, " \n") : 0;
  if (n >= sizeof copy) n = sizeof copy - 1;
  memcpy(copy, t ? t : "", n);
  copy[n] = 0;
  return copy;
}

static int bad(const char *what) {
  fail(EINVAL, what);
  return 0;
}

// Each OBJECT(kind) is the object that the field of that name has the number of, or the command
// ends.
#define OBJECT(kind, var)                               \
  uint64_t var##_i = num(#kind, 0);                     \
  if (var##_i >= (uint64_t)n##kind || !kind[var##_i]) { \
    bad("no such " #kind);                              \
    return;                                             \
  }                                                     \
  __typeof__(kind[0]) var = kind[var##_i]

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void do_open(void) {
  struct ibv_device **list = ibv_get_device_list(NULL);
  if (!list || !list[0]) {
    fail(ENODEV, "no RDMA device");
    return;
  }
  if (!ctx) ctx = ibv_open_device(list[0]);
  ibv_free_device_list(list);
  if (!ctx) {
    fail(errno, "open");
    return;
  }
  struct ibv_device_attr a;
  if (ibv_query_device(ctx, &a)) {
    fail(errno, "query device");
    return;
  }
  say(" fw=%s max_rd=%d", a.fw_ver[0] ? a.fw_ver : "-", a.max_qp_rd_atom);
  for (int i = 0; i < 8; i++) {
    union ibv_gid g;
    char s[64];
    if (ibv_query_gid(ctx, 1, i, &g)) break;
    inet_ntop(AF_INET6, &g, s, sizeof s);
    if (strcmp(s, "::")) say(" gid%d=%s", i, s);
  }
}

static void do_pd(void) {
  if (npd == MAX || !(pd[npd] = ibv_alloc_pd(ctx))) {
    fail(errno, "pd");
    return;
  }
  say(" pd=%d", npd++);
}

static void do_mr(void) {
  OBJECT(pd, p);
  size_t n = num("len", 4096), whole = (n + 8191) & ~4095ul;
  char *b = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (nmr == MAX || b == MAP_FAILED) {
    fail(ENOMEM, "mr");
    return;
  }
  if (!(mr[nmr] = ibv_reg_mr(p, b, n, (int)num("access", 15)))) {
    fail(errno, "reg_mr");
    munmap(b, whole);
    return;
  }
  say(" mr=%d va=0x%llx lkey=0x%x rkey=0x%x", nmr, (unsigned long long)(uintptr_t)b, mr[nmr]->lkey,
      mr[nmr]->rkey);
  nmr++;
}

static void do_dereg(void) {
  OBJECT(mr, m);
  int e = ibv_dereg_mr(m);
  if (e) {
    fail(e, "dereg_mr");
    return;
  }
  mr[m_i] = NULL;
}

static void do_mw(void) {
  OBJECT(pd, p);
  if (nmw == MAX || !(mw[nmw] = ibv_alloc_mw(p, IBV_MW_TYPE_2))) {
    fail(errno, "mw");
    return;
  }
  say(" mw=%d rkey=0x%x", nmw, mw[nmw]->rkey);
  nmw++;
}

static void do_cq(void) {
  if (ncq == MAX || !(cq[ncq] = ibv_create_cq(ctx, (int)num("size", 256), NULL, NULL, 0))) {
    fail(errno, "cq");
    return;
  }
  say(" cq=%d", ncq++);
}

static void do_qp(void) {
  OBJECT(pd, p);
  OBJECT(cq, c);
  const char *t = word("type");
  struct ibv_qp_init_attr a = {
      .send_cq = c,
      .recv_cq = c,
      .qp_type = !strcmp(t, "uc")   ? IBV_QPT_UC
                 : !strcmp(t, "ud") ? IBV_QPT_UD
                                    : IBV_QPT_RC,
      .cap = {.max_send_wr = (uint32_t)num("sends", 128),
              .max_recv_wr = (uint32_t)num("recvs", 128),
              .max_send_sge = 1,
              .max_recv_sge = 1},
  };
  if (nqp == MAX || !(qp[nqp] = ibv_create_qp(p, &a))) {
    fail(errno, "qp");
    return;
  }
  say(" qp=%d qpn=%u", nqp, qp[nqp]->qp_num);
  nqp++;
}

static void do_destroy(void) {
  OBJECT(qp, q);
  int e = ibv_destroy_qp(q);
  if (e) {
    fail(e, "destroy_qp");
    return;
  }
  qp[q_i] = NULL;
}

static void do_init(void) {
  OBJECT(qp, q);
  struct ibv_qp_attr a = {.qp_state = IBV_QPS_INIT,
                          .port_num = 1,
                          .qp_access_flags = (unsigned)num("access", 14),
                          .qkey = (uint32_t)num("qkey", 0)};
  int mask = IBV_QP_STATE | IBV_QP_PKEY_INDEX | IBV_QP_PORT;
  int e =
      ibv_modify_qp(q, &a, mask | (q->qp_type == IBV_QPT_UD ? IBV_QP_QKEY : IBV_QP_ACCESS_FLAGS));
  if (e) fail(e, "INIT");
}

// where fills the address vector from the fields gid (of the peer) and sgid (index of ours).
static int where(struct ibv_ah_attr *a) {
  a->is_global = 1;
  a->port_num = 1;
  a->grh.sgid_index = (uint8_t)num("sgid", 1);
  a->grh.hop_limit = 64;
  return inet_pton(AF_INET6, word("gid"), &a->grh.dgid) == 1;
}

static void do_rtr(void) {
  OBJECT(qp, q);
  struct ibv_qp_attr a = {.qp_state = IBV_QPS_RTR};
  int mask = IBV_QP_STATE;
  if (q->qp_type != IBV_QPT_UD) {
    mask |= IBV_QP_AV | IBV_QP_PATH_MTU | IBV_QP_DEST_QPN | IBV_QP_RQ_PSN;
    a.dest_qp_num = (uint32_t)num("qpn", 0);
    a.rq_psn = (uint32_t)num("psn", 0);
    switch (num("mtu", 1024)) {
      case 256:
        a.path_mtu = IBV_MTU_256;
        break;
      case 512:
        a.path_mtu = IBV_MTU_512;
        break;
      case 1024:
        a.path_mtu = IBV_MTU_1024;
        break;
      case 2048:
        a.path_mtu = IBV_MTU_2048;
        break;
      default:
        a.path_mtu = IBV_MTU_4096;
    }
    if (!where(&a.ah_attr)) {
      bad("gid");
      return;
    }
  }
  if (q->qp_type == IBV_QPT_RC) {
    mask |= IBV_QP_MAX_DEST_RD_ATOMIC | IBV_QP_MIN_RNR_TIMER;
    a.max_dest_rd_atomic = (uint8_t)num("rd", 8);
    a.min_rnr_timer = (uint8_t)num("minrnr", 12);
  }
  int e = ibv_modify_qp(q, &a, mask);
  if (e) fail(e, "RTR");
}

static void do_rts(void) {
  OBJECT(qp, q);
  struct ibv_qp_attr a = {.qp_state = IBV_QPS_RTS, .sq_psn = (uint32_t)num("psn", 0)};
  int mask = IBV_QP_STATE | IBV_QP_SQ_PSN;
  if (q->qp_type == IBV_QPT_RC) {
    mask |= IBV_QP_TIMEOUT | IBV_QP_RETRY_CNT | IBV_QP_RNR_RETRY | IBV_QP_MAX_QP_RD_ATOMIC;
    a.timeout = (uint8_t)num("timeout", 14);
    a.retry_cnt = (uint8_t)num("retry", 7);
    a.rnr_retry = (uint8_t)num("rnr", 7);
    a.max_rd_atomic = (uint8_t)num("rd", 8);
  }
  int e = ibv_modify_qp(q, &a, mask);
  if (e) fail(e, "RTS");
}

static void do_err(void) {
  OBJECT(qp, q);
  struct ibv_qp_attr a = {.qp_state = IBV_QPS_ERR};
  int e = ibv_modify_qp(q, &a, IBV_QP_STATE);
  if (e) fail(e, "ERR");
}

static void do_state(void) {
  OBJECT(qp, q);
  struct ibv_qp_attr a;
  struct ibv_qp_init_attr i;
  int e = ibv_query_qp(q, &a, IBV_QP_STATE, &i);
  if (e) {
    fail(e, "query_qp");
    return;
  }
  say(" state=%d rq_psn=%u sq_psn=%u", a.qp_state, a.rq_psn, a.sq_psn);
}

static void do_ah(void) {
  OBJECT(pd, p);
  struct ibv_ah_attr a = {0};
  if (!where(&a)) {
    bad("gid");
    return;
  }
  if (nah == MAX || !(ah[nah] = ibv_create_ah(p, &a))) {
    fail(errno, "ah");
    return;
  }
  say(" ah=%d", nah++);
}

static const struct {
  const char *name;
  enum ibv_wr_opcode op;
} ops[] = {
    {"send", IBV_WR_SEND},
    {"send_imm", IBV_WR_SEND_WITH_IMM},
    {"send_inv", IBV_WR_SEND_WITH_INV},
    {"write", IBV_WR_RDMA_WRITE},
    {"write_imm", IBV_WR_RDMA_WRITE_WITH_IMM},
    {"read", IBV_WR_RDMA_READ},
    {"cas", IBV_WR_ATOMIC_CMP_AND_SWP},
    {"fadd", IBV_WR_ATOMIC_FETCH_AND_ADD},
    {"bind", IBV_WR_BIND_MW},
};

static void do_send(void) {
  OBJECT(qp, q);
  OBJECT(mr, m);
  struct ibv_sge s = {(uintptr_t)m->addr + num("off", 0), (uint32_t)num("len", 0),
                      (uint32_t)num("lkey", m->lkey)};
  struct ibv_send_wr w = {.wr_id = num("wrid", 0),
                          .sg_list = &s,
                          .num_sge = 1,
                          .send_flags = (unsigned)num("flags", IBV_SEND_SIGNALED)};
  const char *t = word("op");
  size_t i = 0;
  while (i < sizeof ops / sizeof *ops && strcmp(t, ops[i].name)) i++;
  if (i == sizeof ops / sizeof *ops) {
    bad("op");
    return;
  }
  w.opcode = ops[i].op;
  if (w.opcode == IBV_WR_SEND_WITH_INV)
    w.invalidate_rkey = (uint32_t)num("inv", 0);
  else
    w.imm_data = htonl((uint32_t)num("imm", 0));
  if (q->qp_type == IBV_QPT_UD) {
    OBJECT(ah, h);
    w.wr.ud.ah = h;
    w.wr.ud.remote_qpn = (uint32_t)num("qpn", 0);
    w.wr.ud.remote_qkey = (uint32_t)num("qkey", 0);
  } else if (w.opcode == IBV_WR_BIND_MW) {
    OBJECT(mw, b);
    w.num_sge = 0;
    w.bind_mw.mw = b;
    w.bind_mw.rkey = ibv_inc_rkey(b->rkey);
    w.bind_mw.bind_info = (struct ibv_mw_bind_info){m, (uintptr_t)m->addr + num("off", 0),
                                                    num("len", 0), (unsigned)num("access", 15)};
    b->rkey = w.bind_mw.rkey;
    say(" rkey=0x%x", b->rkey);
  } else if (w.opcode == IBV_WR_ATOMIC_CMP_AND_SWP || w.opcode == IBV_WR_ATOMIC_FETCH_AND_ADD) {
    w.wr.atomic.remote_addr = num("rva", 0);
    w.wr.atomic.rkey = (uint32_t)num("rkey", 0);
    w.wr.atomic.compare_add = num("add", 0);
    w.wr.atomic.swap = num("swap", 0);
  } else {
    w.wr.rdma.remote_addr = num("rva", 0);
    w.wr.rdma.rkey = (uint32_t)num("rkey", 0);
  }
  struct ibv_send_wr *first;
  int e = ibv_post_send(q, &w, &first);
  if (e) fail(e, "post_send");
}

static void do_recv(void) {
  OBJECT(qp, q);
  OBJECT(mr, m);
  struct ibv_sge s = {(uintptr_t)m->addr + num("off", 0), (uint32_t)num("len", 0),
                      (uint32_t)num("lkey", m->lkey)};
  struct ibv_recv_wr w = {.wr_id = num("wrid", 0), .sg_list = &s, .num_sge = 1}, *first;
  int e = ibv_post_recv(q, &w, &first);
  if (e) fail(e, "post_recv");
}

// do_poll waits until there are n completions or ms have passed, and tells those that there are.
static void do_poll(void) {
  OBJECT(cq, c);
  uint64_t want = num("n", 1);
  double end = now() + (double)num("ms", 0);
  for (uint64_t got = 0; got < want && used < LINE - 256;) {
    struct ibv_wc w;
    int n = ibv_poll_cq(c, 1, &w);
    if (n < 0) {
      fail(EIO, "poll_cq");
      return;
    }
    if (n == 0) {
      if (now() >= end) return;
      usleep(200);
      continue;
    }
    got++;
    uint32_t x = w.wc_flags & IBV_WC_WITH_INV ? w.invalidated_rkey : ntohl(w.imm_data);
    say(" wc=%llu,%d,%d,%u,%u,%u,%u,%u", (unsigned long long)w.wr_id, w.status, w.opcode,
        w.byte_len, x, w.wc_flags, w.qp_num, w.src_qp);
  }
}

// The pattern of a seed: byte i is the top byte of a multiplicative hash, so that a shift by any
// distance shows.
static uint8_t pattern(uint32_t seed, uint64_t i) {
  return (uint8_t)(((uint32_t)i * 2654435761u + seed * 40503u) >> 24);
}

static int range(struct ibv_mr *m, uint64_t *off, uint64_t *len) {
  *off = num("off", 0);
  *len = num("len", 0);
  return *off <= m->length && *len <= m->length - *off;
}

static void do_fill(void) {
  OBJECT(mr, m);
  uint64_t off, len;
  if (!range(m, &off, &len)) {
    bad("range");
    return;
  }
  uint32_t seed = (uint32_t)num("seed", 0);
  for (uint64_t i = 0; i < len; i++) ((uint8_t *)m->addr)[off + i] = pattern(seed, i);
}

static void do_check(void) {
  OBJECT(mr, m);
  uint64_t off, len;
  if (!range(m, &off, &len)) {
    bad("range");
    return;
  }
  uint32_t seed = (uint32_t)num("seed", 0);
  for (uint64_t i = 0; i < len; i++)
    if (((volatile uint8_t *)m->addr)[off + i] != pattern(seed, i)) {
      say(" bad=%llu", (unsigned long long)i);
      return;
    }
}

static void do_word(void) {
  OBJECT(mr, m);
  uint64_t off = num("off", 0);
  if (m->length < 8 || off > m->length - 8 || off % 8) {
    bad("range");
    return;
  }
  volatile uint64_t *p = (volatile uint64_t *)((char *)m->addr + off);
  if (text("set")) *p = num("set", 0);
  say(" value=%llu", (unsigned long long)*p);
}

static void do_counters(void) {
  const char *dir = "/sys/class/infiniband/rxe0/ports/1/hw_counters";
  DIR *d = opendir(dir);
  if (!d) {
    fail(errno, dir);
    return;
  }
  for (struct dirent *e; (e = readdir(d));) {
    char path[512], value[64] = "";
    if (e->d_name[0] == '.' || !strcmp(e->d_name, "lifespan")) continue;
    snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
    FILE *f = fopen(path, "r");
    if (f && fgets(value, sizeof value, f)) say(" %s=%llu", e->d_name, strtoull(value, NULL, 10));
    if (f) fclose(f);
  }
  closedir(d);
}

// do_spawn runs the shell command behind cmd=, which is the last field; its output goes to a file
// that reap tells.
static void do_spawn(void) {
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
static void do_reap(void) {
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
static void do_relay(void) {
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
  relay = fork();
  if (relay == 0) {
    int port = open(oob, O_RDWR), c = accept(s, NULL, NULL);
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
  if (relay < 0) {
    relay = 0;
    fail(errno, "fork");
  }
}

static void do_ping(void) {}

static const struct {
  const char *name;
  void (*run)(void);
} commands[] = {
    {"ping", do_ping},       {"open", do_open},
    {"pd", do_pd},           {"mr", do_mr},
    {"dereg", do_dereg},     {"mw", do_mw},
    {"cq", do_cq},           {"qp", do_qp},
    {"destroy", do_destroy}, {"init", do_init},
    {"rtr", do_rtr},         {"rts", do_rts},
    {"err", do_err},         {"state", do_state},
    {"ah", do_ah},           {"send", do_send},
    {"recv", do_recv},       {"poll", do_poll},
    {"fill", do_fill},       {"check", do_check},
    {"word", do_word},       {"counters", do_counters},
    {"spawn", do_spawn},     {"reap", do_reap},
    {"relay", do_relay},
};

static void command(void) {
  size_t n = strcspn(line, " "), i = 0;
  while (i < sizeof commands / sizeof *commands &&
         (strlen(commands[i].name) != n || strncmp(line, commands[i].name, n)))
    i++;
  used = 0;
  say("ok");
  if (i == sizeof commands / sizeof *commands)
    bad("unknown command");
  else if (i > 1 && !ctx && commands[i].run != do_spawn && commands[i].run != do_reap)
    bad("not open");
  else
    commands[i].run();
  answer[used++] = '\n';
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  oob = argv[2];
  signal(SIGPIPE, SIG_IGN);
  // A port can be opened once only: one stream to read, one to write, of one descriptor.
  int fd = open(argv[1], O_RDWR);
  if (fd < 0) return 3;
  FILE *in = fdopen(dup(fd), "r");
  if (write(fd, "ready\n", 6) != 6) return 3;
  for (;;) {
    if (!fgets(line, sizeof line, in)) {
      if (feof(in) || ferror(in)) {
        clearerr(in);
        usleep(10000);
        continue;
      }
      return 4;
    }
    line[strcspn(line, "\n")] = 0;
    command();
    for (size_t done = 0; done < used;) {
      ssize_t n = write(fd, answer + done, used - done);
      if (n < 0) return 5;
      done += (size_t)n;
    }
  }
}
