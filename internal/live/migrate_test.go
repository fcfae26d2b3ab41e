package live_test

import (
	"context"
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// world is a partner, and two NICs that the container may be on.
type world struct {
	hub         *live.Hub
	peer, first *live.NIC
	second      *live.NIC
}

// newWorld joins three NICs by a hub; the second has the address of the first, or one of its own.
func newWorld(t *testing.T, second netip.Addr) *world {
	t.Helper()
	w := &world{hub: live.NewHub()}
	t.Cleanup(func() { w.hub.Close() })
	w.peer = open(t, live.Config{Name: "peer", Attachment: w.hub.Port("peer"), IP: ip4[1], MAC: live.MAC{2, 0, 0, 0, 0, 9}})
	w.first = open(t, live.Config{Name: "first", Attachment: w.hub.Port("first"), IP: ip4[0], MAC: live.MAC{2, 0, 0, 0, 0, 1}})
	w.second = open(t, live.Config{
		Name: "second", Attachment: w.hub.Port("second"), IP: second, MAC: live.MAC{2, 0, 0, 0, 0, 2}, Standby: second == ip4[0],
	})
	return w
}

// load posts count rounds of SEND, WRITE, READ and FETCH_ADD to e, whose partner has the address to.
func load(t *testing.T, e *live.Endpoint, to live.Address, count int) {
	t.Helper()
	for i := range count {
		n := uint32(i % 3000)
		check(t, e.PostSend(
			driver.SendWR{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: e.SGE(0, n)},
			driver.SendWR{Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, SGE: e.SGE(0, n), RemoteVA: to.VA + 8192, RKey: to.RKey},
			driver.SendWR{Opcode: abi.WROpcodeRDMARead, Flags: abi.WRFlagSignaled, SGE: e.SGE(4096, n), RemoteVA: to.VA + 8192, RKey: to.RKey},
			driver.SendWR{Opcode: abi.WROpcodeFetchAdd, Flags: abi.WRFlagSignaled, SGE: e.SGE(16384, 8), RemoteVA: to.VA, RKey: to.RKey, Swap: 1},
		))
	}
}

// TestMigrate: a container with requests under way in both directions moves to another NIC and back. Partners with and
// without the migration protocol, each policy.
func TestMigrate(t *testing.T) {
	for _, test := range []struct {
		name   string
		attr   live.ConnectAttr
		second netip.Addr
		o      live.MigrateOptions
	}{
		{"silent", live.ConnectAttr{}, ip4[0], live.MigrateOptions{Blackout: 100 * time.Millisecond}},
		{"silent, woken", live.ConnectAttr{Timeout: 18}, ip4[0], live.MigrateOptions{Blackout: 50 * time.Millisecond, Wake: true}},
		{"RNR", live.ConnectAttr{Timeout: 17}, ip4[0], live.MigrateOptions{Policy: live.RNR, Blackout: 300 * time.Millisecond}},
		{"capable", live.ConnectAttr{Migration: true}, ip4[0], live.MigrateOptions{Blackout: 50 * time.Millisecond}},
		{"capable, other address", live.ConnectAttr{Migration: true}, netip.MustParseAddr("10.0.0.3"), live.MigrateOptions{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, test.second)
			const rounds = 30
			e := endpoint(t, w.first, 1, live.EndpointAttr{})
			p := endpoint(t, w.peer, 1, live.EndpointAttr{})
			connect(t, e, p, test.attr)
			for _, s := range []*live.Endpoint{e, p} {
				for range 2 * rounds {
					check(t, s.PostRecv(driver.RecvWR{SGE: s.SGE(32768, 4096)}))
				}
			}
			to := w.second
			for trip := range 2 {
				check(t, e.Write(0, make([]byte, 8)))
				check(t, p.Write(0, make([]byte, 8)))
				slow := live.Fault{Name: "slow", Dir: live.Out, Do: live.Delay, By: time.Millisecond, Times: -1}
				w.peer.AddFault(slow) // so that much is under way
				load(t, p, e.Address(), rounds)
				load(t, e, p.Address(), rounds)
				o, warned := test.o, 0
				o.Warn = func(live.Warning) { warned++ }
				check(t, e.Container().Migrate(deadline(t), to, o))
				if warned != 0 {
					t.Error("a partner that survives was warned of")
				}
				w.peer.ClearFaults()
				if e.Container().NIC() != to {
					t.Fatal("the container is not where it went")
				}
				// Sends and receives complete on one queue.
				wait(t, e, p, rounds)
				if trip == 0 {
					to = w.first
				}
			}
		})
	}
}

