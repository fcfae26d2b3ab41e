// SPDX-License-Identifier: Apache-2.0
//
// rdma_rx against the reference: random packets, most of them spoilt in one place, with gaps and
// back-pressure on both sides. A directed part keeps the frame of an unmodified Linux SoftRoCE and
// the corners of the length rules.
#include <deque>

#include "Vrdma_rx.h"
#include "frame.h"

static const Bytes kMac = {0x02, 0x11, 0x22, 0x33, 0x44, 0x55};
static const Bytes kIp = {10, 0, 0, 7};
static const size_t kB = sizeof(Vrdma_rx::s_axis_rx_tdata);

struct Rx {
  Bench<Vrdma_rx> b;
  Rng rng;
  Bytes mac = kMac, ip = kIp;
  std::deque<Bytes> in;      // frames to send
  std::deque<Bytes> expect;  // frames that must come out, in order
  size_t at = 0;             // bytes of in.front() already taken
  uint32_t seq = 0;
  uint64_t frames = 0, drops = 0;
  uint64_t seen[256] = {};
  bool offering = false;
  uint32_t gap = 0, stall = 0;  // percent

  explicit Rx(uint64_t seed) : rng(seed) {
    put_port(b.top->own_mac_i, kMac);
    put_port(b.top->own_ip_i, mapped(kIp));
    b.top->enable_i = 1;
  }
  void send(const Bytes& f) {
    in.push_back(f);
    expect.push_back(f);
  }
  // drive offers the next beat and, after settling, takes note whether the edge will take it.
  void drive() {
    auto* t = b.top;
    if (!offering && !in.empty() && !rng.percent(gap)) offering = true;
    t->s_axis_rx_tvalid = offering;
    if (offering) {
      const Bytes& f = in.front();
      size_t n = std::min(kB, f.size() - at);
      put_port(t->s_axis_rx_tdata, &f[at], n);
      uint64_t keep = n >= 64 ? ~0ull : (1ull << n) - 1;
      std::memcpy(&t->s_axis_rx_tkeep, &keep, sizeof t->s_axis_rx_tkeep);
      t->s_axis_rx_tlast = at + n == f.size();
    }
  }
  void step() {
    drive();
    b.settle();
    bool take = b.top->s_axis_rx_tvalid && b.top->s_axis_rx_tready;
    bool last = b.top->s_axis_rx_tlast;
    b.cycle();
    if (take) {
      offering = false;
      at += kB;
      if (last) {
        in.pop_front();
        at = 0;
      }
    }
  }
  // receive waits for the next frame and checks all of it.
  void receive() {
    auto* t = b.top;
    const uint64_t limit = b.cycles + 5000;
    while (!t->pkt_valid_o) {
      CHECK(b.cycles < limit, "no frame");
      step();
    }
    Bytes f = expect.front();
    expect.pop_front();
    uint8_t want = verdict(f, mac, ip);
    CHECK(t->pkt_verdict_o == want, "frame %u: verdict %02x, want %02x: %s", seq, t->pkt_verdict_o,
          want, hex(f).c_str());
    CHECK(t->pkt_seq_o == seq, "seq %u, want %u", t->pkt_seq_o, seq);
    seq++;
    frames++;
    seen[want]++;
    for (uint32_t i = rng.below(4); i > 0; i--) step();
    if (want == GODWIT_VERDICT_OK)
      check_packet(f);
    else
      drops++;
    t->pkt_pop_i = 1;
    step();
    t->pkt_pop_i = 0;
    CHECK(!t->pkt_valid_o, "valid behind pop");
  }
  void check_packet(const Bytes& f) {
    auto* t = b.top;
    CHECK(t->pkt_opcode_o == f[42], "opcode");
    CHECK(t->pkt_se_o == f[43] >> 7, "se");
    CHECK(t->pkt_ackreq_o == f[50] >> 7, "ackreq");
    CHECK(t->pkt_pkey_o == get16(f, 44), "pkey");
    CHECK(t->pkt_dest_qpn_o == (uint32_t(f[47]) << 16 | get16(f, 48)), "qpn");
    CHECK(t->pkt_psn_o == (uint32_t(f[51]) << 16 | get16(f, 52)), "psn");
    CHECK(get_port(t->pkt_src_ip_o, 16) == mapped(Bytes(f.begin() + 26, f.begin() + 30)), "source");
    size_t n = size_t(ext_len(f[42]));
    CHECK(get_port(t->pkt_ext_o, n) == Bytes(f.begin() + 54, f.begin() + 54 + long(n)), "ext");
    Bytes want = payload(f), got;
    CHECK(t->pkt_plen_o == want.size(), "plen %u, want %zu", t->pkt_plen_o, want.size());
    t->pay_start_i = 1;
    step();
    t->pay_start_i = 0;
    const uint64_t begin = b.cycles;
    while (got.size() < want.size()) {
      CHECK(b.cycles < begin + 20000, "payload ends early");
      t->pay_ready_i = !rng.percent(stall);
      drive();
      b.settle();
      bool take = t->pay_valid_o && t->pay_ready_i;
      if (take) {
        size_t left = want.size() - got.size();
        Bytes beat = get_port(t->pay_data_o, std::min(kB, left));
        got.insert(got.end(), beat.begin(), beat.end());
        CHECK(t->pay_last_o == (left <= kB), "pay_last");
      }
      step();
    }
    t->pay_ready_i = 0;
    CHECK(got == want, "payload of %zu bytes: %s", want.size(), hex(f).c_str());
    CHECK(!t->pay_valid_o, "payload goes on");
    if (stall == 0) CHECK(b.cycles - begin <= 4 + want.size() / kB + 1, "slow payload");
  }
  void drain() {
    while (!expect.empty()) receive();
    for (int i = 0; i < 20; i++) step();
    CHECK(!b.top->pkt_valid_o, "a frame too many");
  }
};

