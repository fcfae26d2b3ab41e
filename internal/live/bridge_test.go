package live_test

import (
	"context"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// TestBridge: three NICs on TAPs of one Linux bridge, which learns where Ethernet addresses are. A container moves to the
// standby, with the Ethernet address or to another one, while its partner, which knows nothing of migration, goes on.
func TestBridge(t *testing.T) {
	if !inNamespace(t, "ip") {
		return
	}
	sh(t, "ip link add br0 type bridge")
	sh(t, "ip link set br0 up")
	for i, test := range []struct {
		name    string
		ip      []netip.Addr
		sameMAC bool
	}{{"IPv4", ip4, false}, {"IPv6", ip6, false}, {"IPv4, the same MAC", ip4, true}} {
		t.Run(test.name, func(t *testing.T) {
			nic := func(n byte, ip netip.Addr, standby bool) *live.NIC {
				name := fmt.Sprintf("gw%d%d", i, n)
				at, err := live.TAP(name)
				check(t, err)
				sh(t, "ip link set "+name+" master br0")
				mac := live.MAC{2, 0, 0, 0, byte(i), n}
				if test.sameMAC && standby {
					mac[5] = 1
				}
				return open(t, live.Config{Name: name, Attachment: at, IP: ip, MAC: mac, Standby: standby})
			}
			first, second, peer := nic(1, test.ip[0], false), nic(2, test.ip[0], true), nic(3, test.ip[1], false)
			reach(t, first, test.ip[1])
			e, p := endpoint(t, first, 1, live.EndpointAttr{}), endpoint(t, peer, 1, live.EndpointAttr{})
			connect(t, e, p, live.ConnectAttr{Timeout: 16})
			const rounds = 20
			for _, to := range []*live.NIC{second, first} {
				for _, s := range []*live.Endpoint{e, p} {
					check(t, s.Write(0, make([]byte, 8)))
					for range rounds {
						check(t, s.PostRecv(driver.RecvWR{SGE: s.SGE(32768, 4096)}))
					}
				}
				load(t, p, e.Address(), rounds)
				load(t, e, p.Address(), rounds)
				check(t, e.Container().Migrate(deadline(t), to, live.MigrateOptions{Blackout: 20 * time.Millisecond}))
				wait(t, e, p, rounds)
			}
			if c, err := e.Query(); err != nil || c.State != abi.StateRTS {
				t.Errorf("%v, %v", c.State, err)
			}
		})
	}
}

// reach waits until a port of a bridge that was just made forwards.
func reach(t *testing.T, n *live.NIC, ip netip.Addr) {
	t.Helper()
	for end := time.Now().Add(limit); ; {
		err := n.Resolve(context.Background(), ip)
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}
