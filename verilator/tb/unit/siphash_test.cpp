// SPDX-License-Identifier: Apache-2.0
//
// rdma_siphash against a software SipHash-2-4, itself held against the vector of the paper
// (appendix A).
#include "Vrdma_siphash.h"
#include "bench.h"

static uint64_t rotl(uint64_t x, int b) { return x << b | x >> (64 - b); }

static uint64_t siphash24(const Bytes& key, const Bytes& msg) {
  uint64_t k0, k1;
  std::memcpy(&k0, &key[0], 8);
  std::memcpy(&k1, &key[8], 8);
  uint64_t v0 = k0 ^ 0x736f6d6570736575ull, v1 = k1 ^ 0x646f72616e646f6dull;
  uint64_t v2 = k0 ^ 0x6c7967656e657261ull, v3 = k1 ^ 0x7465646279746573ull;
  auto round = [&] {
    v0 += v1;
    v1 = rotl(v1, 13);
    v1 ^= v0;
    v0 = rotl(v0, 32);
    v2 += v3;
    v3 = rotl(v3, 16);
    v3 ^= v2;
    v0 += v3;
    v3 = rotl(v3, 21);
    v3 ^= v0;
    v2 += v1;
    v1 = rotl(v1, 17);
    v1 ^= v2;
    v2 = rotl(v2, 32);
  };
  for (size_t i = 0; i <= msg.size(); i += 8) {
    uint64_t m = 0;
    size_t n = std::min<size_t>(8, msg.size() - i);
    if (n > 0) std::memcpy(&m, msg.data() + i, n);
    if (n < 8) m |= uint64_t(msg.size() & 0xff) << 56;
    v3 ^= m;
    round();
    round();
    v0 ^= m;
  }
  v2 ^= 0xff;
  for (int i = 0; i < 4; i++) round();
  return v0 ^ v1 ^ v2 ^ v3;
}

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  Bytes key(16), paper(15);
  for (size_t i = 0; i < 16; i++) key[i] = uint8_t(i);
  for (size_t i = 0; i < 15; i++) paper[i] = uint8_t(i);
  CHECK(siphash24(key, paper) == 0xa129ca6149be45e5ull, "reference is wrong");

  Bench<Vrdma_siphash> b;
  Rng rng(1);
  for (int i = 0; i < 1000; i++) {
    Bytes msg = rng.bytes(50);
    put_port(b.top->key_i, key);
    put_port(b.top->msg_i, msg);
    b.top->start_i = 1;
    b.cycle();
    b.top->start_i = 0;
    put_port(b.top->key_i, rng.bytes(16));  // sampled: later changes do not matter
    put_port(b.top->msg_i, rng.bytes(50));
    uint64_t n = 1;
    while (!b.top->done_o) {
      CHECK(n < 30, "no tag");
      b.cycle();
      n++;
    }
    CHECK(n == 19, "%llu cycles", (unsigned long long)n);
    CHECK(b.top->tag_o == siphash24(key, msg), "tag %016llx", (unsigned long long)b.top->tag_o);
    for (uint32_t k = rng.below(3); k > 0; k--) b.cycle();
    CHECK(b.top->tag_o == siphash24(key, msg), "tag not held");
    key = rng.bytes(16);
  }
  std::printf("ok siphash\n");
}
