package interop

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/interop/guest"
	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
)

// ibvAccess is an access mask as libibverbs has it: local write, remote write, remote read, remote atomic are the same
// bits there.
func ibvAccess(a abi.Access) int { return int(a) }

// linux is the end in the guest.
type linux struct {
	inbox
	v          *guest.Verbs
	ip         netip.Addr
	sgid       int
	pd, cq, mr int
	qp         int
	qpn        uint32
	psn        uint32
	va         uint64
	key        uint32
	// to is where datagrams go; nil for connections.
	to *datagrams
}

// ops are the names of operations in the guest's client.
var ops = map[abi.WROpcode]string{
	abi.WROpcodeSend: "send", abi.WROpcodeSendImm: "send_imm", abi.WROpcodeSendInv: "send_inv",
	abi.WROpcodeRDMAWrite: "write", abi.WROpcodeRDMAWriteImm: "write_imm", abi.WROpcodeRDMARead: "read",
	abi.WROpcodeCmpSwap: "cas", abi.WROpcodeFetchAdd: "fadd",
}

// newLinux makes a queue pair in the guest, in INIT.
func newLinux(ctx context.Context, v *guest.Verbs, ip netip.Addr, sgid int, kind string, access abi.Access) (*linux, error) {
	l := &linux{v: v, ip: ip, sgid: sgid}
	var err error
	do := func(format string, args ...any) (f guest.Fields) {
		if err == nil {
			f, err = v.Do(ctx, format, args...)
		}
		return f
	}
	l.pd = int(do("pd").Num("pd"))
	l.cq = int(do("cq size=1024").Num("cq"))
	f := do("mr pd=%d len=%d access=%d", l.pd, bufferSize, ibvAccess(access|abi.AccessLocalWrite))
	l.mr, l.va, l.key = int(f.Num("mr")), f.Num("va"), uint32(f.Num("rkey"))
	f = do("qp pd=%d cq=%d type=%s sends=128 recvs=128", l.pd, l.cq, kind)
	l.qp, l.qpn = int(f.Num("qp")), uint32(f.Num("qpn"))
	l.psn = l.qpn * 0x10101 & 0xffffff
	do("init qp=%d access=%d qkey=%d", l.qp, ibvAccess(access), udQKey)
	return l, err
}

// udQKey is the Q_Key of datagram queue pairs, that of the pingpong programs.
const udQKey = 0x11111111

func (l *linux) name() string { return "Linux" }

func (l *linux) address() live.Address {
	return live.Address{IP: l.ip, QPN: l.qpn, PSN: l.psn, RKey: l.key, VA: l.va, Size: bufferSize}
}

func (l *linux) send(ctx context.Context, rs ...request) error {
	commands := make([]string, len(rs))
	for i, r := range rs {
		flags := 2 // IBV_SEND_SIGNALED
		if r.quiet {
			flags = 0
		}
		add := r.compare
		if r.op == abi.WROpcodeFetchAdd {
			add = r.add
		}
		extra := ""
		if l.to != nil {
			extra = fmt.Sprintf(" ah=%d qpn=%d qkey=%d", l.to.ah, l.to.qpn, l.to.qkey)
		}
		if r.lkey != 0 {
			extra = fmt.Sprintf(" lkey=%d", r.lkey)
		}
		commands[i] = fmt.Sprintf("send qp=%d mr=%d op=%s wrid=%d off=%d len=%d rva=%d rkey=%d imm=%d inv=%d add=%d swap=%d flags=%d%s",
			l.qp, l.mr, ops[r.op], r.id, r.off, r.n, r.va, r.key, r.imm, r.inv, add, r.swap, flags, extra)
	}
	return l.v.Batch(ctx, commands)
}

func (l *linux) recv(ctx context.Context, id, off uint64, n uint32) error {
	_, err := l.v.Do(ctx, "recv qp=%d mr=%d wrid=%d off=%d len=%d", l.qp, l.mr, id, off, n)
	return err
}

