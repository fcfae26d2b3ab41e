// SPDX-License-Identifier: Apache-2.0
//
// Executes stimulus items, one after the other, whatever frames they came in.
#ifndef GODWIT_TB_SESSION_H_
#define GODWIT_TB_SESSION_H_

#include <cstdint>
#include <string>

#include "bench.h"
#include "sink.h"

namespace godwit {

class Session {
 public:
  Session(Sink& sink, uint32_t seed);

  // Executes one item. False after BYE.
  bool execute(const Item& item);

  // Cycles of all runs together.
  uint64_t total_cycles() const { return total_cycles_ + bench_.cycle(); }

 private:
  void reset();
  void run(uint64_t until);
  void access(const Item& item);
  void write_memory(const Item& item);
  void trace(const Item& item);
  void fault(uint8_t kind, const std::string& text);

  Sink& sink_;
  Bench bench_;
  uint64_t memory_size_ = 0;
  uint32_t seed_;
  uint64_t axil_budget_ = 10000;
  uint64_t total_cycles_ = 0;
};

}  // namespace godwit

#endif  // GODWIT_TB_SESSION_H_
