// SPDX-License-Identifier: Apache-2.0
#include "hello.h"

#include <charconv>
#include <string_view>

#include "build_manifest.h"
#include "godwit.h"
#include "item.h"
#include "link.h"

namespace godwit {
namespace {

constexpr uint16_t kMajor = 1;
constexpr uint16_t kMinor = 0;

void put16(std::vector<uint8_t>& out, size_t v) {
  out.push_back(static_cast<uint8_t>(v));
  out.push_back(static_cast<uint8_t>(v >> 8));
}

void put_pair(std::vector<uint8_t>& out, std::string_view key, std::string_view value) {
  out.push_back(static_cast<uint8_t>(key.size()));
  out.insert(out.end(), key.begin(), key.end());
  put16(out, value.size());
  out.insert(out.end(), value.begin(), value.end());
}

template <typename T>
T number(std::string_view text) {
  T v = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw ProtocolError("HELLO has a bad number " + std::string(text));
  }
  return v;
}

std::string_view take(std::span<const uint8_t>& rest, size_t length_bytes) {
  if (rest.size() < length_bytes) throw ProtocolError("HELLO is cut off");
  const size_t n = length_bytes == 1 ? rest[0] : load16(rest.data());
  if (rest.size() < length_bytes + n) throw ProtocolError("HELLO is cut off");
  const auto text = rest.subspan(length_bytes, n);
  rest = rest.subspan(length_bytes + n);
  return {reinterpret_cast<const char*>(text.data()), n};
}

}  // namespace

std::vector<uint8_t> own_hello(uint32_t seed) {
  std::vector<uint8_t> out;
  put16(out, kMajor);
  put16(out, kMinor);
  put_pair(out, "role", "dut");
  put_pair(out, "spec.revision", GODWIT_REVISION);
  put_pair(out, "caps", VM_TRACE ? "backpressure,cycles,tests,trace" : "backpressure,cycles,tests");
  put_pair(out, "credit.items", std::to_string(Link::kCreditItems));
  put_pair(out, "credit.bytes", std::to_string(Link::kCreditBytes));
  put_pair(out, "dut.name", GODWIT_DUT_NAME);
  put_pair(out, "dut.simulator", GODWIT_SIMULATOR);
  put_pair(out, "dut.mutant", GODWIT_MUTANT);
  put_pair(out, "dut.data_w", std::to_string(GODWIT_DATA_W));
  put_pair(out, "dut.num_qp", std::to_string(GODWIT_NUM_QP));
  put_pair(out, "dut.num_mr", std::to_string(GODWIT_NUM_MR));
  put_pair(out, "dut.num_cq", std::to_string(GODWIT_NUM_CQ));
  put_pair(out, "dut.tick_div", std::to_string(GODWIT_TICK_DIV));
  put_pair(out, "dut.max_frame", std::to_string(GODWIT_MAX_FRAME));
  put_pair(out, "dut.migration", GODWIT_MIGRATION ? "1" : "0");
  put_pair(out, "dut.seed", std::to_string(seed));
  return out;
}

HostHello parse_host_hello(std::span<const uint8_t> payload) {
  Item item;
  bool known = false;
  if (parse_item(payload, item, known) != payload.size() || !known || item.kind != Kind::kHello) {
    throw ProtocolError("the host's first frame is not HELLO");
  }
  std::span<const uint8_t> rest = item.data;
  const uint16_t major = load16(rest.data());
  if (major != kMajor) {
    throw ProtocolError("the host speaks protocol version " + std::to_string(major) +
                        ", this simulator " + std::to_string(kMajor));
  }
  HostHello host;
  std::string role;
  for (rest = rest.subspan(4); !rest.empty();) {
    const std::string_view key = take(rest, 1);
    const std::string_view value = take(rest, 2);
    if (key == "role") {
      role = value;
    } else if (key == "spec.revision") {
      host.revision = value;
    } else if (key == "credit.items") {
      host.credit_items = number<uint32_t>(value);
    } else if (key == "credit.bytes") {
      host.credit_bytes = number<uint64_t>(value);
    } else if (key == "frame.items") {
      host.frame_items = number<uint32_t>(value);
    } else if (key.starts_with('!')) {
      throw ProtocolError("HELLO has unknown critical key " + std::string(key));
    }
  }
  if (role != "host") throw ProtocolError("the peer has role " + role);
  if (host.credit_items == 0 || host.credit_bytes == 0)
    throw ProtocolError("HELLO grants no credit");
  return host;
}

}  // namespace godwit
