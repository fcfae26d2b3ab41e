package interop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/interop/guest"
	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
)

// The addresses of our NICs: one of each IP version, because a NIC has one address. The network is the guest's.
var (
	ourIPv4 = netip.MustParseAddr("10.0.0.1")
	ourIPv6 = netip.MustParseAddr("fd00:677:6f64::1")
	net4    = netip.MustParsePrefix("10.0.0.0/24")
	net6    = netip.MustParsePrefix("fd00:677:6f64::/64")
)

// linkMTU is the longest IP packet on the link: room for a path MTU of 4096. The guest has the same.
const linkMTU = 4200

// rig is a guest and our NICs on one Ethernet.
type rig struct {
	machine *guest.Machine
	hub     *live.Hub
	// nics are where our addresses are now, by IP version: [0] is IPv4, [1] IPv6. A migration changes it.
	nics [2]*live.NIC
	all  []*live.NIC
	sgid [2]int
	rec  *live.Recorder
	dir  string
}

// nicNames are the names of the NICs in a capture: that of each IP version, those that a container moves to, and those of rtl.go.
var nicNames = []string{"godwit4", "godwit6", "standby4", "standby6", "small", "rtl"}

// newRig boots the guest and opens the NICs. Frames go to capture, if that is not nil.
func newRig(ctx context.Context, image *guest.Image, capture io.Writer) (r *rig, err error) {
	r = &rig{}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.close())
		}
	}()
	if r.dir, err = os.MkdirTemp("", "godwit-interop-"); err != nil {
		return nil, err
	}
	if capture != nil {
		if r.rec, err = live.NewRecorder(capture, nicNames...); err != nil {
			return nil, err
		}
	}
	cable, err := live.UnixDgram(filepath.Join(r.dir, "us"), filepath.Join(r.dir, "guest"))
	if err != nil {
		return nil, err
	}
	r.hub = live.NewHub(cable)
	for v := range r.nics {
		if r.nics[v], err = r.nic(v, v, false); err != nil {
			return nil, err
		}
	}
	r.machine, err = guest.Start(ctx, image, guest.Config{Local: filepath.Join(r.dir, "guest"), Remote: filepath.Join(r.dir, "us")})
	if err != nil {
		return nil, err
	}
	return r, r.greet(ctx)
}

// nic opens our NIC number i, which has the address of an IP version.
func (r *rig) nic(i, version int, standby bool) (*live.NIC, error) {
	c := live.Config{IP: ourIPv4, Standby: standby}
	if version == 1 {
		c.IP, c.Subnet = ourIPv6, net6
	}
	return r.open(i, c)
}

// open opens our NIC number i, as c has it where that says anything.
func (r *rig) open(i int, c live.Config) (*live.NIC, error) {
	c.Name, c.Attachment, c.MAC = nicNames[i], r.hub.Port(nicNames[i]), live.MAC{0x02, 'g', 'o', 'd', 'w', byte(i + 1)}
	c.MTU, c.Memory, c.Recorder = linkMTU, 4<<20, r.rec
	if !c.Subnet.IsValid() {
		c.Subnet = net4
	}
	n, err := live.Open(c)
	if err == nil {
		r.all = append(r.all, n)
	}
	return n, err
}

// greet opens the guest's device and makes sure that both ends find each other.
func (r *rig) greet(ctx context.Context) error {
	f, err := r.machine.Verbs.Do(ctx, "open")
	if err != nil {
		return err
	}
	for v, ip := range []string{guest.IPv4, guest.IPv6} {
		r.sgid[v] = -1
		for _, x := range f {
			var index int
			if _, err := fmt.Sscanf(x.Name, "gid%d", &index); err != nil {
				continue
			}
			if a, err := netip.ParseAddr(x.Value); err == nil && a.Unmap() == netip.MustParseAddr(ip) {
				r.sgid[v] = index
			}
		}
		if r.sgid[v] < 0 {
			return fmt.Errorf("the guest has no GID of %s, only %v", ip, f)
		}
		if err := r.nics[v].Resolve(ctx, netip.MustParseAddr(ip)); err != nil {
			return fmt.Errorf("the guest is up, but %w", err)
		}
	}
	return nil
}

