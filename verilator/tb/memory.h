// SPDX-License-Identifier: Apache-2.0
//
// Memory of the host as the device sees it: flat, from address 0. Accesses beyond its end read
// zeros and write nothing, which is what the golden host's memory does.
#ifndef GODWIT_TB_MEMORY_H_
#define GODWIT_TB_MEMORY_H_

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

namespace godwit {

class Memory {
 public:
  // Makes the memory all zero and of the given size. Cost is proportional to what was written since
  // the last reset.
  void reset(uint64_t size);
  uint64_t size() const { return size_; }

  void read(uint64_t addr, std::span<uint8_t> out) const;
  void write(uint64_t addr, std::span<const uint8_t> in);

 private:
  static constexpr uint64_t kPageBits = 12;

  // Bytes of [addr, addr + length) that exist.
  uint64_t inside(uint64_t addr, uint64_t length) const;

  struct Free {
    void operator()(uint8_t* p) const { std::free(p); }
  };

  std::unique_ptr<uint8_t[], Free> bytes_;  // from calloc: pages never written cost nothing
  uint64_t size_ = 0;
  std::vector<bool> dirty_;        // by page
  std::vector<uint64_t> touched_;  // dirty pages
};

}  // namespace godwit

#endif  // GODWIT_TB_MEMORY_H_
