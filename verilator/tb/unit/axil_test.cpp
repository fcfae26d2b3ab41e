// SPDX-License-Identifier: Apache-2.0
//
// rdma_axil: independent address, data and response channels against a register file that answers
// late and refuses some addresses. Every transaction gets its one response; bad strobes and
// addresses never reach the registers.
#include <deque>
#include <map>

#include "Vrdma_axil.h"
#include "bench.h"

struct Write {
  uint16_t addr;
  uint32_t data;
  uint8_t strb;
};

// refused says which addresses the register file answers with an error.
static bool refused(uint16_t addr) { return (addr >> 4) % 5 == 3; }

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  Bench<Vrdma_axil> b;
  auto* t = b.top;
  Rng rng(1);
  std::map<uint16_t, uint32_t> regs;
  std::deque<Write> aw, w, wait_b;
  std::deque<uint16_t> ar, wait_r;
  std::deque<uint32_t> read_values;  // what the register file gave, in order
  uint64_t writes = 0, reads = 0, errors = 0, accesses = 0, want_accesses = 0;
  bool aw_on = false, w_on = false, ar_on = false;
  for (int i = 0; i < 200000; i++) {
    if (i < 190000 && rng.percent(20) && aw.size() < 3) {
      Write x{uint16_t(rng.below(256) & ~(rng.percent(90) ? 3u : 0u)), uint32_t(rng.next()),
              uint8_t(rng.percent(90) ? 15 : rng.below(16))};
      aw.push_back(x);
      w.push_back(x);
    }
    if (i < 190000 && rng.percent(20) && ar.size() < 3)
      ar.push_back(uint16_t(rng.below(256) & ~(rng.percent(90) ? 3u : 0u)));
    if (!aw_on && !aw.empty()) aw_on = rng.percent(50);
    if (!w_on && !w.empty()) w_on = rng.percent(50);
    if (!ar_on && !ar.empty()) ar_on = rng.percent(50);
    t->s_axil_awvalid = aw_on;
    if (aw_on) t->s_axil_awaddr = aw.front().addr;
    t->s_axil_wvalid = w_on;
    if (w_on) {
      t->s_axil_wdata = w.front().data;
      t->s_axil_wstrb = w.front().strb;
    }
    t->s_axil_arvalid = ar_on;
    if (ar_on) t->s_axil_araddr = ar.front();
    t->s_axil_bready = rng.percent(60);
    t->s_axil_rready = rng.percent(60);
    t->reg_ready_i = t->reg_valid_o && rng.percent(50);
    t->reg_err_i = t->reg_ready_i && refused(t->reg_addr_o);
    t->reg_rdata_i = t->reg_ready_i && !t->reg_write_o ? regs[t->reg_addr_o] : uint32_t(rng.next());
    b.settle();
    if (t->reg_valid_o) CHECK((t->reg_addr_o & 3) == 0, "unaligned access");
    if (t->reg_ready_i) {
      accesses++;
      if (t->reg_write_o) {
        CHECK(!wait_b.empty() || !aw.empty(), "write from nowhere");
        if (!refused(t->reg_addr_o)) regs[t->reg_addr_o] = t->reg_wdata_o;
      } else {
        read_values.push_back(t->reg_err_i ? 0 : t->reg_rdata_i);
      }
    }
    if (aw_on && t->s_axil_awready) {
      wait_b.push_back(aw.front());
      aw.pop_front();
      aw_on = false;
    }
    if (w_on && t->s_axil_wready) {
      w.pop_front();
      w_on = false;
    }
    if (ar_on && t->s_axil_arready) {
      wait_r.push_back(ar.front());
      ar.pop_front();
      ar_on = false;
    }
    if (t->s_axil_bvalid && t->s_axil_bready) {
      CHECK(!wait_b.empty(), "response from nowhere");
      Write x = wait_b.front();
      wait_b.pop_front();
      bool bad = (x.addr & 3) != 0 || x.strb != 15;
      if (!bad) want_accesses++;
      CHECK(t->s_axil_bresp == (bad || refused(x.addr) ? 2 : 0), "bresp %u at %04x",
            t->s_axil_bresp, x.addr);
      if (!bad && !refused(x.addr)) CHECK(regs[x.addr] == x.data, "write lost");
      writes++;
      errors += t->s_axil_bresp != 0;
    }
    if (t->s_axil_rvalid && t->s_axil_rready) {
      CHECK(!wait_r.empty(), "data from nowhere");
      uint16_t addr = wait_r.front();
      wait_r.pop_front();
      bool bad = (addr & 3) != 0;
      uint32_t want = 0;
      if (!bad) {
        want_accesses++;
        CHECK(!read_values.empty(), "data without access");
        want = read_values.front();
        read_values.pop_front();
      }
      CHECK(t->s_axil_rresp == (bad || refused(addr) ? 2 : 0), "rresp %u at %04x", t->s_axil_rresp,
            addr);
      CHECK(t->s_axil_rdata == want, "rdata");
      reads++;
    }
    b.cycle();
  }
  CHECK(wait_b.empty() && wait_r.empty() && aw.empty() && ar.empty(), "transactions left");
  CHECK(accesses == want_accesses, "%llu accesses, want %llu", (unsigned long long)accesses,
        (unsigned long long)want_accesses);
  CHECK(writes > 1000 && reads > 1000 && errors > 100, "too little happened");
  std::printf("ok axil: %llu writes, %llu reads\n", (unsigned long long)writes,
              (unsigned long long)reads);
}
