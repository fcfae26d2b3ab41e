// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include <algorithm>
#include <cstdio>

namespace godwit {
namespace {

constexpr uint64_t kHeartbeatCycles = 16384;  // how often the wall clock is looked at
constexpr uint64_t kMaxMemory = uint64_t{1} << 36;

std::string hex(uint64_t v) {
  char text[20];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(v));
  return text;
}

}  // namespace

Session::Session(Sink& sink, uint32_t seed) : sink_(sink), bench_(sink), seed_(seed) { reset(); }

void Session::reset() {
  total_cycles_ += bench_.cycle();
  bench_.reset(memory_size_, seed_);
}

bool Session::execute(const Item& item) {
  switch (item.kind) {
    case Kind::kReset:
      if (item.addr > kMaxMemory) {
        fault(kFaultBadStimulus, "memory of " + hex(item.addr) + " bytes is too large");
        break;
      }
      memory_size_ = item.addr;
      seed_ = item.value;
      reset();
      break;
    case Kind::kTestBegin:
      reset();
      break;
    case Kind::kTestEnd:
      sink_.emit(Item{.kind = Kind::kTestDone, .value = item.value, .cycle = bench_.cycle()});
      break;
    case Kind::kRegRead:
    case Kind::kRegWrite:
      access(item);
      break;
    case Kind::kMemWrite:
      write_memory(item);
      break;
    case Kind::kRx:
      bench_.rx().push(item.cycle, item.data);
      break;
    case Kind::kRun:
      run(item.cycle);
      break;
    case Kind::kBackpressure:
      bench_.configure(Backpressure::parse(item));
      break;
    case Kind::kLimits:
      bench_.set_hang_budget(item.cycle);
      axil_budget_ = item.addr;
      break;
    case Kind::kTrace:
      trace(item);
      break;
    case Kind::kPing:
      sink_.emit(Item{.kind = Kind::kPong, .addr = item.addr});
      break;
    case Kind::kBye:
      return false;
    default:
      throw ProtocolError("item kind " + std::to_string(static_cast<int>(item.kind)) +
                          " is not for a device");
  }
  return true;
}

void Session::run(uint64_t until) {
  while (bench_.cycle() < until && !bench_.failed()) {
    const uint64_t slice = std::min(until, bench_.cycle() + kHeartbeatCycles);
    while (bench_.cycle() < slice && !bench_.failed()) bench_.step();
    if (slice < until) sink_.heartbeat(bench_.cycle());
  }
  sink_.emit(Item{.kind = Kind::kRan, .cycle = bench_.cycle()});
}

void Session::access(const Item& item) {
  const bool write = item.kind == Kind::kRegWrite;
  const Kind answer = write ? Kind::kRegDone : Kind::kRegData;
  const bool fits = item.addr <= 0xffff;
  if (!fits) fault(kFaultBadStimulus, "register address " + hex(item.addr) + " has over 16 bits");
  if (!fits || bench_.failed()) {
    sink_.emit({.kind = answer, .code = kRespNone, .cycle = bench_.cycle(), .addr = item.addr});
    return;
  }
  AxilMaster& axil = bench_.axil();
  if (write) {
    axil.start_write(static_cast<uint16_t>(item.addr), item.value);
  } else {
    axil.start_read(static_cast<uint16_t>(item.addr));
  }
  const uint64_t end = bench_.cycle() + axil_budget_;
  while (axil.busy() && bench_.cycle() < end && !bench_.failed()) bench_.step();
  if (axil.busy() && !bench_.failed()) {
    const std::string text = std::string("AXI4-Lite ") + (write ? "write to " : "read of ") +
                             hex(item.addr) + " not answered within " +
                             std::to_string(axil_budget_) + " cycles";
    fault(kFaultAxi, text);
    bench_.fail(Kind::kHang, text);
  }
  const uint8_t resp = axil.busy() ? kRespNone : axil.resp();
  const uint32_t value = write || axil.busy() ? 0 : axil.data();
  sink_.emit(
      {.kind = answer, .code = resp, .value = value, .cycle = bench_.cycle(), .addr = item.addr});
}

void Session::write_memory(const Item& item) {
  if (item.addr > memory_size_ || item.data.size() > memory_size_ - item.addr) {
    fault(kFaultBadStimulus, "memory write of " + std::to_string(item.data.size()) + " bytes at " +
                                 hex(item.addr) + " ends beyond " + hex(memory_size_));
    return;
  }
  bench_.memory().write(item.addr, item.data);
}

void Session::trace(const Item& item) {
  const std::string path(item.data.begin(), item.data.end());
  if (!bench_.dut().trace(item.code != 0 ? path : "")) {
    fault(kFaultUnsupported, "no waveform can be written to " + path + " by this build");
  }
}

void Session::fault(uint8_t kind, const std::string& text) {
  sink_.emit(Item{.kind = Kind::kFault, .code = kind, .data = as_bytes(text)});
}

}  // namespace godwit
