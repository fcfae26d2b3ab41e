package driver_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"reflect"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// taken counts the commands that a device is given.
func (p *probe) taken() *int {
	n := new(int)
	p.onWrite = func(addr, _ uint32) bool {
		if addr == abi.RegCMDGo {
			*n++
		}
		return false
	}
	return n
}

// Whatever is cut off or changed is found, and nothing is touched.
func TestImageDamage(t *testing.T) {
	r := newRig(t, 3, params)
	a := stoppedContext(r)
	b := must(a.ctx.Dump())(t).Marshal()
	win := driver.Window{Base: 0x80000, Size: winSize}
	commands := r.m[2].nic.taken()
	bad := func(what string, b []byte, class *driver.Errno) {
		t.Helper()
		c, err := r.m[2].dev.Restore(b, win)
		if c != nil || !errors.Is(err, class) {
			t.Fatalf("%s: error %v, want %v", what, err, class)
		}
	}
	for n := range b {
		bad("truncated", b[:n], driver.ErrImage)
	}
	bad("longer", append(bytes.Clone(b), 0), driver.ErrImage)
	for i := range 8 * len(b) {
		d := bytes.Clone(b)
		d[i/8] ^= 1 << (i % 8)
		if _, err := driver.ParseImage(d); !errors.Is(err, driver.ErrImage) && !errors.Is(err, driver.ErrForeign) {
			t.Fatalf("bit %d of byte %d: error %v", i%8, i/8, err)
		}
	}
	for _, tc := range []struct {
		what  string
		at    int
		class *driver.Errno
	}{
		{"format version", driver.ImageVersionAt, driver.ErrForeign},
		{"reserved header bits", driver.ImageVersionAt + 2, driver.ErrImage},
		{"version of CONTEXT", driver.ImageRecordAt + 2, driver.ErrForeign},
		{"device", driver.ImageKindAt, driver.ErrForeign},
		{"revision, first byte", driver.ImageRevisionAt, driver.ErrForeign},
		{"revision, last byte", driver.ImageRevisionAt + 31, driver.ErrForeign},
		{"features", driver.ImageFeaturesAt + 3, driver.ErrNotSupported},
	} {
		d := bytes.Clone(b)
		d[tc.at] ^= 0x80
		bad(tc.what, driver.Reseal(d), tc.class)
	}
	bad("unknown mandatory type", driver.InsertRecord(b, 99, 1, 1, []byte("?")), driver.ErrForeign)
	bad("mandatory record of an unknown version", driver.InsertRecord(b, 2, 9, 1, []byte{0, 0}), driver.ErrForeign)
	bad("record flags", driver.InsertRecord(b, 99, 1, 2, nil), driver.ErrImage)
	bad("record out of place", driver.InsertRecord(b, 2, 1, 1, []byte{0, 0}), driver.ErrImage)
	bad("second CONTEXT", driver.InsertRecord(b, 1, 2, 1, b[driver.ImageKindAt:][:4]), driver.ErrImage)
	bad("no CONTEXT", driver.Seal(b[:driver.ImageRecordAt]), driver.ErrImage)
	if *commands != 0 || len(r.m[2].dev.Contexts()) != 0 {
		t.Errorf("%d commands were issued, %d contexts opened", *commands, len(r.m[2].dev.Contexts()))
	}
	d := driver.InsertRecord(b, 99, 1, 0, []byte("skip me"))
	d = driver.InsertRecord(d, 2, 9, 0, []byte("of a version to come"))
	c, err := r.m[2].dev.Restore(d, win)
	if err != nil || len(c.QPs()) != len(a.ctx.QPs()) {
		t.Errorf("optional records: %v", err)
	}
}

// A sealed image with any one bit wrong, or cut anywhere, is refused, or it says something else: there is one
// encoding of each content. Nothing makes the decoder panic.
func TestImageCanonical(t *testing.T) {
	r := newRig(t, 2, params)
	b := must(stoppedContext(r).ctx.Dump())(t).Marshal()
	try := func(what string, at int, d []byte) (accepted bool) {
		m, err := driver.ParseImage(d)
		switch {
		case err == nil && !bytes.Equal(m.Marshal(), d):
			t.Errorf("%s at %d: accepted, and encoded again it is other than it was", what, at)
		case err != nil && !errors.Is(err, driver.ErrImage) && !errors.Is(err, driver.ErrForeign):
			t.Errorf("%s at %d: error %v", what, at, err)
		}
		return err == nil
	}
	accepted := 0
	for i := range 8 * (len(b) - driver.ImageDigest) {
		d := bytes.Clone(b)
		d[i/8] ^= 1 << (i % 8)
		// A record that is optional now may be skipped, and so it is not encoded again.
		if d = driver.Reseal(d); !optional(d) && try("flipped bit", i, d) {
			accepted++
		}
	}
	if accepted == 0 {
		t.Error("no change of any value was accepted: the seal is wrong")
	}
	for n := driver.ImageRecordAt; n < len(b)-driver.ImageDigest; n++ {
		try("cut", n, driver.Seal(b[:n]))
	}
}

// optional tells whether a sealed image has a record that is not mandatory, as far as its records can be followed.
func optional(b []byte) bool {
	for at := driver.ImageRecordAt; at+driver.ImageRecordHead <= len(b)-driver.ImageDigest; {
		if b[at+3] == 0 {
			return true
		}
		at += driver.ImageRecordHead + int(binary.LittleEndian.Uint32(b[at+4:]))
	}
	return false
}