static Packet random_packet(Rng& r, size_t max_payload) {
  static const uint8_t ops[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11,
                                12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 25};
  Packet p;
  p.opcode = ops[r.below(sizeof ops)];
  p.se = r.percent(50);
  p.ackreq = r.percent(50);
  p.pkey = uint16_t(r.next());
  p.sport = uint16_t(r.next());
  p.dqpn = uint32_t(r.next()) & 0xffffff;
  p.psn = uint32_t(r.next()) & 0xffffff;
  p.src_mac = r.bytes(6);
  p.dst_mac = kMac;
  p.src_ip = r.bytes(4);
  p.dst_ip = kIp;
  p.ext = r.bytes(size_t(ext_len(p.opcode)));
  p.payload = r.bytes(r.below(uint32_t(max_payload) + 1));
  return p;
}

// spoil changes a good frame in one way; the result may still be good.
static void spoil(Rng& r, Bytes& f) {
  switch (r.below(16)) {
    case 0:
      f[r.below(uint32_t(f.size()))] ^= uint8_t(1 << r.below(8));
      break;
    case 1:
      f.resize(1 + r.below(uint32_t(f.size())));
      break;
    case 2:
      f.resize(f.size() + 1 + r.below(100), 0x5a);
      break;
    case 3:
      put16(f, 16, r.below(2) ? uint32_t(r.next()) : get16(f, 16) + r.below(9) - 4);
      fix_ip(f);
      fix_icrc(f);
      break;
    case 4:
      put16(f, 38, get16(f, 38) + r.below(9) - 4);
      fix_icrc(f);
      break;
    case 5:
      f[20] = uint8_t(r.next());
      f[21] = uint8_t(r.below(2) * r.next());
      fix_ip(f);
      fix_icrc(f);
      break;
    case 6:
      f[43] = uint8_t(r.next());
      fix_icrc(f);
      break;
    case 7:
      f[42] = uint8_t(r.next());
      fix_icrc(f);
      break;
    case 8:
      f[43] = uint8_t((f[43] & 0x80) | r.below(4) << 4);
      fix_icrc(f);
      break;
    case 9:
      f[15] = uint8_t(r.next());
      f[22] = uint8_t(r.next());
      fix_ip(f);
      break;  // variant fields: still good
    case 10:
      put16(f, 40, uint32_t(r.next()));
      f[46] = uint8_t(r.next());
      break;  // variant fields: still good
    case 11:
      f[30 + r.below(4)] ^= 1;
      fix_ip(f);
      fix_icrc(f);
      break;
    case 12:
      f[r.below(6)] ^= 1;
      break;
    case 13:
      f[36 + r.below(2)] ^= 1;
      fix_icrc(f);
      break;
    case 14: {  // both lengths together: the headers of the opcode may not fit any more
      uint32_t total = 44 + r.below(60);
      if (14 + total > f.size()) f.resize(14 + total, 1);
      put16(f, 16, total);
      put16(f, 38, total - 20);
      fix_ip(f);
      fix_icrc(f);
      break;
    }
    default:
      f[24 + r.below(2)] ^= uint8_t(1 << r.below(8));
      break;
  }
}

