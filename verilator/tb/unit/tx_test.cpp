// SPDX-License-Identifier: Apache-2.0
//
// rdma_tx against the reference: every byte of every frame, keep and last of every beat, for random
// packets under payload gaps and back-pressure, and for every payload length around the beat
// boundaries.
#include <deque>

#include "Vrdma_tx.h"
#include "frame.h"

static const size_t kB = sizeof(Vrdma_tx::m_axis_tx_tdata);

struct Tx {
  Bench<Vrdma_tx> b;
  Rng rng;
  uint32_t gap = 0, stall = 0;  // percent
  uint64_t frames = 0;

  explicit Tx(uint64_t seed) : rng(seed) {}

  Packet packet(uint8_t opcode, size_t plen) {
    Packet p;
    p.opcode = opcode;
    p.se = rng.percent(50);
    p.ackreq = rng.percent(50);
    p.pkey = uint16_t(rng.next());
    p.sport = uint16_t(rng.next());
    p.dqpn = uint32_t(rng.next()) & 0xffffff;
    p.psn = uint32_t(rng.next()) & 0xffffff;
    p.src_mac = rng.bytes(6);
    p.dst_mac = rng.bytes(6);
    p.src_ip = rng.bytes(4);
    p.dst_ip = rng.bytes(4);
    p.ext = rng.bytes(size_t(ext_len(opcode)));
    p.payload = rng.bytes(plen);
    return p;
  }

  void request(const Packet& p) {
    auto* t = b.top;
    t->req_valid_i = 1;
    t->req_opcode_i = p.opcode;
    t->req_se_i = p.se;
    t->req_ackreq_i = p.ackreq;
    t->req_pkey_i = p.pkey;
    t->req_dqpn_i = p.dqpn;
    t->req_psn_i = p.psn;
    t->req_sport_i = p.sport;
    put_port(t->req_dst_ip_i, mapped(p.dst_ip));
    Bytes ext = p.ext;
    Bytes junk = rng.bytes(36 - ext.size());  // behind ext_len: must not show
    ext.insert(ext.end(), junk.begin(), junk.end());
    put_port(t->req_ext_i, ext);
    t->req_ext_len_i = uint8_t(p.ext.size());
    t->req_plen_i = uint16_t(p.payload.size());
    put_port(t->own_mac_i, p.src_mac);
    put_port(t->nexthop_i, p.dst_mac);
    put_port(t->own_ip_i, mapped(p.src_ip));
    b.settle();
    CHECK(t->req_ready_o && !t->busy_o, "not idle");
    b.cycle();
    t->req_valid_i = 0;
  }

  void send(const Packet& p) {
    auto* t = b.top;
    const Bytes want = build(p);
    request(p);
    CHECK(t->busy_o, "not busy");
    Bytes got;
    size_t at = 0;
    bool offering = false, done = false;
    const uint64_t begin = b.cycles;
    while (!done) {
      CHECK(b.cycles < begin + 40000, "frame does not end");
      if (!offering && at < p.payload.size() && !rng.percent(gap)) {
        offering = true;
        Bytes beat(p.payload.begin() + long(at),
                   p.payload.begin() + long(std::min(at + kB, p.payload.size())));
        Bytes junk = rng.bytes(kB - beat.size());  // behind the payload: must not show
        beat.insert(beat.end(), junk.begin(), junk.end());
        put_port(t->pay_data_i, beat);
      }
      t->pay_valid_i = offering;
      t->m_axis_tx_tready = !rng.percent(stall);
      b.settle();
      bool take_pay = t->pay_valid_i && t->pay_ready_o;
      if (t->m_axis_tx_tvalid && t->m_axis_tx_tready) {
        size_t n = std::min(kB, want.size() - got.size());
        CHECK(n > 0, "frame goes on");
        uint64_t keep = 0;
        std::memcpy(&keep, &t->m_axis_tx_tkeep, sizeof t->m_axis_tx_tkeep);
        CHECK(keep == (n >= 64 ? ~0ull : (1ull << n) - 1), "keep %llx for %zu bytes",
              (unsigned long long)keep, n);
        Bytes beat = get_port(t->m_axis_tx_tdata, n);
        got.insert(got.end(), beat.begin(), beat.end());
        CHECK(t->m_axis_tx_tlast == (got.size() == want.size()), "last");
        done = t->m_axis_tx_tlast;
        CHECK(t->busy_o, "busy falls early");
      }
      b.cycle();
      if (take_pay) {
        offering = false;
        at += kB;
      }
    }
    t->pay_valid_i = 0;
    CHECK(got == want, "opcode %02x, %zu payload bytes:\n got  %s\n want %s", p.opcode,
          p.payload.size(), hex(got).c_str(), hex(want).c_str());
    CHECK(at >= p.payload.size(), "payload left");
    CHECK(!t->busy_o && t->req_ready_o, "busy behind the frame");
    if (gap == 0 && stall == 0) CHECK(b.cycles - begin <= want.size() / kB + 4, "slow frame");
    frames++;
  }
};

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  static const uint8_t ops[] = {0x04, 0x11, 0x06, 0x0a, 0x0b, 0x12, 0x13, 0x19};
  Tx x(1);
  for (uint8_t op : ops)
    for (size_t n = 0; n <= 2 * kB + 4; n++) x.send(x.packet(op, n));
  for (size_t n : {256u, 1024u, 4095u, 4096u}) x.send(x.packet(0x06, n));
  x.gap = 30;
  x.stall = 40;
  for (int i = 0; i < 2000; i++) x.send(x.packet(ops[x.rng.below(8)], x.rng.below(300)));
  x.gap = 80;
  for (int i = 0; i < 20; i++) x.send(x.packet(0x04, x.rng.below(4097)));
  std::printf("ok tx DataW=%zu: %llu frames\n", kB * 8, (unsigned long long)x.frames);
}
