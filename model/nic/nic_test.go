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

func newMachine(t *testing.T, qps int) *machine { return newKeyedMachine(t, qps, [16]byte{}) }

// newKeyedMachine makes one whose queue pairs have a key for migration packets.
func newKeyedMachine(t *testing.T, qps int, migKey [16]byte) *machine {
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
		q.MigKey = migKey
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
	m.expect("10008 DB_SQ 0", "10023 SEND 0", "10028 send 58 bytes")
	m.postSend(1, 1, 256)
	m.Deliver(10101, ackOf(100))
	m.Deliver(10100, make([]byte, 60))
	m.run(10300)
	// The malformed frame and the ACK precede the SEND; RETIRE follows the ACK.
	m.expect("10108 DB_SQ 1", "10110 RX_DROP 65535", "10118 RX 0", "10132 RETIRE 0", "10168 send 314 bytes", "10168 SEND 1")
}

// TestRoundRobin: two queue pairs with much to send take turns; a step that sends payload lasts until it has left.
func TestRoundRobin(t *testing.T) {
	m := newMachine(t, 2)
	m.postSend(0, 1, 1024)
	m.postSend(1, 1, 1024)
	m.run(11000)
	m.expect("10008 DB_SQ 0", "10016 DB_SQ 1",
		"10052 send 314 bytes", "10052 SEND 0", "10088 send 314 bytes", "10088 SEND 1",
		"10124 send 314 bytes", "10124 SEND 0", "10160 send 314 bytes", "10160 SEND 1",
		"10196 send 314 bytes", "10196 SEND 0", "10232 send 314 bytes", "10232 SEND 1",
		"10268 send 314 bytes", "10268 SEND 0", "10304 send 314 bytes", "10304 SEND 1")
	sent := m.Sent()
	if len(sent) != 8 || sent[0].Cycle != 10052 || len(m.Sent()) != 0 {
		t.Fatalf("%d frames sent", len(sent))
	}
}

// TestTimer: an ACK timer of 16 ticks runs out at the 16th multiple of 1024 cycles after it was set.
func TestTimer(t *testing.T) {
	m := newMachine(t, 1)
	m.postSend(0, 1, 0)
	m.run(10100)
	m.watch.log = nil
	at := uint64(10023/1024+16) * 1024
	m.run(at)
	m.expect()
	m.run(at + 100)
	m.expect(fmt.Sprintf("%d TIMER 0", at+8), fmt.Sprintf("%d SEND 0", at+23), fmt.Sprintf("%d send 58 bytes", at+28))
	if n := m.get(abi.RegCounter + 4*abi.CounterRetransmits); n != 1 {
		t.Fatalf("%d retransmissions", n)
	}
}

// TestStallStatus: STALL_STATUS is busy until the last packet of the stopped queue pairs has left the port.
func TestStallStatus(t *testing.T) {
	m := newMachine(t, 2)
	m.postSend(0, 1, 256)
	m.run(10009)
	m.set(abi.RegStall, 1<<31|5)
	if err := m.NIC.WriteReg(abi.RegStall, 0); err == nil {
		t.Fatal("STALL was taken while busy")
	}
	m.run(10053) // SEND begins at 10008, and ends when its packet has left at 10044
	m.expect("10008 DB_SQ 0", "10044 send 314 bytes", "10044 SEND 0", "10052 STALL 0", "10060 STALL 1")
	for _, at := range []uint64{10053, 10059} {
		m.run(at)
		if v := m.get(abi.RegStallStatus); v != 1<<31|2 {
			t.Fatalf("cycle %d: STALL_STATUS %#x", at, v)
		}
		if err := m.NIC.WriteReg(abi.RegResume, 0); err == nil {
			t.Fatal("RESUME was taken while busy")
		}
	}
	m.run(10060)
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
	m.expect("10109 ACTIVATE 1", "10116 send 94 bytes")
}

// TestCommandBusy: CMD_STATUS is busy for as long as the step takes.
func TestCommandBusy(t *testing.T) {
	m := newMachine(t, 1)
	m.set(abi.RegCMDGo, uint32(abi.CMDDestroyCQ))
	for _, at := range []uint64{10000, 10001, 10006} {
		m.run(at)
		if v := m.get(abi.RegCMDStatus); v != 1<<31 {
			t.Fatalf("cycle %d: CMD_STATUS %#x", at, v)
		}
		if err := m.NIC.WriteReg(abi.RegCMDGo, 0); err == nil {
			t.Fatal("CMD_GO was taken while busy")
		}
	}
	m.run(10007)
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
	m.expect("10013 RX 0", "10021 RX 0")
	m.set(abi.RegCtrl, 1)
	m.run(10100)
	m.expect("10073 RX 0")
	if n := m.get(abi.RegCounter + 4*abi.CounterRXFrames); n != 3 {
		t.Fatalf("RX_FRAMES %d", n)
	}
}

// TestPort: the port takes a beat a cycle, and one frame at a time. A short frame behind a long one waits for it, and is a
// cause when its own last beat is there.
func TestPort(t *testing.T) {
	m := newMachine(t, 1)
	m.Deliver(10000, make([]byte, 1600))
	m.Deliver(10001, make([]byte, 160))
	m.Deliver(10500, make([]byte, 16))
	m.run(11000)
	m.expect("10103 RX_DROP 65535", "10114 RX_DROP 65535", "10504 RX_DROP 65535")
}

// TestTag: the tag of a migration packet takes its time, with a key.
func TestTag(t *testing.T) {
	var took [2]uint64
	for i := range took {
		m := newKeyedMachine(t, 1, [16]byte{byte(i)})
		m.set(abi.RegStall, 0)
		m.run(m.Now() + 100)
		m.watch.log = nil
		start := m.Now()
		m.set(abi.RegResume, 0)
		m.run(start + 100)
		took[i] = cycleOf(m.watch.log[0]) - start
	}
	if took != [2]uint64{16, 35} {
		t.Errorf("RESUME has left %d cycles after it was asked for, without and with a key", took)
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
	m.expect("10008 DB_RQ 0", "10011 DB_CQ_ARM 1", "10047 RX 0", "10047 irq true", "10052 send 62 bytes", "10100 irq false")
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
	m.expect("10104 RX_DROP 65535", "10106 RX_DROP 65535", "10204 RX_DROP 65535", "10303 RX_DROP 65535")
	defer func() {
		if recover() == nil {
			t.Fatal("a frame was taken in the past")
		}
	}()
	m.Deliver(10999, nil)
}
