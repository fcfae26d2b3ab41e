// SPDX-License-Identifier: Apache-2.0
//
// HELLO: what opens each direction of the bridge.
#ifndef GODWIT_TB_HELLO_H_
#define GODWIT_TB_HELLO_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace godwit {

// What a host announces.
struct HostHello {
  std::string revision;
  uint32_t credit_items = 0;
  uint64_t credit_bytes = 0;
  uint32_t frame_items = 0;
};

// Data of this simulator's HELLO: capabilities and manifest of the device built in. seed is that of
// what has no reset.
std::vector<uint8_t> own_hello(uint32_t seed);

// Decodes the first frame of a host. Throws ProtocolError on anything but a fitting HELLO.
HostHello parse_host_hello(std::span<const uint8_t> payload);

}  // namespace godwit

#endif  // GODWIT_TB_HELLO_H_
