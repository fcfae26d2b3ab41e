package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Options of Check.
type Options struct {
	// MaxFailures is how many failures are described; all are counted. 0 means 10.
	MaxFailures int
	// Progress, if not nil, is called now and then with the bytes read so far and the bytes of all files.
	Progress func(done, total int64)
}

// Failed says at which step a RoCEv2 frame failed.
type Failed string

// Steps, in their order.
const (
	FailedParse  Failed = "parse"  // A rule of reception other than the ICRC's refuses it.
	FailedICRC   Failed = "icrc"   // Its ICRC is wrong.
	FailedEncode Failed = "encode" // Encoding what was parsed gives other bytes.
)

// Failure is a RoCEv2 frame that failed.
type Failure struct {
	File   string `json:"file"`
	Frame  int    `json:"frame"` // From 1, as Wireshark counts.
	Failed Failed `json:"failed"`
	Reason string `json:"reason"`
	// Dump is the annotated frame; for FailedEncode the differences between captured and encoded.
	Dump string `json:"dump"`
}

// Report is what Check found.
type Report struct {
	OK      bool           `json:"ok"`
	Problem string         `json:"problem,omitempty"` // One line, empty when OK.
	Files   int            `json:"files"`             // Read to their end.
	Frames  int            `json:"frames"`
	RoCE    int            `json:"roce"`
	Opcodes map[string]int `json:"opcodes"` // Frames that parsed, by opcode.
	Other   map[string]int `json:"other"`   // Frames that are not RoCEv2, by the names of Classify.
	Failed  int            `json:"failed"`
	// Failures are the first ones.
	Failures []Failure `json:"failures"`
}

// Check reads all captures that paths name (see Files) and checks each RoCEv2 frame: it parses, its ICRC is right,
// and encoding what was parsed gives the captured bytes, Ethernet padding excepted. No RoCEv2 frame at all is a failed
// check, too. The error is about input that cannot be read: *Error values, joined; the report covers the rest.
func Check(paths []string, opts Options) (Report, error) {
	if opts.MaxFailures == 0 {
		opts.MaxFailures = 10
	}
	c := checker{opts: opts, report: Report{Opcodes: map[string]int{}, Other: map[string]int{}, Failures: []Failure{}}}
	files, err := Files(paths)
	faults := []error{err}
	var total int64
	for _, file := range files {
		if info, err := os.Stat(file); err == nil {
			total += info.Size()
		}
	}
	var done int64
	read := func(n int) {
		done += int64(n)
		if opts.Progress != nil {
			opts.Progress(done, total)
		}
	}
	for _, file := range files {
		err := readFile(file, read, func(f *Frame) error {
			c.frame(file, f)
			return nil
		})
		if err != nil {
			faults = append(faults, err)
			continue
		}
		c.report.Files++
	}
	err = errors.Join(faults...)
	c.conclude(err)
	return c.report, err
}

type checker struct {
	opts   Options
	report Report
	packet wire.Packet
	again  []byte
}

// frame checks one frame.
func (c *checker) frame(file string, f *Frame) {
	c.report.Frames++
	err := wire.Parse(f.Data, &c.packet)
	if err != nil {
		if name, roce := Classify(f.Data); !roce {
			c.report.Other[name]++
			return
		}
		failed := FailedParse
		var e *wire.Error
		if errors.As(err, &e) && e.Verdict == abi.VerdictDropICRC {
			failed = FailedICRC
		}
		c.report.RoCE++
		c.fail(file, f.Number, failed, err.Error(), func() string { return wire.Annotate(f.Data) })
		return
	}
	c.report.RoCE++
	c.report.Opcodes[c.packet.BTH.Op.String()]++
	c.again = c.packet.Append(c.again[:0])
	if captured := f.Data[:min(len(f.Data), len(c.again))]; !bytes.Equal(captured, c.again) {
		c.fail(file, f.Number, FailedEncode, "encoding what was parsed gives other bytes",
			func() string { return wire.Diff(captured, c.again) })
	}
}

func (c *checker) fail(file string, number int, failed Failed, reason string, dump func() string) {
	c.report.Failed++
	if len(c.report.Failures) < c.opts.MaxFailures {
		c.report.Failures = append(c.report.Failures, Failure{file, number, failed, reason, dump()})
	}
}

func (c *checker) conclude(err error) {
	r := &c.report
	switch {
	case err != nil:
		r.Problem = "some input could not be read"
	case r.Failed > 0:
		f := r.Failures[0]
		r.Problem = fmt.Sprintf("%d of %d RoCEv2 frames failed, the first is frame %d of %s", r.Failed, r.RoCE, f.Frame, f.File)
	case r.RoCE == 0:
		r.Problem = fmt.Sprintf("no RoCEv2 frame among %d frames", r.Frames)
	}
	r.OK = r.Problem == ""
}

// WriteText writes the report for people.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	for _, f := range r.Failures {
		fmt.Fprintf(&b, "%s: frame %d: %s: %s\n", f.File, f.Frame, f.Failed, f.Reason)
		for line := range strings.Lines(f.Dump) {
			b.WriteString("    " + line)
		}
	}
	if more := r.Failed - len(r.Failures); more > 0 {
		fmt.Fprintf(&b, "... and %d more\n", more)
	}
	fmt.Fprintf(&b, "files %d, frames %d, RoCEv2 %d, failed %d\n", r.Files, r.Frames, r.RoCE, r.Failed)
	for op := range abi.Opcodes {
		if name := abi.Opcode(op).String(); r.Opcodes[name] > 0 {
			fmt.Fprintf(&b, "  %-25s %d\n", name, r.Opcodes[name])
		}
	}
	var others []string
	for name := range r.Other {
		others = append(others, name)
	}
	sort.Strings(others)
	for _, name := range others {
		fmt.Fprintf(&b, "  %-25s %d\n", name, r.Other[name])
	}
	if r.OK {
		b.WriteString("capture: ok\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
