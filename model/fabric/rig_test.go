package fabric_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Where things are in a host's memory. A moved queue pair finds its own at the same addresses.
const (
	imageAt = 0x100
	cqAt    = 0x1000  // CQ 0; CQ 1 is 0x4000 later
	sqAt    = 0x10000 // send ring
	rqAt    = 0x20000 // receive ring
	bufAt   = 0x40000 // registered, at this virtual address too
	bufLen  = 0x80000
	ramSize = 0x100000
	ringLog = 8
	key     = 0x11
	migKey  = 0x5a
)

// host is a machine with a NIC, driven by registers alone.
type host struct {
	t    testing.TB
	name string
	ram  *mem.RAM
	dev  nic.Device
	net  *fabric.Fabric
	ip   wire.Addr
	slot uint32
	seen [2]uint32 // completions taken from each CQ
	pi   [2]uint16 // producer indices of send and receive ring
}

func newHost(t testing.TB, net *fabric.Fabric, n byte, name string, obs nic.Observer) *host {
	return newHostOf(t, net, n, name, obs, nic.DefaultParams().NumQP)
}

// newHostOf is newHost with a NIC of that many slots.
func newHostOf(t testing.TB, net *fabric.Fabric, n byte, name string, obs nic.Observer, slots int) *host {
	return newHostIn(t, net, n, name, obs, slots, func(m *mem.RAM) nic.Memory { return m })
}

// newHostIn is newHostOf with a NIC that sees the host's memory through something.
func newHostIn(t testing.TB, net *fabric.Fabric, n byte, name string, obs nic.Observer, slots int, through func(*mem.RAM) nic.Memory) *host {
	h := &host{t: t, name: name, ram: mem.NewRAM(ramSize), net: net, ip: wire.MapIPv4([4]byte{10, 0, 0, n})}
	params := nic.DefaultParams()
	params.NumQP = slots
	h.dev = nic.New(nic.Config{Params: params, Observer: obs}, through(h.ram))
	for net.Now() > h.dev.Now() {
		if err := h.dev.Run(net.Now()); err != nil {
			t.Fatal(err)
		}
	}
	mac := [6]byte{2, 0, 0, 0, 0, n}
	if _, err := net.Attach(name, h.dev, mac, h.ip); err != nil {
		t.Fatal(err)
	}
	h.write(abi.RegMACLO, 2)
	h.write(abi.RegMACHI, uint32(n)<<8)
	h.write(abi.RegNexthopLO, uint32(fabric.MAC[0])|uint32(fabric.MAC[1])<<8|uint32(fabric.MAC[2])<<16|uint32(fabric.MAC[3])<<24)
	h.write(abi.RegNexthopHI, uint32(fabric.MAC[4])|uint32(fabric.MAC[5])<<8)
	for i := range uint32(4) {
		b := h.ip[4*i:]
		h.write(abi.RegIP+4*i, uint32(b[0])|uint32(b[1])<<8|uint32(b[2])<<16|uint32(b[3])<<24)
	}
	h.write(abi.RegCtrl, 1)
	for i := range uint32(2) {
		c := abi.CQC{Base: cqAt + uint64(i)*0x4000, Log: 9}
		p := c.Image()
		h.ok(abi.CMDCreateCQ, i, 0, p[:])
	}
	mr := abi.MR{Key: key, Access: abi.AccessLocalWrite | abi.AccessRemoteWrite, VA: bufAt, Length: bufLen, PA: bufAt}
	p := mr.Image()
	h.ok(abi.CMDCreateMR, 0, 0, p[:])
	return h
}

func (h *host) write(addr, v uint32) {
	h.t.Helper()
	if err := h.dev.WriteReg(addr, v); err != nil {
		h.t.Fatalf("%s: %v", h.name, err)
	}
}

func (h *host) read(addr uint32) uint32 {
	h.t.Helper()
	v, err := h.dev.ReadReg(addr)
	if err != nil {
		h.t.Fatalf("%s: %v", h.name, err)
	}
	return v
}

