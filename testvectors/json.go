package testvectors

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/godwit-rdma/godwit/model/abi"
)

// PlaceError is a fault of a file, at a line and column from 1.
type PlaceError struct {
	File      string
	Line, Col int
	Why       string
}

// Error implements error: "file:line:column: reason".
func (e *PlaceError) Error() string { return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Why) }

func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("BUG: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func encodeVector(v *Vector) []byte { return encode(v) }

func digest(vs []Vector) Hex {
	h := sha256.New()
	for i := range vs {
		h.Write(append(encodeVector(&vs[i]), '\n'))
	}
	return toHex(h.Sum(nil))
}

// Encode writes the file in its one canonical form: members in the order of their names, one element of a list a line.
func (f *File) Encode() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"count\":%d,\n\"digest\":%s,\n\"format\":%d,\n\"groups\":[", f.Count, encode(f.Digest), f.Format)
	list(&b, len(f.Groups), func(i int) []byte { return encode(&f.Groups[i]) })
	fmt.Fprintf(&b, "],\n\"revision\":%s,\n\"revisions\":[", encode(f.Revision))
	list(&b, len(f.Revisions), func(i int) []byte { return encode(&f.Revisions[i]) })
	fmt.Fprintf(&b, "],\n\"suite\":%s,\n\"vectors\":[", encode(f.Suite))
	list(&b, len(f.Vectors), func(i int) []byte { return encodeVector(&f.Vectors[i]) })
	b.WriteString("]}\n")
	return b.Bytes()
}

func list(b *bytes.Buffer, n int, element func(i int) []byte) {
	for i := range n {
		b.WriteByte('\n')
		b.Write(element(i))
		if i < n-1 {
			b.WriteByte(',')
		}
	}
	if n > 0 {
		b.WriteByte('\n')
	}
}

// place is the line and column of an offset.
func place(name string, text []byte, at int64, why string) error {
	at = min(max(at, 0), int64(len(text)))
	before := text[:at]
	line := bytes.Count(before, []byte("\n"))
	col := len(before) - (bytes.LastIndexByte(before, '\n') + 1)
	return &PlaceError{File: name, Line: line + 1, Col: col + 1, Why: why}
}

var unknownField = regexp.MustCompile(`unknown field "(.*)"`)

// Decode reads a suite strictly: JSON, no unknown member, the schema, the canonical form, count, digest, ids, revision.
// Errors are *PlaceError with the given file name.
func Decode(name string, text []byte) (*File, *Suite, error) {
	if format, ok := formatOf(text); ok && (format < FormatBase || format > FormatDevice) {
		return nil, nil, place(name, text, member(text, "format"), fmt.Sprintf("format %d, this godwit reads %d to %d", format, FormatBase, FormatDevice))
	}
	var f File
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return nil, nil, decodeError(name, text, dec.InputOffset(), err)
	}
	if f.Revision != abi.Revision {
		return nil, nil, place(name, text, member(text, "revision"),
			fmt.Sprintf("spec revision %.8s, this godwit has %.8s: godwit vectors gen", f.Revision, abi.Revision))
	}
	if s, err := Find(f.Suite); err == nil && f.Format != s.Format {
		return nil, nil, place(name, text, member(text, "format"), fmt.Sprintf("suite %s has format %d, not %d", s.Name, s.Format, f.Format))
	}
	if err := validate(name, text, &f); err != nil {
		return nil, nil, err
	}
	if again := f.Encode(); !bytes.Equal(again, text) {
		at := 0
		for at < len(again) && at < len(text) && again[at] == text[at] {
			at++
		}
		return nil, nil, place(name, text, int64(at), "not in canonical form")
	}
	s, err := Find(f.Suite)
	if err != nil {
		return nil, nil, place(name, text, member(text, "suite"), err.Error())
	}
	if f.Count != len(f.Vectors) {
		return nil, nil, place(name, text, member(text, "count"), fmt.Sprintf("count %d, but %d vectors follow", f.Count, len(f.Vectors)))
	}
	if f.Digest != digest(f.Vectors) {
		return nil, nil, place(name, text, member(text, "digest"), "the digest is not that of the vectors: one was changed")
	}
	if err := f.checkIDs(s); err != nil {
		return nil, nil, place(name, text, member(text, "vectors"), err.Error())
	}
	return &f, s, nil
}