func (l *linux) poll(ctx context.Context, n int, limit time.Duration) ([]completion, error) {
	wcs, err := l.v.Poll(ctx, l.cq, n, limit)
	out := make([]completion, len(wcs))
	for i, w := range wcs {
		// IBV_WC_RECV is bit 7; the flags are those of ibv_wc_flags.
		out[i] = completion{w.WRID, abi.WCStatus(w.Status), w.Opcode&0x80 != 0, w.Len, abi.WCFlag(w.Flags), w.Imm, w.SrcQP}
	}
	return out, err
}

func (l *linux) fill(ctx context.Context, off, n uint64, seed uint32) error {
	_, err := l.v.Do(ctx, "fill mr=%d off=%d len=%d seed=%d", l.mr, off, n, seed)
	return err
}

func (l *linux) check(ctx context.Context, off, n uint64, seed uint32) (int64, error) {
	f, err := l.v.Do(ctx, "check mr=%d off=%d len=%d seed=%d", l.mr, off, n, seed)
	if err != nil || f.Get("bad") == "" {
		return -1, err
	}
	return int64(f.Num("bad")), nil
}

func (l *linux) word(ctx context.Context, off uint64) (uint64, error) {
	f, err := l.v.Do(ctx, "word mr=%d off=%d", l.mr, off)
	return f.Num("value"), err
}

func (l *linux) setWord(ctx context.Context, off, v uint64) error {
	_, err := l.v.Do(ctx, "word mr=%d off=%d set=%d", l.mr, off, v)
	return err
}

func (l *linux) broken(ctx context.Context) (bool, error) {
	const ibvQPSErr = 6
	f, err := l.v.Do(ctx, "state qp=%d", l.qp)
	return f.Num("state") == ibvQPSErr, err
}

func (l *linux) region(ctx context.Context, n uint64, access abi.Access) (va uint64, key uint32, err error) {
	f, err := l.v.Do(ctx, "mr pd=%d len=%d access=%d", l.pd, n, ibvAccess(access))
	return f.Num("va"), uint32(f.Num("rkey")), err
}

// connect takes the queue pair to RTS.
func (l *linux) connect(ctx context.Context, a *linkAttr, peer live.Address) error {
	gid := netip.AddrFrom16(peer.IP.As16())
	const etimedout = ": 110 " // of the guest
	_, err := l.v.Do(ctx, "rtr qp=%d qpn=%d psn=%d gid=%s sgid=%d mtu=%d rd=%d minrnr=%d", l.qp, peer.QPN, peer.PSN, gid, l.sgid, a.mtu, a.rd, a.minRNR)
	if errors.Is(err, guest.ErrAnswer) && strings.Contains(err.Error(), etimedout) {
		return fmt.Errorf("the guest does not find the Ethernet address of %v: see that a NIC on its link has that address and is no standby (%w)", peer.IP, err)
	}
	if err == nil {
		_, err = l.v.Do(ctx, "rts qp=%d psn=%d timeout=%d retry=%d rnr=%d rd=%d", l.qp, l.psn, a.timeout, a.retry, a.rnr, a.rd)
	}
	return err
}

// datagramsTo makes the address handle that sends use from now on.
func (l *linux) datagramsTo(ctx context.Context, peer live.Address, qkey uint32) error {
	f, err := l.v.Do(ctx, "ah pd=%d gid=%s sgid=%d", l.pd, netip.AddrFrom16(peer.IP.As16()), l.sgid)
	if err == nil {
		l.to = &datagrams{uint32(f.Num("ah")), peer.QPN, qkey}
	}
	return err
}

// counter reads a counter of the guest's device (hw_counters).
func (l *linux) counter(ctx context.Context, name string) (uint64, error) {
	f, err := l.v.Do(ctx, "counters")
	if err == nil && f.Get(name) == "" {
		err = fmt.Errorf("the guest's device has no counter %s", name)
	}
	return f.Num(name), err
}

func (l *linux) close(ctx context.Context) error {
	_, err := l.v.Do(ctx, "release pd=%d cq=%d", l.pd, l.cq)
	return err
}
