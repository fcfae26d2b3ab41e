package live_test

import (
	"bytes"
	"net"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// behindBridge is a device as the RTL is one: behind the bridge, in lockstep, with no idea of when it will do something.
func behindBridge(ram *mem.RAM) (nic.Device, error) {
	o := bridge.Options{Hello: bridge.Hello{Role: bridge.RoleHost, Revision: abi.Revision}}
	return cosim.NewDevice(cosim.Config{
		RAM: ram, Observer: lockstep.New(lockstep.Options{Params: nic.DefaultParams()}),
		Start: func() (*bridge.Conn, error) {
			near, far := net.Pipe()
			go (&cosim.GoldenDUT{Params: nic.DefaultParams()}).Serve(far)
			return bridge.NewConn(near, o)
		},
	})
}

// TestSlowDevice: a container moves to a device that is slow and behind the bridge, and back, with WRITEs under way from
// a partner that knows nothing of it.
func TestSlowDevice(t *testing.T) {
	hub := live.NewHub()
	t.Cleanup(func() { hub.Close() })
	const slow = 500 * time.Nanosecond // a cycle
	peer := open(t, live.Config{Name: "peer", Attachment: hub.Port("peer"), IP: ip4[1], MAC: live.MAC{2, 0, 0, 0, 0, 9}})
	first := open(t, live.Config{
		Name: "first", Attachment: hub.Port("first"), IP: ip4[0], MAC: live.MAC{2, 0, 0, 0, 0, 1},
		Params: nic.DefaultParams(), Containers: 2,
	})
	second := open(t, live.Config{
		Name: "second", Attachment: hub.Port("second"), IP: ip4[0], MAC: live.MAC{2, 0, 0, 0, 0, 2}, Standby: true,
		Device: behindBridge, Cycle: slow, Containers: 2,
	})
	e, p := endpoint(t, first, 1, live.EndpointAttr{}), endpoint(t, peer, 1, live.EndpointAttr{})
	connect(t, e, p, live.ConnectAttr{Timeout: 17})
	data := bytes.Repeat([]byte("slow but sure "), 300)
	check(t, p.Write(0, data))
	const writes = 60
	for _, to := range []*live.NIC{second, first} {
		for i := range uint64(writes) {
			check(t, p.PostSend(driver.SendWR{
				WRID: i, Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, SGE: p.SGE(0, uint32(len(data))), RemoteVA: e.VA() + 64*i, RKey: e.Key(),
			}))
		}
		_, err := p.Poll(deadline(t), 10)
		check(t, err)
		check(t, e.Container().Migrate(deadline(t), to, live.MigrateOptions{}))
		wcs, err := p.Poll(deadline(t), writes-10)
		check(t, err)
		for _, wc := range wcs {
			if wc.Status != abi.WCStatusSuccess {
				t.Fatalf("%+v", wc)
			}
		}
		got := make([]byte, len(data))
		check(t, e.Read(64*(writes-1), got))
		if !bytes.Equal(got, data) {
			t.Fatal("the last WRITE is not there")
		}
		check(t, e.Write(0, make([]byte, 16384)))
	}
}
