// SPDX-License-Identifier: Apache-2.0
//
// Where observations go.
#ifndef GODWIT_TB_SINK_H_
#define GODWIT_TB_SINK_H_

#include "item.h"

namespace godwit {

class Sink {
 public:
  virtual ~Sink() = default;
  // Takes one observation; its data is copied.
  virtual void emit(const Item& item) = 0;
  // Called every few thousand cycles of a run: tells a waiting host that this side is alive.
  virtual void heartbeat(uint64_t cycle) = 0;
};

// Counts observations and forgets them: for measuring the simulation alone.
class CountingSink : public Sink {
 public:
  void emit(const Item& item) override {
    ++items_;
    failed_ = failed_ || item.kind == Kind::kAssert || item.kind == Kind::kHang;
  }
  void heartbeat(uint64_t) override {}
  uint64_t items() const { return items_; }
  bool failed() const { return failed_; }

 private:
  uint64_t items_ = 0;
  bool failed_ = false;
};

}  // namespace godwit

#endif  // GODWIT_TB_SINK_H_