// wait is for all completions of both sides: what each sent, and what it received. Then the counters are complete.
func wait(t *testing.T, e, p *live.Endpoint, rounds int) {
	t.Helper()
	for _, s := range []*live.Endpoint{e, p} {
		wc, err := s.Poll(deadline(t), 5*rounds)
		check(t, err)
		for i, c := range wc {
			if c.Status != abi.WCStatusSuccess {
				t.Fatalf("completion %d: %+v", i, c)
			}
		}
	}
	for _, s := range []*live.Endpoint{e, p} {
		var word [8]byte
		check(t, s.Read(0, word[:]))
		if n := binary.LittleEndian.Uint64(word[:]); n != uint64(rounds) {
			t.Fatalf("the counter is %d, not %d", n, rounds)
		}
	}
}

// TestMigrateToDead: the other NIC ends just before the container would come to life there. It goes on where it was.
func TestMigrateToDead(t *testing.T) {
	w := newWorld(t, ip4[0])
	e, p := endpoint(t, w.first, 0, live.EndpointAttr{}), endpoint(t, w.peer, 0, live.EndpointAttr{})
	connect(t, e, p, live.ConnectAttr{})
	go func() {
		for w.second.Container(0) == nil {
			time.Sleep(time.Millisecond)
		}
		w.second.Close()
	}()
	if err := e.Container().Migrate(deadline(t), w.second, live.MigrateOptions{Blackout: time.Second}); !errors.Is(err, net.ErrClosed) {
		t.Fatalf("error %v", err)
	}
	if e.Container().NIC() != w.first {
		t.Fatal("it is on the dead one")
	}
	check(t, p.PostRecv(driver.RecvWR{SGE: p.SGE(0, 64)}))
	check(t, e.PostSend(driver.SendWR{Flags: abi.WRFlagSignaled, Opcode: abi.WROpcodeSend, SGE: e.SGE(0, 64)}))
	if wc, err := e.Poll(deadline(t), 1); err != nil || wc[0].Status != abi.WCStatusSuccess {
		t.Fatalf("after the rollback: %+v, %v", wc, err)
	}
}

// TestMigrateRefused: a partner that knows nothing of migration would lose a container that changes its address, and a
// migration that fails leaves it where it was.
func TestMigrateRefused(t *testing.T) {
	w := newWorld(t, netip.MustParseAddr("10.0.0.3"))
	e, p := endpoint(t, w.first, 0, live.EndpointAttr{}), endpoint(t, w.peer, 0, live.EndpointAttr{})
	connect(t, e, p, live.ConnectAttr{})
	if err := e.Container().Migrate(deadline(t), w.second, live.MigrateOptions{}); !errors.Is(err, driver.ErrInval) {
		t.Fatalf("another address: %v", err)
	}
	broken := errors.New("cable cut")
	err := e.Container().Migrate(deadline(t), w.second, live.MigrateOptions{Edit: func(*live.Snapshot) error { return broken }})
	if err == nil {
		t.Fatal("no error")
	}
	err = e.Container().Migrate(deadline(t), w.second, live.MigrateOptions{Refuse: true, Blackout: time.Hour})
	if !errors.Is(err, live.ErrPatience) || !strings.Contains(err.Error(), "QP 256: its partner knows nothing of migration and asks for the last time after 469.7") {
		t.Errorf("longer than the partner waits: %v", err)
	}
	check(t, p.PostRecv(driver.RecvWR{SGE: p.SGE(0, 64)}))
	check(t, e.PostSend(driver.SendWR{Flags: abi.WRFlagSignaled, Opcode: abi.WROpcodeSend, SGE: e.SGE(0, 64)}))
	if wc, err := e.Poll(deadline(t), 1); err != nil || wc[0].Status != abi.WCStatusSuccess {
		t.Fatalf("after two rollbacks: %+v, %v", wc, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := p.Poll(ctx, 2); !errors.Is(err, context.Canceled) {
		t.Fatalf("a poll that is called off: %v", err)
	}
}