func (h *host) store(addr uint64, p []byte) {
	h.t.Helper()
	if err := h.ram.Write(addr, p); err != nil {
		h.t.Fatal(err)
	}
}

func (h *host) load(addr uint64, n int) []byte {
	h.t.Helper()
	p := make([]byte, n)
	if err := h.ram.Read(addr, p); err != nil {
		h.t.Fatal(err)
	}
	return p
}

// cmd runs a mailbox command while the world goes on.
func (h *host) cmd(op abi.CMD, arg0, arg1 uint32, image []byte) (abi.CmdStatus, uint32) {
	h.t.Helper()
	h.store(imageAt, image)
	h.write(abi.RegCMDArg0, arg0)
	h.write(abi.RegCMDArg1, arg1)
	h.write(abi.RegCMDAddrLO, imageAt)
	h.write(abi.RegCMDAddrHI, 0)
	h.write(abi.RegCMDGo, uint32(op))
	for range 10 {
		step(h.t, h.net)
		if v := h.read(abi.RegCMDStatus); v&abi.RegCMDStatusBusyMask == 0 {
			return abi.CmdStatus(v), h.read(abi.RegCMDResult)
		}
	}
	h.t.Fatalf("%s: %v does not end", h.name, op)
	return 0, 0
}

func (h *host) ok(op abi.CMD, arg0, arg1 uint32, image []byte) uint32 {
	h.t.Helper()
	status, result := h.cmd(op, arg0, arg1, image)
	if status != abi.CmdStatusOK {
		h.t.Fatalf("%s: %v: %v", h.name, op, status)
	}
	return result
}

func step(t testing.TB, net *fabric.Fabric) {
	t.Helper()
	if err := net.Step(); err != nil {
		t.Fatal(err)
	}
}

// attrs is what a queue pair of h that is connected to peer is made with. Both ends are set up alike: PSNs start at
// 1000 times the host's last address byte.
func attrs(h, peer *host) abi.QPC {
	q := abi.QPC{
		QPN: 0x10 + uint32(h.ip[15]), RemoteQPN: 0x10 + uint32(peer.ip[15]), PMTU: 3, PKey: 0xffff, RCQN: 1,
		Access: abi.AccessRemoteWrite, SQLog: ringLog, RQLog: ringLog, Timeout: 5, RetryCnt: 7, RNRRetry: 7,
		MinRNR: 1, UDPSport: 0xc000, SQBase: sqAt, RQBase: rqAt, RemoteIP: peer.ip,
		MigCapable: true, MigGroup: 1, MigLease: 40, MigAnnounce: 20, MigProbeLimit: 5, MigResumeLimit: 5,
		MigKey: [16]byte{migKey},
	}
	q.NextPSN = q.NextPSN.Add(1000 * int32(h.ip[15]))
	q.EPSN = q.EPSN.Add(1000 * int32(peer.ip[15]))
	return q
}

// toRTS is how a queue pair gets from RESET to RTS.
var toRTS = [...]struct {
	to    abi.State
	attrs uint32
}{
	{abi.StateInit, abi.AttrPKey | abi.AttrAccessFlags},
	{abi.StateRTR, abi.AttrAv | abi.AttrPathMTU | abi.AttrDestQPN | abi.AttrRQPSN | abi.AttrMinRNRTimer | abi.AttrMig},
	{abi.StateRTS, abi.AttrTimeout | abi.AttrRetryCnt | abi.AttrRNRRetry | abi.AttrSQPSN},
}

// connect makes the queue pair of this host, in RTS.
func (h *host) connect(peer *host, edit func(*abi.QPC)) {
	h.t.Helper()
	q := attrs(h, peer)
	if edit != nil {
		edit(&q)
	}
	p := q.Image()
	h.slot = h.ok(abi.CMDCreateQP, 0, 0, p[:])
	for _, m := range toRTS {
		h.ok(abi.CMDModifyQP, h.slot|uint32(m.to)<<24, m.attrs, p[:])
	}
}

