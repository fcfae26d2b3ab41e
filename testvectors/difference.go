package testvectors

import (
	"fmt"
	"slices"
	"strings"

	"github.com/godwit-rdma/godwit/model/wire"
)

// Difference is one field in which what a target does is not what a vector says.
type Difference struct {
	Field string `json:"field"`
	Want  string `json:"want"`
	Got   string `json:"got"`
}

// String is the difference as a sentence.
func (d *Difference) String() string { return fmt.Sprintf("%s is %s, want %s", d.Field, d.Got, d.Want) }

// differ is a list of no difference, or of one.
func differ[T comparable](field string, want, got T) []Difference {
	if want == got {
		return nil
	}
	return []Difference{{Field: field, Want: orNone(fmt.Sprint(want)), Got: orNone(fmt.Sprint(got))}}
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// differList compares two lists, element by element.
func differList[T comparable](field string, want, got []T) (out []Difference) {
	for i := range max(len(want), len(got)) {
		name := fmt.Sprintf("%s %d", field, i)
		switch {
		case i >= len(got):
			out = append(out, Difference{Field: name, Want: fmt.Sprint(want[i]), Got: "none"})
		case i >= len(want):
			out = append(out, Difference{Field: name, Want: "none", Got: fmt.Sprint(got[i])})
		default:
			out = append(out, differ(name, want[i], got[i])...)
		}
	}
	return out
}

// String is length, address and bytes.
func (a Access) String() string { return fmt.Sprintf("%d bytes at %s %s", a.Len, a.Addr, a.Bytes) }

// String is the counter and what was added.
func (c Counted) String() string { return fmt.Sprintf("%s+%d", c.Name, c.Add) }

// String is the event and what it is about.
func (r Raised) String() string { return fmt.Sprintf("%s of %s", r.Kind, r.Number) }

// differFrame compares two frames by what their packets say, and as bytes where they say the same.
func differFrame(want, got Hex) []Difference {
	if want == got {
		return nil
	}
	if want != "" && got != "" {
		a, b := partsOf(want.Bytes()), partsOf(got.Bytes())
		var out []Difference
		for i := range a {
			if i < len(b) {
				out = append(out, differ("sent "+a[i].name, a[i].text, b[i].text)...)
			}
		}
		if len(out) != 0 {
			return out
		}
	}
	return differ("sent", want, got)
}

// partsOf takes a frame apart; one that is no packet is in one piece.
func partsOf(frame []byte) []field {
	var p wire.Packet
	if err := wire.Parse(frame, &p); err != nil {
		return []field{{"frame", err.Error()}}
	}
	f := fieldsOf(frame, &p)
	return []field{
		{"opcode", f.Opcode}, {"psn", string(f.PSN)}, {"dest_qpn", string(f.DestQPN)}, {"pkey", string(f.PKey)}, {"se", fmt.Sprint(f.SE)},
		{"ackreq", fmt.Sprint(f.AckReq)}, {"ext", string(f.Ext)}, {"payload", string(toHex(p.Payload))}, {"src_ip", string(f.SrcIP)},
		{"dst_ip", string(f.DstIP)}, {"hop limit", fmt.Sprint(p.TTL)}, {"traffic class", fmt.Sprint(p.TClass)}, {"udp source port", fmt.Sprint(p.SrcPort)},
		{"src_mac", string(toHex(p.SrcMAC[:]))}, {"dst_mac", string(toHex(p.DstMAC[:]))}, {"flow label", fmt.Sprint(p.FlowLabel)},
		{"pad", fmt.Sprint(p.BTH.Pad)}, {"resv8a", fmt.Sprint(p.BTH.Resv8a)},
	}
}

// differences are the fields in which got is not what k says. A packet that there is not is one of no field.
func (k *Packet) differences(got *Packet) []Difference {
	var none Packet
	switch {
	case k == nil && got == nil:
		return nil
	case k == nil:
		k = &none
	case got == nil:
		got = &none
	}
	return slices.Concat(
		differ("packet opcode", k.Opcode, got.Opcode), differ("packet psn", k.PSN, got.PSN), differ("packet ackreq", k.AckReq, got.AckReq),
		differ("packet se", k.SE, got.SE), differ("packet ext", k.Ext, got.Ext), differ("packet len", k.Len, got.Len),
		differ("packet off", k.Off, got.Off), differ("packet retransmit", k.Retransmit, got.Retransmit), differ("packet dst_ip", k.DstIP, got.DstIP),
		differ("packet dest_qpn", k.DestQPN, got.DestQPN), differ("packet hop_limit", k.HopLimit, got.HopLimit),
		differ("packet resv8a", k.Resv8a, got.Resv8a), differ("packet tclass", k.TClass, got.TClass),
	)
}

// differences are the fields in which the step got is not what s says.
func (s *StepCase) differences(got *StepCase) []Difference {
	e, f := &s.Effects, &got.Effects
	return slices.Concat(
		differentQP(s.After, got.After), differ("event", e.Event, f.Event), differ("timer set to", e.Ticks, f.Ticks),
		differ("timer stopped", e.TimerStop, f.TimerStop), differ("write", e.Write, f.Write), differ("word", e.Word, f.Word),
		differ("with_header", e.WithHeader, f.WithHeader), differ("invalidate", e.Invalidate, f.Invalidate),
		differ("completion", deref(e.CQE), deref(f.CQE)), e.Packet.differences(f.Packet),
		differ("fetch", s.Fetch, got.Fetch), differ("check", deref(s.Check), deref(got.Check)), differ("old", s.Old, got.Old),
		differ("wants", strings.Join(s.Wants, " "), strings.Join(got.Wants, " ")),
	)
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// differences are the fields in which got is not what c says, given the same inputs.
func (c *DeviceCase) differences(got *DeviceCase) (out []Difference) {
	want, is := c.Before.overlaid(&c.After), got.Before.overlaid(&got.After)
	return slices.Concat(
		want.differences(&is),
		differFrame(c.Sent, got.Sent), differ("retransmit", c.Retransmit, got.Retransmit),
		differList("write", c.Writes, got.Writes), differList("event", c.Events, got.Events), differList("read", c.Reads, got.Reads),
		differ("timer set to", c.Ticks, got.Ticks), differ("timer stopped", c.TimerStop, got.TimerStop),
		differ("result", c.Result, got.Result), differList("counter", c.Counters, got.Counters),
		differ("wants", strings.Join(c.Wants, " "), strings.Join(got.Wants, " ")), differList("change", c.Changes, got.Changes),
	)
}
