package nic_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// TestNext: a NIC sleeps until somebody wakes it, and says when it is done.
func TestNext(t *testing.T) {
	n := nic.New(nic.Config{Params: nic.DefaultParams()}, mem.NewRAM(4096))
	if at, ok := n.Next(); ok {
		t.Fatalf("a NIC in reset has something to do at cycle %d", at)
	}
	run := func(until uint64) {
		t.Helper()
		if err := n.Run(until); err != nil {
			t.Fatal(err)
		}
	}
	run(1000)
	if err := n.WriteReg(abi.RegCtrl, abi.RegCtrlEnableMask); err != nil {
		t.Fatal(err)
	}
	n.Deliver(1500, make([]byte, 64))
	for _, until := range []uint64{1500, 1503, 1505} {
		if at, ok := n.Next(); !ok || at != 1505 {
			t.Fatalf("cycle %d: next at %d %v, a frame that begins at 1500 is there at 1505", n.Now(), at, ok)
		}
		run(until)
	}
	if at, ok := n.Next(); !ok || at != 1505 {
		t.Fatalf("next at %d %v, a run that ends at 1505 does not see what happens then", at, ok)
	}
	run(1506)
	if v, err := n.ReadReg(abi.RegCounter + abi.RegCounterStride*abi.CounterRXFrames); err != nil || v != 1 {
		t.Fatalf("%d frames received, %v", v, err)
	}
	if at, ok := n.Next(); ok {
		t.Fatalf("still something to do at cycle %d", at)
	}
	if err := n.WriteReg(abi.RegCMDGo, uint32(abi.CMDQueryQP)); err != nil {
		t.Fatal(err)
	}
	if at, ok := n.Next(); !ok || at < 1506 || at > 1600 {
		t.Fatalf("next at %d %v, a command waits", at, ok)
	}
}