// pair is two hosts whose queue pairs are connected.
func pair(t testing.TB, net *fabric.Fabric, obs nic.Observer, edit func(*abi.QPC)) (a, b *host) {
	a, b = newHost(t, net, 1, "A", obs), newHost(t, net, 2, "B", obs)
	a.connect(b, edit)
	b.connect(a, edit)
	return a, b
}

func (h *host) post(ring int, x abi.WQE) {
	h.t.Helper()
	base := []uint64{sqAt, rqAt}[ring]
	p := x.Image()
	h.store(base+uint64(h.pi[ring]%(1<<ringLog))*abi.WQESize, p[:])
	h.pi[ring]++
	h.write([]uint32{abi.RegDBSQ, abi.RegDBRQ}[ring]+16*h.slot, uint32(h.pi[ring]))
}

func (h *host) postSend(off, n uint32) {
	h.t.Helper()
	h.post(0, abi.WQE{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, NumSGE: 1, Length: n, VA: bufAt + uint64(off), LKey: key})
}

func (h *host) postWrite(off, to, n uint32) {
	h.t.Helper()
	h.post(0, abi.WQE{
		Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, NumSGE: 1, Length: n, VA: bufAt + uint64(off),
		LKey: key, RemoteVA: bufAt + uint64(to), RKey: key,
	})
}

func (h *host) postRecv(off, n uint32) {
	h.t.Helper()
	h.post(1, abi.WQE{NumSGE: 1, Length: n, VA: bufAt + uint64(off), LKey: key})
}

// poll takes the next completion of a CQ, if there is one.
func (h *host) poll(cq int) (e abi.CQE, ok bool) {
	h.t.Helper()
	e.Decode(h.load(cqAt+uint64(cq)*0x4000+uint64(h.seen[cq]%512)*abi.CQESize, abi.CQESize))
	if e.Seq != h.seen[cq]+1 {
		return abi.CQE{}, false
	}
	h.seen[cq]++
	h.write(abi.RegDBCQCI+16*uint32(cq), h.seen[cq])
	return e, true
}

// wait steps the world until n completions came from a CQ, each of which must be good.
func (h *host) wait(cq, n, windows int) {
	h.t.Helper()
	for range windows {
		for {
			e, ok := h.poll(cq)
			if !ok {
				break
			}
			if e.Status != abi.WCStatusSuccess {
				h.t.Fatalf("%s: completion %+v", h.name, e)
			}
			n--
		}
		if n <= 0 {
			break
		}
		step(h.t, h.net)
	}
	if n != 0 {
		h.t.Fatalf("%s: CQ %d lacks %d completions after %d windows; %s", h.name, cq, n, windows, h.state())
	}
}

// state is the queue pair's context in short, by command.
func (h *host) state() string {
	c := h.context()
	return fmt.Sprintf("%v una %d next %d max %d epsn %d sq %d/%d/%d rq %d/%d timer %v",
		c.State, c.UnaPSN, c.NextPSN, c.MaxPSN, c.EPSN, c.SQACK, c.SQSend, c.SQPI, c.RQCI, c.RQPI, c.Timer)
}

func (h *host) context() (c abi.QPC) {
	h.t.Helper()
	h.ok(abi.CMDQueryQP, h.slot, 0, nil)
	c.Decode(h.load(imageAt, abi.QPCSize))
	return c
}

// events takes all events.
func (h *host) events() (all []abi.Event) {
	for h.dev.IRQ() {
		all = append(all, abi.Event(h.read(abi.RegEvent)>>24))
	}
	return all
}

// fill puts a pattern into the buffer; same says whether another host has it.
func (h *host) fill(off, n uint32, seed byte) {
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(i*7+i>>8) + seed
	}
	h.store(bufAt+uint64(off), p)
}

func same(a *host, offA uint32, b *host, offB, n uint32) bool {
	return bytes.Equal(a.load(bufAt+uint64(offA), int(n)), b.load(bufAt+uint64(offB), int(n)))
}
