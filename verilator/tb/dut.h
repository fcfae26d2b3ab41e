// SPDX-License-Identifier: Apache-2.0
//
// The Verilated device: one clock, its evaluation, waveform and assertions. Inputs change while the
// clock is low and outputs are sampled just before it rises, never at another moment.
#ifndef GODWIT_TB_DUT_H_
#define GODWIT_TB_DUT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "Vdut.h"
#include "stdout_capture.h"
#include "verilated.h"
#if VM_TRACE_FST
#include "verilated_fst_c.h"
#endif

namespace godwit {

class Dut {
 public:
  // Bytes of a data beat.
  static constexpr size_t kLanes = sizeof(Vdut::s_axis_rx_tdata);

  Dut();
  ~Dut();
  Dut(const Dut&) = delete;
  Dut& operator=(const Dut&) = delete;

  Vdut& ports() { return *model_; }

  // Builds the model anew when the seed changed, and resets it. seed decides what has no reset
  // value; 0 is all zero.
  void reset(uint32_t seed);

  void low() { eval(0); }
  void high(uint64_t cycle) {
    context_->time(cycle);  // what an assertion prints
    eval(1);
  }

  // Whether an assertion failed, or $error, $fatal or $stop ran, since reset; failure_text says
  // which.
  bool failed() const { return context_->gotFinish(); }
  std::string failure_text();

  // Starts a waveform at path; an empty path ends it. False when this build has no waveforms.
  bool trace(const std::string& path);

 private:
  static constexpr int kResetCycles = 4;

  void build(uint32_t seed);
  void eval(uint8_t clk) {
    model_->clk_i = clk;
    model_->eval();
#if VM_TRACE_FST
    if (waveform_) waveform_->dump(time_);
#endif
    ++time_;
  }

  StdoutCapture capture_;
  std::unique_ptr<VerilatedContext> context_;
  std::unique_ptr<Vdut> model_;
#if VM_TRACE_FST
  std::unique_ptr<VerilatedFstC> waveform_;
#endif
  uint64_t time_ = 0;  // half cycles since the model was built
  uint32_t seed_ = 0;
};

// The bytes of a data port; lane 0 first on this little-endian machine, as Verilator stores
// vectors.
template <typename Port>
uint8_t* lanes(Port& port) {
  return reinterpret_cast<uint8_t*>(&port);
}

}  // namespace godwit

#endif  // GODWIT_TB_DUT_H_
