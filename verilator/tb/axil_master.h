// SPDX-License-Identifier: Apache-2.0
//
// AXI4-Lite master: one read or write at a time.
#ifndef GODWIT_TB_AXIL_MASTER_H_
#define GODWIT_TB_AXIL_MASTER_H_

#include "Vdut.h"

namespace godwit {

class AxilMaster {
 public:
  void start_read(uint16_t addr) { *this = AxilMaster{State::kRead, addr, 0}; }
  void start_write(uint16_t addr, uint32_t data) { *this = AxilMaster{State::kWrite, addr, data}; }
  bool busy() const { return state_ != State::kIdle; }
  uint32_t data() const { return data_; }
  uint8_t resp() const { return resp_; }
  void reset() { *this = AxilMaster{}; }

  void drive(Vdut& p) const {
    const bool write = state_ == State::kWrite;
    const bool read = state_ == State::kRead;
    p.s_axil_awvalid = write && !addr_done_;
    p.s_axil_awaddr = addr_;
    p.s_axil_wvalid = write && !data_done_;
    p.s_axil_wdata = data_;
    p.s_axil_wstrb = 0xf;
    p.s_axil_bready = write;
    p.s_axil_arvalid = read && !addr_done_;
    p.s_axil_araddr = addr_;
    p.s_axil_rready = read;
  }

  void sample(const Vdut& p) {
    if (state_ == State::kIdle) return;
    if (state_ == State::kWrite) {
      addr_done_ = addr_done_ || p.s_axil_awready;
      data_done_ = data_done_ || p.s_axil_wready;
      if (p.s_axil_bvalid) finish(p.s_axil_bresp, data_);
    } else {
      addr_done_ = addr_done_ || p.s_axil_arready;
      if (p.s_axil_rvalid) finish(p.s_axil_rresp, p.s_axil_rdata);
    }
  }

  AxilMaster() = default;

 private:
  enum class State : uint8_t { kIdle, kRead, kWrite };

  AxilMaster(State state, uint16_t addr, uint32_t data) : state_(state), addr_(addr), data_(data) {}

  void finish(uint8_t resp, uint32_t data) {
    state_ = State::kIdle;
    resp_ = resp;
    data_ = data;
  }

  State state_ = State::kIdle;
  uint16_t addr_ = 0;
  uint32_t data_ = 0;
  uint8_t resp_ = 0;
  bool addr_done_ = false;
  bool data_done_ = false;
};

}  // namespace godwit

#endif  // GODWIT_TB_AXIL_MASTER_H_
