package host

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Workload is a kind of traffic between containers. Its programs check every byte they get and every completion, and
// are done when all of it was right.
type Workload struct {
	Name string
	// About says in a few words what it does.
	About string
	// Containers is how many containers it needs, 2 or more. The first sends, the second receives, if these differ.
	Containers int
	// Size and Count are the bytes of a message and the number of messages if not chosen.
	Size, Count uint32
	// Needs is what the NICs must have.
	Needs abi.Feature
	// Races: how often a program has to try depends on the order in which others come, or on what is lost, and so do its
	// completions.
	Races bool
	// build connects the containers and gives them their programs.
	build func(cs []*Container, o WorkloadOpts) error
}

// WorkloadOpts are the properties of a workload; zero values choose.
type WorkloadOpts struct {
	// Size is the bytes of a message, Count how many there are (rounds where they go to and fro).
	Size, Count uint32
	// Seed decides on the data.
	Seed uint32
	// Connect are the properties of its connections.
	Connect ConnectOpts
}

// Start connects the containers, which have a free completion queue number each, and adds the programs. It steps the
// world.
func (l *Workload) Start(cs []*Container, o WorkloadOpts) error {
	if len(cs) != l.Containers {
		return fmt.Errorf("workload %s: %d containers, want %d", l.Name, len(cs), l.Containers)
	}
	if o.Size == 0 {
		o.Size = l.Size
	}
	if o.Count == 0 {
		o.Count = l.Count
	}
	if err := l.build(cs, o); err != nil {
		return fmt.Errorf("workload %s: %w", l.Name, err)
	}
	return nil
}

// Workloads are all there are, in the order of what they need of the protocol.
func Workloads() []Workload {
	const rdma, atomic, sgl = abi.FeatureRead, abi.FeatureAtomic, abi.FeatureSGL | abi.FeatureInline
	return []Workload{
		{"send-bw", "SENDs, eight in flight, one way", 2, 2500, 12, 0, false, perf(abi.WROpcodeSend, 8)},
		{"write-bw", "RDMA WRITEs, eight in flight, one way", 2, 2500, 12, 0, false, perf(abi.WROpcodeRDMAWrite, 8)},
		{"send-lat", "SENDs to and fro, one at a time", 2, 64, 12, 0, false, pingPong},
		{"write-lat", "RDMA WRITEs to and fro, seen by polling memory only", 2, 64, 12, 0, false, writeLatency},
		{"stream", "SENDs and RDMA WRITEs mixed, with a hash of all", 2, 1500, 12, 0, false, stream},
		{"rtr", "SENDs to a receiver that stays in RTR", 2, 2500, 12, 0, false, rtr},
		{"all-to-all", "three containers, each with each, in the steps of a ring", 3, 1500, 4, 0, false, allToAll},
		{"read-bw", "RDMA READs, eight in flight", 2, 2500, 12, rdma, false, perf(abi.WROpcodeRDMARead, 8)},
		{"read-lat", "RDMA READs, one at a time", 2, 64, 12, rdma, false, perf(abi.WROpcodeRDMARead, 1)},
		{"atomic-bw", "FETCH_ADDs and CMP_SWAPs of one word, eight in flight", 2, 8, 24, atomic, false, perf(abi.WROpcodeFetchAdd, 8)},
		{"atomic-lat", "FETCH_ADDs and CMP_SWAPs of one word, one at a time", 2, 8, 12, atomic, false, perf(abi.WROpcodeFetchAdd, 1)},
		{"kv", "two clients of a key-value store by READ, CMP_SWAP and WRITE", 3, 0, 4, rdma | atomic, true, keyValue},
		{"lists", "SENDs gathered from lists of up to 16 buffers or inline, scattered over lists", 2, 2500, 18, sgl, false, lists},
		{"shared", "three connections to one shared receive queue, shorter than what is in flight", 2, 1500, 6, abi.FeatureSRQ, true, shared},
		{"uc-rpc", "questions and answers on UC, asked again when they are lost", 2, 2500, 8, abi.FeatureUC, true, rpc(abi.QPTypeUC)},
		{"ud-rpc", "the same in datagrams (UD), whose sender asks where the other one is", 2, 900, 8, abi.FeatureUD, true, rpc(abi.QPTypeUD)},
	}
}

func perf(op abi.WROpcode, depth uint32) func([]*Container, WorkloadOpts) error {
	return func(cs []*Container, o WorkloadOpts) error {
		_, _, err := NewPerf(cs[0], cs[1], PerfOpts{
			Op: op, Size: o.Size, Count: o.Count, Depth: depth, Seed: o.Seed, Connect: o.Connect,
		})
		return err
	}
}

func rtr(cs []*Container, o WorkloadOpts) error {
	o.Connect.RTR = true
	return perf(abi.WROpcodeSend, 4)(cs, o)
}

func pingPong(cs []*Container, o WorkloadOpts) error {
	_, _, err := NewPingPong(cs[0], cs[1], o.Count, o.Size, o.Connect)
	return err
}

func writeLatency(cs []*Container, o WorkloadOpts) error {
	_, _, err := NewWriteLatency(cs[0], cs[1], o)
	return err
}

func keyValue(cs []*Container, o WorkloadOpts) error {
	_, err := NewKV(cs[1], []*Container{cs[0], cs[2]}, o)
	return err
}

func lists(cs []*Container, o WorkloadOpts) error {
	_, _, err := NewScatter(cs[0], cs[1], o)
	return err
}

func shared(cs []*Container, o WorkloadOpts) error {
	_, _, err := NewShared(cs[0], cs[1], o)
	return err
}

func rpc(typ abi.QPType) func([]*Container, WorkloadOpts) error {
	return func(cs []*Container, o WorkloadOpts) error {
		_, _, err := NewRPC(cs[0], cs[1], typ, o)
		return err
	}
}

func stream(cs []*Container, o WorkloadOpts) error {
	data := make([]byte, uint64(o.Size)*uint64(o.Count))
	pattern(data, o.Seed)
	_, _, err := NewStream(cs[0], cs[1], data, StreamOpts{Chunk: o.Size, Connect: o.Connect})
	return err
}

func allToAll(cs []*Container, o WorkloadOpts) error {
	_, err := NewAllToAll(cs, o)
	return err
}

// pattern fills p with bytes that are different in every place and for every key.
func pattern(p []byte, key uint32) {
	x := key*2654435761 + 1
	for i := range p {
		x = x*1664525 + 1013904223
		p[i] = byte(x >> 24)
	}
}
