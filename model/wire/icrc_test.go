package wire_test

import (
	"encoding/binary"
	"encoding/hex"
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// dumbICRC computes the ICRC as annex A17.3.3 tells it: copy, mask, one bit at a time.
func dumbICRC(frame []byte, v6 bool) uint32 {
	ip := append([]byte(nil), frame[14:len(frame)-4]...)
	ones := func(from, n int) {
		for i := range n {
			ip[from+i] = 0xff
		}
	}
	udp := 20
	if v6 {
		udp = 40
		ip[0] |= 0x0f // traffic class and flow label
		ones(1, 3)
		ones(7, 1) // hop limit
	} else {
		ones(1, 1)  // TOS
		ones(8, 1)  // TTL
		ones(10, 2) // header checksum
	}
	ones(udp+6, 2)   // UDP checksum
	ones(udp+8+4, 1) // BTH resv8a
	msg := append([]byte{255, 255, 255, 255, 255, 255, 255, 255}, ip...)
	crc := ^uint32(0)
	for _, b := range msg {
		for i := range 8 {
			bit := crc ^ uint32(b>>i)
			crc >>= 1
			if bit&1 != 0 {
				crc ^= 0xedb88320
			}
		}
	}
	return ^crc
}

func TestICRC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPacket(t, draw(t, rapid.SampledFrom(opcodes()), "opcode"))
		frame := p.Append(nil)
		want := dumbICRC(frame, p.V6)
		if got := binary.LittleEndian.Uint32(frame[len(frame)-4:]); got != want {
			t.Fatalf("Append wrote ICRC %#08x, bit by bit it is %#08x", got, want)
		}
		if got, err := wire.ICRC(append(frame, 1, 2, 3)); err != nil || got != want {
			t.Fatalf("ICRC = %#08x, %v; bit by bit it is %#08x", got, err, want)
		}
	})
}

// TestICRCCoverage holds the oracle of TestICRC against the list of fields in the annex, a third way: it changes each
// bit of a frame, and the ICRC changes unless the bit lies in a field that routers may
// change, or outside of the IP packet.
func TestICRCCoverage(t *testing.T) {
	for _, v6 := range []bool{false, true} {
		frame := sample(abi.OpRDMAWriteOnly, v6).Append(nil)
		want, _ := wire.ICRC(frame)
		for at := wire.EthLen; at < len(frame)-4; at++ {
			for bit := range 8 {
				frame[at] ^= 1 << bit
				changed := dumbICRC(frame, v6) != want
				frame[at] ^= 1 << bit
				if free := freeBit(at-wire.EthLen, bit, v6); changed == free {
					t.Errorf("v6=%v: changing bit %d of IP byte %d changes the ICRC: %v, want %v", v6, bit, at-wire.EthLen, changed, !free)
				}
			}
		}
	}
}

func freeBit(at, bit int, v6 bool) bool {
	if v6 {
		return at == 0 && bit < 4 || at >= 1 && at <= 3 || at == 7 || at == 46 || at == 47 || at == 52
	}
	return at == 1 || at == 8 || at == 10 || at == 11 || at == 26 || at == 27 || at == 32
}

// softRoCE has frames that Linux 6.1 rdma_rxe sent: an empty SEND_ONLY, an acknowledgement, a CMP_SWAP, on IPv4 and IPv6.
// Published by nobody, but made by nobody here: never to be rewritten.
var softRoCE = []string{
	"52540000000252540000000108004500002c8702400040119fbc0a0000010a000002c12112b7001800000400ffff0000001180415576083cdbed",
	"52540000000152540000000208004500003082d840004011a3e20a0000020a000001c12112b7001c00001100ffff00000011004155761f0000012abed29d",
	"52540000000252540000000108004500004887a7400040119efb0a0000010a000002c1b912b7003400001300ffff0000001580fc253a00007fde26c075080000024c00000000000000080000000000000007286c94c6",
	"52540000000252540000000186dd6000000000181140fe80000000000000505400fffe000001fe80000000000000505400fffe000002c12112b7001800000400ffff0000001180a26517485a4446",
	"52540000000152540000000286dd60000000001c1140fe80000000000000505400fffe000002fe80000000000000505400fffe000001c12112b7001c00001100ffff0000001100a265171f0000019766d0e4",
	"52540000000252540000000186dd6000000000341140fe80000000000000505400fffe000001fe80000000000000505400fffe000002c1b912b7003400001300ffff0000001580d2e8c200007f5df26dc508000002a6000000000000000800000000000000072d7b53bf",
}

func TestSoftRoCEFrames(t *testing.T) {
	for _, text := range softRoCE {
		frame, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		var p wire.Packet
		if err := wire.Parse(frame, &p); err != nil {
			t.Errorf("%v\n%s", err, wire.Annotate(frame))
			continue
		}
		if d := wire.Diff(frame, p.Append(nil)); d != "" {
			t.Errorf("encoded again, it differs\n%s", d)
		}
	}
}

func TestPutICRC(t *testing.T) {
	frame := sample(abi.OpSendOnly, false).Append(nil)
	want, _ := wire.ICRC(frame)
	frame[len(frame)-1] ^= 0xff
	if err := wire.PutICRC(frame); err != nil {
		t.Fatal(err)
	}
	if got := binary.LittleEndian.Uint32(frame[len(frame)-4:]); got != want {
		t.Errorf("ICRC %#08x, want %#08x", got, want)
	}
	frame[12] = 0
	if err := wire.PutICRC(frame); err == nil {
		t.Error("PutICRC takes a frame that is not IP")
	}
	if _, err := wire.ICRC(frame); err == nil {
		t.Error("ICRC takes a frame that is not IP")
	}
}
