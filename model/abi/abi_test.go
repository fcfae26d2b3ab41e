package abi

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/spec"
)

// image is what every layout has.
type image interface {
	Marshal(p []byte)
	Decode(p []byte)
	Unmarshal(p []byte) error
}

var images = map[spec.Name]struct {
	size int
	new  func() image
}{
	"qpc":     {QPCSize, func() image { return new(QPC) }},
	"wqe":     {WQESize, func() image { return new(WQE) }},
	"sge":     {SGESize, func() image { return new(SGE) }},
	"cqe":     {CQESize, func() image { return new(CQE) }},
	"mr":      {MRSize, func() image { return new(MR) }},
	"cqc":     {CQCSize, func() image { return new(CQC) }},
	"retire":  {RetireSize, func() image { return new(Retire) }},
	"rd_slot": {RdSlotSize, func() image { return new(RdSlot) }},
	"srqc":    {SRQCSize, func() image { return new(SRQC) }},
	"rs_slot": {RsSlotSize, func() image { return new(RsSlot) }},
}

// full is a context with its extended banks as an image.
type full struct{ QPC }

func (x *full) Marshal(p []byte)         { x.MarshalFull(p) }
func (x *full) Decode(p []byte)          { x.DecodeFull(p) }
func (x *full) Unmarshal(p []byte) error { return x.UnmarshalFull(p) }

// layouts are all layouts, the context once without and once with its extended banks.
func layouts(s *spec.Spec) []spec.Layout { return append(s.AllLayouts(), s.FullContextLayout()) }

// newImage makes a structure of a layout.
func newImage(l *spec.Layout) image {
	if l.Bytes == QPCFullSize {
		return new(full)
	}
	return images[l.Name].new()
}

func loadSpec(t testing.TB) *spec.Spec {
	t.Helper()
	s, err := spec.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// drawImage builds a valid image bit by bit from the specification: the dumb second implementation of the codec.
func drawImage(t *rapid.T, s *spec.Spec, l *spec.Layout) []byte {
	p := make([]byte, l.Bytes)
	for _, f := range l.Fields {
		var value []byte
		switch e := s.Enum(f.Enum); {
		case e != nil && e.Flags:
			value = []byte{rapid.Byte().Draw(t, string(f.Name)) & flags(e)}
		case e != nil:
			values := e.Values
			if or := s.Enum(f.OrEnum); or != nil {
				values = append(append([]spec.Value(nil), values...), or.Values...)
			}
			value = []byte{byte(rapid.SampledFrom(values).Draw(t, string(f.Name)).Code)}
		default:
			n := (f.Bits + 7) / 8
			value = rapid.SliceOfN(rapid.Byte(), n, n).Draw(t, string(f.Name))
		}
		for b := range f.Bits {
			p[f.At+b/8] |= value[b/8] & (1 << (b % 8))
		}
	}
	return p
}

// flags returns the defined bits of a flag enum.
func flags(e *spec.Enum) (mask byte) {
	for _, v := range e.Values {
		mask |= byte(v.Code)
	}
	return mask
}

func TestImagesRoundTrip(t *testing.T) {
	s := loadSpec(t)
	if n := len(s.AllLayouts()); n != len(images) {
		t.Fatalf("the specification has %d layouts, the test knows %d", n, len(images))
	}
	for _, l := range layouts(s) {
		t.Run(string(l.Name), func(t *testing.T) {
			kind, known := images[l.Name]
			if !known || kind.size != l.Bytes && l.Bytes != QPCFullSize {
				t.Fatalf("layout %s of %d bytes is not the one the test knows", l.Name, l.Bytes)
			}
			rapid.Check(t, func(t *rapid.T) {
				p := drawImage(t, s, &l)
				x := newImage(&l)
				if err := x.Unmarshal(p); err != nil {
					t.Fatalf("Unmarshal: %v", err)
				}
				got := bytes.Repeat([]byte{0xa5}, l.Bytes+1)
				x.Marshal(got)
				if !bytes.Equal(got[:l.Bytes], p) || got[l.Bytes] != 0xa5 {
					t.Fatalf("Marshal: got\n%x, want\n%x", got, p)
				}
			})
		})
	}
}

// TestImagesRefuse flips every reserved bit of every layout, cuts and extends the images, and sets every code that is
// not defined.
func TestImagesRefuse(t *testing.T) {
	s := loadSpec(t)
	for _, l := range layouts(s) {
		refused := func(what string, p []byte, field spec.Name) {
			t.Helper()
			var ie *ImageError
			err := newImage(&l).Unmarshal(p)
			if !errors.As(err, &ie) || ie.Layout != string(l.Name) || ie.Field != string(field) {
				t.Errorf("%s: %s: got %v", l.Name, what, err)
			}
		}
		p := make([]byte, l.Bytes)
		zero(t, s, &l, p)
		refused("cut", p[:l.Bytes-1], "")
		refused("long", append(p[:l.Bytes:l.Bytes], 0), "")
		covered := make([]byte, l.Bytes)
		for _, f := range l.Fields {
			for b := range f.Bits {
				covered[f.At+b/8] |= 1 << (b % 8)
			}
		}
		for bit := range l.Bytes * 8 {
			if covered[bit/8]>>(bit%8)&1 == 0 {
				q := bytes.Clone(p)
				q[bit/8] |= 1 << (bit % 8)
				refused("reserved bit", q, "")
			}
		}
		for _, f := range l.Fields {
			e, or := s.Enum(f.Enum), s.Enum(f.OrEnum)
			if e == nil {
				continue
			}
			for code := range 1 << f.Bits {
				if validCode(e, code) || or != nil && validCode(or, code) {
					continue
				}
				q := bytes.Clone(p)
				q[f.At] = byte(code)
				refused("code", q, f.Name)
			}
		}
	}
}

func validCode(e *spec.Enum, code int) bool {
	for _, v := range e.Values {
		if e.Flags {
			code &^= v.Code
		} else if v.Code == code {
			return true
		}
	}
	return e.Flags && code == 0
}

// zero fills p with the plainest valid image: the first code of each enum, otherwise 0.
func zero(t *testing.T, s *spec.Spec, l *spec.Layout, p []byte) {
	for _, f := range l.Fields {
		if e := s.Enum(f.Enum); e != nil && !e.Flags {
			p[f.At] = byte(e.Values[0].Code)
		}
	}
	if err := newImage(l).Unmarshal(p); err != nil {
		t.Fatalf("%s: the plainest image is refused: %v", l.Name, err)
	}
}

func TestImageErrors(t *testing.T) {
	p := new(QPC).Image()
	p[3] = 12
	p2 := new(QPC).Image()
	p2[0x0e] = 0x80
	for _, c := range []struct {
		p    []byte
		want string
	}{
		{p[:], "qpc.state: code 12 is not a State"},
		{p2[:], "qpc: reserved bits 0x80 of byte 0x0e are set"},
		{p[:255], "qpc: image has 255 bytes, want 256"},
	} {
		if err := new(QPC).Unmarshal(c.p); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

func TestCodecDoesNotAllocate(t *testing.T) {
	var q QPC
	p := make([]byte, QPCSize)
	if n := testing.AllocsPerRun(100, func() {
		q.Marshal(p)
		if err := q.Unmarshal(p); err != nil {
			t.Fatal(err)
		}
		q.Decode(p)
	}); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}

func TestDecodeTakesAnyBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, kind := range images {
			p := rapid.SliceOfN(rapid.Byte(), kind.size, kind.size).Draw(t, "bytes")
			x, again := kind.new(), kind.new()
			x.Decode(p)
			once := make([]byte, kind.size)
			x.Marshal(once)
			again.Decode(once)
			twice := make([]byte, kind.size)
			again.Marshal(twice)
			if !bytes.Equal(once, twice) {
				t.Fatalf("decoding what was marshalled changes it:\n%x\n%x", once, twice)
			}
		}
	})
}

