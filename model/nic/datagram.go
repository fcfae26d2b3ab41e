package nic

import "github.com/godwit-rdma/godwit/model/wire"

// grhBytes is the room for the IP header in front of a datagram's payload. RoCEv2 annex A17.4.2.
const grhBytes = 40

// cnpBytes is the reserved payload of a CNP, all 0. RoCEv2 annex A17.9.3.
const cnpBytes = 16

// datagram is what goes into the buffer of a datagram: the IP header of the frame, that of IPv4 behind 20 bytes 0, and
// the payload.
func (k *Core) datagram() []byte {
	b := append(k.grh[:0], make([]byte, grhBytes)...)
	if k.pkt.V6 {
		copy(b, k.received[wire.EthLen:][:wire.IPv6Len])
	} else {
		copy(b[grhBytes-wire.IPv4Len:], k.received[wire.EthLen:][:wire.IPv4Len])
	}
	k.grh = append(b, k.pkt.Payload...)
	return k.grh
}