static void random_frames(uint64_t seed, int count, uint32_t gap, uint32_t stall, uint32_t spoilt,
                          size_t max_payload) {
  Rx x(seed);
  x.gap = gap;
  x.stall = stall;
  for (int i = 0; i < count; i++) {
    Bytes f = build(random_packet(x.rng, max_payload));
    if (x.rng.percent(spoilt)) spoil(x.rng, f);
    x.send(f);
    if (x.expect.size() > 4) x.receive();
  }
  x.drain();
  std::printf("  %llu frames, %llu dropped, %llu cycles\n", (unsigned long long)x.frames,
              (unsigned long long)x.drops, (unsigned long long)x.b.cycles);
  if (spoilt > 50)
    for (uint8_t v :
         {GODWIT_VERDICT_OK, GODWIT_VERDICT_DROP_MALFORMED, GODWIT_VERDICT_DROP_NOT_MINE,
          GODWIT_VERDICT_DROP_ICRC, GODWIT_VERDICT_DROP_OPCODE})
      CHECK(x.seen[v] > 0, "verdict %02x never came", v);
}

// Payload lengths around beats and the limit of a frame.
static void directed_lengths() {
  Rx x(7);
  for (size_t n = 0; n <= 2 * kB + 4; n++) {
    for (uint8_t op : {0x04, 0x11, 0x0a, 0x19}) {
      Packet p = random_packet(x.rng, 0);
      p.opcode = op;
      p.ext = x.rng.bytes(size_t(ext_len(op)));
      p.payload = x.rng.bytes(n);
      x.send(build(p));
    }
    x.drain();
  }
  for (size_t n : {4223u, 4224u, 4225u, 4226u, 4300u, 9000u, 20000u}) {
    Packet p = random_packet(x.rng, 0);
    p.opcode = 4;
    p.ext.clear();
    p.payload = x.rng.bytes(4096);
    Bytes f = build(p);
    f.resize(n, 0xee);  // padding beyond the IP total length
    x.send(f);
    x.send(build(p));
  }
  x.drain();
  CHECK(x.seen[GODWIT_VERDICT_DROP_TOO_LONG] == 5, "too long");
}

// enable_i = 0: frames vanish, have no number, and the switch takes effect between frames only.
static void disabled() {
  Rx x(9);
  Packet p = random_packet(x.rng, 200);
  Bytes f = build(p);
  x.send(f);
  x.drain();
  x.b.top->enable_i = 0;
  for (int i = 0; i < 5; i++) x.in.push_back(f);
  for (int i = 0; i < 2000; i++) {
    x.step();
    CHECK(!x.b.top->pkt_valid_o, "frame while disabled");
  }
  CHECK(x.in.empty(), "frames not consumed while disabled");
  x.b.top->enable_i = 1;
  x.send(f);
  while (x.at == 0) x.step();
  x.b.top->enable_i = 0;  // too late for this frame
  x.receive();
  x.b.top->enable_i = 1;
  x.send(f);
  x.drain();
}

static Bytes unhex(const char* s) {
  Bytes b;
  for (; *s != 0; s += 2) b.push_back(uint8_t(std::stoul(std::string(s, 2), nullptr, 16)));
  return b;
}

// Frames of Linux 6.1 SoftRoCE as captured on the wire: SEND ONLY of 0 and of 1 byte, RDMA WRITE
// ONLY with immediate.
static void softroce() {
  static const char* const frames[] = {
      "52540000000252540000000108004500002c8702400040119fbc0a0000010a000002c12112b70018000004"
      "00ffff0000001180415576083cdbed",
      "5254000000025254000000010800450000308703400040119fb70a0000010a000002c12112b7001c000004"
      "30ffff0000001180415577e3000000f8e32f86",
      "52540000000252540000000108004500004087d7400040119ed30a0000010a000002c1e412b7002c00000b"
      "00ffff00000016808fe0fe00007fde26b440000000024c000000001ed57d762dbd8255"};
  Rx x(11);
  x.mac = {0x52, 0x54, 0, 0, 0, 2};
  x.ip = {10, 0, 0, 2};
  put_port(x.b.top->own_mac_i, x.mac);
  put_port(x.b.top->own_ip_i, mapped(x.ip));
  for (auto* h : frames) x.send(unhex(h));
  x.drain();
  CHECK(x.seen[GODWIT_VERDICT_OK] == 3, "SoftRoCE refused");
}

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  directed_lengths();
  disabled();
  softroce();
  random_frames(1, 3000, 0, 0, 70, 200);
  random_frames(2, 3000, 40, 40, 70, 200);
  random_frames(3, 200, 0, 0, 0, 4096);
  random_frames(4, 200, 20, 60, 20, 4096);
  std::printf("ok rx DataW=%zu\n", kB * 8);
}
