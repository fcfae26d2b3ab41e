package fabric_test

import (
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// BenchmarkPair writes messages of 64 packets from one NIC to the other; one iteration is one data packet, with its
// share of acknowledgements and completions. The path MTU says how long packets are; 8 bytes are messages of one packet.
func BenchmarkPair(b *testing.B) {
	for _, c := range []struct {
		size, packets uint32
		pmtu          uint8
	}{{8, 1, 1}, {256, 64, 1}, {512, 64, 2}, {1024, 64, 3}, {2048, 64, 4}, {4096, 64, 5}} {
		b.Run(fmt.Sprint(c.size), func(b *testing.B) {
			net := fabric.New(0, rng(1))
			x, y := pair(b, net, nil, func(q *abi.QPC) { q.PMTU = c.pmtu })
			const messages = 64
			start := net.Now()
			b.SetBytes(int64(c.size))
			b.ReportAllocs()
			b.ResetTimer()
			done := 0
			for ; done < b.N; done += messages * int(c.packets) {
				writeAll(b, x, messages, c.packets*c.size)
			}
			b.StopTimer()
			b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "packets/s")
			b.ReportMetric(float64(net.Now()-start)/float64(done), "cycles/packet")
			if got := y.read(abi.RegCounter + 4*abi.CounterRXFrames); int(got) < done {
				b.Fatalf("%d packets were sent, and %d frames arrived", done, got)
			}
		})
	}
}

// writeAll posts n messages with one doorbell and steps the world until the last has completed. It is apart from the
// methods of host because testing.TB.Helper, called for every window, would be a tenth of what is measured.
func writeAll(b *testing.B, h *host, n, size uint32) {
	w := abi.WQE{Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, NumSGE: 1, Length: size, VA: bufAt, LKey: key, RemoteVA: bufAt, RKey: key}
	var element [abi.WQESize]byte
	w.Marshal(element[:])
	for range n {
		h.store(sqAt+uint64(h.pi[0]%(1<<ringLog))*abi.WQESize, element[:])
		h.pi[0]++
	}
	h.write(abi.RegDBSQ+16*h.slot, uint32(h.pi[0]))
	h.seen[0] += n
	var e abi.CQE
	for {
		if err := h.net.Step(); err != nil {
			b.Fatal(err)
		}
		h.ram.DMARead(cqAt+uint64((h.seen[0]-1)%512)*abi.CQESize, element[:abi.CQESize])
		if e.Decode(element[:]); e.Seq == h.seen[0] {
			break
		}
		if h.dev.IRQ() {
			b.Fatalf("events %v; %s", h.events(), h.state())
		}
	}
	h.write(abi.RegDBCQCI, h.seen[0])
}
