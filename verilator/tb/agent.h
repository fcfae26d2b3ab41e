// SPDX-License-Identifier: Apache-2.0
//
// What the agents around the device have in common. In each cycle every agent first drives its
// inputs (from its own state only), then, after evaluation, samples a finished cycle: which
// handshakes took place.
#ifndef GODWIT_TB_AGENT_H_
#define GODWIT_TB_AGENT_H_

#include <cstdint>
#include <stdexcept>
#include <string>

namespace godwit {

// The device broke a rule of its ports. Becomes an ASSERT observation.
class PortViolation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Counts cycles in which an agent waits for the device.
class Patience {
 public:
  // waits: the device owes something in this cycle; moved: it delivered.
  void note(bool waits, bool moved) { cycles_ = waits && !moved ? cycles_ + 1 : 0; }
  void reset() { cycles_ = 0; }
  uint64_t cycles() const { return cycles_; }

 private:
  uint64_t cycles_ = 0;
};

// Number of valid bytes in a beat. Valid bytes are the low ones, without holes, and at least one.
inline unsigned count_keep(uint64_t keep, const char* port) {
  if (keep == 0 || (keep & (keep + 1)) != 0) {
    throw PortViolation(std::string(port) + ": tkeep is empty or has holes");
  }
  return static_cast<unsigned>(__builtin_popcountll(keep));
}

}  // namespace godwit

#endif  // GODWIT_TB_AGENT_H_
