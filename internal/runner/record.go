package runner

import (
	"bytes"
	"fmt"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/internal/ladder"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/wire"
)

// recorder writes a capture as packets come, and draws a ladder of all of them at the end.
type recorder struct {
	o       Options
	capture *capture.Writer
	ladder  *ladder.Ladder
	err     error
	pkt     wire.Packet
}

func newRecorder(o Options, hosts []string) *recorder {
	r := &recorder{o: o}
	if o.Pcap != nil {
		r.capture, r.err = capture.NewWriter(o.Pcap, hosts)
	}
	if o.Ladder != nil {
		r.ladder = ladder.New(hosts...)
	}
	return r
}

// tap takes a packet. A copy that a link makes is another packet in the capture, and says so.
func (r *recorder) tap(e fabric.TapEvent) {
	if e.Fate == fabric.Held {
		return // it is told again
	}
	if r.capture != nil && r.err == nil {
		comment := ""
		if e.Fate != fabric.Delivered && e.Fate != fabric.Released {
			comment = "fate: " + e.Fate.String()
		}
		r.err = r.capture.Write(e.From.Index, e.Cycle*abi.ClockPeriodNS, bytes.Clone(e.Frame), comment)
	}
	if r.ladder == nil {
		return
	}
	text := "damaged"
	if e.Fate != fabric.Damaged && wire.Parse(e.Frame, &r.pkt) == nil {
		text = label(&r.pkt)
	}
	switch {
	case e.To == nil:
		r.ladder.Note(e.Cycle, e.From.Index, text+" to nobody")
		return
	case e.Fate == fabric.Copy, e.Fate == fabric.Late:
		text += " " + e.Fate.String()
	}
	r.ladder.Message(e.Cycle, e.From.Index, e.To.Index, text, e.Fate == fabric.Lost || e.Fate == fabric.Dropped || e.Fate == fabric.Discarded)
}

// finish writes what is still to be written.
func (r *recorder) finish() error {
	if r.err != nil {
		return r.err
	}
	if r.capture != nil {
		if err := r.capture.Flush(); err != nil {
			return err
		}
	}
	if r.ladder != nil {
		return r.ladder.Write(r.o.Ladder)
	}
	return nil
}

// label is a packet in a few words, which fit between two columns.
func label(p *wire.Packet) string {
	switch {
	case p.BTH.Op == abi.OpMigration:
		return fmt.Sprintf("%v epoch=%v psn=%v epsn=%v", p.METH.Kind, p.METH.Epoch, uint32(p.BTH.PSN), uint32(p.METH.EPSN))
	case p.BTH.Op != abi.OpAcknowledge:
		return fmt.Sprintf("%v psn=%v", p.BTH.Op, uint32(p.BTH.PSN))
	}
	s := abi.Syndrome(p.AETH.Syndrome)
	switch {
	case s < abi.SyndromeRNRNAK:
		s = abi.SyndromeACK
	case s < 0x40:
		s = abi.SyndromeRNRNAK
	case s == abi.SyndromeNAKStopped:
		return fmt.Sprintf("%v psn=%v epoch=%d", s, uint32(p.BTH.PSN), p.AETH.MSN&0xffff)
	}
	return fmt.Sprintf("%v psn=%v", s, uint32(p.BTH.PSN))
}
