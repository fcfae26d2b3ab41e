package live_test

import (
	"context"
	"testing"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// bench is two connected endpoints on a socket pair.
func bench(b *testing.B) (from, to *live.Endpoint) {
	x, y, err := live.Pair()
	if err != nil {
		b.Fatal(err)
	}
	var ends []*live.Endpoint
	for i, at := range []live.Attachment{x, y} {
		n, err := live.Open(live.Config{Attachment: at, IP: ip4[i], MAC: live.MAC{2, 0, 0, 0, 0, byte(i)}, MTU: 4200})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { n.Close() })
		c, err := n.NewContainer(0)
		if err != nil {
			b.Fatal(err)
		}
		e, err := c.NewEndpoint(live.EndpointAttr{Buffer: 1 << 20})
		if err != nil {
			b.Fatal(err)
		}
		ends = append(ends, e)
	}
	for i := range ends {
		if err := ends[i].Connect(context.Background(), live.ConnectAttr{Peer: ends[1-i].Address(), MTU: 4096}); err != nil {
			b.Fatal(err)
		}
	}
	return ends[0], ends[1]
}

// writes posts n signaled WRITEs of size bytes and waits for them.
func writes(b *testing.B, from, to *live.Endpoint, n int, size uint32) {
	for range n {
		err := from.PostSend(driver.SendWR{
			Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, SGE: from.SGE(0, size), RemoteVA: to.VA(), RKey: to.Key(),
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	wcs, err := from.Poll(context.Background(), n)
	if err != nil || wcs[n-1].Status != abi.WCStatusSuccess {
		b.Fatal(wcs, err)
	}
}

// BenchmarkLatency is one WRITE of 8 bytes after the other, acknowledged.
func BenchmarkLatency(b *testing.B) {
	from, to := bench(b)
	for b.Loop() {
		writes(b, from, to, 1, 8)
	}
}

// BenchmarkThroughput is WRITEs of 64 KiB, 16 at a time.
func BenchmarkThroughput(b *testing.B) {
	from, to := bench(b)
	b.SetBytes(16 * 65536)
	for b.Loop() {
		writes(b, from, to, 16, 65536)
	}
	if s := from.Container().NIC().Stats(); s.Overrun != 0 {
		b.Logf("%d frames were not taken by the socket", s.Overrun)
	}
}
