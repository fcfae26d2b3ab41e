// SPDX-License-Identifier: Apache-2.0
//
// Sends queued frames into s_axis_rx, each not before its cycle.
#ifndef GODWIT_TB_AXIS_SOURCE_H_
#define GODWIT_TB_AXIS_SOURCE_H_

#include <algorithm>
#include <cstring>
#include <deque>
#include <span>
#include <vector>

#include "agent.h"
#include "backpressure.h"
#include "dut.h"
#include "random.h"

namespace godwit {

class AxisSource {
 public:
  void push(uint64_t cycle, std::span<const uint8_t> frame) {
    queue_.push_back({cycle, {frame.begin(), frame.end()}});
  }

  void reset() { *this = AxisSource{}; }
  void configure(const Backpressure& b) { gap_ = b.rx_gap, random_ = Random(b.seed ^ 0x7278); }
  const Patience& patience() const { return patience_; }

  void drive(Vdut& p, uint64_t cycle) {
    if (!offered_ && !queue_.empty() && queue_.front().cycle <= cycle &&
        !(at_ > 0 && random_.percent(gap_))) {
      offer(p);
    }
    p.s_axis_rx_tvalid = offered_;
  }

  void sample(const Vdut& p) {
    const bool taken = offered_ && p.s_axis_rx_tready;
    patience_.note(offered_, taken);
    if (!taken) return;
    offered_ = false;
    if (!p.s_axis_rx_tlast) return;
    queue_.pop_front();
    at_ = 0;
  }

 private:
  struct Frame {
    uint64_t cycle;
    std::vector<uint8_t> bytes;
  };

  void offer(Vdut& p) {
    const std::vector<uint8_t>& bytes = queue_.front().bytes;
    const size_t n = std::min(bytes.size() - at_, Dut::kLanes);
    uint8_t* const data = lanes(p.s_axis_rx_tdata);
    std::memcpy(data, &bytes[at_], n);
    std::memset(data + n, 0, Dut::kLanes - n);
    at_ += n;
    p.s_axis_rx_tkeep = ~uint64_t{0} >> (64 - n);
    p.s_axis_rx_tlast = at_ == bytes.size();
    offered_ = true;
  }

  std::deque<Frame> queue_;
  size_t at_ = 0;         // bytes of the first frame offered so far
  bool offered_ = false;  // a beat is on the port
  uint8_t gap_ = 0;
  Random random_;
  Patience patience_;
};

}  // namespace godwit

#endif  // GODWIT_TB_AXIS_SOURCE_H_
