// SPDX-License-Identifier: Apache-2.0
//
// rdma_dma_rd: lines and payload streams of every length, with a memory and a consumer that stall.
#include "Vrdma_dma_rd.h"
#include "bench.h"

static const size_t kB = sizeof(Vrdma_dma_rd::s_dma_rdata_tdata);

struct Rd {
  Bench<Vrdma_dma_rd> b;
  Rng rng{1};
  uint32_t gap = 0, stall = 0;

  void read(size_t len, bool to_tx) {
    auto* t = b.top;
    const uint64_t addr = rng.next();
    const Bytes want = rng.bytes(len);
    CHECK(t->req_ready_o, "not idle");
    t->req_valid_i = 1;
    t->req_addr_i = addr;
    t->req_len_i = uint16_t(len);
    t->req_to_tx_i = to_tx;
    b.cycle();
    t->req_valid_i = 0;
    const uint64_t begin = b.cycles;
    if (len > 0) {
      while (rng.percent(gap)) b.cycle();
      CHECK(t->m_dma_rd_valid && t->m_dma_rd_addr == addr && t->m_dma_rd_len == len, "request");
      t->m_dma_rd_ready = 1;
      b.cycle();
      t->m_dma_rd_ready = 0;
    }
    Bytes got;
    size_t at = 0;
    bool offering = false;
    while (!t->done_o) {
      CHECK(b.cycles < begin + 40000, "never done");
      CHECK(!t->m_dma_rd_valid, "second request");
      if (!offering && at < len && !rng.percent(gap)) offering = true;
      t->s_dma_rdata_tvalid = offering;
      if (offering) {
        Bytes beat(want.begin() + long(at), want.begin() + long(std::min(at + kB, len)));
        put_port(t->s_dma_rdata_tdata, beat);
        t->s_dma_rdata_tlast = at + kB >= len;
      }
      t->pay_ready_i = !rng.percent(stall);
      b.settle();
      bool take = offering && t->s_dma_rdata_tready;
      if (t->pay_valid_o && t->pay_ready_i) {
        Bytes beat = get_port(t->pay_data_o, std::min(kB, len - got.size()));
        got.insert(got.end(), beat.begin(), beat.end());
      }
      CHECK(!t->line_valid_o, "line early");
      b.cycle();
      if (take) {
        offering = false;
        at += kB;
      }
    }
    t->s_dma_rdata_tvalid = 0;
    CHECK(at >= len, "done early");
    CHECK(t->line_valid_o == !to_tx, "line_valid");
    if (to_tx)
      CHECK(got == want, "payload of %zu", len);
    else
      CHECK(get_port(t->line_o, len) == want, "line of %zu", len);
    if (gap == 0 && stall == 0)
      CHECK(b.cycles - begin <= len / kB + 5, "%zu bytes in %llu cycles", len,
            (unsigned long long)(b.cycles - begin));
    b.cycle();
    CHECK(!t->done_o && !t->line_valid_o && !t->pay_valid_o, "not a pulse");
    if (!to_tx) CHECK(get_port(t->line_o, len) == want, "line not held");
  }
};

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  Rd r;
  for (size_t n = 0; n <= 256; n++) r.read(n, false);
  for (size_t n = 0; n <= 300; n++) r.read(n, true);
  r.read(4096, true);
  r.gap = 40;
  r.stall = 40;
  for (int i = 0; i < 2000; i++) {
    bool to_tx = r.rng.percent(50);
    r.read(r.rng.below(to_tx ? 600 : 257), to_tx);
  }
  std::printf("ok dma_rd\n");
}
