package fuzz

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/internal/repro"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// mute is a NIC whose RESUME packets never leave it.
type mute struct{ nic.Device }

// Sent implements nic.Device.
func (m mute) Sent() []nic.Frame {
	var out []nic.Frame
	for _, f := range m.Device.Sent() {
		var p wire.Packet
		if wire.Parse(f.Data, &p) == nil && p.BTH.Op == abi.OpMigration && p.METH.Kind == abi.METHKindResume {
			continue
		}
		out = append(out, f)
	}
	return out
}

// TestPairFinds: NICs that break the protocol are found, whatever the number of workers, and the finding is shrunk to
// a migration, kept, and seen again from the story that was kept.
func TestPairFinds(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes half a minute to shrink")
	}
	broken := func(name string, p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error) {
		dev, err := story.Golden(name, p, ram, obs)
		return mute{dev}, err
	}
	var first *Finding
	for _, workers := range []int{1, 3} {
		out := t.TempDir()
		r, err := Pair(t.Context(), Options{
			What: "pair", Runs: 200, Seed: 5, Workers: workers, Out: out, ShrinkTime: 3 * time.Second,
			Factory: func(int) story.Factory { return broken },
		})
		if err != nil {
			t.Fatal(err)
		}
		f := r.Finding
		if f == nil {
			t.Fatalf("%d runs without a finding", r.Runs)
		}
		if len(f.Program) > 40 { // a dozen, if the machine is not busy
			t.Errorf("the program was shrunk to %d operations: %q", len(f.Program), f.Program)
		}
		if first == nil {
			first = f
		}
		if f.Run != first.Run || f.Class != first.Class {
			t.Errorf("%d workers find run %d (%s), one finds run %d (%s)", workers, f.Run, f.Class, first.Run, first.Class)
		}
		s, err := story.Read(filepath.Join(f.Dir, repro.StoryFile))
		if err != nil {
			t.Fatal(err)
		}
		_, err = story.Run(s.File, s.Ops, story.Options{Factory: broken})
		var failure *story.Failure
		if !errors.As(err, &failure) || failure.Class != f.Class {
			t.Errorf("the story that was kept gives %v, want class %s", err, f.Class)
		}
		if _, err := story.Run(s.File, s.Ops, story.Options{}); err != nil {
			t.Errorf("on golden NICs it gives %v", err)
		}
	}
}
