package fabric_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// BenchmarkPair writes messages of 64 packets of 1024 bytes from one NIC to the other; one iteration is one
// data packet, with its share of acknowledgements and completions.
func BenchmarkPair(b *testing.B) {
	net := fabric.New(0, rng(1))
	x, y := pair(b, net, nil, func(q *abi.QPC) { q.Access = abi.AccessRemoteWrite })
	const packets = 64
	start := net.Now()
	b.SetBytes(1024)
	b.ReportAllocs()
	b.ResetTimer()
	for n := 0; n < b.N; n += 8 * packets {
		for range 8 {
			x.postWrite(0, 0, packets*1024)
		}
		x.wait(0, 8, 100000)
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "packets/s")
	b.ReportMetric(float64(net.Now()-start)/float64(b.N), "cycles/packet")
	if y.read(abi.RegCounter+4*abi.CounterRXFrames) == 0 {
		b.Fatal("nothing arrived")
	}
}
