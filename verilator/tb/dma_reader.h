// SPDX-License-Identifier: Apache-2.0
//
// Serves DMA reads. What a read sees is the memory in the cycle in which its request is accepted,
// and it is observed then: the order of observations is the order of memory accesses.
#ifndef GODWIT_TB_DMA_READER_H_
#define GODWIT_TB_DMA_READER_H_

#include <algorithm>
#include <cstring>
#include <vector>

#include "agent.h"
#include "backpressure.h"
#include "dut.h"
#include "memory.h"
#include "random.h"
#include "sink.h"

namespace godwit {

class DmaReader {
 public:
  void reset() { *this = DmaReader{}; }
  void configure(const Backpressure& b) {
    stall_ = b.read_stall, latency_ = b.read_latency, random_ = Random(b.seed ^ 0x7264);
  }
  const Patience& patience() const { return patience_; }

  void drive(Vdut& p) {
    p.m_dma_rd_ready = !busy_ && !random_.percent(stall_);
    if (busy_ && !offered_ && wait_ == 0 && !random_.percent(stall_)) offer(p);
    p.s_dma_rdata_tvalid = offered_;
  }

  void sample(const Vdut& p, uint64_t cycle, const Memory& memory, Sink& sink) {
    const bool taken = offered_ && p.s_dma_rdata_tready;
    patience_.note(offered_, taken);
    if (taken) {
      offered_ = false;
      busy_ = at_ < data_.size();
    } else if (wait_ != 0) {
      --wait_;
    }
    if (p.m_dma_rd_valid && p.m_dma_rd_ready) {
      if (p.m_dma_rd_len == 0) throw PortViolation("m_dma_rd: request of no bytes");
      data_.resize(p.m_dma_rd_len);
      memory.read(p.m_dma_rd_addr, data_);
      at_ = 0;
      busy_ = true;
      wait_ = latency_ == 0 ? 0 : latency_ - 1u;
      sink.emit(
          Item{.kind = Kind::kDmaRead, .cycle = cycle, .addr = p.m_dma_rd_addr, .data = data_});
    }
  }

 private:
  void offer(Vdut& p) {
    const size_t n = std::min(data_.size() - at_, Dut::kLanes);
    uint8_t* const lane = lanes(p.s_dma_rdata_tdata);
    std::memcpy(lane, &data_[at_], n);
    std::memset(lane + n, 0, Dut::kLanes - n);
    at_ += n;
    p.s_dma_rdata_tlast = at_ == data_.size();
    offered_ = true;
  }

  std::vector<uint8_t> data_;
  size_t at_ = 0;         // bytes offered so far
  unsigned wait_ = 0;     // cycles until the first beat
  bool busy_ = false;     // a request is being served
  bool offered_ = false;  // a beat is on the port
  uint8_t stall_ = 0;
  uint16_t latency_ = 0;
  Random random_;
  Patience patience_;
};

}  // namespace godwit

#endif  // GODWIT_TB_DMA_READER_H_
