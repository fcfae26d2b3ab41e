// SPDX-License-Identifier: Apache-2.0
//
// What every unit bench needs: clock and reset, a seeded generator, wide ports as bytes, and one
// way to fail.
#ifndef GODWIT_UNIT_BENCH_H
#define GODWIT_UNIT_BENCH_H

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "verilated.h"

using Bytes = std::vector<uint8_t>;

// CHECK ends the bench with the place and the text when the condition does not hold.
#define CHECK(cond, ...)                                          \
  do {                                                            \
    if (!(cond)) {                                                \
      std::printf("FAIL %s:%d: %s: ", __FILE__, __LINE__, #cond); \
      std::printf(__VA_ARGS__);                                   \
      std::printf("\n");                                          \
      std::exit(1);                                               \
    }                                                             \
  } while (0)

// Rng is splitmix64: the same stimulus on every machine.
class Rng {
 public:
  explicit Rng(uint64_t seed) : s_(seed) {}
  uint64_t next() {
    uint64_t z = (s_ += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  // below returns a number in [0, n).
  uint32_t below(uint32_t n) { return n == 0 ? 0 : uint32_t(next() % n); }
  bool percent(uint32_t p) { return below(100) < p; }
  Bytes bytes(size_t n) {
    Bytes b(n);
    for (auto& x : b) x = uint8_t(next());
    return b;
  }

 private:
  uint64_t s_;
};

// Ports are little-endian in memory whatever their width, so bytes go in and out by copy.
template <class P>
void put_port(P& port, const uint8_t* p, size_t n) {
  std::memset(&port, 0, sizeof port);
  std::memcpy(&port, p, n < sizeof port ? n : sizeof port);
}
template <class P>
void put_port(P& port, const Bytes& b) {
  put_port(port, b.data(), b.size());
}
template <class P>
Bytes get_port(const P& port, size_t n) {
  Bytes b(n);
  std::memcpy(b.data(), &port, n < sizeof port ? n : sizeof port);
  return b;
}

// Bench owns a model. cycle() ends one clock cycle: inputs set before it are what the edge samples.
// It evaluates once before the edge, because Verilator's assertions otherwise see combinational
// signals of the inputs before. settle() makes combinational outputs follow the inputs within the
// cycle.
template <class M>
class Bench {
 public:
  Bench() : top(new M) {
    top->clk_i = 0;
    top->rst_ni = 0;
    for (int i = 0; i < 3; i++) cycle();
    top->rst_ni = 1;
    cycles = 0;
  }
  ~Bench() {
    top->final();
    delete top;
  }
  void settle() { top->eval(); }
  void cycle() {
    top->eval();
    top->clk_i = 1;
    top->eval();
    top->clk_i = 0;
    top->eval();
    cycles++;
  }
  M* top;
  uint64_t cycles = 0;
};

inline std::string hex(const Bytes& b) {
  std::string s;
  char t[3];
  for (auto x : b) {
    std::snprintf(t, sizeof t, "%02x", x);
    s += t;
  }
  return s;
}

#endif
