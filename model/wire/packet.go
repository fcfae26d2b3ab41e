package wire

import (
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
)

// Sizes in bytes of what surrounds the transport headers.
const (
	EthLen  = 14 // Ethernet II header, without tag and FCS.
	IPv4Len = 20 // IPv4 header without options.
	IPv6Len = 40 // IPv6 header without extension headers.
	UDPLen  = 8  // UDP header.
	ICRCLen = 4  // Invariant CRC, behind payload and pad.
)

const (
	etherIPv4 = 0x0800
	etherIPv6 = 0x86dd
	protoUDP  = 17
)

// MAC is an Ethernet address in the order of the wire.
type MAC = [6]byte

// Addr is an IPv6 address, or an IPv4 address mapped as ::ffff:a.b.c.d, in the order of the wire.
type Addr = [16]byte

// Packet is one RoCEv2 frame. Headers that the opcode does not have are zero after parsing and are not encoded.
// It is a plain value; only Payload refers to memory of others.
type Packet struct {
	DstMAC, SrcMAC MAC
	SrcIP, DstIP   Addr   // Without V6 IPv4-mapped, and only the last 4 bytes are encoded.
	V6             bool   // IPv6 header; otherwise IPv4.
	TClass         uint8  // IPv4 TOS or IPv6 traffic class: DSCP and ECN.
	FlowLabel      uint32 // IPv6 only, 20 bits.
	TTL            uint8  // Time to live or hop limit.
	IPID           uint16 // IPv4 only: identification.
	DF             bool   // IPv4 only: don't fragment.
	ResvFlag       bool   // IPv4 only: the reserved flag bit; 0 in anything sane.
	IPSumOnes      bool   // IPv4 only: checksum written as 0xffff where it is 0x0000; both verify (RFC 1624).
	SrcPort        uint16 // UDP source port; selects the path, no other meaning (annex A17.4.3).
	UDPSum         uint16 // UDP checksum as on the wire; 0 = none. Neither computed nor verified here.

	BTH       BTH
	RETH      RETH
	AtomicETH AtomicETH
	AETH      AETH
	DETH      DETH
	AtomicAck uint64 // AtomicAckETH: data before the operation.
	Imm       uint32 // ImmDt.
	InvKey    uint32 // IETH: key to invalidate.
	METH      METH

	Payload  []byte  // Without pad; after parsing part of the frame, nil when empty.
	PadBytes [3]byte // The first BTH.Pad of them follow the payload; 0 in anything sane.
}

// BTH is the base transport header. IBTA 9.2.
type BTH struct {
	Op      abi.Opcode
	SE      bool    // Solicited event.
	MigReq  bool    // Automatic path migration state; nothing to do with live migration.
	Pad     uint8   // Pad bytes behind the payload, 0..3.
	TVer    uint8   // Transport header version, 4 bits; only 0 is received.
	PKey    uint16  // Partition key.
	Resv8a  uint8   // FECN, BECN and reserved bits; not covered by the ICRC.
	DestQPN uint32  // 24 bits.
	AckReq  bool    // The responder should answer now.
	Resv7   uint8   // Reserved, 7 bits.
	PSN     psn.PSN // Packet sequence number.
}

// RETH is the RDMA extended transport header. IBTA 9.3.2.
type RETH struct {
	VA     uint64 // Virtual address.
	RKey   uint32 // Remote key.
	Length uint32 // DMA length in bytes, 0..2^31.
}

// AtomicETH is the atomic extended transport header. IBTA 9.3.3.
type AtomicETH struct {
	VA      uint64 // Virtual address, a multiple of 8.
	RKey    uint32 // Remote key.
	Swap    uint64 // Swap data of CMP_SWAP, addend of FETCH_ADD.
	Compare uint64 // Compare data of CMP_SWAP.
}

// AETH is the ACK extended transport header. IBTA 9.3.4.
type AETH struct {
	Syndrome uint8  // abi.Syndrome values; RNR NAKs carry the timer code in the low five bits.
	MSN      uint32 // Message sequence number, 24 bits; NAK_STOPPED: {flags[7:0], epoch[15:0]}.
}

// DETH is the datagram extended transport header. IBTA 9.3.1.
type DETH struct {
	QKey   uint32 // Q_Key.
	Resv   uint8  // Reserved, 0.
	SrcQPN uint32 // Queue pair that sends, 24 bits.
}

// METH is the migration extended transport header. protocol.md section 3.
type METH struct {
	Version   uint8        // 4 bits; abi.METHVersion.
	Kind      abi.METHKind // 4 bits.
	Flags     uint8        // Bit 0: the sender's requester is live, so BTH.PSN means something.
	Epoch     psn.Epoch    // Sender's epoch.
	PeerEpoch psn.Epoch    // Epoch the sender believes its partner has.
	Sent      uint16       // PSNs the sender has sent from BTH.PSN on, if it is live; 0xffff: that many or more.
	Resv8     uint8        // Reserved, 0.
	EPSN      psn.PSN      // ePSN of the sender's responder.
	Addr      Addr         // Sender's address; REDIRECT: where its endpoint went.
	Tag       uint64       // SipHash-2-4 under the migration key (function Tag); 0 when no key is set.
}

// SetPayload makes b the payload with zero pad up to a multiple of 4 bytes (IBTA 9.2.3). The packet refers to b
// until it is encoded.
func (p *Packet) SetPayload(b []byte) {
	p.Payload = b
	p.BTH.Pad = uint8(-len(b) & 3)
	p.PadBytes = [3]byte{}
}

// Reserve makes room behind dst for the frame of p with a payload of n bytes, and makes p.Payload the place where it
// belongs, to be filled before Append, which then has nothing to copy. It returns dst, elsewhere if it was too short.
func (p *Packet) Reserve(dst []byte, n int) []byte {
	at := len(dst) + p.headerLen()
	dst = slices.Grow(dst, at-len(dst)+n+3+ICRCLen)
	p.SetPayload(dst[at : at+n])
	return dst
}

// Len is the length in bytes of the frame that Append writes.
func (p *Packet) Len() int { return p.headerLen() + len(p.Payload) + int(p.BTH.Pad) + ICRCLen }

// headerLen is where the payload begins.
func (p *Packet) headerLen() int {
	n := EthLen + IPv4Len + UDPLen + abi.BTHSize + int(shapes[p.BTH.Op].size)
	if p.V6 {
		n += IPv6Len - IPv4Len
	}
	return n
}
