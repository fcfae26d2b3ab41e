// SPDX-License-Identifier: Apache-2.0
//
// The device with everything around it: agents, memory, clock, and the judgement that the device
// has failed.
#ifndef GODWIT_TB_BENCH_H_
#define GODWIT_TB_BENCH_H_

#include <cstdint>
#include <string>

#include "axil_master.h"
#include "axis_sink.h"
#include "axis_source.h"
#include "dma_reader.h"
#include "dma_writer.h"
#include "dut.h"
#include "memory.h"
#include "monitor.h"
#include "sink.h"

namespace godwit {

class Bench {
 public:
  explicit Bench(Sink& sink) : sink_(sink) {}

  // Resets device, agents and memory; cycle 0 follows.
  void reset(uint64_t memory_size, uint32_t seed);

  void set_hang_budget(uint64_t cycles) { hang_budget_ = cycles; }
  void configure(const Backpressure& b);

  AxilMaster& axil() { return axil_; }
  AxisSource& rx() { return rx_; }
  Memory& memory() { return memory_; }
  Dut& dut() { return dut_; }

  // One cycle. Does nothing once the device has failed.
  void step();

  uint64_t cycle() const { return cycle_; }
  // The device hung, or an assertion failed: it stands still until reset.
  bool failed() const { return failed_; }
  void fail(Kind kind, std::string text);

 private:
  void check_hang();

  Sink& sink_;
  Dut dut_;
  AxilMaster axil_;
  AxisSource rx_;
  AxisSink tx_;
  DmaReader reader_;
  DmaWriter writer_;
  Monitor monitor_;
  Memory memory_;
  uint64_t cycle_ = 0;
  uint64_t hang_budget_ = 100000;
  bool failed_ = false;
};

}  // namespace godwit

#endif  // GODWIT_TB_BENCH_H_
