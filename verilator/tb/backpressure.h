// SPDX-License-Identifier: Apache-2.0
//
// How the agents delay the device. All zero: never.
#ifndef GODWIT_TB_BACKPRESSURE_H_
#define GODWIT_TB_BACKPRESSURE_H_

#include "item.h"

namespace godwit {

struct Backpressure {
  uint64_t seed = 0;
  uint8_t tx_stall = 0;        // percent of cycles without m_axis_tx_tready
  uint8_t rx_gap = 0;          // percent of cycles without s_axis_rx_tvalid inside a frame
  uint8_t read_stall = 0;      // percent of cycles in which DMA reads pause
  uint8_t write_stall = 0;     // percent of cycles in which DMA writes are not accepted
  uint16_t read_latency = 0;   // cycles from acceptance to the first beat, at least 1
  uint16_t write_latency = 0;  // cycles from the last beat to wdone, at least 1

  static Backpressure parse(const Item& item) {
    const uint8_t* d = item.data.data();
    return {item.addr, d[0], d[1], d[2], d[3], load16(d + 4), load16(d + 6)};
  }
};

}  // namespace godwit

#endif  // GODWIT_TB_BACKPRESSURE_H_
