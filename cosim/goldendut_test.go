package cosim

import (
	"errors"
	"net"
	"testing"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// rig is host a with a device in lockstep, hosts b and c with golden NICs, and a stream from a to b.
type rig struct {
	world    *host.World
	check    *lockstep.Checker
	app      *host.Container
	sender   *host.Sender
	receiver *host.Receiver
	data     []byte
}

const rigRAM = 1 << 21

// newRig makes a rig around the device that open makes, with loss in 1000 on all links.
func newRig(t testing.TB, open func(ram *mem.RAM) (*Device, *lockstep.Checker), loss uint16, size int) *rig {
	t.Helper()
	seed := fabric.SplitMix(7)
	f := fabric.New(0, &seed)
	if err := f.SetFaults(fabric.Faults{Loss: loss}); err != nil {
		t.Fatal(err)
	}
	r := &rig{world: host.NewWorld(f), data: make([]byte, size)}
	for i := range r.data {
		r.data[i] = byte(seed.Uint64())
	}
	for _, name := range []string{"a", "b", "c"} {
		ram := mem.NewRAM(rigRAM)
		var dev nic.Device
		if name == "a" {
			dev, r.check = open(ram)
		} else {
			dev = nic.New(nic.Config{Params: nic.DefaultParams()}, ram)
		}
		if err := dev.Run(r.world.Now()); err != nil {
			t.Fatal(err)
		}
		if _, err := r.world.AddHost(host.HostConfig{Name: name, NIC: dev, RAM: ram}); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// stream lets a container on a stream to one on b, and moves it to c and back if it is to.
func (r *rig) stream(move bool) error {
	sink, err := r.world.NewContainer("sink", r.world.Host("b"), host.ContainerAttr{})
	if err != nil {
		return err
	}
	if r.app, err = r.world.NewContainer("app", r.world.Host("a"), host.ContainerAttr{}); err != nil {
		return err
	}
	if r.sender, r.receiver, err = host.NewStream(r.app, sink, r.data, host.StreamOpts{}); err != nil {
		return err
	}
	if move {
		for i, to := range []string{"c", "a"} {
			at := uint64(len(r.data) * (i + 1) / 3)
			if err := r.until(func() bool { return r.receiver.Received() >= at }); err != nil {
				return err
			}
			if _, err := host.Migrate(r.world, r.app, r.app.Host(), r.world.Host(to), host.Options{}); err != nil {
				return err
			}
		}
	}
	return r.until(func() bool { return r.sender.Done() && r.receiver.Done() })
}

func (r *rig) until(done func() bool) error {
	err := r.world.Run(20_000_000, done)
	for _, c := range r.world.Containers() {
		err = errors.Join(err, c.Err())
	}
	return err
}

// openGolden is a device over the bridge whose other end is the golden NIC.
func openGolden(t *testing.T, tamper func(it *bridge.Item) bool) func(*mem.RAM) (*Device, *lockstep.Checker) {
	return func(ram *mem.RAM) (*Device, *lockstep.Checker) {
		t.Helper()
		check := lockstep.New(lockstep.Options{Params: nic.DefaultParams(), StarveCycles: 5000})
		dev, err := NewDevice(Config{
			RAM: ram, Observer: check,
			Start: func() (*bridge.Conn, error) {
				near, far := net.Pipe()
				dut := &GoldenDUT{Params: nic.DefaultParams(), Tamper: tamper}
				go dut.Serve(far)
				return bridge.NewConn(near, bridge.Options{Hello: bridge.Hello{Role: bridge.RoleHost, Revision: abi.Revision}})
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { dev.Close() })
		return dev, check
	}
}

func TestGoldenDUTInLockstep(t *testing.T) {
	r := newRig(t, openGolden(t, nil), 10, 150000)
	if err := r.stream(true); err != nil {
		t.Fatal(err)
	}
	if s := r.check.Stats(); s.Steps < 100 || s.Frames < 50 || s.DMAReads < 50 || s.DMAWrites < 10 || s.Registers < 50 {
		t.Errorf("lockstep compared too little: %+v", s)
	}
}

// nth returns a function that is true the n-th time it is asked about an item of the kind, from 0.
func nth(kind bridge.Kind, n int) func(*bridge.Item) bool {
	seen := -1
	return func(it *bridge.Item) bool {
		if it.Kind != kind {
			return false
		}
		seen++
		return seen == n
	}
}

// retireOf is as nth, of retire records with a cause.
func retireOf(cause abi.Cause, n int) func(*bridge.Item) bool {
	hit := 0
	return func(it *bridge.Item) bool {
		if it.Kind != bridge.KindRetire || abi.Cause(it.Data[4]) != cause {
			return false
		}
		hit++
		return hit == n+1
	}
}

// TestLockstepFindsFaults gives a device one fault of each kind; the checker must name it.
func TestLockstepFindsFaults(t *testing.T) {
	flip := func(when func(*bridge.Item) bool, at int) func(*bridge.Item) bool {
		return func(it *bridge.Item) bool {
			if when(it) {
				it.Data[at] ^= 1
			}
			return true
		}
	}
	drop := func(when func(*bridge.Item) bool) func(*bridge.Item) bool {
		return func(it *bridge.Item) bool { return !when(it) }
	}
	stopped := false
	for _, tt := range []struct {
		name   string
		tamper func(*bridge.Item) bool
		want   lockstep.Kind
	}{
		{"context", flip(retireOf(abi.CauseSend, 5), 64+0x44), lockstep.KindContext},
		{"verdict", flip(retireOf(abi.CauseRX, 2), 5), lockstep.KindVerdict},
		{"record", flip(retireOf(abi.CauseSend, 3), 0x18), lockstep.KindRecord},
		{"frame", flip(nth(bridge.KindTX, 6), 60), lockstep.KindFrame},
		{"lost frame", drop(nth(bridge.KindTX, 4)), lockstep.KindFrame},
		{"lost write", drop(nth(bridge.KindDMAWrite, 3)), lockstep.KindMissing},
		{"write data", flip(nth(bridge.KindDMAWrite, 3), 8), lockstep.KindDMAWrite},
		{"read address", func(it *bridge.Item) bool {
			if it.Kind == bridge.KindDMARead && it.Cycle > 5000 {
				it.Addr += 64
			}
			return true
		}, lockstep.KindDMARead},
		{"cause from nowhere", func(it *bridge.Item) bool {
			if it.Kind == bridge.KindRetire && abi.Cause(it.Data[4]) == abi.CauseRetire {
				it.Data[4] = byte(abi.CauseDBSQ)
			}
			return true
		}, lockstep.KindOrder},
		{"timer from nowhere", func(it *bridge.Item) bool {
			if it.Kind == bridge.KindRetire && abi.Cause(it.Data[4]) == abi.CauseRetire {
				it.Data[4], it.Data[6] = byte(abi.CauseTimer), 1
			}
			return true
		}, lockstep.KindTimer},
		{"register", func(it *bridge.Item) bool {
			if it.Kind == bridge.KindRegData && it.Addr == uint64(abi.RegScratch) {
				it.Value++
			}
			return true
		}, lockstep.KindRegister},
		{"hang", func(it *bridge.Item) bool {
			stopped = stopped || it.Kind == bridge.KindRetire && it.Cycle > 4000
			return !stopped || it.Kind == bridge.KindRan || it.Kind == bridge.KindRegData || it.Kind == bridge.KindRegDone
		}, lockstep.KindHang},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, openGolden(t, tt.tamper), 0, 40000)
			err := r.stream(false)
			if tt.want == lockstep.KindRegister {
				_, err = r.world.Host("a").NIC.ReadReg(abi.RegScratch)
			}
			var d *lockstep.Divergence
			if !errors.As(err, &d) {
				t.Fatalf("error is %v, want a divergence", err)
			}
			if d.Kind != tt.want {
				t.Errorf("divergence is %q, want %q:\n%v", d.Kind, tt.want, d)
			}
			if d.Cause == "" || len(d.Diffs) == 0 || d.Signature() == "" {
				t.Errorf("divergence says too little: %+v", d)
			}
		})
	}
}
