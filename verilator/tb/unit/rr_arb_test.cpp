// SPDX-License-Identifier: Apache-2.0
//
// rdma_rr_arb: the grant is the first request behind the last taken one, and nobody waits longer
// than N takes.
#include "Vrdma_rr_arb.h"
#include "bench.h"

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  Bench<Vrdma_rr_arb> b;
  Rng rng(1);
  uint32_t next = 0;
  uint32_t waited[8] = {};
  for (int i = 0; i < 20000; i++) {
    uint8_t req = uint8_t(rng.percent(20) ? 0 : rng.next());
    for (uint32_t k = 0; k < 8; k++)
      if (waited[k] > 0) req |= uint8_t(1 << k);  // once asked, ask until served
    b.top->req_i = req;
    b.top->take_i = rng.percent(60);
    b.settle();
    CHECK(b.top->gnt_valid_o == (req != 0), "valid");
    uint32_t want = next;
    for (uint32_t k = 0; k < 8 && !(req >> want & 1); k++) want = (want + 1) % 8;
    if (req != 0) CHECK(b.top->gnt_idx_o == want, "grant %u, want %u", b.top->gnt_idx_o, want);
    bool take = b.top->take_i && req != 0;
    for (uint32_t k = 0; k < 8; k++) {
      if (take && (req >> k & 1)) waited[k]++;
      CHECK(waited[k] <= 8, "%u starves", k);
    }
    if (take) {
      waited[want] = 0;
      next = (want + 1) % 8;
    }
    b.cycle();
  }
  std::printf("ok rr_arb\n");
}
