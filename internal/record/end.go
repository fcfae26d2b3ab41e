package record

import (
	"context"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/interop/guest"
)

// end is one side: a guest with a region, and a queue pair by scenario.
type end struct {
	v              *guest.Verbs
	gid            netip.Addr
	sgid           int
	pd, cq         int
	mr             map[Access]region
	qp             int
	qpn, psn       uint32
	sendID, recvID uint64
	access         Access
}

// region is the one region under one of its keys: a key has its rights.
type region struct {
	mr  int
	va  uint64
	key uint32
}

// newEnd opens the device and makes what lasts: a protection domain, a completion queue, the region.
func newEnd(ctx context.Context, v *guest.Verbs, pick func(gid netip.Addr) bool) (*end, error) {
	e := &end{v: v, sgid: -1, mr: map[Access]region{}, qp: -1, recvID: 1_000_000}
	f, err := v.Do(ctx, "open")
	if err != nil {
		return nil, err
	}
	for _, x := range f {
		var i int
		if _, err := fmt.Sscanf(x.Name, "gid%d", &i); err != nil {
			continue
		}
		if a, err := netip.ParseAddr(x.Value); err == nil && pick(a) {
			e.gid, e.sgid = a, i
		}
	}
	if e.sgid < 0 {
		return nil, fmt.Errorf("the guest has no GID of the kind that is asked for, only %v", f)
	}
	if f, err = v.Do(ctx, "pd"); err != nil {
		return nil, err
	}
	e.pd = int(f.Num("pd"))
	if f, err = v.Do(ctx, "cq size=2048"); err != nil {
		return nil, err
	}
	e.cq = int(f.Num("cq"))
	_, err = e.region(ctx, Full)
	return e, err
}

// region is the region with given rights.
func (e *end) region(ctx context.Context, a Access) (region, error) {
	if r, ok := e.mr[a]; ok {
		return r, nil
	}
	of := ""
	if r, ok := e.mr[Full]; ok {
		of = fmt.Sprintf(" of=%d", r.mr)
	}
	f, err := e.v.Do(ctx, "mr pd=%d len=%d access=%d%s", e.pd, regionSize, a, of)
	if err != nil {
		return region{}, err
	}
	e.mr[a] = region{int(f.Num("mr")), f.Num("va"), uint32(f.Num("rkey"))}
	return e.mr[a], nil
}

// open makes the queue pair of a scenario, with a first PSN.
func (e *end) open(ctx context.Context, a *Attr, psn uint32) error {
	if _, err := e.region(ctx, a.RegionAccess); err != nil {
		return err
	}
	e.access, e.psn = a.RegionAccess, psn
	f, err := e.v.Do(ctx, "qp pd=%d cq=%d type=rc sends=%d recvs=%d", e.pd, e.cq, a.SendWords, a.ReceiveBuffer)
	if err != nil {
		return err
	}
	e.qp, e.qpn = int(f.Num("qp")), uint32(f.Num("qpn"))
	_, err = e.v.Do(ctx, "init qp=%d access=%d", e.qp, a.QPAccess)
	return err
}

// connect takes it to RTS.
func (e *end) connect(ctx context.Context, a *Attr, peer *end) error {
	_, err := e.v.Do(ctx, "rtr qp=%d qpn=%d psn=%d gid=%v sgid=%d mtu=%d rd=%d minrnr=%d", e.qp, peer.qpn, peer.psn, netip.AddrFrom16(peer.gid.As16()), e.sgid, a.MTU, a.RdAtomic, a.MinRNR)
	if err == nil {
		_, err = e.v.Do(ctx, "rts qp=%d psn=%d timeout=%d retry=%d rnr=%d rd=%d", e.qp, e.psn, a.Timeout, a.Retry, a.RNR, a.RdAtomic)
	}
	return err
}

// shut destroys it, and forgets the completions that nobody asked for.
func (e *end) shut(ctx context.Context) error {
	if _, err := e.v.Do(ctx, "destroy qp=%d", e.qp); err != nil {
		return err
	}
	e.qp = -1
	for {
		if wcs, err := e.v.Poll(ctx, e.cq, 500, 0); err != nil || len(wcs) == 0 {
			return err
		}
	}
}

// wrNames are operations in the guest's client.
var wrNames = map[string]string{"send": "send", "sendimm": "send_imm", "write": "write", "writeimm": "write_imm", "read": "read", "cas": "cas", "fadd": "fadd"}

