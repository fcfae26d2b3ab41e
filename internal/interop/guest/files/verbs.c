// SPDX-License-Identifier: Apache-2.0
//
// The verbs client of the guest: one command a line on a virtio-serial port, one answer a line. A
// command is a word and fields name=value; an answer is "ok" and fields, or "err NUMBER TEXT".
// Numbers are decimal or 0x. Objects have small numbers that count from 0 in the order of creation,
// by kind. internal/interop/guest/verbs.go is the other end.
#define _GNU_SOURCE
#include "verbs.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <infiniband/verbs.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static struct ibv_context *ctx;
static struct ibv_pd *pd[MAX];
static struct ibv_mr *mr[MAX];
static size_t mapped[MAX];  // of the memory of a region
static struct ibv_mw *mw[MAX];
static struct ibv_cq *cq[MAX];
static struct ibv_qp *qp[MAX];
static struct ibv_ah *ah[MAX];
static int npd, nmr, nmw, ncq, nqp, nah;

static char line[LINE], answer[LINE];
size_t used;

void say(const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(answer + used, LINE - used, format, args);
  va_end(args);
  if (n > 0) used += (size_t)n;
  if (used > LINE - 2) used = LINE - 2;
}

void fail(int number, const char *what) {
  used = 0;
  say("err %d %s: %s", number, what, strerror(number));
}

// text finds the value of a field, or NULL.
const char *text(const char *name) {
  size_t n = strlen(name);
  for (const char *p = strchr(line, ' '); p; p = strchr(p + 1, ' '))
    if (!strncmp(p + 1, name, n) && p[1 + n] == '=') return p + 2 + n;
  return NULL;
}

uint64_t num(const char *name, uint64_t otherwise) {
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

int bad(const char *what) {
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

double now(void) {
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

// do_mr registers new memory, or with of=N the memory of region N once more.
static void do_mr(void) {
  OBJECT(pd, p);
  size_t n = num("len", 4096), whole = (n + 8191) & ~4095ul;
  char *b;
  if (text("of")) {
    uint64_t of = num("of", 0);
    if (of >= (uint64_t)nmr || !mr[of]) {
      bad("no such mr");
      return;
    }
    b = mr[of]->addr;
    n = mr[of]->length;
    whole = 0;
  } else {
    b = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }
  if (nmr == MAX || b == MAP_FAILED) {
    fail(ENOMEM, "mr");
    return;
  }
  if (!(mr[nmr] = ibv_reg_mr(p, b, n, (int)num("access", 15)))) {
    fail(errno, "reg_mr");
    if (whole) munmap(b, whole);
    return;
  }
  say(" mr=%d va=0x%llx lkey=0x%x rkey=0x%x", nmr, (unsigned long long)(uintptr_t)b, mr[nmr]->lkey,
      mr[nmr]->rkey);
  mapped[nmr++] = whole;
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

// shrink gives back the highest numbers of objects, as far as they are free.
static void shrink(void **list, int *n) {
  while (*n > 0 && !list[*n - 1]) --*n;
}

// do_release destroys a protection domain with all that is in it, and a completion queue.
static void do_release(void) {
  OBJECT(pd, p);
  OBJECT(cq, c);
  for (int i = 0; i < nqp; i++)
    if (qp[i] && qp[i]->pd == p && !ibv_destroy_qp(qp[i])) qp[i] = NULL;
  for (int i = 0; i < nah; i++)
    if (ah[i] && ah[i]->pd == p && !ibv_destroy_ah(ah[i])) ah[i] = NULL;
  for (int i = 0; i < nmw; i++)
    if (mw[i] && mw[i]->pd == p && !ibv_dealloc_mw(mw[i])) mw[i] = NULL;
  for (int i = 0; i < nmr; i++) {
    if (!mr[i] || mr[i]->pd != p) continue;
    void *b = mr[i]->addr;
    if (ibv_dereg_mr(mr[i])) continue;
    if (mapped[i]) munmap(b, mapped[i]);
    mr[i] = NULL;
  }
  int e = ibv_destroy_cq(c);
  if (e) {
    fail(e, "destroy_cq");
    return;
  }
  cq[c_i] = NULL;
  e = ibv_dealloc_pd(p);
  if (e) {
    fail(e, "dealloc_pd");
    return;
  }
  pd[p_i] = NULL;
  shrink((void **)qp, &nqp);
  shrink((void **)ah, &nah);
  shrink((void **)mw, &nmw);
  shrink((void **)mr, &nmr);
  shrink((void **)cq, &ncq);
  shrink((void **)pd, &npd);
}

// do_destroy destroys a queue pair.
static void do_destroy(void) {
  OBJECT(qp, q);
  int e = ibv_destroy_qp(q);
  if (e) {
    fail(e, "destroy_qp");
    return;
  }
  qp[q_i] = NULL;
  shrink((void **)qp, &nqp);
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
  struct ibv_mw *bound = NULL;
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
    bound = b;
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
  if (e) {
    fail(e, "post_send");
  } else if (bound) {
    bound->rkey = w.bind_mw.rkey;
    say(" rkey=0x%x", bound->rkey);
  }
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
    // rxe has the flag of the kernel in the place of that of the library: 4, IB_WC_WITH_INVALIDATE.
    if (w.wc_flags & 4) w.wc_flags = (w.wc_flags & ~4u) | IBV_WC_WITH_INV;
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
  // The pattern of recorded captures is a ramp that a log can name in one line.
  int ramp = text("ramp") != NULL;
  for (uint64_t i = 0; i < len; i++)
    ((uint8_t *)m->addr)[off + i] = ramp ? (uint8_t)(seed + 7 * i + (i >> 8)) : pattern(seed, i);
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

static void do_ping(void) {}

static const struct {
  const char *name;
  void (*run)(void);
} commands[] = {
    {"ping", do_ping},   {"open", do_open},
    {"pd", do_pd},       {"mr", do_mr},
    {"mw", do_mw},       {"cq", do_cq},
    {"qp", do_qp},       {"release", do_release},
    {"init", do_init},   {"destroy", do_destroy},
    {"rtr", do_rtr},     {"rts", do_rts},
    {"err", do_err},     {"state", do_state},
    {"ah", do_ah},       {"send", do_send},
    {"recv", do_recv},   {"poll", do_poll},
    {"fill", do_fill},   {"check", do_check},
    {"word", do_word},   {"counters", do_counters},
    {"spawn", do_spawn}, {"reap", do_reap},
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
