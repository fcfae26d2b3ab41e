// SPDX-License-Identifier: Apache-2.0
//
// rdma_icrc against the byte-wise reference: frames of every length around a beat, idle cycles
// between beats.
#include "Vrdma_icrc.h"
#include "frame.h"

static const size_t kB = sizeof(Vrdma_icrc::data_i);

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  Bench<Vrdma_icrc> b;
  auto* t = b.top;
  Rng rng(1);
  for (int i = 0; i < 2000; i++) {
    Bytes f = rng.bytes(58 + rng.below(i < 1000 ? 2 * uint32_t(kB) + 2 : 400));
    const uint32_t want = icrc(&f[14], f.size() - 14);
    const bool whole = rng.percent(50);  // the ICRC itself goes through, too
    if (whole)
      for (int k = 0; k < 4; k++) f.push_back(uint8_t(want >> (8 * k)));
    const bool spoilt = whole && rng.percent(30);
    if (spoilt) f[f.size() - 1 - rng.below(4)] ^= uint8_t(1 << rng.below(8));
    for (size_t at = 0; at < f.size(); at += kB) {
      while (rng.percent(20)) b.cycle();
      size_t n = std::min(kB, f.size() - at);
      put_port(t->data_i, rng.bytes(kB));
      std::memcpy(&t->data_i, &f[at], n);
      t->nbytes_i = uint8_t(n);
      t->init_i = at == 0;
      t->en_i = 1;
      b.cycle();
      t->en_i = 0;
      t->init_i = uint8_t(rng.below(2));  // without en_i: no effect
    }
    b.settle();
    if (whole)
      CHECK(t->good_o == !spoilt, "good_o with %zu bytes", f.size());
    else
      CHECK(t->icrc_o == want, "icrc %08x, want %08x, %zu bytes", t->icrc_o, want, f.size());
  }
  std::printf("ok icrc DataW=%zu\n", kB * 8);
}
