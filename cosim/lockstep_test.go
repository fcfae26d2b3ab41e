package cosim

import (
	"errors"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// passed is an item that passed between a host and a device, in one direction or the other.
type passed struct {
	sent bool
	it   bridge.Item
}

// tape is an Observer that remembers what a checker was told.
type tape struct {
	*lockstep.Checker
	items []passed
}

// keep remembers an item. Its data is not copied: what an Observer is told stays as it was, whatever becomes of the
// memory and the frames of which it tells.
func (l *tape) keep(sent bool, it *bridge.Item) { l.items = append(l.items, passed{sent, *it}) }

// Sent implements Observer.
func (l *tape) Sent(it *bridge.Item) {
	l.keep(true, it)
	l.Checker.Sent(it)
}

// Observed implements Observer.
func (l *tape) Observed(it *bridge.Item) error {
	l.keep(false, it)
	return l.Checker.Observed(it)
}

// recorded is all that passes while a container streams from a golden NIC behind the bridge, and moves if it is to.
func recorded(t testing.TB, size int, move bool) []passed {
	t.Helper()
	l := &tape{Checker: newChecker()}
	r := newRig(t, func(ram *mem.RAM) (*Device, *lockstep.Checker) {
		dev, err := NewDevice(Config{RAM: ram, Observer: l, Start: startGolden(bridge.Options{})})
		must(t, err)
		t.Cleanup(func() { dev.Close() })
		return dev, l.Checker
	}, 0, size)
	if err := r.stream(move); err != nil {
		t.Fatal(err)
	}
	return l.items
}

func newChecker() *lockstep.Checker {
	return lockstep.New(lockstep.Options{Params: nic.DefaultParams(), StarveCycles: 5000})
}

// tell gives a checker one item.
func tell(c *lockstep.Checker, p *passed) error {
	if p.sent {
		c.Sent(&p.it)
		return nil
	}
	return c.Observed(&p.it)
}

// midStream returns a checker that has seen half of a stream, up to and without a retire record, and that record.
func midStream(t *testing.T) (*lockstep.Checker, bridge.Item) {
	t.Helper()
	items := recorded(t, 20000, false)
	c := newChecker()
	for i := range items {
		if i > len(items)/2 && items[i].it.Kind == bridge.KindRetire {
			rec := items[i].it
			rec.Data = append([]byte(nil), rec.Data...)
			return c, rec
		}
		must(t, tell(c, &items[i]))
	}
	t.Fatal("no record in the second half")
	return nil, bridge.Item{}
}

// Places in a retire record: fields of the record itself, before the context.
const (
	recordCause   = 0x04
	recordVerdict = 0x05
)

// TestCheckerOfNonsense gives a checker in mid-stream one item that makes no sense, or that says that the device is
// broken. Each is a divergence that names it, and the first one stands.
func TestCheckerOfNonsense(t *testing.T) {
	text := func(k bridge.Kind, s string) func(bridge.Item) bridge.Item {
		return func(it bridge.Item) bridge.Item { return bridge.Item{Kind: k, Cycle: it.Cycle, Data: []byte(s)} }
	}
	cut := func(n int) func(bridge.Item) bridge.Item {
		return func(it bridge.Item) bridge.Item { it.Data = it.Data[:n]; return it }
	}
	set := func(at int, v byte) func(bridge.Item) bridge.Item {
		return func(it bridge.Item) bridge.Item { it.Data[at] = v; return it }
	}
	for _, tt := range []struct {
		name string
		item func(bridge.Item) bridge.Item
		kind lockstep.Kind
		want string
	}{
		{"record without bytes", cut(0), lockstep.KindRecord, "0 bytes"},
		{"record cut short", cut(100), lockstep.KindRecord, "100 bytes"},
		{"record too long", func(it bridge.Item) bridge.Item { it.Data = append(it.Data, 0); return it }, lockstep.KindRecord, "321 bytes"},
		{"cause that is none", set(recordCause, 0xee), lockstep.KindRecord, "cause"},
		{"verdict that is none", set(recordVerdict, 0xee), lockstep.KindRecord, "verdict"},
		{"another cause", set(recordCause, byte(abi.CauseTimer)), lockstep.KindTimer, "none is armed"},
		{"another context", func(it bridge.Item) bridge.Item { it.Data[64+0x44] ^= 1; return it }, lockstep.KindContext, "expected"},
		{"reserved byte of the context", func(it bridge.Item) bridge.Item { it.Data[len(it.Data)-1] ^= 1; return it },
			lockstep.KindContext, "reserved byte 0xff"},
		{"assertion", text(bridge.KindAssert, "rdma_tx.sv:12: 'assert' failed"), lockstep.KindDevice, "got rdma_tx.sv:12: 'assert' failed"},
		{"fault", text(bridge.KindFault, "register access not answered"), lockstep.KindDevice, "got register access not answered"},
		{"hang", text(bridge.KindHang, "m_axis_tx beat not taken"), lockstep.KindHang, "got m_axis_tx beat not taken"},
		{"answer to no write", func(it bridge.Item) bridge.Item {
			return bridge.Item{Kind: bridge.KindRegDone, Cycle: it.Cycle, Addr: uint64(abi.RegScratch)}
		}, lockstep.KindOrder, "no write"},
		{"register that is none", func(it bridge.Item) bridge.Item {
			return bridge.Item{Kind: bridge.KindRegData, Cycle: it.Cycle, Addr: 0xfffc}
		}, lockstep.KindRegister, "SLVERR"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, rec := midStream(t)
			it := tt.item(rec)
			err := c.Observed(&it)
			var d *lockstep.Divergence
			if !errors.As(err, &d) || d != c.Divergence() {
				t.Fatalf("error is %v, want the divergence", err)
			}
			if d.Kind != tt.kind || !strings.Contains(d.Error(), tt.want) {
				t.Errorf("divergence is %q, want %q with %q:\n%v", d.Kind, tt.kind, tt.want, d)
			}
			if len(d.Diffs) == 0 || len(d.History) == 0 || d.Signature() == "" {
				t.Errorf("divergence says too little: %+v", d)
			}
			if again := c.Observed(&rec); again != err {
				t.Errorf("the divergence changed to %v", again)
			}
		})
	}
}

// TestVerdictsOfTheDevice: a device that says itself that it failed is reported in its own words, and lockstep has
// the same as a divergence, with the records before it.
func TestVerdictsOfTheDevice(t *testing.T) {
	for _, tt := range []struct {
		say  bridge.Kind
		kind lockstep.Kind
	}{{bridge.KindAssert, lockstep.KindDevice}, {bridge.KindFault, lockstep.KindDevice}, {bridge.KindHang, lockstep.KindHang}} {
		t.Run(tt.say.String(), func(t *testing.T) {
			third := retireOf(abi.CauseSend, 3)
			r := newRig(t, openGolden(t, func(it *bridge.Item) bool {
				if third(it) {
					*it = bridge.Item{Kind: tt.say, Cycle: it.Cycle, Data: []byte("it broke")}
				}
				return true
			}), 0, 40000)
			err := r.stream(false)
			var e *DUTError
			if !errors.As(err, &e) || e.Kind != tt.say || e.Text != "it broke" {
				t.Errorf("error %v, want a *DUTError of kind %v", err, tt.say)
			}
			if n := strings.Count(err.Error(), "it broke"); n != 1 {
				t.Errorf("it is told %d times: %v", n, err)
			}
			d := r.check.Divergence()
			if d == nil || d.Kind != tt.kind || len(d.History) == 0 {
				t.Errorf("divergence %v, want kind %q", d, tt.kind)
			}
		})
	}
}
