package cosim

import (
	"bytes"
	"fmt"
	"net"
	"runtime"
	"testing"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// opener makes a device whose connection has the options, in lockstep.
type opener func(t *testing.T, o bridge.Options) func(*mem.RAM) (*Device, *lockstep.Checker)

// openRTLWith is the RTL NIC.
func openRTLWith(t *testing.T, o bridge.Options) func(*mem.RAM) (*Device, *lockstep.Checker) {
	needVerilator(t)
	return func(ram *mem.RAM) (*Device, *lockstep.Checker) {
		dev, check, err := RTL{RAM: ram, Bridge: o}.Open(t.Context())
		must(t, err)
		t.Cleanup(func() { dev.Close() })
		return dev, check
	}
}

// openGoldenWith is the golden NIC behind the bridge, which needs no Verilator.
func openGoldenWith(t *testing.T, o bridge.Options) func(*mem.RAM) (*Device, *lockstep.Checker) {
	return func(ram *mem.RAM) (*Device, *lockstep.Checker) {
		check := lockstep.New(lockstep.Options{Params: nic.DefaultParams()})
		dev, err := NewDevice(Config{RAM: ram, Observer: check, Start: startGolden(o)})
		must(t, err)
		t.Cleanup(func() { dev.Close() })
		return dev, check
	}
}

// startGolden starts a golden NIC behind a bridge with the options.
func startGolden(o bridge.Options) func() (*bridge.Conn, error) {
	o.Hello.Role, o.Hello.Revision = bridge.RoleHost, abi.Revision
	return func() (*bridge.Conn, error) {
		near, far := net.Pipe()
		go (&GoldenDUT{Params: nic.DefaultParams()}).Serve(far)
		return bridge.NewConn(near, o)
	}
}

// runOnce lets a container stream over lossy links and move away and back, and returns what the device did, byte for
// byte, and how many frames the bridge took for it.
func runOnce(t *testing.T, open opener, items int, chunk uint64) (transcript []byte, frames uint64) {
	t.Helper()
	tr := &bridge.Transcript{Keep: true}
	o := bridge.Options{Transcript: tr, ItemsPerFrame: items, ChunkSeed: chunk, Hello: bridge.Hello{ItemsPerFrame: items}}
	var dev *Device
	r := newRig(t, func(ram *mem.RAM) (*Device, *lockstep.Checker) {
		d, check := open(t, o)(ram)
		dev = d
		return d, check
	}, 10, 200000)
	if err := r.stream(true); err != nil {
		t.Fatal(err)
	}
	if got := r.receiver.Received(); got != uint64(len(r.data)) {
		t.Fatalf("%d of %d bytes arrived", got, len(r.data))
	}
	stats := dev.Conn().Stats()
	must(t, dev.Close())
	return tr.Bytes(), stats.FramesReceived
}

// sameTranscript names the first observation in which two transcripts differ.
func sameTranscript(t *testing.T, how string, want, got []byte) {
	t.Helper()
	if bytes.Equal(want, got) {
		return
	}
	a, errA := bridge.ParseTranscript(want)
	b, errB := bridge.ParseTranscript(got)
	if errA != nil || errB != nil {
		t.Fatalf("%s: %v, %v", how, errA, errB)
	}
	for i := range min(len(a), len(b)) {
		if a[i].String() != b[i].String() || !bytes.Equal(a[i].Data, b[i].Data) {
			t.Errorf("%s: observation %d is %v, want %v", how, i, &b[i], &a[i])
			return
		}
	}
	t.Errorf("%s: %d observations, want %d", how, len(b), len(a))
}

// TestBatchInvariance: neither where frames end, nor how sockets cut them, nor how many threads there are has any
// influence on what a device does. One run of a migration per way, compared byte for byte.
func TestBatchInvariance(t *testing.T) {
	for _, dut := range []struct {
		name string
		open opener
	}{{"golden", openGoldenWith}, {"rtl", openRTLWith}} {
		t.Run(dut.name, func(t *testing.T) {
			want, most := runOnce(t, dut.open, 0, 0)
			obs, err := bridge.ParseTranscript(want)
			if err != nil || len(obs) < 1000 {
				t.Fatalf("a transcript of only %d observations, %v", len(obs), err)
			}
			again, _ := runOnce(t, dut.open, 0, 0)
			sameTranscript(t, "the same again", want, again)
			for i, items := range []int{1, 7, 64, 4096} {
				chunk := uint64(1000 + i)
				got, frames := runOnce(t, dut.open, items, chunk)
				sameTranscript(t, fmt.Sprintf("%d items a frame, chunk seed %d", items, chunk), want, got)
				if items == 1 && frames <= most {
					t.Errorf("%d frames of one item each: the device does not heed frame.items", frames)
				}
			}
			for _, procs := range []int{1, 8} {
				old := runtime.GOMAXPROCS(procs)
				got, _ := runOnce(t, dut.open, 7, 5)
				runtime.GOMAXPROCS(old)
				sameTranscript(t, fmt.Sprintf("GOMAXPROCS %d", procs), want, got)
			}
		})
	}
}
