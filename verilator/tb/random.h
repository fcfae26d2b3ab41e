// SPDX-License-Identifier: Apache-2.0
//
// SplitMix64: the only source of chance in the harness, seeded by the host.
#ifndef GODWIT_TB_RANDOM_H_
#define GODWIT_TB_RANDOM_H_

#include <cstdint>

namespace godwit {

class Random {
 public:
  explicit Random(uint64_t seed = 0) : state_(seed) {}

  uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  // True in percent of 100 draws; draws nothing for 0.
  bool percent(uint8_t percent) { return percent != 0 && next() % 100 < percent; }

 private:
  uint64_t state_;
};

}  // namespace godwit

#endif  // GODWIT_TB_RANDOM_H_
