package host_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// Four containers move to one host at once, where the numbers of one of them are somebody else's: that one is told so, and
// goes on where it was; the others move, and the stranger does not notice.
func TestMigrateConflictAtOnce(t *testing.T) {
	seed := fabric.SplitMix(1)
	f := fabric.New(0, &seed)
	if err := f.SetFaults(lossy); err != nil {
		t.Fatal(err)
	}
	w := host.NewWorld(f)
	for _, name := range []string{"A", "B", "C"} {
		ram := mem.NewRAM(4 << 20)
		dev := nic.New(nic.Config{Params: nic.Params{NumQP: 16, NumMR: 32, NumCQ: 32, Migration: true}}, ram)
		if _, err := w.AddHost(host.HostConfig{Name: name, NIC: dev, RAM: ram}); err != nil {
			t.Fatal(err)
		}
	}
	const taken = 2
	var ms []*host.Migration
	var cs []*host.Container
	for i := range 4 {
		src, dst := newContainer(t, w, fmt.Sprint("src", i), "A"), newContainer(t, w, fmt.Sprint("dst", i), "B")
		if _, _, err := host.NewStream(src, dst, text(60_000), host.StreamOpts{}); err != nil {
			t.Fatal(err)
		}
		m, err := host.NewMigration(w, src, w.Host("A"), w.Host("C"), host.Options{PreCopy: 1, Verify: true})
		if err != nil {
			t.Fatal(err)
		}
		cs, ms = append(cs, src), append(ms, m)
	}
	stranger, err := w.Host("C").Driver.Open(driver.OpenAttr{
		Partition: cs[taken].Context().Partition(), Window: driver.Window{Base: 4<<20 - 0x10000, Size: 0x10000}, VA: 0x10000,
	})
	if err != nil {
		t.Fatal(err)
	}
	pd, err := stranger.AllocPD()
	if err != nil {
		t.Fatal(err)
	}
	mr, err := pd.RegMR(0x10000, 64, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := host.MigrateAll(ms...); !errors.Is(err, driver.ErrExists) {
		t.Errorf("error %v", err)
	}
	for i, m := range ms {
		if r := m.Result(); r.Moved != (i != taken) || r.RolledBack != (i == taken) {
			t.Errorf("container %d: %+v", i, r)
		}
	}
	finish(t, w, 100_000_000)
	if stranger.State() != "running" || stranger.MR(mr.LKey()) != mr || len(w.Host("C").Driver.Contexts()) != 4 {
		t.Error("the stranger is disturbed, or something is left behind")
	}
	if err := mr.Dereg(); err != nil {
		t.Error(err)
	}
}
