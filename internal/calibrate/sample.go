package calibrate

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// sample is one step.
type sample struct {
	cause abi.Cause
	// about is the command of cause CMD; otherwise "".
	about string
	// bytes is the payload that it moved, cycles what it took.
	bytes, cycles int
}

// meter is told what a NIC does, and measures its steps. A step begins when the one before ends, or, where that is known,
// when what causes it comes, if that is later.
type meter struct {
	next    nic.Observer
	host    []uint64 // when the register writes came that have not retired
	frames  []uint64 // when the frames arrived that have not retired
	last    uint64   // when the last step ended
	bytes   int      // of payload, in this step
	samples []sample
}

// door is a NIC whose meter is told of what comes in.
type door struct {
	nic.Device
	m *meter
}

// WriteReg implements nic.Device.
func (d *door) WriteReg(addr, v uint32) error {
	if err := d.Device.WriteReg(addr, v); err != nil {
		return err
	}
	switch r, _, _ := abi.FindRegister(addr); r.At {
	case abi.RegCMDGo, abi.RegDBSQ, abi.RegDBRQ, abi.RegDBCQCI, abi.RegDBCQArm:
		d.m.host = append(d.m.host, d.Now())
	}
	return nil
}

// Deliver implements nic.Device.
func (d *door) Deliver(cycle uint64, frame []byte) {
	d.m.frames = append(d.m.frames, cycle)
	d.Device.Deliver(cycle, frame)
}

// DMARead implements nic.Observer.
func (m *meter) DMARead(cycle, addr uint64, p []byte) {
	if len(p) != abi.WQESize {
		m.bytes += len(p)
	}
	m.next.DMARead(cycle, addr, p)
}

// DMAWrite implements nic.Observer.
func (m *meter) DMAWrite(cycle, addr uint64, p []byte) {
	if len(p) != abi.CQESize {
		m.bytes += len(p)
	}
	m.next.DMAWrite(cycle, addr, p)
}

// Transmit implements nic.Observer.
func (m *meter) Transmit(cycle uint64, frame []byte) { m.next.Transmit(cycle, frame) }

// IRQ implements nic.Observer.
func (m *meter) IRQ(cycle uint64, level bool) { m.next.IRQ(cycle, level) }

// Retire implements nic.Observer.
func (m *meter) Retire(cycle uint64, r *abi.Retire) {
	s := sample{cause: r.Cause, bytes: m.bytes}
	begin := m.last
	switch r.Cause {
	case abi.CauseRX, abi.CauseRXDrop:
		begin = m.begin(&m.frames)
	case abi.CauseDBSQ, abi.CauseDBRQ, abi.CauseDBCQCI, abi.CauseDBCQArm:
		begin = m.begin(&m.host)
	case abi.CauseCMD:
		begin = m.begin(&m.host)
		s.about, s.bytes = abi.CMD(r.Arg2>>24).String(), 0
	}
	s.cycles = int(cycle - begin)
	// When a timer ran out is not told, and so neither is how long its step took.
	if r.Cause != abi.CauseTimer {
		m.samples = append(m.samples, s)
	}
	m.last, m.bytes = cycle, 0
	m.next.Retire(cycle, r)
}

// begin takes the oldest of the causes that wait.
func (m *meter) begin(waiting *[]uint64) uint64 {
	if len(*waiting) == 0 {
		return m.last
	}
	came := (*waiting)[0]
	*waiting = (*waiting)[1:]
	return max(m.last, came)
}
