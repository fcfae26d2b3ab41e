package wire_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/godwit-rdma/godwit/model/wire"
)

// FuzzParse: no bytes make the package panic; every error is an *Error that points into the frame; and what is taken
// is encoded again to the same bytes, those behind the IP packet excepted. As random bytes hardly ever have the
// right ICRC, each input is tried a second time with it put right.
func FuzzParse(f *testing.F) {
	for _, op := range opcodes() {
		for _, v6 := range []bool{false, true} {
			f.Add(sample(op, v6).Append(nil))
		}
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, frame []byte) {
		checkFrame(t, frame)
		fixed := bytes.Clone(frame)
		if wire.PutICRC(fixed) == nil {
			checkFrame(t, fixed)
		}
	})
}

func checkFrame(t *testing.T, frame []byte) {
	before := bytes.Clone(frame)
	var p wire.Packet
	err := wire.Parse(frame, &p)
	if text := wire.Annotate(frame); text == "" {
		t.Fatal("Annotate says nothing")
	}
	if !bytes.Equal(frame, before) {
		t.Fatal("the frame was changed")
	}
	if err != nil {
		var e *wire.Error
		if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(frame) {
			t.Fatalf("error %v for a frame of %d bytes", err, len(frame))
		}
		return
	}
	again := p.Append(nil)
	if len(again) > len(frame) {
		t.Fatalf("encoded to %d bytes from %d", len(again), len(frame))
	}
	if d := wire.Diff(frame[:len(again)], again); d != "" {
		t.Fatalf("encoded again, it differs\n%s", d)
	}
}