// An image that is whole but contradicts itself is refused: each case changes one thing.
func TestImageInconsistent(t *testing.T) {
	r := newRig(t, 2, params)
	a := stoppedContext(r)
	b := must(a.ctx.Dump())(t).Marshal()
	var m *driver.Image
	for _, tc := range []struct {
		name   string
		change func()
	}{
		{"window", func() { m.WindowSize++ }},
		{"va", func() { m.VA = ^uint64(0) &^ 0xfff }},
		{"group 0", func() { m.Partition.Group = 0 }},
		{"no QPNs", func() { m.Partition.QPN.Count = 0 }},
		{"keys wrap", func() { m.Partition.Key.Count = 1<<32 - 1 }},
		{"next", func() { m.Next[0] = 256 }},
		{"pd out of range", func() { m.PDs[0]++; m.PDs[0] += 16 }},
		{"no pd", func() { m.PDs = nil }},
		{"pd twice", func() { m.PDs = append(m.PDs, m.PDs[0]) }},
		{"buffer outside", func() { m.Buffers[0].Off = winSize }},
		{"buffer empty", func() { m.Buffers[0].Len = 0 }},
		{"buffer overlaps", func() { m.Buffers[0].Len = winSize }},
		{"buffer twice", func() { m.Buffers = append(m.Buffers, m.Buffers[0]) }},
		{"mr outside", func() { m.MRs[0].Length = 1 << 40 }},
		{"mr empty", func() { m.MRs[0].Length = 0 }},
		{"mr before", func() { m.MRs[0].VA = 0 }},
		{"mr pd", func() { m.MRs[0].PD++ }},
		{"mr access", func() { m.MRs[0].Access = 0x40 }},
		{"mr key", func() { m.MRs[0].Key = 1 }},
		{"cq number", func() { m.CQs[0].Number = 7 }},
		{"cq size", func() { m.CQs[0].Log = 16 }},
		{"cq overfull", func() { m.CQs[0].PI = m.CQs[0].CI + 17 }},
		{"cq ring", func() { m.CQs[0].Ring += 64 }},
		{"channel number", func() { m.Channels[0].Number = 256 }},
		{"channel twice", func() { m.Channels = append(m.Channels, m.Channels[0]) }},
		{"channel gone", func() { m.Channels = nil }},
		{"channel of another cq", func() { m.Channels[0].Pending = []uint16{7} }},
		{"channel of a cq without", func() { m.CQs[0].HasChannel = false }},
		{"cq without channel has one", func() { m.CQs[1].Channel = 1 }},
		{"cq without channel has events", func() { m.CQs[1].CompGot = 1 }},
		{"cq gone", func() { m.CQs = nil }},
		{"qp number", func() { m.QPs[0].QPC.QPN = 1 }},
		{"qp twice", func() { m.QPs[1] = m.QPs[0] }},
		{"qp live", func() { m.QPs[0].QPC.State = abi.StateRTS }},
		{"qp saved state", func() { m.QPs[0].QPC.SavedState = abi.StateSQE }},
		{"qp group", func() { m.QPs[0].QPC.MigGroup++ }},
		{"qp timer", func() { m.QPs[0].QPC.Timer = abi.TimerACK }},
		{"qp pending", func() { m.QPs[0].QPC.ResumePending = true }},
		{"qp mtu", func() { m.QPs[0].QPC.PMTU = 0 }},
		{"qp lease", func() { m.QPs[0].QPC.MigLease = 0 }},
		{"qp ring", func() { m.QPs[0].QPC.SQBase = m.QPs[1].QPC.SQBase }},
		{"qp ring unaligned", func() { m.QPs[0].QPC.SQBase += 8 }},
		{"qp identifiers", func() { m.QPs[0].IDs = m.QPs[1].IDs }},
		{"qp pi", func() { m.QPs[0].QPC.SQPI++ }},
		{"qp ci", func() { m.QPs[0].QPC.SQACK = m.QPs[0].SQ.Tail - 1 }},
		{"qp rq ci", func() { m.QPs[0].QPC.RQCI++ }},
		{"event none", func() { m.Events = append(m.Events, driver.AsyncEvent{}) }},
		{"event completion", func() { m.Events = append(m.Events, driver.AsyncEvent{Kind: abi.EventCQCompletion}) }},
		{"event of nobody", func() { m.Events = append(m.Events, driver.AsyncEvent{Kind: abi.EventQPFatal, Number: 9}) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m = must(driver.ParseImage(b))(t)
			tc.change()
			if _, err := driver.ParseImage(m.Marshal()); !errors.Is(err, driver.ErrImage) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// FuzzImage feeds sealed images, so that the records are reached. A parsed image encodes to what was parsed,
// unless an optional record was skipped.
func FuzzImage(f *testing.F) {
	r := newRig(f, 2, params)
	a := stoppedContext(r)
	b := must(a.ctx.Dump())(f).Marshal()
	f.Add(b)
	f.Add(driver.InsertRecord(b, 99, 1, 0, []byte("x")))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < driver.ImageRecordAt+driver.ImageDigest {
			return
		}
		m, err := driver.ParseImage(driver.Reseal(b))
		if err != nil {
			if !errors.Is(err, driver.ErrImage) && !errors.Is(err, driver.ErrForeign) {
				t.Errorf("error %v", err)
			}
			return
		}
		if again, err := driver.ParseImage(m.Marshal()); err != nil || !reflect.DeepEqual(again, m) {
			t.Errorf("encoding and decoding again: %v", err)
		}
	})
}
