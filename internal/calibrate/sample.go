package calibrate

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// sample is one step.
type sample struct {
	kind
	// cycles is what it took, spec what it takes by spec/timing.yaml.
	cycles, spec int
}

// kind is what a step did, as far as its time depends on that.
type kind struct {
	cause abi.Cause
	// about is the command of cause CMD; otherwise "".
	about string
	work  work
	// bytes is the payload that it moved.
	bytes int
}

// work is a set of things that a step may do.
type work uint8

const (
	element    work = 1 << iota // reads a work queue element
	image                       // reads or writes the image of a command
	payload                     // moves payload
	completion                  // writes a completion
	packet                      // sends a packet
)

var workNames = [...]string{"element", "image", "payload", "completion", "packet"}

// String is the names of what is in the set.
func (w work) String() (s string) {
	for i, name := range workNames {
		if w&(1<<i) != 0 {
			if s != "" {
				s += " "
			}
			s += name
		}
	}
	return s
}

// meter is told what a NIC does, and measures its steps. A step begins when the one before ends, or, where that is known,
// when what causes it is there, if that is later.
type meter struct {
	next nic.Observer
	// answer is how many cycles after the host has written CMD_GO, STALL or RESUME it is told so.
	answer  uint64
	host    []cause  // what register writes asked for that has not retired
	frames  []uint64 // when the frames that have not retired were there
	took    uint64   // when the port has taken the last of them
	last    uint64   // when the last step ended
	sent    uint32   // packets handed to the port until then
	frame   int      // bytes of the last frame that left the port
	step    sample   // under way
	loaded  bool     // it reads payload to send
	samples []sample
}

// cause is a register write that is one; a write of STALL or RESUME is one of several steps.
type cause struct {
	came uint64
	walk bool
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
	case abi.RegDBSQ, abi.RegDBRQ, abi.RegDBCQCI, abi.RegDBCQArm:
		d.m.host = append(d.m.host, cause{d.Now(), false})
	case abi.RegCMDGo:
		d.m.host = append(d.m.host, cause{d.Now() - d.m.answer, false})
	case abi.RegStall, abi.RegResume:
		d.m.host = append(d.m.host, cause{d.Now() - d.m.answer, true})
	}
	return nil
}

// Deliver implements nic.Device. Frames are to be delivered in their order.
func (d *door) Deliver(cycle uint64, frame []byte) {
	d.m.took = max(d.m.took, cycle) + abi.ReceiveCycles(len(frame))
	d.m.frames = append(d.m.frames, d.m.took)
	d.Device.Deliver(cycle, frame)
}

// DMARead implements nic.Observer. Work queue elements and completions are told from payload by their length, which no
// payload of the story may have.
func (m *meter) DMARead(cycle, addr uint64, p []byte) {
	if len(p) == abi.WQESize {
		m.step.work |= element
	} else {
		m.step.bytes, m.loaded = len(p), true
	}
	m.next.DMARead(cycle, addr, p)
}

// DMAWrite implements nic.Observer.
func (m *meter) DMAWrite(cycle, addr uint64, p []byte) {
	if len(p) == abi.CQESize {
		m.step.work |= completion
	} else {
		m.step.bytes = len(p)
	}
	m.next.DMAWrite(cycle, addr, p)
}

// Transmit implements nic.Observer.
func (m *meter) Transmit(cycle uint64, frame []byte) {
	m.frame = len(frame)
	m.next.Transmit(cycle, frame)
}

// IRQ implements nic.Observer.
func (m *meter) IRQ(cycle uint64, level bool) { m.next.IRQ(cycle, level) }

// Retire implements nic.Observer.
func (m *meter) Retire(cycle uint64, r *abi.Retire) {
	s := &m.step
	s.cause = r.Cause
	if r.TXSeq != m.sent {
		s.work |= packet
	}
	switch {
	case r.Cause == abi.CauseCMD:
		s.about = abi.CMD(r.Arg2 >> 24).String()
		if s.bytes != 0 {
			s.work |= image
		}
	case s.bytes != 0:
		s.work |= payload
	}
	s.cycles, s.spec = int(cycle-m.begin(r.Cause)), int(m.spec())
	// When a timer ran out is not told, and so neither is how long its step took.
	if r.Cause != abi.CauseTimer {
		m.samples = append(m.samples, *s)
	}
	m.last, m.sent, m.step, m.loaded = cycle, r.TXSeq, sample{}, false
	m.next.Retire(cycle, r)
}

// begin is when the step with that cause began.
func (m *meter) begin(c abi.Cause) uint64 {
	came := m.last
	switch c {
	case abi.CauseRX, abi.CauseRXDrop:
		if len(m.frames) != 0 {
			came, m.frames = m.frames[0], m.frames[1:]
		}
	case abi.CauseDBSQ, abi.CauseDBRQ, abi.CauseDBCQCI, abi.CauseDBCQArm, abi.CauseCMD, abi.CauseStall, abi.CauseActivate:
		walk := c == abi.CauseStall || c == abi.CauseActivate
		if len(m.host) != 0 && m.host[0].walk == walk {
			came, m.host = m.host[0].came, m.host[1:]
		}
	}
	return max(m.last, came)
}

// spec is what the step takes by spec/timing.yaml.
func (m *meter) spec() uint64 {
	s, t := &m.step, m.step.cause.Timing()
	n := uint64(t.Base)
	if s.work&element != 0 {
		n += abi.ReadCycles(abi.WQESize)
	}
	if s.work&completion != 0 {
		n += abi.WriteCycles(abi.CQESize)
	}
	if s.work&packet != 0 {
		n += abi.PacketCycles
	}
	switch {
	case s.bytes != 0 && !m.loaded:
		n += abi.WriteCycles(s.bytes)
	case s.work&image != 0:
		n += abi.ReadCycles(s.bytes)
	case m.loaded:
		n += abi.EmitCycles(m.frame)
	}
	if s.work&payload != 0 {
		n += uint64(t.Payload)
	}
	return n
}
