// SPDX-License-Identifier: Apache-2.0
//
// rdma_dma_wr: lines and payload streams of every length, with a source and a memory that stall.
#include "Vrdma_dma_wr.h"
#include "bench.h"

static const size_t kB = sizeof(Vrdma_dma_wr::m_dma_wdata_tdata);

struct Wr {
  Bench<Vrdma_dma_wr> b;
  Rng rng{1};
  uint32_t gap = 0, stall = 0;

  void write(size_t len, bool from_rx) {
    auto* t = b.top;
    const uint64_t addr = rng.next();
    const Bytes want = rng.bytes(len);
    CHECK(t->req_ready_o, "not idle");
    t->req_valid_i = 1;
    t->req_addr_i = addr;
    t->req_len_i = uint16_t(len);
    t->req_from_rx_i = from_rx;
    put_port(t->line_i, from_rx ? rng.bytes(256) : want);
    b.cycle();
    t->req_valid_i = 0;
    put_port(t->line_i, rng.bytes(256));  // sampled: later changes do not matter
    if (len == 0) {
      CHECK(t->done_o && !t->m_dma_wr_valid, "empty write");
      b.cycle();
      return;
    }
    const uint64_t begin = b.cycles;
    while (rng.percent(stall)) b.cycle();
    CHECK(t->m_dma_wr_valid && t->m_dma_wr_addr == addr && t->m_dma_wr_len == len, "request");
    CHECK(!t->m_dma_wdata_tvalid, "data before address");
    t->m_dma_wr_ready = 1;
    b.cycle();
    t->m_dma_wr_ready = 0;
    Bytes got;
    size_t at = 0;
    bool offering = false;
    while (got.size() < len) {
      CHECK(b.cycles < begin + 40000, "data does not end");
      CHECK(!t->m_dma_wr_valid, "second request");
      if (from_rx && !offering && at < len && !rng.percent(gap)) {
        offering = true;
        Bytes beat(want.begin() + long(at), want.begin() + long(std::min(at + kB, len)));
        Bytes junk = rng.bytes(kB - beat.size());
        beat.insert(beat.end(), junk.begin(), junk.end());
        put_port(t->pay_data_i, beat);
      }
      t->pay_valid_i = offering;
      t->m_dma_wdata_tready = !rng.percent(stall);
      b.settle();
      bool take = offering && t->pay_ready_o;
      if (t->m_dma_wdata_tvalid && t->m_dma_wdata_tready) {
        size_t n = std::min(kB, len - got.size());
        Bytes beat = get_port(t->m_dma_wdata_tdata, n);
        got.insert(got.end(), beat.begin(), beat.end());
        uint64_t keep = 0;
        std::memcpy(&keep, &t->m_dma_wdata_tkeep, sizeof t->m_dma_wdata_tkeep);
        CHECK(keep == (1ull << n) - 1, "keep %llx for %zu bytes", (unsigned long long)keep, n);
        CHECK(t->m_dma_wdata_tlast == (got.size() == len), "last");
      }
      b.cycle();
      if (take) {
        offering = false;
        at += kB;
      }
    }
    t->pay_valid_i = 0;
    CHECK(got == want, "%zu bytes", len);
    if (gap == 0 && stall == 0) CHECK(b.cycles - begin <= len / kB + 4, "slow");
    for (uint32_t k = rng.below(20); k > 0; k--) {
      CHECK(!t->done_o && !t->req_ready_o && !t->m_dma_wdata_tvalid, "done before the memory");
      b.cycle();
    }
    t->s_dma_wdone_i = 1;
    b.cycle();
    t->s_dma_wdone_i = 0;
    CHECK(t->done_o, "not done");
    b.cycle();
    CHECK(!t->done_o, "not a pulse");
  }
};

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  Wr w;
  for (size_t n = 0; n <= 256; n++) w.write(n, false);
  for (size_t n = 0; n <= 300; n++) w.write(n, true);
  w.write(4096, true);
  w.gap = 40;
  w.stall = 40;
  for (int i = 0; i < 2000; i++) {
    bool from_rx = w.rng.percent(50);
    w.write(w.rng.below(from_rx ? 600 : 257), from_rx);
  }
  std::printf("ok dma_wr\n");
}