func TestFieldsAndMerge(t *testing.T) {
	s := loadSpec(t)
	l := s.ContextLayout()
	rapid.Check(t, func(t *rapid.T) {
		var dst, src, got QPC
		dst.Decode(drawImage(t, s, &l))
		src.Decode(drawImage(t, s, &l))
		got = dst
		attrs := rapid.Uint32().Draw(t, "attrs")
		MergeQPC(&got, &src, attrs)
		di, si, gi := dst.Image(), src.Image(), got.Image()
		for i := range QPCFields {
			f := &QPCFields[i]
			want := di
			if f.Attr&attrs != 0 {
				want = si
			}
			if !bytes.Equal(f.Bytes(&gi), f.Bytes(&want)) {
				t.Fatalf("attrs %s: field %s is %s, want %s", AttrNames(attrs), f.Name, f.Text(&gi), f.Text(&want))
			}
		}
		for _, d := range DiffQPC(&di, &gi) {
			if d.A == d.B {
				t.Fatalf("field %s differs and reads the same: %s", d.Name, d.A)
			}
		}
		if (len(DiffQPC(&di, &gi)) == 0) != (dst == got) {
			t.Fatalf("DiffQPC and == do not agree")
		}
	})
}

func TestFieldText(t *testing.T) {
	q := QPC{State: StateStopped, Access: AccessRemoteWrite | AccessRemoteRead, EPSN: 0xabcdef, RQLog: 3}
	q.RemoteIP[15] = 7
	img := q.Image()
	want := map[string]string{"state": "STOPPED", "access": "REMOTE_WRITE|REMOTE_READ", "epsn": "0xabcdef", "rq_log": "3",
		"remote_ip": "00000000000000000000000000000007", "sq_err": "SUCCESS"}
	for i := range QPCFields {
		if w, ok := want[QPCFields[i].Name]; ok {
			if got := QPCFields[i].Text(&img); got != w {
				t.Errorf("%s: got %s, want %s", QPCFields[i].Name, got, w)
			}
			delete(want, QPCFields[i].Name)
		}
	}
	if len(want) != 0 {
		t.Errorf("no such fields: %v", want)
	}
}
