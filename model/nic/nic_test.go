package nic_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// watch notes what a NIC reports, without DMA.
type watch struct{ log []string }

func (w *watch) DMARead(uint64, uint64, []byte)  {}
func (w *watch) DMAWrite(uint64, uint64, []byte) {}
func (w *watch) Transmit(cycle uint64, f []byte) {
	w.log = append(w.log, fmt.Sprintf("%d send %d bytes", cycle, len(f)))
}
func (w *watch) IRQ(cycle uint64, level bool) {
	w.log = append(w.log, fmt.Sprintf("%d irq %v", cycle, level))
}
func (w *watch) Retire(cycle uint64, r *abi.Retire) {
	w.log = append(w.log, fmt.Sprintf("%d %v %d", cycle, r.Cause, r.Slot))
}

// machine is a NIC with memory and the queue pairs of the tests, in RTS from cycle 10000 on.
type machine struct {
	*nic.NIC
	*world
	watch watch
}

func newMachine(t *testing.T, qps int) *machine {
	m := &machine{world: &world{t: t, ram: mem.NewRAM(1 << 20)}}
	m.NIC = nic.New(nic.Config{Params: nic.DefaultParams(), Observer: &m.watch}, m.ram)
	for _, r := range [][2]uint32{
		{abi.RegMACLO, 0x00000002}, {abi.RegMACHI, 0x0100}, {abi.RegNexthopLO, 0x00000002}, {abi.RegNexthopHI, 0x0900},
		{abi.RegIP + 8, 0xffff0000}, {abi.RegIP + 12, 0x0100000a}, {abi.RegCtrl, 1},
	} {
		m.set(r[0], r[1])
	}
	for n := range uint32(2) {
		c := abi.CQC{Base: cqAt + uint64(n)*0x800, Log: ringLog}
		p := c.Image()
		m.command(abi.CMDCreateCQ, n, 0, p[:])
	}
	mr := abi.MR{Key: key, PD: pd, Access: abi.AccessLocalWrite, VA: bufVA, Length: bufLen, PA: bufAt}
	p := mr.Image()
	m.command(abi.CMDCreateMR, 0, 0, p[:])
	for i := range uint32(qps) {
		q := attrs()
		q.QPN += i
		m.command(abi.CMDCreateQP, 0, 0, image(q))
		for _, s := range []struct {
			to    abi.State
			attrs uint32
		}{
			{abi.StateInit, abi.AttrPKey | abi.AttrAccessFlags},
			{abi.StateRTR, abi.AttrAv | abi.AttrPathMTU | abi.AttrDestQPN | abi.AttrRQPSN | abi.AttrMinRNRTimer | abi.AttrMig},
			{abi.StateRTS, abi.AttrTimeout | abi.AttrRetryCnt | abi.AttrRNRRetry | abi.AttrSQPSN},
		} {
			m.command(abi.CMDModifyQP, i|uint32(s.to)<<24, s.attrs, image(q))
		}
	}
	m.run(10000)
	m.watch.log = nil
	return m
}

func (m *machine) set(addr, v uint32) {
	m.t.Helper()
	if err := m.NIC.WriteReg(addr, v); err != nil {
		m.t.Fatal(err)
	}
}

func (m *machine) get(addr uint32) uint32 {
	m.t.Helper()
	v, err := m.NIC.ReadReg(addr)
	if err != nil {
		m.t.Fatal(err)
	}
	return v
}

func (m *machine) run(until uint64) {
	m.t.Helper()
	if err := m.Run(until); err != nil {
		m.t.Fatal(err)
	}
}

func (m *machine) command(op abi.CMD, arg0, arg1 uint32, img []byte) {
	m.t.Helper()
	if err := m.ram.Write(imageAt, img); err != nil {
		m.t.Fatal(err)
	}
	m.set(abi.RegCMDArg0, arg0)
	m.set(abi.RegCMDArg1, arg1)
	m.set(abi.RegCMDAddrLO, imageAt)
	m.set(abi.RegCMDGo, uint32(op))
	m.run(m.Now() + 100)
	if v := m.get(abi.RegCMDStatus); v != 0 {
		m.t.Fatalf("%v: CMD_STATUS %#x", op, v)
	}
}

