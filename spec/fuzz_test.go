package spec

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/go-multierror"
)

// FuzzLoad puts any bytes in the place of one file: loading ends with a specification, or with errors that all have
// a place in a file, and never panics.
func FuzzLoad(f *testing.F) {
	for i, name := range Files {
		data, err := fs.ReadFile(Source(), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), data)
	}
	f.Add(uint8(0), []byte("layout: &a [*a]"))
	f.Add(uint8(1), []byte("? {a: b}\n: c"))
	f.Add(uint8(2), []byte("layouts: [{name: x, bytes: 0x7fffffff, doc: d, fields: [{name: y, at: 2147483647, bits: 2147483647, doc: d}]}]"))
	f.Add(uint8(4), []byte("registers: [{name: A, at: 0, access: ro, count: 2147483647, stride: 4, doc: d}]\ncounters: []"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		m := fstest.MapFS{}
		for _, name := range Files {
			data, err := fs.ReadFile(Source(), name)
			if err != nil {
				t.Fatal(err)
			}
			m[name] = &fstest.MapFile{Data: data}
		}
		m[Files[int(which)%len(Files)]].Data = data
		s, err := Load(m)
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
