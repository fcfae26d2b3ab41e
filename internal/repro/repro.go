// Package repro keeps what is needed to look at a failure again: the program as a story, the packets, and for
// RTL a waveform of what led to it. All of it comes from one more run, so that runs that hold cost nothing.
package repro

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// Names of the files in a folder.
const (
	StoryFile   = "repro.story"
	CaptureFile = "repro.pcapng"
	WaveFile    = "repro-%s.fst" // by name of the NIC
)

// Save writes a failing program into a folder, which it makes: the story, with purpose as its first paragraph,
// and the capture of one run with the given options, whose Tap it uses. What that run comes to is not an error.
func Save(dir, purpose string, ops []op.Op, opt story.Options) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	path := filepath.Join(dir, StoryFile)
	if err := story.New(path, purpose, ops).Write(); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, CaptureFile))
	if err != nil {
		return err
	}
	defer f.Close()
	w, err := capture.NewWriter(f, story.Hosts(ops))
	if err != nil {
		return err
	}
	var fault error
	opt.Tap = func(ev fabric.TapEvent) {
		comment := ""
		if ev.Fate != fabric.Delivered {
			comment = "fate: " + ev.Fate.String()
		}
		if err := w.Write(ev.From.Index, ev.Cycle*abi.ClockPeriodNS, ev.Frame, comment); err != nil && fault == nil {
			fault = err
		}
	}
	// The run fails, that is why it is kept; its error was reported before.
	_, _ = story.Run(path, ops, opt)
	return errors.Join(fault, w.Flush(), f.Close())
}
