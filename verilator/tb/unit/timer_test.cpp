// SPDX-License-Identifier: Apache-2.0
//
// rdma_timer: set(n) fires in the n-th sweep behind it, stop and set withdraw at once, nothing else
// fires. The model counts sweeps from the tick, which it counts from reset; a visit may wait for
// sets, hence the tolerance in cycles.
#include "Vrdma_timer.h"
#include "bench.h"

static const uint32_t kSlots = 8, kTick = 32;

struct Model {
  bool armed[kSlots] = {};
  uint64_t lo[kSlots] = {}, hi[kSlots] = {};  // cycles within which the expiry must show
};

static void exact() {
  Bench<Vrdma_timer> b;
  for (uint32_t slot = 0; slot < kSlots; slot++) {
    for (uint32_t n : {0u, 1u, 2u, 3u, 10u}) {
      while (b.cycles % kTick != 20) b.cycle();  // between two sweeps
      const uint64_t begin = b.cycles / kTick;
      b.top->set_valid_i = 1;
      b.top->set_slot_i = uint8_t(slot);
      b.top->set_ticks_i = n;
      b.cycle();
      b.top->set_valid_i = 0;
      while (!b.top->expire_valid_o) {
        CHECK(b.cycles < (begin + 20) * kTick, "never fires");
        b.cycle();
      }
      CHECK(b.top->expire_slot_o == slot, "slot %u", b.top->expire_slot_o);
      CHECK(b.cycles / kTick - begin == (n == 0 ? 1 : n), "set(%u) fired after %llu sweeps", n,
            (unsigned long long)(b.cycles / kTick - begin));
      for (int i = 0; i < 100; i++) {
        b.cycle();
        CHECK(b.top->expire_valid_o && b.top->expire_slot_o == slot, "not held");
      }
      b.top->expire_ack_i = 1;
      b.cycle();
      b.top->expire_ack_i = 0;
      for (int i = 0; i < 100; i++) {
        CHECK(!b.top->expire_valid_o, "fires twice");
        b.cycle();
      }
    }
  }
}

static void random(uint64_t seed) {
  Bench<Vrdma_timer> b;
  Rng rng(seed);
  Model m;
  uint64_t fired = 0, withdrawn = 0;
  for (int i = 0; i < 200000; i++) {
    auto* t = b.top;
    t->set_valid_i = rng.percent(2);
    t->set_slot_i = uint8_t(rng.below(kSlots));
    t->set_ticks_i = rng.below(12);
    t->stop_valid_i = rng.percent(1);
    t->stop_slot_i = uint8_t(rng.below(kSlots));
    if (t->expire_valid_o) {
      uint32_t s = t->expire_slot_o;
      CHECK(m.armed[s] && b.cycles >= m.lo[s], "slot %u fires although %s", s,
            m.armed[s] ? "early" : "not armed");
    }
    for (uint32_t s = 0; s < kSlots; s++)
      CHECK(!m.armed[s] || b.cycles < m.hi[s], "slot %u overdue", s);
    t->expire_ack_i = t->expire_valid_o && rng.percent(30);
    if (t->expire_ack_i) {
      m.armed[t->expire_slot_o] = false;
      fired++;
    }
    if (t->stop_valid_i) {
      withdrawn += m.armed[t->stop_slot_i];
      m.armed[t->stop_slot_i] = false;
    }
    if (t->set_valid_i) {
      uint32_t s = t->set_slot_i;
      uint64_t n = t->set_ticks_i == 0 ? 1 : t->set_ticks_i;
      m.armed[s] = true;
      // The sweep under way may or may not count; a sweep takes kSlots cycles and a few for sets,
      // an expiry waits for others.
      m.lo[s] = b.cycles + (n - 1) * kTick;
      if (n > 1) m.lo[s] -= kTick / 2;
      m.hi[s] = b.cycles + (n + 1) * kTick + 120;
    }
    b.cycle();
  }
  CHECK(fired > 500 && withdrawn > 500, "fired %llu, withdrawn %llu", (unsigned long long)fired,
        (unsigned long long)withdrawn);
}

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  exact();
  random(1);
  random(2);
  std::printf("ok timer\n");
}