// formatOf looks for the format first: a file of another one may have members that nobody here knows.
func formatOf(text []byte) (format int, ok bool) {
	var head struct {
		Format int `json:"format"`
	}
	err := json.Unmarshal(text, &head)
	return head.Format, err == nil
}

// member is where a member of the outermost object begins, in what json took.
func member(text []byte, name string) int64 {
	return int64(max(bytes.Index(text, []byte(`"`+name+`":`)), 0))
}

func decodeError(name string, text []byte, at int64, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return place(name, text, int64(len(text)), "the file ends too early")
	case errors.As(err, &syntax):
		return place(name, text, syntax.Offset-1, syntax.Error())
	case errors.As(err, &kind):
		return place(name, text, kind.Offset-1, fmt.Sprintf("%s: a %s cannot be a %v", kind.Field, kind.Value, kind.Type))
	}
	if m := unknownField.FindStringSubmatch(err.Error()); m != nil {
		at = int64(bytes.Index(text, []byte(`"`+m[1]+`"`)))
		return place(name, text, at, fmt.Sprintf("unknown member %q", m[1]))
	}
	return place(name, text, at, strings.TrimPrefix(err.Error(), "json: "))
}

var resolvedSchemas = sync.OnceValues(func() (file, vector *jsonschema.Resolved) {
	file, err := fileSchema().Resolve(nil)
	if err != nil {
		panic("BUG: schema of vectors: " + err.Error())
	}
	vector, err = vectorSchema().Resolve(nil)
	if err != nil {
		panic("BUG: schema of vectors: " + err.Error())
	}
	return file, vector
})

// validate holds every vector against the schema.
func validate(name string, text []byte, f *File) error {
	whole, vector := resolvedSchemas()
	head := *f
	head.Vectors = []Vector{}
	if err := check(whole, encode(&head)); err != nil {
		return place(name, text, 0, err.Error())
	}
	at := int64(0)
	for i := range f.Vectors {
		next := bytes.Index(text[at:], []byte("\n{\"class\""))
		if next >= 0 {
			at += int64(next) + 1
		}
		if err := check(vector, encodeVector(&f.Vectors[i])); err != nil {
			return place(name, text, at, err.Error())
		}
		if why := f.Vectors[i].ofFormat(f.Format); why != "" {
			return place(name, text, at, why)
		}
	}
	return nil
}

// ofFormat tells what of a vector is not of a format; "" if all is.
func (v *Vector) ofFormat(format int) (why string) {
	s := v.Step
	if device := v.Device != nil || v.Modify != nil; device || format == FormatDevice {
		if !device || format != FormatDevice {
			return "format 3, and no other, has whole devices and attribute masks only"
		}
		return v.Device.form()
	}
	switch {
	case s == nil && format == FormatBase, s != nil && format == FormatWhole && len(s.Features) > 0:
		return ""
	case s == nil, format == FormatWhole:
		return "format 2 has steps of NICs with features only"
	case len(s.Features) > 0, s.Old != "", s.Effects.Invalidate != "", s.Effects.Word != "", s.Effects.WithHeader,
		s.Effects.Packet != nil && s.Effects.Packet.DestQPN != "":
		return "format 1 has no features"
	}
	return ""
}

func check(s *jsonschema.Resolved, text []byte) error {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		panic("BUG: " + err.Error())
	}
	return s.Validate(v)
}

var revisionMember = regexp.MustCompile(`(?m)^"revision":"[0-9a-f]*",$`)

// ofThisRevision is a suite's text as if it had been written under this godwit's spec revision.
func ofThisRevision(text []byte) []byte {
	return revisionMember.ReplaceAll(text, []byte(`"revision":"`+abi.Revision+`",`))
}
