// SPDX-License-Identifier: Apache-2.0
//
// Reference for frames, byte by byte and slow: what a packet looks like on the wire, and the
// verdict over any frame. Written from the rules, not from the RTL; the opcode table comes from the
// specification through godwit.h.
#ifndef GODWIT_UNIT_FRAME_H
#define GODWIT_UNIT_FRAME_H

#include "bench.h"
#include "godwit.h"

struct Packet {
  uint8_t opcode = 4;
  bool se = false, ackreq = false;
  uint16_t pkey = 0xffff, sport = 0xc000;
  uint32_t dqpn = 0, psn = 0;
  Bytes src_mac, dst_mac;  // 6
  Bytes src_ip, dst_ip;    // 4
  Bytes ext, payload;
};

// ext_len returns the bytes of extended headers of an opcode, or -1. packets.yaml, written out once
// more on purpose.
inline int ext_len(uint8_t op) {
  switch (op) {
    case 0x00:
    case 0x01:
    case 0x02:
    case 0x04:
    case 0x07:
    case 0x08:
    case 0x0e:
      return 0;
    case 0x03:
    case 0x05:
    case 0x09:
    case 0x0d:
    case 0x0f:
    case 0x10:
    case 0x11:
    case 0x16:
    case 0x17:
      return 4;
    case 0x06:
    case 0x0a:
    case 0x0c:
      return 16;
    case 0x0b:
      return 20;
    case 0x12:
      return 12;
    case 0x13:
    case 0x14:
      return 28;
    case 0x19:
      return 36;
    default:
      return -1;
  }
}

inline uint32_t crc_byte(uint32_t c, uint8_t b) {
  c ^= b;
  for (int i = 0; i < 8; i++) c = (c >> 1) ^ (c & 1 ? 0xedb88320u : 0);
  return c;
}

// icrc over the IP packet ip[0..n), which does not include the ICRC itself. RoCEv2 annex A17.3.3.
inline uint32_t icrc(const uint8_t* ip, size_t n) {
  uint32_t c = 0xffffffffu;
  for (int i = 0; i < 8; i++) c = crc_byte(c, 0xff);
  for (size_t i = 0; i < n; i++) {
    bool variant = i == 1 || i == 8 || i == 10 || i == 11 || i == 26 || i == 27 || i == 32;
    c = crc_byte(c, variant ? 0xff : ip[i]);
  }
  return ~c;
}

inline void put16(Bytes& f, size_t at, uint32_t v) {
  f[at] = uint8_t(v >> 8);
  f[at + 1] = uint8_t(v);
}
inline uint32_t get16(const Bytes& f, size_t at) { return uint32_t(f[at]) << 8 | f[at + 1]; }

inline uint32_t ip_sum(const Bytes& f) {
  uint32_t s = 0;
  for (int i = 0; i < 20; i += 2) s += get16(f, 14 + i);
  while (s >> 16) s = (s & 0xffff) + (s >> 16);
  return s;
}
// fix_ip makes the IP header checksum right.
inline void fix_ip(Bytes& f) {
  put16(f, 24, 0);
  put16(f, 24, ~ip_sum(f) & 0xffff);
}
// fix_icrc makes the ICRC right for the IP total length in the frame, when there is room for it.
inline void fix_icrc(Bytes& f) {
  if (f.size() < 18) return;
  size_t total = get16(f, 16);
  if (total < 4 || 14 + total > f.size()) return;
  uint32_t c = icrc(&f[14], total - 4);
  for (int i = 0; i < 4; i++) f[14 + total - 4 + i] = uint8_t(c >> (8 * i));
}

inline Bytes build(const Packet& p) {
  size_t pad = (4 - p.payload.size() % 4) % 4;
  size_t total = 20 + 8 + 12 + p.ext.size() + p.payload.size() + pad + 4;
  Bytes f(14 + total, 0);
  std::memcpy(&f[0], p.dst_mac.data(), 6);
  std::memcpy(&f[6], p.src_mac.data(), 6);
  put16(f, 12, 0x0800);
  f[14] = 0x45;
  put16(f, 16, uint32_t(total));
  f[20] = 0x40;
  f[22] = GODWIT_TTL;
  f[23] = 17;
  std::memcpy(&f[26], p.src_ip.data(), 4);
  std::memcpy(&f[30], p.dst_ip.data(), 4);
  fix_ip(f);
  put16(f, 34, p.sport);
  put16(f, 36, GODWIT_ROCE_PORT);
  put16(f, 38, uint32_t(total - 20));
  f[42] = p.opcode;
  f[43] = uint8_t(p.se << 7 | pad << 4);
  put16(f, 44, p.pkey);
  f[47] = uint8_t(p.dqpn >> 16);
  put16(f, 48, p.dqpn & 0xffff);
  f[50] = uint8_t(p.ackreq << 7);
  f[51] = uint8_t(p.psn >> 16);
  put16(f, 52, p.psn & 0xffff);
  std::copy(p.ext.begin(), p.ext.end(), f.begin() + 54);
  std::copy(p.payload.begin(), p.payload.end(), f.begin() + 54 + long(p.ext.size()));
  fix_icrc(f);
  return f;
}

// verdict over a frame, in the order of the rules of reception.
inline uint8_t verdict(const Bytes& f, const Bytes& mac, const Bytes& ip) {
  if (f.size() > GODWIT_MAX_FRAME) return GODWIT_VERDICT_DROP_TOO_LONG;
  if (f.size() < 58) return GODWIT_VERDICT_DROP_MALFORMED;
  uint32_t total = get16(f, 16);
  if (get16(f, 12) != 0x0800 || f[14] != 0x45 || total < 44 || total > f.size() - 14 ||
      (get16(f, 20) & 0x3fff) != 0 || f[23] != 17 || ip_sum(f) != 0xffff ||
      get16(f, 36) != GODWIT_ROCE_PORT || get16(f, 38) != total - 20)
    return GODWIT_VERDICT_DROP_MALFORMED;
  if (std::memcmp(&f[0], mac.data(), 6) != 0 || std::memcmp(&f[30], ip.data(), 4) != 0)
    return GODWIT_VERDICT_DROP_NOT_MINE;
  uint32_t c = icrc(&f[14], total - 4);
  for (int i = 0; i < 4; i++)
    if (f[14 + total - 4 + i] != uint8_t(c >> (8 * i))) return GODWIT_VERDICT_DROP_ICRC;
  if (f[43] & 15) return GODWIT_VERDICT_DROP_MALFORMED;
  if (ext_len(f[42]) < 0) return GODWIT_VERDICT_DROP_OPCODE;
  if (total - 28 < 12u + unsigned(ext_len(f[42])) + (f[43] >> 4 & 3) + 4)
    return GODWIT_VERDICT_DROP_MALFORMED;
  return GODWIT_VERDICT_OK;
}

// payload of a frame whose verdict is OK.
inline Bytes payload(const Bytes& f) {
  size_t from = 54 + size_t(ext_len(f[42]));
  size_t to = 14 + get16(f, 16) - 4 - (f[43] >> 4 & 3);
  return Bytes(f.begin() + long(from), f.begin() + long(to));
}

// mapped turns an IPv4 address into the 16 bytes of the mapped form.
inline Bytes mapped(const Bytes& ip4) {
  Bytes b(16, 0);
  b[10] = b[11] = 0xff;
  std::copy(ip4.begin(), ip4.end(), b.begin() + 12);
  return b;
}

#endif