func (m *machine) expect(want ...string) {
	m.t.Helper()
	// By cycle: a packet leaves after its step has retired.
	slices.SortStableFunc(m.watch.log, func(a, b string) int { return cmp.Compare(cycleOf(a), cycleOf(b)) })
	if !slices.Equal(m.watch.log, want) {
		m.t.Fatalf("\n got %q\nwant %q", m.watch.log, want)
	}
	m.watch.log = nil
}

func cycleOf(line string) (n uint64) {
	fmt.Sscan(line, &n)
	return n
}

func (m *machine) postSend(slot uint32, n, length uint32) {
	m.post(sqAt, uint16(n-1), abi.WQE{Opcode: abi.WROpcodeSend, NumSGE: 1, Length: length, VA: bufVA, LKey: key})
	m.set(abi.RegDBSQ+16*slot, n)
}

func ackOf(psn uint32) []byte {
	return request(abi.OpAcknowledge, psn, nil, func(p *wire.Packet) { p.AETH.Syndrome = uint8(abi.SyndromeACK) })
}

// TestArbitration: host before timers before frames before opportunities, and what each step costs.
func TestArbitration(t *testing.T) {
	m := newMachine(t, 2)
	m.postSend(0, 1, 0)
	m.run(10100)
	m.expect("10006 DB_SQ 0", "10036 SEND 0", "10040 send 58 bytes")
	m.postSend(1, 1, 256)
	m.Deliver(10101, ackOf(100))
	m.Deliver(10100, make([]byte, 60))
	m.run(10300)
	// The malformed frame and the ACK precede the SEND; RETIRE follows the ACK.
	m.expect("10106 DB_SQ 1", "10112 RX_DROP 65535", "10130 RX 0", "10150 RETIRE 0", "10196 SEND 1", "10216 send 314 bytes")
}

// TestRoundRobin: two queue pairs with much to send take turns; a step that sends waits for the port.
func TestRoundRobin(t *testing.T) {
	m := newMachine(t, 2)
	m.postSend(0, 1, 1024)
	m.postSend(1, 1, 1024)
	m.run(11000)
	m.expect("10006 DB_SQ 0", "10012 DB_SQ 1",
		"10058 SEND 0", "10078 send 314 bytes", "10104 SEND 1", "10124 send 314 bytes",
		"10150 SEND 0", "10170 send 314 bytes", "10196 SEND 1", "10216 send 314 bytes",
		"10242 SEND 0", "10262 send 314 bytes", "10288 SEND 1", "10308 send 314 bytes",
		"10334 SEND 0", "10354 send 314 bytes", "10380 SEND 1", "10400 send 314 bytes")
	sent := m.Sent()
	if len(sent) != 8 || sent[0].Cycle != 10078 || len(m.Sent()) != 0 {
		t.Fatalf("%d frames sent", len(sent))
	}
}

// TestTimer: an ACK timer of 16 ticks runs out at the 16th multiple of 1024 cycles after it was set.
func TestTimer(t *testing.T) {
	m := newMachine(t, 1)
	m.postSend(0, 1, 0)
	m.run(10100)
	m.watch.log = nil
	at := uint64(10036/1024+16) * 1024
	m.run(at)
	m.expect()
	m.run(at + 100)
	m.expect(fmt.Sprintf("%d TIMER 0", at+12), fmt.Sprintf("%d SEND 0", at+42), fmt.Sprintf("%d send 58 bytes", at+46))
	if n := m.get(abi.RegCounter + 4*abi.CounterRetransmits); n != 1 {
		t.Fatalf("%d retransmissions", n)
	}
}

