// SPDX-License-Identifier: Apache-2.0
#include "item.h"

#include <array>
#include <cstring>

namespace godwit {
namespace {

constexpr uint8_t kCycle = 1;
constexpr uint8_t kAddr = 2;
constexpr uint8_t kValue = 4;
constexpr uint8_t kCode = 8;
constexpr uint32_t kMagic = 0x31425747;  // "GWB1"
constexpr uint8_t kCritical = 1;

struct Layout {
  Kind kind;
  uint8_t has;      // fixed fields, in the order cycle, addr, value, code
  size_t tail_min;  // bounds of the data after them
  size_t tail_max;
};

constexpr size_t kBackpressureBytes = 8;
constexpr size_t kRetireBytes = 320;
constexpr std::array kLayouts = {
    Layout{Kind::kHello, 0, 4, 16384},
    Layout{Kind::kReset, kAddr | kValue, 0, 0},
    Layout{Kind::kRegRead, kAddr, 0, 0},
    Layout{Kind::kRegWrite, kAddr | kValue, 0, 0},
    Layout{Kind::kMemWrite, kAddr, 1, 1 << 19},
    Layout{Kind::kRx, kCycle, 1, kMaxEthernet},
    Layout{Kind::kRun, kCycle, 0, 0},
    Layout{Kind::kTestBegin, kValue, 0, 0},
    Layout{Kind::kTestEnd, kValue, 0, 0},
    Layout{Kind::kBackpressure, kAddr, kBackpressureBytes, kBackpressureBytes},
    Layout{Kind::kTrace, kCode, 0, kMaxText},
    Layout{Kind::kPing, kAddr, 0, 0},
    Layout{Kind::kBye, 0, 0, 0},
    Layout{Kind::kCredit, kAddr | kValue, 0, 0},
    Layout{Kind::kLimits, kCycle | kAddr, 0, 0},
    Layout{Kind::kRegData, kCycle | kAddr | kValue | kCode, 0, 0},
    Layout{Kind::kRegDone, kCycle | kAddr | kCode, 0, 0},
    Layout{Kind::kDmaRead, kCycle | kAddr, 0, 0xffff},
    Layout{Kind::kDmaWrite, kCycle | kAddr, 0, 0xffff},
    Layout{Kind::kTx, kCycle, 1, kMaxEthernet},
    Layout{Kind::kRetire, kCycle, kRetireBytes, kRetireBytes},
    Layout{Kind::kIrq, kCycle | kCode, 0, 0},
    Layout{Kind::kRan, kCycle, 0, 0},
    Layout{Kind::kTestDone, kCycle | kValue, 0, 0},
    Layout{Kind::kAssert, kCycle, 0, kMaxText},
    Layout{Kind::kHang, kCycle, 0, kMaxText},
    Layout{Kind::kFault, kCode, 0, kMaxText},
    Layout{Kind::kPong, kAddr, 0, 0},
    Layout{Kind::kHeartbeat, kCycle, 0, 0},
};

// Index into kLayouts by kind; 0xff for unknown kinds.
constexpr std::array<uint8_t, 256> index_layouts() {
  std::array<uint8_t, 256> index{};
  index.fill(0xff);
  for (size_t i = 0; i < kLayouts.size(); ++i) {
    index[static_cast<uint8_t>(kLayouts[i].kind)] = static_cast<uint8_t>(i);
  }
  return index;
}
constexpr std::array<uint8_t, 256> kIndex = index_layouts();

size_t fixed_bytes(uint8_t has) {
  return (has & kCycle ? 8 : 0) + (has & kAddr ? 8 : 0) + (has & kValue ? 4 : 0) +
         (has & kCode ? 1 : 0);
}

uint8_t flags_of(Kind kind) { return kind == Kind::kHeartbeat ? 0 : kCritical; }

template <typename T>
uint8_t* put(uint8_t* p, T v) {
  for (size_t i = 0; i < sizeof v; ++i) {
    p[i] = static_cast<uint8_t>(v >> (8 * i));
  }
  return p + sizeof v;
}

template <typename T>
T get(const uint8_t* p) {
  T v = 0;
  for (size_t i = 0; i < sizeof v; ++i) {
    v = static_cast<T>(v | static_cast<T>(p[i]) << (8 * i));
  }
  return v;
}

}  // namespace

uint16_t load16(const uint8_t* p) { return get<uint16_t>(p); }
uint32_t load32(const uint8_t* p) { return get<uint32_t>(p); }
uint64_t load64(const uint8_t* p) { return get<uint64_t>(p); }

std::span<const uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

bool is_free(Kind kind) {
  return kind == Kind::kHello || kind == Kind::kCredit || kind == Kind::kHeartbeat;
}

void append_item(std::vector<uint8_t>& out, const Item& item) {
  const Layout& layout = kLayouts.at(kIndex[static_cast<uint8_t>(item.kind)]);
  if (item.data.size() < layout.tail_min || item.data.size() > layout.tail_max) {
    throw std::logic_error("observation of impossible size");
  }
  const size_t body = fixed_bytes(layout.has) + item.data.size();
  const size_t at = out.size();
  out.resize(at + kItemHeader + body);
  uint8_t* p = out.data() + at;
  *p++ = static_cast<uint8_t>(item.kind);
  *p++ = flags_of(item.kind);
  p = put<uint32_t>(p, static_cast<uint32_t>(body));
  if (layout.has & kCycle) p = put<uint64_t>(p, item.cycle);
  if (layout.has & kAddr) p = put<uint64_t>(p, item.addr);
  if (layout.has & kValue) p = put<uint32_t>(p, item.value);
  if (layout.has & kCode) *p++ = item.code;
  if (!item.data.empty()) std::memcpy(p, item.data.data(), item.data.size());
}

size_t parse_item(std::span<const uint8_t> bytes, Item& item, bool& known) {
  if (bytes.size() < kItemHeader) throw ProtocolError("item header is cut off");
  const uint32_t size = load32(&bytes[2]);
  if (size > bytes.size() - kItemHeader) throw ProtocolError("item is longer than its frame");
  const uint8_t index = kIndex[bytes[0]];
  known = index != 0xff;
  if (!known) {
    if (bytes[1] & kCritical) {
      throw ProtocolError("unknown critical item kind " + std::to_string(bytes[0]));
    }
    return kItemHeader + size;
  }
  const Layout& layout = kLayouts[index];
  const size_t fixed = fixed_bytes(layout.has);
  if (bytes[1] != flags_of(layout.kind)) throw ProtocolError("item has wrong flags");
  if (size < fixed + layout.tail_min || size > fixed + layout.tail_max) {
    throw ProtocolError("item kind " + std::to_string(bytes[0]) + " has wrong size " +
                        std::to_string(size));
  }
  item = Item{.kind = layout.kind};
  const uint8_t* p = bytes.data() + kItemHeader;
  if (layout.has & kCycle) item.cycle = load64(p), p += 8;
  if (layout.has & kAddr) item.addr = load64(p), p += 8;
  if (layout.has & kValue) item.value = load32(p), p += 4;
  if (layout.has & kCode) item.code = *p++;
  item.data = {p, size - fixed};
  return kItemHeader + size;
}

void put_frame_header(uint8_t* out, const FrameHeader& header) {
  out = put<uint32_t>(out, kMagic);
  out = put<uint32_t>(out, header.number);
  out = put<uint32_t>(out, header.items);
  put<uint32_t>(out, header.size);
}

FrameHeader parse_frame_header(std::span<const uint8_t> bytes) {
  if (load32(bytes.data()) != kMagic) throw ProtocolError("frame has no magic number");
  const FrameHeader header{load32(&bytes[4]), load32(&bytes[8]), load32(&bytes[12])};
  if (header.size > kMaxPayload) throw ProtocolError("frame is too long");
  return header;
}

}  // namespace godwit
