// SPDX-License-Identifier: Apache-2.0
#include "memory.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace godwit {

void Memory::reset(uint64_t size) {
  if (size != size_) {
    bytes_.reset(static_cast<uint8_t*>(std::calloc(size, 1)));
    if (!bytes_ && size != 0) throw std::bad_alloc();
    size_ = size;
    dirty_.assign((size >> kPageBits) + 1, false);
    touched_.clear();
    return;
  }
  for (const uint64_t page : touched_) {
    const uint64_t at = page << kPageBits;
    std::memset(&bytes_[at], 0, std::min<uint64_t>(1 << kPageBits, size_ - at));
    dirty_[page] = false;
  }
  touched_.clear();
}

uint64_t Memory::inside(uint64_t addr, uint64_t length) const {
  return addr < size_ ? std::min<uint64_t>(length, size_ - addr) : 0;
}

void Memory::read(uint64_t addr, std::span<uint8_t> out) const {
  const uint64_t n = inside(addr, out.size());
  if (n != 0) std::memcpy(out.data(), &bytes_[addr], n);
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(n), out.end(), uint8_t{0});
}

void Memory::write(uint64_t addr, std::span<const uint8_t> in) {
  const uint64_t n = inside(addr, in.size());
  if (n == 0) return;
  std::memcpy(&bytes_[addr], in.data(), n);
  for (uint64_t page = addr >> kPageBits; page <= (addr + n - 1) >> kPageBits; ++page) {
    if (!dirty_[page]) {
      dirty_[page] = true;
      touched_.push_back(page);
    }
  }
}

}  // namespace godwit
