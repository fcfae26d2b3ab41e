// SPDX-License-Identifier: Apache-2.0
//
// rdma_fifo against a deque.
#include <deque>

#include "Vrdma_fifo.h"
#include "bench.h"

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  Bench<Vrdma_fifo> b;
  Rng rng(1);
  std::deque<uint8_t> model;
  uint32_t fulls = 0, empties = 0;
  for (int i = 0; i < 20000; i++) {
    CHECK(b.top->full_o == (model.size() == 4), "full with %zu", model.size());
    CHECK(b.top->empty_o == model.empty(), "empty with %zu", model.size());
    if (!model.empty()) CHECK(b.top->data_o == model.front(), "data");
    fulls += b.top->full_o;
    empties += b.top->empty_o;
    uint32_t bias = i / 500 % 2 ? 70 : 30;
    b.top->push_i = !b.top->full_o && rng.percent(bias);
    b.top->pop_i = !b.top->empty_o && rng.percent(100 - bias);
    b.top->data_i = uint8_t(rng.next());
    if (b.top->pop_i) model.pop_front();
    if (b.top->push_i) model.push_back(b.top->data_i);
    b.cycle();
  }
  CHECK(fulls > 0 && empties > 0, "corners never reached");
  std::printf("ok fifo\n");
}
