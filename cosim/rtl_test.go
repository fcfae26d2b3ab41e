package cosim

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"

	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

func TestStreamOverRTL(t *testing.T) {
	ram := mem.NewRAM(1 << 22)
	dev, check, err := RTL{RAM: ram}.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer dev.Close()
	f := fabric.New(0, rand.NewPCG(1, 2))
	if err := f.SetFaults(fabric.Faults{Loss: 10}); err != nil {
		t.Fatal(err)
	}
	w := host.NewWorld(f)
	a, err := w.AddHost(host.HostConfig{Name: "a", NIC: dev, RAM: ram})
	if err != nil {
		t.Fatal(err)
	}
	ramB := mem.NewRAM(1 << 22)
	b, err := w.AddHost(host.HostConfig{Name: "b", NIC: nic.New(nic.Config{Params: nic.DefaultParams()}, ramB), RAM: ramB})
	if err != nil {
		t.Fatal(err)
	}
	ca, err := w.NewContainer("ca", a, host.ContainerAttr{})
	if err != nil {
		t.Fatal(err)
	}
	cb, err := w.NewContainer("cb", b, host.ContainerAttr{})
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, 200000)
	rng := rand.NewChaCha8([32]byte{1})
	rng.Read(data)
	s, r, err := host.NewStream(ca, cb, data, host.StreamOpts{})
	if err != nil {
		t.Fatal(err)
	}
	for !s.Done() || !r.Done() {
		if err := w.Step(); err != nil {
			t.Fatal(err)
		}
		if err := ca.Err(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%+v", check.Stats())
	_ = bytes.Equal
}
