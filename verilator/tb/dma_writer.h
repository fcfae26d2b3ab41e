// SPDX-License-Identifier: Apache-2.0
//
// Takes DMA writes. A write reaches memory, and is observed, in the cycle of its last beat.
#ifndef GODWIT_TB_DMA_WRITER_H_
#define GODWIT_TB_DMA_WRITER_H_

#include <vector>

#include "agent.h"
#include "backpressure.h"
#include "dut.h"
#include "memory.h"
#include "random.h"
#include "sink.h"

namespace godwit {

class DmaWriter {
 public:
  void reset() { *this = DmaWriter{}; }
  void configure(const Backpressure& b) {
    stall_ = b.write_stall, latency_ = b.write_latency, random_ = Random(b.seed ^ 0x7772);
  }
  const Patience& patience() const { return patience_; }

  void drive(Vdut& p) {
    p.m_dma_wr_ready = state_ == State::kIdle && !random_.percent(stall_);
    p.m_dma_wdata_tready = state_ == State::kData && !random_.percent(stall_);
    p.s_dma_wdone_i = state_ == State::kDone && wait_ == 0;
  }

  void sample(Vdut& p, uint64_t cycle, Memory& memory, Sink& sink) {
    patience_.note(state_ == State::kData, p.m_dma_wdata_tvalid);
    switch (state_) {
      case State::kIdle:
        if (p.m_dma_wr_valid && p.m_dma_wr_ready) accept(p);
        break;
      case State::kData:
        if (p.m_dma_wdata_tvalid && p.m_dma_wdata_tready) beat(p, cycle, memory, sink);
        break;
      case State::kDone:
        if (wait_ == 0) state_ = State::kIdle;
        if (wait_ != 0) --wait_;
        break;
    }
  }

 private:
  enum class State : uint8_t { kIdle, kData, kDone };

  void accept(const Vdut& p) {
    if (p.m_dma_wr_len == 0) throw PortViolation("m_dma_wr: request of no bytes");
    addr_ = p.m_dma_wr_addr;
    length_ = p.m_dma_wr_len;
    data_.clear();
    state_ = State::kData;
  }

  void beat(Vdut& p, uint64_t cycle, Memory& memory, Sink& sink) {
    const unsigned n = count_keep(p.m_dma_wdata_tkeep, "m_dma_wdata");
    const uint8_t* const lane = lanes(p.m_dma_wdata_tdata);
    data_.insert(data_.end(), lane, lane + n);
    const bool last = p.m_dma_wdata_tlast;
    if ((!last && n != Dut::kLanes) || last != (data_.size() == length_)) {
      throw PortViolation("m_dma_wdata: write of " + std::to_string(length_) + " bytes has " +
                          std::to_string(data_.size()) +
                          (last ? " at its last beat" : " and goes on"));
    }
    if (!last) return;
    memory.write(addr_, data_);
    sink.emit(Item{.kind = Kind::kDmaWrite, .cycle = cycle, .addr = addr_, .data = data_});
    state_ = State::kDone;
    wait_ = latency_ == 0 ? 0 : latency_ - 1u;
  }

  State state_ = State::kIdle;
  uint64_t addr_ = 0;
  size_t length_ = 0;
  std::vector<uint8_t> data_;
  unsigned wait_ = 0;  // cycles until wdone
  uint8_t stall_ = 0;
  uint16_t latency_ = 0;
  Random random_;
  Patience patience_;
};

}  // namespace godwit

#endif  // GODWIT_TB_DMA_WRITER_H_