// words fills in what only the guests know: addresses and keys of the other end.
func (e *end) words(cmd string, peer *end) string {
	w := strings.Fields(cmd)
	r := peer.mr[peer.access]
	for i := range w {
		if n, ok := strings.CutPrefix(w[i], "@"); ok {
			off, _ := strconv.ParseUint(n, 10, 64)
			w[i] = strconv.FormatUint(r.va+off, 10)
		}
		if w[i] == "KEY" {
			w[i] = strconv.FormatUint(uint64(r.key), 10)
		}
	}
	return strings.Join(w, " ")
}

// translate gives the commands of the guest's client for a command of the log that does not wait; each posting takes a number.
func (e *end) translate(cmd string) (out []string) {
	w := strings.Fields(cmd)
	n := make([]uint64, len(w))
	for i := range w {
		n[i], _ = strconv.ParseUint(w[i], 10, 64)
	}
	mr := e.mr[e.access].mr
	switch w[0] {
	case "fill":
		return []string{fmt.Sprintf("fill mr=%d off=%d len=%d seed=%d ramp=1", mr, n[1], n[2], n[3])}
	case "set64":
		return []string{fmt.Sprintf("word mr=%d off=%d set=%d", mr, n[1], n[2])}
	case "recv":
		for i := range n[1] {
			e.recvID++
			out = append(out, fmt.Sprintf("recv qp=%d mr=%d wrid=%d off=%d len=%d", e.qp, mr, e.recvID, n[2]+i*n[3], n[3]))
		}
		return out
	case "post":
		e.sendID++
		return []string{fmt.Sprintf("send qp=%d mr=%d op=%s wrid=%d off=%d len=%d rva=%d rkey=%d imm=%d add=%d swap=%d",
			e.qp, mr, wrNames[w[1]], e.sendID, n[2], n[3], n[4], n[5], uint32(n[6]), n[6], n[7])}
	}
	panic("BUG: no translation of " + cmd)
}

// burst calls verbs that do not wait, without waiting for the answer to each.
func (e *end) burst(ctx context.Context, cmds []string) ([][]string, error) {
	var all []string
	var ends []int
	for _, c := range cmds {
		all = append(all, e.translate(c)...)
		ends = append(ends, len(all))
	}
	refusals, err := e.v.Each(ctx, all)
	if err != nil {
		return nil, err
	}
	var out [][]string
	at := 0
	for i, c := range cmds {
		rc := 0
		for ; at < ends[i]; at++ {
			if r := refusals[at]; r != nil {
				rc = r.Number
			}
		}
		switch verb, _, _ := strings.Cut(c, " "); verb {
		case "fill":
			out = append(out, []string{"OK fill"})
		case "set64":
			out = append(out, []string{"OK set"})
		default:
			out = append(out, []string{fmt.Sprintf("OK %s rc=%d", verb, rc)})
		}
	}
	return out, nil
}

// statusNames are those of ibv_wc_status_str.
var statusNames = []string{
	"success", "local length error", "local QP operation error", "local EE context operation error", "local protection error",
	"Work Request Flushed Error", "memory bind operation error", "bad response error", "local access error", "remote invalid request error",
	"remote access error", "remote operation error", "transport retry counter exceeded", "RNR retry counter exceeded",
}

// ask calls a verb that says something.
func (e *end) ask(ctx context.Context, cmd string) ([]string, error) {
	w := strings.Fields(cmd)
	switch w[0] {
	case "poll":
		n, _ := strconv.Atoi(w[1])
		ms, _ := strconv.Atoi(w[2])
		begin := time.Now()
		wcs, err := e.v.Poll(ctx, e.cq, n, time.Duration(ms)*time.Millisecond)
		t := time.Since(begin).Seconds()
		var out []string
		for _, c := range wcs {
			name := "unknown"
			if int(c.Status) < len(statusNames) {
				name = statusNames[c.Status]
			}
			imm := uint32(0)
			if c.Flags&2 != 0 {
				imm = c.Imm
			}
			out = append(out, fmt.Sprintf("WC id=%d status=%d(%s) op=%d len=%d imm=%d fl=%d t=%.3f", c.WRID, c.Status, name, c.Opcode, c.Len, imm, c.Flags, t))
		}
		return append(out, fmt.Sprintf("OK poll got=%d t=%.3f", len(wcs), t)), err
	case "get64":
		f, err := e.v.Do(ctx, "word mr=%d off=%s", e.mr[e.access].mr, w[1])
		return []string{"VAL " + f.Get("value")}, err
	case "state":
		f, err := e.v.Do(ctx, "state qp=%d", e.qp)
		return []string{"STATE " + f.Get("state")}, err
	}
	panic("BUG: nothing to say to " + cmd)
}