func (r *rig) close() error {
	var errs []error
	if r.machine != nil {
		r.machine.Close()
	}
	for _, n := range r.all {
		errs = append(errs, n.Close())
	}
	if r.hub != nil {
		errs = append(errs, r.hub.Close())
	}
	if r.rec != nil {
		errs = append(errs, r.rec.Close())
	}
	if r.dir != "" {
		errs = append(errs, os.RemoveAll(r.dir))
	}
	return errors.Join(errs...)
}

// linkAttr are the properties of a connection; zero values choose what is said.
type linkAttr struct {
	kind    abi.QPType // RC, UC or UD
	v6      bool
	mtu     int   // 0: 1024
	timeout uint8 // 0: 17, 0.54 s: longer than a busy machine keeps the guest waiting
	// ours is the time-out of our end; 0: as timeout. Its clock may be slow, and unlike rxe it does give up after 7 retries.
	ours   uint8
	retry  uint8 // 0: 7, which rxe takes as without end
	rnr    uint8 // 0: 7, without end
	minRNR uint8 // 0: 12, 0.64 ms
	rd     uint8 // 0: 8
	// access is what each end grants the other; 0: everything.
	access abi.Access
}

func (a *linkAttr) fill() {
	or := func(p *uint8, v uint8) {
		if *p == 0 {
			*p = v
		}
	}
	or(&a.timeout, 17)
	or(&a.retry, 7)
	or(&a.rnr, 7)
	or(&a.minRNR, 12)
	or(&a.rd, 8)
	if a.mtu == 0 {
		a.mtu = 1024
	}
	if a.access == 0 {
		a.access = abi.AccessRemoteWrite | abi.AccessRemoteRead | abi.AccessRemoteAtomic
	}
}

func (a *linkAttr) version() int {
	if a.v6 {
		return 1
	}
	return 0
}

// link is a connection between both ends, or a pair of ends that send each other datagrams.
type link struct {
	rig  *rig
	attr linkAttr
	g    *ours
	l    *linux
}

// linkOn makes a connection. Our end is in container 0 of a NIC.
func (r *rig) linkOn(ctx context.Context, n *live.NIC, a linkAttr) (*link, error) {
	a.fill()
	k := &link{rig: r, attr: a}
	c, err := n.NewContainer(0)
	if err != nil {
		return nil, err
	}
	e, err := c.NewEndpoint(live.EndpointAttr{Type: a.kind, Depth: 256, Buffer: bufferSize, Access: a.access})
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	k.g = &ours{Endpoint: e}
	kind := strings.ToLower(a.kind.String())
	if k.l, err = newLinux(ctx, r.machine.Verbs, r.guestIP(a.version()), r.sgid[a.version()], kind, a.access); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if err := k.connect(ctx); err != nil {
		return nil, errors.Join(err, k.close(ctx))
	}
	return k, nil
}

func (r *rig) guestIP(version int) netip.Addr {
	return netip.MustParseAddr([]string{guest.IPv4, guest.IPv6}[version])
}

func (k *link) connect(ctx context.Context) error {
	timeout := k.attr.ours
	if timeout == 0 {
		timeout = k.attr.timeout
	}
	err := k.g.Connect(ctx, live.ConnectAttr{
		Peer: k.l.address(), MTU: k.attr.mtu, Timeout: timeout, Retry: k.attr.retry, RNRRetry: k.attr.rnr, FewRetries: true,
		MinRNR: k.attr.minRNR, RdAtomic: k.attr.rd, QKey: udQKey,
	})
	if err != nil {
		return err
	}
	if k.attr.kind == abi.QPTypeUD {
		err = errors.Join(k.g.datagramsTo(k.l.address(), udQKey), k.l.datagramsTo(ctx, k.g.address(), udQKey))
		if err != nil {
			return err
		}
	}
	return k.l.connect(ctx, &k.attr, k.g.address())
}

func (k *link) close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return errors.Join(k.l.close(ctx), k.g.close(ctx))
}

// ends are both ends, the one that asks first: toLinux tells who that is.
func (k *link) ends(toLinux bool) (from, to side) {
	if toLinux {
		return k.g, k.l
	}
	return k.l, k.g
}

// guestMAC is guest.MAC in the order of the wire.
var guestMAC = func() live.MAC {
	m, err := net.ParseMAC(guest.MAC)
	if err != nil {
		panic("BUG: guest.MAC is no Ethernet address")
	}
	return live.MAC(m)
}()

// ownPSN is the first PSN of an endpoint.
func ownPSN(a live.Address) psn.PSN { return psn.PSN(a.PSN) }
