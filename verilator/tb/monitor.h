// SPDX-License-Identifier: Apache-2.0
//
// Watches the retire port and the interrupt.
#ifndef GODWIT_TB_MONITOR_H_
#define GODWIT_TB_MONITOR_H_

#include "dut.h"
#include "sink.h"

namespace godwit {

class Monitor {
 public:
  void reset() { irq_ = false; }

  void sample(Vdut& p, uint64_t cycle, Sink& sink) {
    if (p.retire_valid_o) {
      const std::span<const uint8_t> record(lanes(p.retire_rec_o), sizeof p.retire_rec_o);
      sink.emit(Item{.kind = Kind::kRetire, .cycle = cycle, .data = record});
    }
    if (p.irq_o != irq_) {
      irq_ = p.irq_o;
      sink.emit(Item{.kind = Kind::kIrq, .code = irq_, .cycle = cycle});
    }
  }

 private:
  uint8_t irq_ = 0;
};

}  // namespace godwit

#endif  // GODWIT_TB_MONITOR_H_
