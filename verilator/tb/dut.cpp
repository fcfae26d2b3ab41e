// SPDX-License-Identifier: Apache-2.0
#include "dut.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace godwit {

static_assert(std::endian::native == std::endian::little, "lanes() relies on it");

Dut::Dut() { build(0); }

Dut::~Dut() {
  trace("");
  model_->final();
}

void Dut::build(uint32_t seed) {
  trace("");
  model_.reset();
  context_ = std::make_unique<VerilatedContext>();
  context_->randReset(seed == 0 ? 0 : 2);
  context_->randSeed(static_cast<int>(seed));
  context_->fatalOnError(false);
#if VM_TRACE_FST
  context_->traceEverOn(true);
#endif
  model_ = std::make_unique<Vdut>(context_.get(), "TOP");
  seed_ = seed;
  time_ = 0;
}

void Dut::reset(uint32_t seed) {
  if (seed != seed_) build(seed);
  Vdut& p = *model_;
  p.s_axil_awaddr = 0;
  p.s_axil_awvalid = 0;
  p.s_axil_wdata = 0;
  p.s_axil_wstrb = 0;
  p.s_axil_wvalid = 0;
  p.s_axil_bready = 0;
  p.s_axil_araddr = 0;
  p.s_axil_arvalid = 0;
  p.s_axil_rready = 0;
  std::memset(lanes(p.s_axis_rx_tdata), 0, kLanes);
  p.s_axis_rx_tkeep = 0;
  p.s_axis_rx_tvalid = 0;
  p.s_axis_rx_tlast = 0;
  p.m_axis_tx_tready = 0;
  p.m_dma_rd_ready = 0;
  std::memset(lanes(p.s_dma_rdata_tdata), 0, kLanes);
  p.s_dma_rdata_tvalid = 0;
  p.s_dma_rdata_tlast = 0;
  p.m_dma_wr_ready = 0;
  p.m_dma_wdata_tready = 0;
  p.s_dma_wdone_i = 0;
  // What came before the first reset is undefined, so assertions mean nothing until the reset is
  // over.
  context_->assertOn(false);
  p.rst_ni = 1;
  low();
  p.rst_ni = 0;
  for (int i = 0; i < kResetCycles; ++i) {
    low();
    high(0);
  }
  p.rst_ni = 1;
  low();
  context_->assertOn(true);
  context_->gotFinish(false);
  context_->gotError(false);
  context_->errorCount(0);
  capture_.discard();
}

// Verilator adds a line of its own, with the path of the source, which is not the same on every
// machine.
std::string Dut::failure_text() {
  const std::string printed = capture_.take();
  std::string text;
  for (size_t at = 0; at < printed.size();) {
    const size_t end = std::min(printed.find('\n', at), printed.size());
    const std::string line = printed.substr(at, end - at);
    if (!line.ends_with(": Verilog $stop")) text += line + "\n";
    at = end + 1;
  }
  return text;
}

bool Dut::trace(const std::string& path) {
#if VM_TRACE_FST
  if (waveform_) {
    waveform_->close();
    waveform_.reset();
  }
  if (!path.empty()) {
    waveform_ = std::make_unique<VerilatedFstC>();
    model_->trace(waveform_.get(), 99);
    waveform_->open(path.c_str());
    return waveform_->isOpen();
  }
  return true;
#else
  return path.empty();
#endif
}

}  // namespace godwit
