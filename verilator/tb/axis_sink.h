// SPDX-License-Identifier: Apache-2.0
//
// Puts the frames on m_axis_tx together; each becomes a TX observation in the cycle of its last
// beat.
#ifndef GODWIT_TB_AXIS_SINK_H_
#define GODWIT_TB_AXIS_SINK_H_

#include <vector>

#include "agent.h"
#include "backpressure.h"
#include "dut.h"
#include "random.h"
#include "sink.h"

namespace godwit {

class AxisSink {
 public:
  void reset() { *this = AxisSink{}; }
  void configure(const Backpressure& b) { stall_ = b.tx_stall, random_ = Random(b.seed ^ 0x7478); }
  const Patience& patience() const { return patience_; }

  void drive(Vdut& p) { p.m_axis_tx_tready = !random_.percent(stall_); }

  void sample(Vdut& p, uint64_t cycle, Sink& sink) {
    const bool beat = p.m_axis_tx_tvalid && p.m_axis_tx_tready;
    patience_.note(!frame_.empty(), p.m_axis_tx_tvalid);
    if (!beat) return;
    const unsigned n = count_keep(p.m_axis_tx_tkeep, "m_axis_tx");
    if (n != Dut::kLanes && !p.m_axis_tx_tlast) {
      throw PortViolation("m_axis_tx: partial beat that is not the last of its frame");
    }
    if (frame_.size() + n > kMaxEthernet) throw PortViolation("m_axis_tx: frame without end");
    const uint8_t* const data = lanes(p.m_axis_tx_tdata);
    frame_.insert(frame_.end(), data, data + n);
    if (!p.m_axis_tx_tlast) return;
    sink.emit(Item{.kind = Kind::kTx, .cycle = cycle, .data = frame_});
    frame_.clear();
  }

 private:
  std::vector<uint8_t> frame_;
  uint8_t stall_ = 0;
  Random random_;
  Patience patience_;
};

}  // namespace godwit

#endif  // GODWIT_TB_AXIS_SINK_H_
