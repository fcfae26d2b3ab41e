// Package wire reads and writes RoCEv2 frames of the transports RC, UC and UD, and CNPs: Ethernet, IPv4 or IPv6,
// UDP port 4791, the transport headers of IBTA volume 1 chapter 9 (BTH RETH AETH AtomicETH AtomicAckETH DETH ImmDt
// IETH), the migration header METH of protocol.md section 3, payload, pad and ICRC.
//
// # Reception
//
// A frame is judged by these rules; the first that fails is the verdict. RTL and golden model agree on them.
//
//  1. DROP_TOO_LONG: longer than MAX_FRAME.
//  2. DROP_MALFORMED: shorter than 58 bytes (IPv6: 78); EtherType neither 0x0800 nor 0x86dd; IPv4: version and
//     IHL byte not 0x45, total length below 44 or beyond the frame, a fragment (MF or offset), protocol not
//     17, header checksum wrong; IPv6: version not 6, payload length below 24 or beyond the frame, next header
//     not 17; UDP destination port not 4791; UDP length not that of the IP payload.
//  3. DROP_NOT_MINE: destination MAC or IP address is another's.
//  4. DROP_ICRC: the ICRC does not match.
//  5. DROP_MALFORMED: BTH transport version not 0.
//  6. DROP_OPCODE: the opcode is not in spec/packets.yaml, or it is not one of RC and the NIC lacks the feature.
//  7. DROP_MALFORMED: UDP payload shorter than BTH, the headers of the opcode, pad and ICRC.
//  8. DROP_NO_QP: no queue pair has that number.
//
// Rules 3 and 8 need to know who is asking and are the NIC's: it calls [ParseOuter] (rules 1 and 2), judges
// rule 3, calls [ParseInner] (rules 4 to 7), judges rule 8. [Parse] is the two in one. A NIC that speaks IPv4 only
// takes a [Packet] with V6 set for malformed. Bytes behind the IP packet (Ethernet padding) are ignored. A VLAN
// tag is an EtherType this NIC does not know. The UDP checksum is not verified: the ICRC covers the same bytes and
// more, and RoCEv2 senders leave it 0, on IPv6 too (annex A17.3.2; measured on Linux).
//
// What no rule forbids is kept, so that encoding a parsed packet again gives the same bytes: reserved bits, pad
// bytes that are not 0, an all-ones IP checksum.
package wire
