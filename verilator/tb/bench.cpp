// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

namespace godwit {

void Bench::reset(uint64_t memory_size, uint32_t seed) {
  memory_.reset(memory_size);
  axil_.reset();
  rx_.reset();
  tx_.reset();
  reader_.reset();
  writer_.reset();
  monitor_.reset();
  dut_.reset(seed);
  cycle_ = 0;
  failed_ = false;
}

void Bench::configure(const Backpressure& b) {
  rx_.configure(b);
  tx_.configure(b);
  reader_.configure(b);
  writer_.configure(b);
}

void Bench::step() {
  if (failed_) return;
  Vdut& p = dut_.ports();
  axil_.drive(p);
  rx_.drive(p, cycle_);
  tx_.drive(p);
  reader_.drive(p);
  writer_.drive(p);
  dut_.low();
  try {
    reader_.sample(p, cycle_, memory_, sink_);
    writer_.sample(p, cycle_, memory_, sink_);
    tx_.sample(p, cycle_, sink_);
    monitor_.sample(p, cycle_, sink_);
    rx_.sample(p);
    axil_.sample(p);
  } catch (const PortViolation& violation) {
    fail(Kind::kAssert, violation.what());
    return;
  }
  dut_.high(cycle_);
  ++cycle_;
  if (dut_.failed()) {
    fail(Kind::kAssert, dut_.failure_text());
    return;
  }
  check_hang();
}

void Bench::check_hang() {
  const auto check = [this](const Patience& patience, const char* what) {
    if (patience.cycles() > hang_budget_ && !failed_) {
      fail(Kind::kHang, std::string(what) + " for " + std::to_string(hang_budget_) + " cycles");
    }
  };
  check(rx_.patience(), "s_axis_rx beat not taken");
  check(tx_.patience(), "m_axis_tx frame not continued");
  check(reader_.patience(), "s_dma_rdata beat not taken");
  check(writer_.patience(), "m_dma_wdata not sent after its request");
}

void Bench::fail(Kind kind, std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  if (text.size() > kMaxText) text.resize(kMaxText);
  failed_ = true;
  sink_.emit(Item{.kind = kind, .cycle = cycle_, .data = as_bytes(text)});
}

}  // namespace godwit
