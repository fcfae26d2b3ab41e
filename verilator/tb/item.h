// SPDX-License-Identifier: Apache-2.0
//
// Items of the bridge protocol (docs/bridge.md): their kinds, their form, encoding and decoding.
#ifndef GODWIT_TB_ITEM_H_
#define GODWIT_TB_ITEM_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace godwit {

enum class Kind : uint8_t {
  kHello = 0x01,
  kReset = 0x02,
  kRegRead = 0x03,
  kRegWrite = 0x04,
  kMemWrite = 0x05,
  kRx = 0x06,
  kRun = 0x07,
  kTestBegin = 0x08,
  kTestEnd = 0x09,
  kBackpressure = 0x0a,
  kTrace = 0x0b,
  kPing = 0x0c,
  kBye = 0x0d,
  kCredit = 0x0e,
  kLimits = 0x0f,
  kRegData = 0x81,
  kRegDone = 0x82,
  kDmaRead = 0x83,
  kDmaWrite = 0x84,
  kTx = 0x85,
  kRetire = 0x86,
  kIrq = 0x87,
  kRan = 0x88,
  kTestDone = 0x89,
  kAssert = 0x8a,
  kHang = 0x8b,
  kFault = 0x8c,
  kPong = 0x8d,
  kHeartbeat = 0x8e,
};

// Response codes of REG_DATA and REG_DONE besides AXI's own.
inline constexpr uint8_t kRespNone = 0xff;

// Fault classes.
inline constexpr uint8_t kFaultAxi = 1;
inline constexpr uint8_t kFaultBadStimulus = 2;
inline constexpr uint8_t kFaultUnsupported = 3;
inline constexpr uint8_t kFaultProtocol = 4;

inline constexpr size_t kFrameHeader = 16;
inline constexpr size_t kItemHeader = 6;
inline constexpr size_t kMaxPayload = 1 << 20;
inline constexpr size_t kMaxEthernet = 16384;
inline constexpr size_t kMaxText = 4096;

// One stimulus or observation. Fields a kind does not have are zero. data is borrowed.
struct Item {
  Kind kind{};
  uint8_t code = 0;
  uint32_t value = 0;
  uint64_t cycle = 0;
  uint64_t addr = 0;
  std::span<const uint8_t> data{};
};

// What the host sent cannot be understood.
class ProtocolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct FrameHeader {
  uint32_t number = 0;
  uint32_t items = 0;
  uint32_t size = 0;
};

// Whether items of this kind need no credit.
bool is_free(Kind kind);

// Appends the encoding of an item.
void append_item(std::vector<uint8_t>& out, const Item& item);

// Decodes the item at the start of bytes. Returns the bytes it takes; known is false for an item
// that may be skipped.
size_t parse_item(std::span<const uint8_t> bytes, Item& item, bool& known);

void put_frame_header(uint8_t* out, const FrameHeader& header);

// bytes holds at least kFrameHeader bytes.
FrameHeader parse_frame_header(std::span<const uint8_t> bytes);

uint16_t load16(const uint8_t* p);
uint32_t load32(const uint8_t* p);
uint64_t load64(const uint8_t* p);

std::span<const uint8_t> as_bytes(std::string_view text);

}  // namespace godwit

#endif  // GODWIT_TB_ITEM_H_