// TestStallStatus: STALL_STATUS is busy until the last packet of the stopped queue pairs has left the port.
func TestStallStatus(t *testing.T) {
	m := newMachine(t, 2)
	m.postSend(0, 1, 256)
	m.run(10007)
	m.set(abi.RegStall, 1<<31|5)
	if err := m.NIC.WriteReg(abi.RegStall, 0); err == nil {
		t.Fatal("STALL was taken while busy")
	}
	m.run(10061) // SEND begins at 10006 and ends at 10052; its packet leaves until 10072
	m.expect("10006 DB_SQ 0", "10052 SEND 0", "10060 STALL 0", "10068 STALL 1", "10072 send 314 bytes")
	for _, at := range []uint64{10068, 10071} {
		m.run(at)
		if v := m.get(abi.RegStallStatus); v != 1<<31|2 {
			t.Fatalf("cycle %d: STALL_STATUS %#x", at, v)
		}
		if err := m.NIC.WriteReg(abi.RegResume, 0); err == nil {
			t.Fatal("RESUME was taken while busy")
		}
	}
	m.run(10072)
	if v := m.get(abi.RegStallStatus); v != 2 {
		t.Fatalf("STALL_STATUS %#x", v)
	}
	m.set(abi.RegStall, 7) // nobody
	m.run(10100)
	if v := m.get(abi.RegStallStatus); v != 0 {
		t.Fatalf("STALL_STATUS %#x", v)
	}
	m.watch.log = nil
	m.set(abi.RegResume, 1)
	m.run(10101)
	m.expect("10160 ACTIVATE 1", "10166 send 94 bytes")
}

// TestCommandBusy: CMD_STATUS is busy for as long as the step takes.
func TestCommandBusy(t *testing.T) {
	m := newMachine(t, 1)
	m.set(abi.RegCMDGo, uint32(abi.CMDDestroyCQ))
	for _, at := range []uint64{10000, 10001, 10039} {
		m.run(at)
		if v := m.get(abi.RegCMDStatus); v != 1<<31 {
			t.Fatalf("cycle %d: CMD_STATUS %#x", at, v)
		}
		if err := m.NIC.WriteReg(abi.RegCMDGo, 0); err == nil {
			t.Fatal("CMD_GO was taken while busy")
		}
	}
	m.run(10040)
	if v := m.get(abi.RegCMDStatus); v != 0 {
		t.Fatalf("CMD_STATUS %#x", v)
	}
}

// TestEnable: a frame that arrives at a disabled NIC never was; one that arrived before waits.
func TestEnable(t *testing.T) {
	m := newMachine(t, 1)
	m.Deliver(10000, ackOf(1))
	m.Deliver(10000, ackOf(2))
	m.Deliver(10050, ackOf(3))
	m.Deliver(10060, ackOf(4))
	m.run(10001)
	m.set(abi.RegCtrl, 0)
	m.run(10060)
	m.expect("10018 RX 0", "10036 RX 0")
	m.set(abi.RegCtrl, 1)
	m.run(10100)
	m.expect("10078 RX 0")
	if n := m.get(abi.RegCounter + 4*abi.CounterRXFrames); n != 3 {
		t.Fatalf("RX_FRAMES %d", n)
	}
}

// TestIRQ: the line follows the event queue.
func TestIRQ(t *testing.T) {
	m := newMachine(t, 1)
	m.post(rqAt, 0, abi.WQE{NumSGE: 1, Length: 8, VA: bufVA, LKey: key})
	m.set(abi.RegDBRQ, 1)
	m.set(abi.RegDBCQArm+16, 1)
	m.Deliver(10020, request(abi.OpSendOnly, 500, nil, nil))
	m.run(10100)
	if !m.IRQ() || m.get(abi.RegEventStatus) != 1 {
		t.Fatal("no interrupt")
	}
	m.get(abi.RegEvent)
	m.expect("10006 DB_RQ 0", "10010 DB_CQ_ARM 1", "10038 RX 0", "10038 irq true", "10042 send 62 bytes", "10100 irq false")
}

// TestDeliverOrder: frames arrive by cycle, those of one cycle in the order of the calls; none in the past.
func TestDeliverOrder(t *testing.T) {
	m := newMachine(t, 1)
	frame := make([]byte, 0, 20)
	for i, at := range []uint64{10300, 10100, 10200, 10100} {
		m.Deliver(at, append(frame, make([]byte, i)...))
	}
	m.run(10110)
	m.run(11000)
	m.expect("10106 RX_DROP 65535", "10112 RX_DROP 65535", "10206 RX_DROP 65535", "10306 RX_DROP 65535")
	defer func() {
		if recover() == nil {
			t.Fatal("a frame was taken in the past")
		}
	}()
	m.Deliver(10999, nil)
}
