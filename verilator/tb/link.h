// SPDX-License-Identifier: Apache-2.0
//
// The device's end of the bridge: frames on a connected socket, credits both ways. Whenever this
// side waits, it reads: the host may do the same without the two ever blocking each other.
#ifndef GODWIT_TB_LINK_H_
#define GODWIT_TB_LINK_H_

#include <chrono>
#include <deque>
#include <string>
#include <vector>

#include "sink.h"

namespace godwit {

// The host closed the connection. Not a fault: it is how a host leaves.
class HostGone : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Link : public Sink {
 public:
  // address is "unix:PATH" or "tcp:HOST:PORT".
  explicit Link(const std::string& address);
  ~Link() override;
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  // Sends HELLO with the given data and checks the host's. Throws ProtocolError on a mismatch.
  void handshake(std::span<const uint8_t> hello, const std::string& revision);

  // Returns the next stimulus item; its data is valid until the next call. Sends what is queued
  // before it waits.
  Item next();

  void emit(const Item& item) override;
  void heartbeat(uint64_t cycle) override;
  void flush();

  static constexpr uint32_t kCreditItems = 1 << 16;
  static constexpr uint64_t kCreditBytes = 8 << 20;

 private:
  using Clock = std::chrono::steady_clock;

  struct Frame {
    std::vector<uint8_t> payload;
    size_t at = 0;
    uint32_t items_left = 0;
    int64_t charge_items = 0;
    int64_t charge_bytes = 0;
  };

  void pump(bool want_write);  // waits until the socket can be used and reads what is there
  void receive();
  void split();
  void scan(Frame& frame);
  void grant();
  void write_all(std::span<const uint8_t> bytes);
  void send_frame(std::vector<uint8_t>& frame, uint32_t items);

  int fd_ = -1;
  std::vector<uint8_t> raw_;  // received bytes, not yet a whole frame
  std::deque<Frame> frames_;  // whole frames, not yet consumed
  uint32_t next_in_ = 0;      // number of the next frame received
  uint32_t next_out_ = 0;     // number of the next frame sent
  std::vector<uint8_t> out_;  // frame being filled
  uint32_t out_items_ = 0;    // items in it
  uint32_t frame_items_ = 0;  // limit the host asked for, 0 none
  int64_t out_bytes_ = 0;     // their bytes
  int64_t send_items_ = 0;    // credit this side has
  int64_t send_bytes_ = 0;
  int64_t due_items_ = 0;  // consumed and not granted again
  int64_t due_bytes_ = 0;
  Clock::time_point last_sent_;  // for heartbeats
};

}  // namespace godwit

#endif  // GODWIT_TB_LINK_H_
