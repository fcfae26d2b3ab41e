package spec

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/go-multierror"
)

// instead loads a sound specification with other bytes in the place of one file. Of the others it takes what is decoded
// already: reading these is most of the time that Load takes.
func instead(sound *Spec, file string, data []byte) (*Spec, error) {
	s, p := *sound, &problems{}
	section := s.sections()[file]
	reflect.ValueOf(section).Elem().SetZero()
	decodeFile(p, file, data, section)
	return s.judged(p)
}

// base is the specification that mistakes are made in, as files and loaded.
func base(tb testing.TB) (fstest.MapFS, *Spec) {
	files := copyOf(tb)
	sound, err := Load(files)
	if err != nil {
		tb.Fatal(err)
	}
	return files, sound
}

// TestInstead: loading one file says of every mistake what loading all of them says.
func TestInstead(t *testing.T) {
	_, sound := base(t)
	for _, m := range mistakes {
		files := copyOf(t)
		replace(t, files, m.file, m.old, m.new)
		_, want := Load(files)
		if _, got := instead(sound, m.file, files[m.file].Data); got == nil || want == nil || got.Error() != want.Error() {
			t.Errorf("%s: %v, want %v", m.name, got, want)
		}
	}
	if _, again := base(t); !reflect.DeepEqual(again, sound) {
		t.Error("the sound one has changed")
	}
}

// FuzzLoad puts other bytes in the place of a piece of a file: loading ends with a specification, or with errors that all
// have a place in a file, and never panics. A piece, because Go's fuzzer spends up to a minute on making each new input
// smaller, which one of the size of a file always takes: run it with -fuzzminimizetime 10x.
func FuzzLoad(f *testing.F) {
	files, sound := base(f)
	var data [][]byte
	for i, name := range Files {
		data = append(data, files[name].Data)
		f.Add(uint8(i), uint16(0), uint16(0), []byte{})
		for _, m := range mistakes {
			if at := strings.Index(string(data[i]), m.old); m.file == name && at >= 0 {
				f.Add(uint8(i), uint16(at), uint16(len(m.old)), []byte(m.new))
			}
		}
	}
	f.Add(uint8(0), uint16(0), uint16(1<<16-1), []byte("layout: &a [*a]"))
	f.Add(uint8(1), uint16(0), uint16(1<<16-1), []byte("? {a: b}\n: c"))
	f.Add(uint8(2), uint16(0), uint16(1<<16-1), []byte("layouts: [{name: x, bytes: 0x7fffffff, doc: d, fields: [{name: y, at: 2147483647, bits: 2147483647, doc: d}]}]"))
	f.Add(uint8(4), uint16(0), uint16(1<<16-1), []byte("registers: [{name: A, at: 0, access: ro, count: 2147483647, stride: 4, doc: d}]\ncounters: []"))
	f.Fuzz(func(t *testing.T, which uint8, at, cut uint16, text []byte) {
		i := int(which) % len(Files)
		from := int(at) % (len(data[i]) + 1)
		rest := data[i][min(from+int(cut), len(data[i])):]
		s, err := instead(sound, Files[i], bytes.Join([][]byte{data[i][:from], text, rest}, nil))
		if (s == nil) != (err != nil) {
			t.Fatalf("got a specification and an error, or neither: %v", err)
		}
		if err == nil {
			return
		}
		var all *multierror.Error
		if !errors.As(err, &all) || len(all.Errors) == 0 {
			t.Fatalf("error is a %T", err)
		}
		for _, e := range all.Errors {
			var mistake *Error
			if !errors.As(e, &mistake) || mistake.File == "" || mistake.Line < 1 || mistake.Column < 1 || mistake.Msg == "" {
				t.Fatalf("error without a place: %v", e)
			}
		}
	})
}
